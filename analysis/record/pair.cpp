#include "analysis/record/pair.h"

namespace quy::analysis {

using bytecode::Field;
using bytecode::FieldPlace;
using bytecode::Instruction;
using bytecode::kNone;
using bytecode::Opcode;
using bytecode::Register;
using bytecode::ValueKind;

namespace {

constexpr std::uint32_t kAtMost = 2;  ///< sign of a comparison, as in opcodes.def

bool reads_field(Opcode opcode) { return opcode == Opcode::field || opcode == Opcode::flag || opcode == Opcode::state; }
bool reads_list(Opcode opcode) {
  return opcode == Opcode::spread || (opcode >= Opcode::fold_count && opcode <= Opcode::fold_largest);
}

bool is_stated(FieldPlace place) {
  return place == FieldPlace::evidence || place == FieldPlace::score || place == FieldPlace::exception ||
         place == FieldPlace::maximum;
}

std::vector<std::uint32_t> numbers(std::size_t count) {
  std::vector<std::uint32_t> all(count);
  for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<std::uint32_t>(i);
  return all;
}

}  // namespace

Differs evidence_read(const bytecode::Subject& subject, const std::vector<Register>& registers) {
  std::vector<bool> reached(subject.code.size());
  for (const Register reg : registers) reached[reg] = true;
  Differs read;
  for (std::size_t reg = reached.size(); reg-- > 0;) {
    if (!reached[reg]) continue;
    const Instruction& each = subject.code[reg];
    for (const Register operand : each.operands) reached[operand] = true;
    if (each.domain != 0) read.lists.insert(each.domain - 1);
    if (reads_list(each.opcode)) read.lists.insert(each.a);
    if (reads_field(each.opcode) && subject.fields[each.a].list == kNone && is_stated(subject.fields[each.a].place))
      read.fields.insert(each.a);
  }
  return read;
}

Pair::Pair(bytecode::Module single, const Differs& differs)
    : module_(std::move(single)),
      second_field_(numbers(subject().fields.size())),
      second_list_(numbers(subject().lists.size())) {
  double_lists(differs);
  double_fields(differs);
  double_code();
  double_requirements();
}

void Pair::double_lists(const Differs& differs) {
  for (const std::uint32_t list : differs.lists) {
    bytecode::List twin = subject().lists[list];
    twin.id += "'";
    second_list_[list] = static_cast<std::uint32_t>(subject().lists.size());
    made().lists.push_back(std::move(twin));
  }
}

void Pair::double_fields(const Differs& differs) {
  const std::size_t count = second_field_.size();
  for (std::uint32_t field = 0; field < count; ++field) {
    Field twin = subject().fields[field];
    const bool of_list = twin.list != kNone && second_list_[twin.list] != twin.list;
    if (!of_list && !differs.fields.contains(field)) continue;
    // A record says in its head to which unit it belongs; here the second says so beside the first.
    if (twin.place == FieldPlace::unit) twin.place = FieldPlace::evidence;
    twin.id += "'";
    if (of_list) twin.list = second_list_[twin.list];
    second_field_[field] = static_cast<std::uint32_t>(subject().fields.size());
    made().fields.push_back(std::move(twin));
  }
  for (std::uint32_t field = 0; field < count; ++field) {
    Field& twin = made().fields[second_field_[field]];
    if (second_field_[field] != field && twin.at_most_field != kNone)
      twin.at_most_field = second_field_[twin.at_most_field];
  }
}

bool Pair::reads_what_differs(const Instruction& instruction) const {
  if (reads_field(instruction.opcode) && second_field_[instruction.a] != instruction.a) return true;
  if (reads_list(instruction.opcode) && second_list_[instruction.a] != instruction.a) return true;
  if (instruction.domain != 0 && second_list_[instruction.domain - 1] != instruction.domain - 1) return true;
  for (const Register operand : instruction.operands)
    if (second_register_[operand] != operand) return true;
  return false;
}

void Pair::double_code() {
  const auto count = static_cast<Register>(subject().code.size());
  second_register_ = numbers(count);
  for (Register reg = 0; reg < count; ++reg) {
    Instruction twin = subject().code[reg];
    if (!reads_what_differs(twin)) continue;
    if (reads_field(twin.opcode)) twin.a = second_field_[twin.a];
    if (reads_list(twin.opcode)) twin.a = second_list_[twin.a];
    if (twin.domain != 0) twin.domain = second_list_[twin.domain - 1] + 1;
    for (Register& operand : twin.operands) operand = second_register_[operand];
    second_register_[reg] = add(std::move(twin));
  }
}

void Pair::double_requirements() {
  const std::vector<bytecode::Requirement> requirements = subject().requirements;
  for (bytecode::Requirement each : requirements) {
    if (second(each.condition) == each.condition) continue;
    each.condition = second(each.condition);
    made().requirements.push_back(std::move(each));
  }
  // A part that is shared stays within the whole that is not.
  for (std::uint32_t part = 0; part < second_field_.size(); ++part) {
    const std::uint32_t whole = subject().fields[part].at_most_field;
    if (whole == kNone || second_field_[part] != part || second_field_[whole] == whole) continue;
    const Register within = comparison(field(part), kAtMost, field(second_field_[whole]));
    made().requirements.push_back({every_row(within), {}, kNone});
  }
}

// ---------------------------------------------------------------- code about both

Register Pair::add(Instruction instruction) {
  made().code.push_back(std::move(instruction));
  return static_cast<Register>(subject().code.size() - 1);
}

Register Pair::field(std::uint32_t field) {
  const std::uint32_t list = subject().fields[field].list;
  return add({.opcode = Opcode::field,
              .a = field,
              .b = 0,
              .domain = list == kNone ? 0 : list + 1,
              .kind = ValueKind::number,
              .operands = {}});
}

Register Pair::compare(Register a, std::uint32_t sign, Register b) {
  return unary(Opcode::holds, comparison(a, sign, b));
}

Register Pair::comparison(Register a, std::uint32_t sign, Register b) {
  return add({.opcode = Opcode::compare,
              .a = sign,
              .b = 0,
              .domain = subject().code[a].domain,
              .kind = ValueKind::boolean,
              .operands = {a, b}});
}

Register Pair::unary(Opcode opcode, Register of) {
  const std::uint32_t domain = subject().code[of].domain;
  return add({.opcode = opcode, .a = 0, .b = 0, .domain = domain, .kind = ValueKind::boolean, .operands = {of}});
}

Register Pair::all(std::vector<Register> conditions) {
  const std::uint32_t domain = subject().code[conditions.front()].domain;
  return add({.opcode = Opcode::conjunction,
              .a = 0,
              .b = 0,
              .domain = domain,
              .kind = ValueKind::boolean,
              .operands = std::move(conditions)});
}

Register Pair::any(std::vector<Register> conditions) {
  const std::uint32_t domain = subject().code[conditions.front()].domain;
  return add({.opcode = Opcode::disjunction,
              .a = 0,
              .b = 0,
              .domain = domain,
              .kind = ValueKind::boolean,
              .operands = std::move(conditions)});
}

Register Pair::negation(Register condition) { return unary(Opcode::negation, condition); }

Register Pair::left_out(Register value) { return unary(Opcode::left_out, value); }

Register Pair::same(Register a, Register b) { return any({all({a, b}), all({negation(a), negation(b)})}); }

Register Pair::every_row(Register condition) {
  const std::uint32_t domain = subject().code[condition].domain;
  if (domain == 0) return condition;
  return add({.opcode = Opcode::fold_every,
              .a = domain - 1,
              .b = 0,
              .domain = 0,
              .kind = ValueKind::boolean,
              .operands = {condition}});
}

Register Pair::some_row(Register condition) {
  const std::uint32_t domain = subject().code[condition].domain;
  if (domain == 0) return condition;
  return add({.opcode = Opcode::fold_any,
              .a = domain - 1,
              .b = 0,
              .domain = 0,
              .kind = ValueKind::boolean,
              .operands = {condition}});
}

// ---------------------------------------------------------------- records

Record Pair::first(const Record& both) const {
  Record record;
  const auto own = [&](const Cells& cells) {
    Cells kept;
    for (const auto& [field, cell] : cells)
      if (field < second_field_.size()) kept[field] = cell;
    return kept;
  };
  record.fields = own(both.fields);
  for (const auto& [list, rows] : both.lists) {
    if (list >= second_list_.size()) continue;
    std::vector<Cells>& kept = record.lists[list];
    for (const Cells& row : rows) kept.push_back(own(row));
  }
  return record;
}

Cells Pair::second_cells(const Cells& cells, std::uint32_t list) const {
  Cells all;
  for (std::uint32_t field = 0; field < second_field_.size(); ++field) {
    if (subject().fields[field].list != list) continue;
    const auto found = cells.find(second_field_[field]);
    if (found != cells.end()) all[field] = found->second;
  }
  return all;
}

Record Pair::second(const Record& both) const {
  Record record;
  record.fields = second_cells(both.fields, kNone);
  for (std::uint32_t list = 0; list < second_list_.size(); ++list) {
    const auto found = both.lists.find(second_list_[list]);
    if (found == both.lists.end()) continue;
    std::vector<Cells>& rows = record.lists[list];
    for (const Cells& row : found->second) rows.push_back(second_cells(row, list));
  }
  return record;
}

}  // namespace quy::analysis
