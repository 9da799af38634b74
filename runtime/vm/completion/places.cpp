#include "runtime/vm/completion/places.h"

#include <algorithm>

#include "runtime/vm/big.h"
#include "runtime/vm/plan.h"

namespace quy::vm {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;
using bytecode::Opcode;
using bytecode::Register;

constexpr FieldState kCauses[] = {FieldState::excluded, FieldState::did_not_arise, FieldState::not_yet_due};

int digits_of(const Field& field) { return field.kind == FieldKind::date ? 0 : field.digits; }

/// 10^exponent, without the rationals of power_of_ten(): every corner of every box asks for many.
Int128 power(int exponent) {
  Int128 value = 1;
  while (exponent-- > 0) value *= 10;
  return value;
}

Int128 floor_divide(Int128 n, Int128 d) { return n / d - (n % d < 0 ? 1 : 0); }

std::int64_t narrowed(Int128 value) {
  constexpr Int128 most = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(std::clamp(value, -most, most));
}

}  // namespace

// ---------------------------------------------------------------- one place

std::int64_t Place::on_grid_to(std::int64_t value) const { return narrowed(floor_divide(value, step) * step); }
std::int64_t Place::on_grid_from(std::int64_t value) const { return narrowed(-floor_divide(-Int128{value}, step) * step); }

Cell Place::everything() const {
  if (is_list() || boolean || !causes.empty()) return {};
  return between(low, high);
}

bool Place::has_start_inside(const Cell& cell) const {
  if (cell.kind == Cell::Kind::open) return !is_list();
  if (cell.kind != Cell::Kind::between) return false;
  const auto next = std::upper_bound(starts.begin(), starts.end(), cell.low);
  return next != starts.end() && *next <= cell.high;
}

std::vector<Cell> Place::split(const Cell& cell) const {
  if (cell.is_point() || is_list()) return {cell};
  std::vector<Cell> parts;
  if (cell.kind == Cell::Kind::open) {
    if (boolean) {
      parts = {exactly(0), exactly(1)};
    } else {
      parts = {between(low, high)};
    }
    for (const FieldState cause : causes) parts.push_back(left_out(cause));
    return parts;
  }
  const auto begin = std::upper_bound(starts.begin(), starts.end(), cell.low);
  const auto end = std::upper_bound(begin, starts.end(), cell.high);
  std::int64_t start = begin == end ? on_grid_from(narrowed((Int128{cell.low} + cell.high + 1) / 2)) : *(begin + (end - begin) / 2);
  start = std::min(start, cell.high);
  const std::int64_t before = on_grid_to(start - 1);
  if (before < cell.low || start > cell.high) return {cell};
  return {between(cell.low, before), between(start, cell.high)};
}

