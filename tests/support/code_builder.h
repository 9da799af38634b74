#pragma once
// Modules assembled by hand, for tests of whatever reads bytecode.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "runtime/bytecode/module.h"

namespace quy::test {

using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;
using bytecode::Opcode;
using bytecode::Register;
using bytecode::ValueKind;

/// One module with one subject. Registers are numbered as instructions are added.
class CodeBuilder {
 public:
  CodeBuilder() {
    module_.id = "test";
    module_.subjects.emplace_back();
    module_.subjects[0].id = "subject";
  }

  bytecode::Module& module() { return module_; }
  bytecode::Subject& subject() { return module_.subjects[0]; }
  const bytecode::Subject& subject() const { return module_.subjects[0]; }

  // ---------------------------------------------------------------- evidence

  struct FieldOptions {
    int digits = 0;
    bool may_be_left_out = false;
    std::uint32_t list = kNone;
    FieldKind kind = FieldKind::number;
    FieldPlace place = FieldPlace::evidence;
  };

  std::uint32_t number_field(const Rational& low, const Rational& high, FieldOptions options) {
    bytecode::Field field;
    field.id = "f" + std::to_string(subject().fields.size());
    field.kind = options.kind;
    field.place = options.place;
    field.digits = options.digits;
    field.low = low;
    field.high = high;
    field.list = options.list;
    field.may_be_left_out = options.may_be_left_out;
    if (options.place == FieldPlace::decision) field.clause = field.id;
    subject().fields.push_back(field);
    return static_cast<std::uint32_t>(subject().fields.size() - 1);
  }
  std::uint32_t number_field(const Rational& low, const Rational& high) { return number_field(low, high, FieldOptions{}); }

  std::uint32_t flag_field(bool may_be_left_out = false, std::uint32_t list = kNone) {
    FieldOptions options;
    options.kind = FieldKind::boolean;
    options.may_be_left_out = may_be_left_out;
    options.list = list;
    return number_field(0, 1, options);
  }

  std::uint32_t list(const std::string& id = {}) {
    bytecode::List list;
    list.id = id.empty() ? "l" + std::to_string(subject().lists.size()) : id;
    subject().lists.push_back(list);
    return static_cast<std::uint32_t>(subject().lists.size() - 1);
  }

  std::uint32_t table(std::vector<std::vector<Rational>> columns) {
    bytecode::Table table;
    table.id = "t" + std::to_string(module_.tables.size());
    for (std::size_t i = 0; i < columns[0].size(); ++i) table.keys.push_back("k" + std::to_string(1000 + i));
    for (std::size_t i = 0; i < columns.size(); ++i) table.column_ids.push_back("c" + std::to_string(i));
    table.columns = std::move(columns);
    module_.tables.push_back(table);
    return static_cast<std::uint32_t>(module_.tables.size() - 1);
  }

  /// Gives the subject a rating of so many levels.
  void rating(std::size_t levels) {
    bytecode::RatingInfo rating;
    rating.id = "r";
    for (std::size_t i = 0; i < levels; ++i) {
      bytecode::LevelInfo level;
      level.id = "m" + std::to_string(i);
      rating.levels.push_back(level);
    }
    module_.ratings.push_back(rating);
    subject().rating = static_cast<std::uint32_t>(module_.ratings.size() - 1);
  }

  // ---------------------------------------------------------------- code

  std::uint32_t constant_index(const Rational& value) {
    module_.constants.push_back(value);
    return static_cast<std::uint32_t>(module_.constants.size() - 1);
  }
  /// Constants one after the other; the index of the first.
  std::uint32_t constants(const std::vector<Rational>& values) {
    const auto first = static_cast<std::uint32_t>(module_.constants.size());
    module_.constants.insert(module_.constants.end(), values.begin(), values.end());
    return first;
  }

  Register number(const Rational& value, std::uint32_t domain = 0) { return raw(Opcode::constant, {}, constant_index(value), 0, domain, ValueKind::number); }
  Register truth(bool value, std::uint32_t domain = 0) { return raw(Opcode::truth, {}, value ? 1 : 0, 0, domain, ValueKind::boolean); }
  Register field(std::uint32_t index) {
    const bytecode::Field& field = subject().fields[index];
    const bool boolean = field.kind == FieldKind::boolean;
    return raw(boolean ? Opcode::flag : Opcode::field, {}, index, 0, domain_of(index), boolean ? ValueKind::boolean : ValueKind::number);
  }
  Register state(std::uint32_t index, std::uint32_t cause) {
    return raw(Opcode::state, {}, index, cause, domain_of(index), ValueKind::boolean);
  }

  /// Any other instruction; result kind and domain follow from the opcode and its operands.
  Register op(Opcode opcode, std::vector<Register> operands, std::uint32_t a = 0, std::uint32_t b = 0) {
    const std::uint32_t domain = result_domain(opcode, operands, a);
    const ValueKind kind = result_kind(opcode, operands);
    return raw(opcode, std::move(operands), a, b, domain, kind);
  }

  Register raw(Opcode opcode, std::vector<Register> operands, std::uint32_t a, std::uint32_t b, std::uint32_t domain, ValueKind kind) {
    subject().code.push_back({opcode, a, b, domain, kind, std::move(operands)});
    return static_cast<Register>(subject().code.size() - 1);
  }

 private:
  std::uint32_t domain_of(std::uint32_t field) const {
    const std::uint32_t list = subject().fields[field].list;
    return list == kNone ? 0 : list + 1;
  }

  std::uint32_t result_domain(Opcode opcode, const std::vector<Register>& operands, std::uint32_t a) const {
    switch (opcode) {
      case Opcode::spread: return a + 1;
      case Opcode::fold_count:
      case Opcode::fold_applicable:
      case Opcode::fold_any:
      case Opcode::fold_every:
      case Opcode::fold_sum:
      case Opcode::fold_smallest:
      case Opcode::fold_largest: return 0;
      default: return operands.empty() ? 0 : subject().code[operands[0]].domain;
    }
  }

  ValueKind result_kind(Opcode opcode, const std::vector<Register>& operands) const {
    constexpr char kResults[] = {
#define QUY_OPCODE(name, operands_, result, transfer, monotony, cost, sentence) #result[0],
#include "runtime/bytecode/opcodes.def"
#undef QUY_OPCODE
    };
    switch (kResults[static_cast<std::size_t>(opcode)]) {
      case 'b': return ValueKind::boolean;
      case 'n': return ValueKind::number;
      case 'l': return ValueKind::levels;
      default: return subject().code[operands[0]].kind;
    }
  }

  bytecode::Module module_;
};

}  // namespace quy::test
