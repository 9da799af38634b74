#include "analysis/cases/candidates.h"

#include <algorithm>
#include <iterator>

namespace quy::analysis {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::Instruction;
using bytecode::kNone;
using bytecode::Opcode;
using bytecode::Register;

namespace {

constexpr std::int64_t kHundred = 100;  ///< a whole whose parts are percents
constexpr std::int64_t kMostRows = 20;  ///< a list longer than that is no readable test
constexpr std::size_t kMostRowKinds = 600;
constexpr int kDeepestPart = 4;  ///< parts of parts

bool can_be_stated(const Field& field) {
  return field.place == FieldPlace::evidence || field.place == FieldPlace::score ||
         field.place == FieldPlace::exception || field.place == FieldPlace::maximum ||
         field.place == FieldPlace::given_total;
}

/// In the order given, each once.
void add(std::vector<std::int64_t>& values, std::int64_t value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

std::vector<std::int64_t> first_numbers(std::size_t count) {
  std::vector<std::int64_t> all(count);
  for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<std::int64_t>(i);
  return all;
}

}  // namespace

Candidates::Candidates(const Bench& bench, const std::vector<Register>& registers)
    : bench_(bench), subject_(bench.subject()) {
  reach(registers);
  for (Register reg = 0; reg < reached_.size(); ++reg)
    if (reached_[reg]) note_comparison(subject_.code[reg]);
  for (const std::uint32_t field : fields_) {
    const Field& info = subject_.fields[field];
    if (info.list != kNone || !can_be_stated(info)) continue;
    Place place{.is_list = false, .index = field, .cells = cells(field), .contents = {}};
    if (!place.cells.empty()) places_.push_back(std::move(place));
  }
  for (const std::uint32_t list : lists_) places_.push_back(place_of_list(list));
}

// ---------------------------------------------------------------- records

Record Candidates::first() const {
  Record record;
  for (const Place& place : places_) {
    if (place.is_list)
      record.lists[place.index] = place.contents.front();
    else
      record.fields[place.index] = place.cells.front();
  }
  return record;
}

Record Candidates::nothing() const {
  Record record = first();
  for (const Place& place : places_) {
    if (place.is_list) continue;
    const auto zero = std::ranges::find(place.cells, Cell{vm::FieldState::value, 0});
    if (zero != place.cells.end()) record.fields[place.index] = *zero;
  }
  return record;
}

std::vector<Record> Candidates::alternatives(const Record& record, const Place& place) const {
  std::vector<Record> all;
  for (const Cell& cell : place.cells) {
    all.push_back(record);
    set(all.back(), place.index, cell);
  }
  for (const std::vector<Cells>& rows : place.contents) {
    all.push_back(record);
    all.back().lists[place.index] = rows;
  }
  return all;
}

std::vector<Record> Candidates::changes(const Record& record) const {
  std::vector<Record> all;
  for (const Place& place : places_) std::ranges::move(alternatives(record, place), std::back_inserter(all));
  for (const Spot& spot : spots(record))
    if (spot.list != kNone) std::ranges::move(steps(record, spot), std::back_inserter(all));
  std::ranges::move(longer_or_shorter(record), std::back_inserter(all));
  return all;
}

std::vector<Spot> Candidates::spots(const Record& record) const {
  std::vector<Spot> all;
  for (const auto& [field, cell] : record.fields)
    if (cell.state == vm::FieldState::value) all.push_back({.field = field, .list = kNone, .row = 0});
  for (const auto& [list, rows] : record.lists) {
    std::set<Cells> met;
    for (std::size_t row = 0; row < rows.size(); ++row)
      if (met.insert(rows[row]).second)
        for (const auto& [field, cell] : rows[row]) all.push_back({field, list, row});
  }
  return all;
}

std::vector<Record> Candidates::steps(const Record& record, const Spot& spot) const {
  std::vector<Record> all;
  for (const std::int64_t value : near_values(spot.field)) {
    const Cell cell{vm::FieldState::value, value};
    all.push_back(record);
    if (spot.list == kNone)
      set(all.back(), spot.field, cell);
    else
      all.back().lists[spot.list][spot.row][spot.field] = cell;
  }
  return all;
}

std::vector<Record> Candidates::mixtures(const Record& record, std::uint32_t list, const Cells& one,
                                         const Cells& other) const {
  std::vector<Record> all;
  for (const std::int64_t size : sizes_)
    for (std::int64_t ones = size; size > 1 && ones >= 0; --ones) {
      std::vector<Cells> rows(static_cast<std::size_t>(ones), one);
      rows.insert(rows.end(), static_cast<std::size_t>(size - ones), other);
      all.push_back(record);
      all.back().lists[list] = std::move(rows);
    }
  return all;
}

std::vector<Record> Candidates::longer_or_shorter(const Record& record) const {
  std::vector<Record> all;
  for (const auto& [list, rows] : record.lists)
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (row > 0 && rows[row] == rows[row - 1]) continue;
      const auto at = static_cast<std::ptrdiff_t>(row);
      all.push_back(record);
      std::vector<Cells>& longer = all.back().lists[list];
      longer.insert(longer.begin() + at, rows[row]);
      all.push_back(record);
      std::vector<Cells>& shorter = all.back().lists[list];
      shorter.erase(shorter.begin() + at);
    }
  return all;
}

bool Candidates::is_mere_whole(std::uint32_t field) const {
  return is_whole_.contains(field) && near_constants(field).empty();
}

void Candidates::set(Record& record, std::uint32_t field, const Cell& cell) const {
  record.fields[field] = cell;
  if (cell.state != vm::FieldState::value) return;
  for (const std::uint32_t part : fields_) {
    const auto own = wholes_.find(part);
    const bool is_part =
        subject_.fields[part].at_most_field == field || (own != wholes_.end() && own->second.contains(field));
    const auto held = record.fields.find(part);
    if (is_part && part != field && held != record.fields.end() && held->second.value > cell.value)
      set(record, part, cell);
  }
}

// ---------------------------------------------------------------- what the code says of fields

void Candidates::reach(const std::vector<Register>& registers) {
  reached_.assign(subject_.code.size(), false);
  for (const Register reg : registers) reached_[reg] = true;
  for (Register reg = static_cast<Register>(reached_.size()); reg-- > 0;) {
    if (!reached_[reg]) continue;
    const Instruction& instruction = subject_.code[reg];
    for (const Register operand : instruction.operands) reached_[operand] = true;
    if (instruction.opcode == Opcode::field || instruction.opcode == Opcode::flag ||
        instruction.opcode == Opcode::state)
      fields_.insert(instruction.a);
    if (instruction.domain != 0) lists_.insert(instruction.domain - 1);
    if (instruction.opcode >= Opcode::fold_count && instruction.opcode <= Opcode::fold_largest)
      lists_.insert(instruction.a);
  }
}

/// The fields whose own numbers the register is worked out from; not those of conditions that choose between numbers.
std::set<std::uint32_t> Candidates::fields_below(Register reg) const {
  const Instruction& instruction = subject_.code[reg];
  if (instruction.opcode == Opcode::field) return {instruction.a};
  if (instruction.opcode == Opcode::pick || instruction.opcode == Opcode::keep) return {};
  std::set<std::uint32_t> all;
  for (const Register operand : instruction.operands)
    if (subject_.code[operand].kind == bytecode::ValueKind::number) all.merge(fields_below(operand));
  return all;
}

void Candidates::note_comparison(const Instruction& instruction) {
  const auto& operands = instruction.operands;
  auto is_constant = [&](Register reg) { return subject_.code[reg].opcode == Opcode::constant; };
  switch (instruction.opcode) {
    case Opcode::compare:
      for (std::size_t side : {0U, 1U})
        if (is_constant(operands[1 - side])) note_constant(subject_.code[operands[1 - side]].a, operands[side]);
      break;
    case Opcode::compare_ratio:
      if (is_growth(operands[0], operands[1])) {
        note_growth(instruction.b, operands[0], operands[1]);
        break;
      }
      note_part(operands[0], operands[1]);
      note_ratio(instruction.b, operands[0], operands[1]);
      break;
    case Opcode::divide: note_part(operands[0], operands[1]); break;
    case Opcode::member:
      for (std::uint32_t i = 0; i < instruction.a; ++i) note_constant(instruction.b + i, operands[0]);
      break;
    case Opcode::band:
      // Floors of a computed total say nothing of the facts below it.
      if (subject_.code[operands[0]].opcode != Opcode::field) break;
      for (std::uint32_t i = 0; i < instruction.a; ++i) note_constant(instruction.b + i, operands[0]);
      break;
    default: break;
  }
}

void Candidates::note_constant(std::uint32_t constant, Register of) {
  const Rational& value = bench_.program().module().constants[constant];
  for (const std::uint32_t field : fields_below(of)) constants_[field].insert(value);
  // A count of rows, or the least number of rows in which a share can be exact.
  const Integer rows = value.is_integer() ? value.numerator() : value.denominator();
  if (rows > 0 && rows <= kMostRows) sizes_.insert(rows.get_si());
}

/// A whole is mostly 100, so that the part meets the ratio at its percents; of 1/3 it is 300, and the part 100.
void Candidates::note_ratio(std::uint32_t constant, Register part, Register whole) {
  note_constant(constant, part);
  const Rational percents = bench_.program().module().constants[constant] * Rational(kHundred);
  const Integer& times = percents.denominator();
  for (const std::uint32_t field : fields_below(part)) constants_[field].insert(percents * Rational(times));
  for (const std::uint32_t field : fields_below(whole)) {
    Integer& hundreds = hundreds_.try_emplace(field, 1).first->second;
    if (hundreds % times != 0) hundreds *= times;
  }
}

bool Candidates::is_growth(Register difference, Register base) const {
  const Instruction& made_by = subject_.code[difference];
  return made_by.opcode == Opcode::subtract && made_by.operands[1] == base;
}

/// From a base of 100, the number that has grown by the ratio; it is no part of the base.
void Candidates::note_growth(std::uint32_t constant, Register difference, Register base) {
  const Rational percents = (bench_.program().module().constants[constant] + Rational(1)) * Rational(kHundred);
  const Integer& times = percents.denominator();
  for (const std::uint32_t field : fields_below(subject_.code[difference].operands[0]))
    constants_[field].insert(percents * Rational(times));
  for (const std::uint32_t field : fields_below(base)) {
    is_whole_.insert(field);
    hundreds_.try_emplace(field, times);
  }
}

void Candidates::note_part(Register part, Register whole) {
  for (const std::uint32_t below : fields_below(whole)) {
    is_whole_.insert(below);
    for (const std::uint32_t above : fields_below(part))
      if (above != below) wholes_[above].insert(below);
  }
}

// ---------------------------------------------------------------- values of fields

std::vector<Cell> Candidates::cells(std::uint32_t field) const {
  std::vector<Cell> all;
  for (const std::int64_t value : values(field)) all.push_back({vm::FieldState::value, value});
  const Field& info = subject_.fields[field];
  if (info.place == FieldPlace::evidence && info.may_be_left_out) all.push_back({vm::FieldState::did_not_arise, 0});
  return all;
}

std::vector<std::int64_t> Candidates::values(std::uint32_t field, int depth) const {
  const Field& info = subject_.fields[field];
  const bytecode::Module& module = bench_.program().module();
  switch (info.kind) {
    case FieldKind::boolean: return {1, 0};
    case FieldKind::step: return first_numbers(module.scales[info.scale].step_ids.size());
    case FieldKind::level:
      return first_numbers(subject_.rating == kNone ? 0 : module.ratings[subject_.rating].levels.size());
    case FieldKind::code: return first_numbers(std::min<std::size_t>(module.tables[info.table].keys.size(), 3));
    case FieldKind::criterion: return near_constants(field);
    case FieldKind::text: return {bench_.texts().own_unit, bench_.texts().other_unit};
    case FieldKind::date: return dates(field);
    default: return numbers(field, depth);
  }
}

/// Inside the period first, then before it and long before it; a second inside for a deadline that is missed; the period's ends.
std::vector<std::int64_t> Candidates::dates(std::uint32_t field) const {
  const int year = bench_.year();
  const std::int64_t first = *day_number(year, 1, 1), last = *day_number(year, 12, 31),
                     middle = *day_number(year, 6, 16);
  std::vector<std::int64_t> days{
      middle,  *day_number(year - 1, 6, 16), middle + 1, *day_number(year - 10, 6, 16), first, first - 1, last,
      last + 1};
  for (const std::int64_t day : near_constants(field)) add(days, day);
  return days;
}

std::vector<std::int64_t> Candidates::near_constants(std::uint32_t field) const {
  std::vector<std::int64_t> all;
  const auto found = constants_.find(field);
  if (found == constants_.end()) return all;
  const Field& info = subject_.fields[field];
  // A stated total is finer than any sheet; results print it in hundredths.
  const std::int64_t step = info.place == FieldPlace::given_total ? *scaled(info, Rational(1, kHundred)) : 1;
  for (const Rational& constant : found->second) {
    const auto value = scaled(info, constant);
    if (!value) continue;
    for (const std::int64_t near : {*value, *value + step, *value - step}) add(all, near);
  }
  return all;
}

std::vector<std::int64_t> Candidates::numbers(std::uint32_t field, int depth) const {
  const Field& info = subject_.fields[field];
  std::vector<std::int64_t> all;
  if (info.place == FieldPlace::score || info.place == FieldPlace::maximum) {
    if (auto most = scaled(info, info.high)) add(all, *most);
    add(all, 0);
    return all;
  }
  const auto hundreds = hundreds_.find(field);
  const std::int64_t hundred =
      *scaled(info, Rational(kHundred) * Rational(hundreds == hundreds_.end() ? Integer(1) : hundreds->second));
  std::set<std::uint32_t> wholes;
  if (auto found = wholes_.find(field); found != wholes_.end()) wholes = found->second;
  if (info.at_most_field != kNone && fields_.contains(info.at_most_field)) wholes.insert(info.at_most_field);
  for (const std::uint32_t whole : wholes)
    if (depth < kDeepestPart && subject_.fields[whole].digits == info.digits)
      for (const std::int64_t value : values(whole, depth + 1)) add(all, value);
  if (is_whole_.contains(field)) add(all, hundred);
  for (const std::int64_t value : near_constants(field)) add(all, value);
  add(all, 0);
  if (wholes.empty() && !is_whole_.contains(field)) {
    add(all, *scaled(info, Rational(1)));
    add(all, hundred);
  }
  return all;
}

std::vector<std::int64_t> Candidates::near_values(std::uint32_t field) const {
  const Field& info = subject_.fields[field];
  std::vector<std::int64_t> all = values(field);
  const bool is_number = info.kind >= FieldKind::count && info.kind <= FieldKind::days;
  if (is_number && info.place == FieldPlace::evidence)
    for (std::int64_t i = 0; i <= kHundred; ++i) add(all, *scaled(info, Rational(i)));
  std::sort(all.begin(), all.end());
  return all;
}

// ---------------------------------------------------------------- rows of lists

/// No rows, one row of each kind, and as many equal rows as the code counts.
Place Candidates::place_of_list(std::uint32_t list) const {
  Place place{.is_list = true, .index = list, .cells = {}, .contents = {{}}};
  const std::vector<Cells> kinds = rows(list);
  for (const Cells& row : kinds) place.contents.push_back({row});
  for (const std::int64_t size : sizes_)
    for (std::size_t i = 0; size > 1 && i < std::min<std::size_t>(kinds.size(), 8); ++i)
      place.contents.push_back(std::vector<Cells>(static_cast<std::size_t>(size), kinds[i]));
  return place;
}

std::vector<Cells> Candidates::rows(std::uint32_t list) const {
  std::vector<Cells> all{{}};
  for (const std::uint32_t field : fields_) {
    if (subject_.fields[field].list != list || !can_be_stated(subject_.fields[field])) continue;
    std::vector<Cells> wider;
    for (const std::int64_t value : values(field))
      for (const Cells& row : all) {
        if (wider.size() == kMostRowKinds) break;
        wider.push_back(row);
        wider.back()[field] = {vm::FieldState::value, value};
      }
    if (!wider.empty()) all = std::move(wider);
  }
  return all;
}

}  // namespace quy::analysis