std::vector<Cell> Place::samples() const {
  std::vector<Cell> cells;
  if (is_list()) {
    for (std::uint32_t i = 0; i < contents.size(); ++i) cells.push_back(rows(i));
    return cells;
  }
  std::vector<std::int64_t> values{low, high};
  if (!boolean && high - low > step) values.push_back(on_grid_from(low + 1));  // a divisor of 0 hides what others would do
  for (const std::int64_t start : starts) {
    values.push_back(start);
    values.push_back(on_grid_to(start - 1));
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  for (const std::int64_t value : values)
    if (low <= value && value <= high) cells.push_back(exactly(value));
  for (const FieldState cause : causes) cells.push_back(left_out(cause));
  return cells;
}

// ---------------------------------------------------------------- what the outcome depends on

namespace {

/// What registers are worked out from.
struct Uses {
  std::vector<bool> fields, lists, causes;
  std::vector<std::vector<Register>> row_values;
};

Uses uses_of(const bytecode::Subject& subject, std::vector<Register> registers) {
  std::vector<bool> needed(subject.code.size(), false);
  const auto need = [&](Register reg) {
    if (reg != kNone) needed[reg] = true;
  };
  for (const Register reg : registers) need(reg);
  Uses uses{std::vector<bool>(subject.fields.size()), std::vector<bool>(subject.lists.size()), std::vector<bool>(subject.fields.size()),
            std::vector<std::vector<Register>>(subject.lists.size())};
  for (Register reg = static_cast<Register>(subject.code.size()); reg-- > 0;) {
    if (!needed[reg]) continue;
    const bytecode::Instruction& x = subject.code[reg];
    for (const Register in : x.operands) need(in);
    if (x.opcode == Opcode::field || x.opcode == Opcode::flag || x.opcode == Opcode::state) uses.fields[x.a] = true;
    if (x.opcode == Opcode::state) uses.causes[x.a] = true;
    const bool folds = !x.operands.empty() && x.domain == 0 && subject.code[x.operands[0]].domain != 0;
    if (!folds) continue;
    uses.lists[x.a] = true;
    uses.row_values[x.a].push_back(x.operands[0]);
  }
  return uses;
}

}  // namespace

Reach::Reach(const Program& program) {
  const bytecode::Subject& subject = program.subject();
  std::vector<Register> required;
  for (const bytecode::Requirement& requirement : subject.requirements) required.push_back(requirement.condition);
  Uses bound = uses_of(subject, required);
  in_requirement = std::move(bound.fields);
  list_in_requirement = std::move(bound.lists);
  required.push_back(subject.total);
  required.push_back(subject.levels);
  Uses all = uses_of(subject, required);
  fields = std::move(all.fields);
  lists = std::move(all.lists);
  causes_matter = std::move(all.causes);
  row_values = std::move(all.row_values);
}

// ---------------------------------------------------------------- all places

Places::Places(const Program& program, const Reach& reach, const Batch& batch, std::uint32_t row)
    : program_(program), subject_(program.subject()), reach_(reach), batch_(batch), row_(row) {
  for (std::uint32_t f = 0; f < subject_.fields.size(); ++f) {
    const Field& field = subject_.fields[f];
    // A decision that is missing has not been made: that is not a gap in the evidence.
    if (!reach.fields[f] || field.place == FieldPlace::decision) continue;
    if (field.list == kNone) {
      if (batch.state(f, row) == FieldState::missing) add_field(f, 0);
      continue;
    }
    const std::uint32_t begin = batch.list_begin(field.list, row), end = batch.list_end(field.list, row);
    for (std::uint32_t item = begin; item < end; ++item)
      if (batch.state(f, item) == FieldState::missing) add_field(f, item - begin);
  }
  for (std::uint32_t k = 0; k < subject_.lists.size(); ++k)
    if (reach.lists[k] && !batch.list_present(k, row)) add_list(k);
  link_wholes();
}

void Places::add_field(std::uint32_t f, std::uint32_t item) {
  const Field& field = subject_.fields[f];
  Place place;
  place.field = f;
  place.item = item;
  place.list = field.list;
  place.boolean = field.kind == FieldKind::boolean;
  if (field.may_be_left_out) {
    place.causes.assign(std::begin(kCauses), std::begin(kCauses) + (reach_.causes_matter[f] ? 3 : 1));
  }
  if (field.step) place.step = std::max<std::int64_t>((*field.step * power_of_ten(digits_of(field))).to_int64().value_or(1), 1);
  const Bounds range = scaled_range(f);
  place.low = place.on_grid_from(range.low);
  place.high = std::max(place.low, place.on_grid_to(range.high));
  narrow_by_wholes(place);
  narrow_by_parts(place, f);
  if (const auto bounds = batch_.between(f, position(f, item, batch_, row_))) {
    place.causes.clear();
    place.low = std::max(place.low, bounds->first);
    place.high = std::min(place.high, bounds->second);
  }
  places_.push_back(std::move(place));
}

void Places::add_list(std::uint32_t list) {
  Place place;
  place.list = list;
  places_.push_back(std::move(place));
}

std::uint32_t Places::position(std::uint32_t field, std::uint32_t item, const Batch& batch, std::uint32_t row) const {
  const std::uint32_t list = subject_.fields[field].list;
  return list == kNone ? row : batch.list_begin(list, row) + item;
}

std::int64_t Places::most_part(const Place& part, std::uint32_t whole_field, std::int64_t whole) const {
  const int part_digits = digits_of(subject_.fields[part.field]), whole_digits = digits_of(subject_.fields[whole_field]);
  return part.on_grid_to(narrowed(floor_divide(Int128{whole} * power(part_digits), power(whole_digits))));
}

std::int64_t Places::least_whole(std::uint32_t whole_field, std::uint32_t part_field, std::int64_t part) const {
  const int part_digits = digits_of(subject_.fields[part_field]), whole_digits = digits_of(subject_.fields[whole_field]);
  return narrowed(-floor_divide(-Int128{part} * power(whole_digits), power(part_digits)));
}

/// A known whole bounds its part; so does the range of one that is missing and cannot be left out, and its own whole in turn.
void Places::narrow_by_wholes(Place& place) const {
  const auto bound = [&](std::uint32_t whole, std::int64_t value) {
    place.high = std::max(place.low, std::min(place.high, most_part(place, whole, value)));
  };
  for (std::uint32_t whole = subject_.fields[place.field].at_most_field; whole != kNone; whole = subject_.fields[whole].at_most_field) {
    const std::uint32_t at = position(whole, place.item, batch_, row_);
    const FieldState state = batch_.state(whole, at);
    if (state == FieldState::value) bound(whole, batch_.value(whole, at));
    if (state != FieldState::missing || subject_.fields[whole].may_be_left_out) return;
    bound(whole, scaled_range(whole).high);
  }
}

/// The same downwards, for the parts of `whole`, which is the place's field or stands between it and them.
void Places::narrow_by_parts(Place& place, std::uint32_t whole) const {
  for (std::uint32_t f = 0; f < subject_.fields.size(); ++f) {
    if (subject_.fields[f].at_most_field != whole) continue;
    const std::uint32_t at = position(f, place.item, batch_, row_);
    const FieldState state = batch_.state(f, at);
    const bool open = state == FieldState::missing && !subject_.fields[f].may_be_left_out;
    if (state != FieldState::value && !open) continue;
    const std::int64_t part = open ? scaled_range(f).low : batch_.value(f, at);
    place.low = std::min(place.high, std::max(place.low, place.on_grid_from(least_whole(place.field, f, part))));
    if (open) narrow_by_parts(place, f);
  }
}

/// The range of a field as scaled integers.
Places::Bounds Places::scaled_range(std::uint32_t field) const {
  const Shape shape = field_shape(program_.module(), subject_, subject_.fields[field]);
  const Rational scale = power_of_ten(shape.digits.value_or(0));
  return {(shape.low * scale).to_int64().value_or(0), (shape.high * scale).to_int64().value_or(0)};
}

void Places::link_wholes() {
  for (Place& part : places_) {
    if (part.is_list()) continue;
    const std::uint32_t whole = subject_.fields[part.field].at_most_field;
    for (std::uint32_t i = 0; whole != kNone && i < places_.size(); ++i)
      if (places_[i].field == whole && places_[i].item == part.item) part.whole = i;
  }
}

Box Places::everything() const {
  Box box;
  for (const Place& place : places_) box.push_back(place.everything());
  return box;
}

bool Places::tighten(Box& box) const {
  // Chains of wholes are short; each round carries a bound one link further.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (places_[i].whole == kNone) continue;
      Cell &part = box[i], &whole = box[places_[i].whole];
      if (part.kind != Cell::Kind::between || whole.kind != Cell::Kind::between) continue;
      const Place& whole_place = places_[places_[i].whole];
      const std::int64_t most = most_part(places_[i], whole_place.field, whole.high);
      const std::int64_t least = whole_place.on_grid_from(least_whole(whole_place.field, places_[i].field, part.low));
      changed = changed || most < part.high || least > whole.low;
      part.high = std::min(part.high, most);
      whole.low = std::max(whole.low, least);
      if (part.low > part.high || whole.low > whole.high) return false;
    }
  }
  return true;
}

Box Places::corner(const Box& box, const std::vector<bool>& high) const {
  Box point = box;
  for (std::size_t i = 0; i < point.size(); ++i) {
    Cell& cell = point[i];
    const Place& place = places_[i];
    if (cell.kind == Cell::Kind::open && place.is_list()) cell = rows(high[i] ? static_cast<std::uint32_t>(place.contents.size()) - 1 : 0);
    if (cell.kind == Cell::Kind::open) cell = between(place.low, place.high);
    if (cell.kind == Cell::Kind::between) cell = exactly(high[i] ? cell.high : cell.low);
  }
  for (std::size_t i = 0; i < point.size(); ++i) make_fit(point, i);
  return point;
}

void Places::make_fit(Box& box, std::size_t set) const {
  const auto value_at = [&](std::size_t i) { return box[i].kind == Cell::Kind::between && box[i].low == box[i].high; };
  if (!value_at(set)) return;
  // Wholes above what was set are raised, then every part is lowered to its whole.
  for (std::size_t part = set; places_[part].whole != kNone && value_at(part) && value_at(places_[part].whole); part = places_[part].whole) {
    const Place& whole = places_[places_[part].whole];
    const std::int64_t least = whole.on_grid_from(least_whole(whole.field, places_[part].field, box[part].low));
    Cell& cell = box[places_[part].whole];
    cell = exactly(std::min(whole.high, std::max(cell.low, least)));
  }
  bool lowered = true;
  for (std::size_t round = 0; round < 4 && lowered; ++round) {
    lowered = false;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (places_[i].whole == kNone || !value_at(i) || !value_at(places_[i].whole)) continue;
      const std::int64_t most = most_part(places_[i], places_[places_[i].whole].field, box[places_[i].whole].low);
      if (box[i].low <= most || box[i].low == places_[i].low) continue;
      box[i] = exactly(std::max(places_[i].low, most));
      lowered = true;
    }
  }
}

void Places::append(const Box& box, Batch& trial) const {
  const std::uint32_t row = trial.copy_row(batch_, row_);
  const auto put = [&](std::uint32_t field, std::uint32_t at, const Cell& cell) {
    if (cell.kind == Cell::Kind::left_out) trial.set_left_out(field, at, cell.cause);
    if (cell.kind != Cell::Kind::between) return;
    cell.low == cell.high ? trial.set_value(field, at, cell.low) : trial.set_between(field, at, cell.low, cell.high);
  };
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const Place& place = places_[i];
    if (!place.is_list()) {
      put(place.field, position(place.field, place.item, trial, row), box[i]);
    } else if (box[i].kind == Cell::Kind::rows) {
      trial.open_list(place.list);
      for (const SupposedRow& supposed : place.contents[box[i].rows]) {
        const std::uint32_t item = trial.add_item(place.list);
        for (std::size_t f = 0; f < supposed.fields.size(); ++f) put(supposed.fields[f], item, supposed.cells[f]);
      }
    }
  }
}

}  // namespace quy::vm
