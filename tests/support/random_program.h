#pragma once
// Random subjects over all opcodes, and random records of them, from a seed.

#include <algorithm>
#include <random>
#include <vector>

#include "runtime/vm/shape.h"
#include "tests/support/code_builder.h"
#include "tests/support/vm_oracle.h"

namespace quy::test {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  std::int64_t between(std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(engine_); }
  std::uint32_t below(std::size_t count) { return static_cast<std::uint32_t>(between(0, static_cast<std::int64_t>(count) - 1)); }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <class T>
  const T& of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }

 private:
  std::mt19937 engine_;
};

/// A subject with fields of every kind, two lists, a table and a rating of four levels; then `length` random instructions.
class RandomProgram {
 public:
  static constexpr std::uint32_t kLevels = 4;

  RandomProgram(Dice& dice, int length) : dice_(dice) {
    builder_.rating(kLevels);
    for (int day = 20'000; day < 20'600; day += 37) builder_.module().calendar.holidays.push_back(day);
    builder_.module().strings = {"alpha", "beta", "gamma"};
    bytecode::ReadingInfo reading;
    reading.option_ids = reading.option_labels = {"x", "y"};
    reading.chosen = 1;
    builder_.module().readings.push_back(reading);
    table_ = builder_.table({{Rational(1), Rational(Integer(1), Integer(2)), Rational(-3), Rational(Integer(7), Integer(4))},
                             {Rational(Integer(1), Integer(3)), Rational(2), Rational(5), Rational(Integer(-1), Integer(7))}});
    builder_.list();
    builder_.list();
    for (const std::uint32_t list : {kNone, std::uint32_t{0}, std::uint32_t{1}}) add_fields(list);
    add_leaves();
    while (static_cast<int>(builder_.subject().code.size()) < length) add_instruction();
    finish();
  }

  CodeBuilder& builder() { return builder_; }
  const bytecode::Module& module() { return builder_.module(); }
  const bytecode::Subject& subject() { return builder_.subject(); }

  Datum datum(const bytecode::Field& field, int missing_percent) {
    if (dice_.chance(missing_percent)) return {};
    if (field.may_be_left_out && dice_.chance(15)) return {static_cast<vm::FieldState>(dice_.between(2, 4)), 0};
    const vm::Shape shape = vm::field_shape(module(), subject(), field);
    const Rational scale = power_of_ten(shape.digits.value_or(0));
    const std::int64_t low = *(shape.low * scale).to_int64(), high = std::min(*(shape.high * scale).to_int64(), most_text(field));
    // Ends and small values matter most.
    if (dice_.chance(20)) return {vm::FieldState::value, dice_.chance(50) ? low : high};
    if (dice_.chance(60)) return {vm::FieldState::value, dice_.between(low, std::min(high, std::max(low, std::int64_t{0}) + 12))};
    return {vm::FieldState::value, dice_.between(low, high)};
  }

  Record record(int missing_percent) {
    Record record;
    for (const bytecode::Field& field : subject().fields)
      record.fields.push_back(field.list == kNone ? datum(field, missing_percent) : Datum{});
    for (std::uint32_t k = 0; k < subject().lists.size(); ++k) {
      if (dice_.chance(missing_percent)) {
        record.lists.emplace_back();
        continue;
      }
      record.lists.emplace_back(std::vector<std::vector<Datum>>{});
      for (std::int64_t rows = dice_.chance(25) ? 0 : dice_.between(1, 4); rows > 0; --rows) record.lists[k]->push_back(list_row(k, missing_percent));
    }
    return record;
  }

  std::vector<Datum> list_row(std::uint32_t list, int missing_percent) {
    std::vector<Datum> row;
    for (const bytecode::Field& field : subject().fields) row.push_back(field.list == list ? datum(field, missing_percent) : Datum{});
    return row;
  }

  /// The record with everything that is missing filled in at random.
  Record completed(const Record& record) {
    Record full = record;
    for (std::uint32_t f = 0; f < subject().fields.size(); ++f)
      if (subject().fields[f].list == kNone) fill(full.fields[f], subject().fields[f]);
    for (std::uint32_t k = 0; k < full.lists.size(); ++k) {
      if (!full.lists[k]) {
        full.lists[k].emplace();
        for (std::int64_t rows = dice_.between(0, 3); rows > 0; --rows) full.lists[k]->push_back(list_row(k, 0));
      }
      for (auto& row : *full.lists[k])
        for (std::uint32_t f = 0; f < subject().fields.size(); ++f)
          if (subject().fields[f].list == k) fill(row[f], subject().fields[f]);
    }
    return full;
  }

 private:
  static std::int64_t most_text(const bytecode::Field& field) {
    return field.kind == FieldKind::text ? 4 : std::numeric_limits<std::int64_t>::max();
  }

  void fill(Datum& datum, const bytecode::Field& field) {
    // A decision that is missing has not been made: that is what it means, not a gap in the evidence.
    if (datum.state == vm::FieldState::missing && field.place != FieldPlace::decision) datum = this->datum(field, 0);
  }

  void add_fields(std::uint32_t list) {
    const auto options = [&](FieldKind kind, int digits) {
      CodeBuilder::FieldOptions o;
      o.digits = digits;
      o.kind = kind;
      o.list = list;
      o.may_be_left_out = dice_.chance(40);
      return o;
    };
    builder_.number_field(0, 20, options(FieldKind::count, 0));
    builder_.number_field(0, 1'000'000'000, options(FieldKind::count, 0));
    builder_.number_field(-5, 50, options(FieldKind::number, static_cast<int>(dice_.between(0, 3))));
    builder_.number_field(5, 10, options(FieldKind::number, 1));
    builder_.number_field(0, 1'000'000'000'000'000, options(FieldKind::money, 2));
    builder_.number_field(19'900, 20'700, options(FieldKind::date, 0));
    builder_.number_field(0, 0, options(FieldKind::text, 0));
    builder_.number_field(0, 0, options(FieldKind::level, 0));
    builder_.number_field(0, 1, options(FieldKind::boolean, 0));
    builder_.number_field(0, 1, options(FieldKind::boolean, 0));
    const std::uint32_t code = builder_.number_field(0, 0, options(FieldKind::code, 0));
    builder_.subject().fields[code].table = table_;
    if (list != kNone) return;
    CodeBuilder::FieldOptions decision = options(FieldKind::level, 0);
    decision.place = FieldPlace::decision;
    decision.may_be_left_out = false;
    builder_.number_field(0, 0, decision);
  }

  void add_leaves() {
    for (std::uint32_t f = 0; f < builder_.subject().fields.size(); ++f) builder_.field(f);
    for (const std::uint32_t domain : {0U, 1U, 2U}) {
      builder_.number(Rational(dice_.between(-3, 12)), domain);
      builder_.number(Rational(Integer(dice_.between(-30, 1000)), Integer(dice_.chance(70) ? 100 : 7)), domain);
      builder_.truth(dice_.chance(50), domain);
      builder_.raw(Opcode::text, {}, dice_.below(3), 0, domain, ValueKind::number);
    }
    for (std::uint32_t f = 0; f < builder_.subject().fields.size(); f += 3) builder_.state(f, dice_.below(3));
    builder_.raw(Opcode::reading, {}, 0, dice_.below(2), 0, ValueKind::boolean);
  }

  enum class Meaning { plain, text, day, code, level, decision };

  Meaning meaning(Register reg) const {
    const bytecode::Instruction& x = builder_.subject().code[reg];
    if (x.opcode == Opcode::text) return Meaning::text;
    if (x.opcode == Opcode::spread || x.opcode == Opcode::keep) return meaning(x.operands[0]);
    if (x.opcode != Opcode::field) return Meaning::plain;
    if (builder_.subject().fields[x.a].place == FieldPlace::decision) return Meaning::decision;
    switch (builder_.subject().fields[x.a].kind) {
      case FieldKind::text: return Meaning::text;
      case FieldKind::date: return Meaning::day;
      case FieldKind::code: return Meaning::code;
      case FieldKind::level: return Meaning::level;
      default: return Meaning::plain;
    }
  }

  std::vector<Register> registers(ValueKind kind, std::uint32_t domain, std::optional<Meaning> wanted = {}) const {
    std::vector<Register> found;
    for (Register reg = 0; reg < builder_.subject().code.size(); ++reg) {
      const bytecode::Instruction& x = builder_.subject().code[reg];
      if (x.kind != kind || x.domain != domain) continue;
      const Meaning is = kind == ValueKind::number ? meaning(reg) : Meaning::plain;
      const bool usable = is != Meaning::text && is != Meaning::decision;
      if (wanted ? is == *wanted : usable) found.push_back(reg);
    }
    return found;
  }

  /// Late registers are likelier, so that chains grow.
  Register some(ValueKind kind, std::uint32_t domain, std::optional<Meaning> wanted = {}) {
    const std::vector<Register> found = registers(kind, domain, wanted);
    if (found.empty()) return kNone;
    return dice_.chance(40) ? found.back() : dice_.of(found);
  }

  void add_instruction() {
    const auto opcode = static_cast<Opcode>(dice_.below(static_cast<std::size_t>(Opcode::count_)));
    const std::uint32_t domain = dice_.chance(60) ? 0 : dice_.below(3);
    const std::string_view letters = kOperands[static_cast<std::size_t>(opcode)];
    if (letters.empty()) return;
    std::uint32_t a = 0, b = 0;
    std::uint32_t operand_domain = domain;
    immediates(opcode, a, b, operand_domain);
    std::vector<Register> operands;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      if (letters[i] == '*') {
        for (std::int64_t more = dice_.between(0, kLevels - 1); more > 0; --more) operands.push_back(some(kind(letters[i - 1]), operand_domain));
      } else {
        operands.push_back(some(kind(letters[i]), operand_domain, wanted(opcode, i)));
      }
    }
    if (std::find(operands.begin(), operands.end(), kNone) != operands.end()) return;
    if (opcode == Opcode::multiply && product_too_large(operands)) return;
    const bool equality_only = opcode == Opcode::compare && meaning(operands[0]) == Meaning::text;
    if (equality_only) {
      a = 4 + dice_.below(2);
      operands[1] = some(ValueKind::number, operand_domain, Meaning::text);
    }
    builder_.op(opcode, operands, a, b);
  }

  /// Products of products of products … are refused when loaded; keep clear of them.
  bool product_too_large(const std::vector<Register>& operands) const {
    return depth(operands[0]) + depth(operands[1]) > 6;
  }
  int depth(Register reg) const {
    const bytecode::Instruction& x = builder_.subject().code[reg];
    int deepest = 0;
    for (const Register in : x.operands) deepest = std::max(deepest, depth(in));
    return deepest + (x.opcode == Opcode::multiply || x.opcode == Opcode::divide || x.opcode == Opcode::fold_sum ? 1 : 0);
  }

  ValueKind kind(char letter) {
    if (letter == 'b') return ValueKind::boolean;
    if (letter == 'l') return ValueKind::levels;
    return letter == 'n' || dice_.chance(50) ? ValueKind::number : ValueKind::boolean;
  }

  std::optional<Meaning> wanted(Opcode opcode, std::size_t operand) {
    if (opcode == Opcode::hand_over && operand == 3 && dice_.chance(50)) return Meaning::decision;
    if (opcode == Opcode::working_days) return Meaning::day;
    if (opcode == Opcode::column) return Meaning::code;
    if (opcode == Opcode::cap || (opcode == Opcode::hand_over && operand == 3)) return Meaning::level;
    return std::nullopt;
  }

  void immediates(Opcode opcode, std::uint32_t& a, std::uint32_t& b, std::uint32_t& domain) {
    const auto constants = [&](std::size_t count) {
      std::vector<Rational> values;
      for (std::size_t i = 0; i < count; ++i) values.emplace_back(Integer(dice_.between(-10, 200)), Integer(dice_.chance(60) ? 1 : dice_.between(1, 8)));
      if (dice_.chance(70)) std::sort(values.rbegin(), values.rend());
      return builder_.constants(values);
    };
    switch (opcode) {
      case Opcode::round:
        a = builder_.constant_index(Rational(Integer(dice_.between(1, 9)), Integer(dice_.chance(80) ? 4 : 3)));
        b = dice_.below(3);
        break;
      case Opcode::column: a = table_; b = dice_.below(2); break;
      case Opcode::compare: a = dice_.below(6); break;
      case Opcode::compare_ratio:
        a = dice_.below(6);
        b = builder_.constant_index(Rational(Integer(dice_.between(-1, 10)), Integer(dice_.between(1, 10))));
        break;
      case Opcode::member: a = dice_.below(4); b = constants(a); break;
      case Opcode::spread: a = dice_.below(2); domain = 0; break;
      case Opcode::fold_count:
      case Opcode::fold_applicable:
      case Opcode::fold_any:
      case Opcode::fold_every:
      case Opcode::fold_sum:
      case Opcode::fold_smallest:
      case Opcode::fold_largest: a = dice_.below(2); domain = a + 1; break;
      case Opcode::band: a = dice_.below(kLevels + 1); b = constants(a); domain = 0; break;
      case Opcode::first_level: a = dice_.below(2); b = dice_.below(2); domain = 0; break;
      case Opcode::need: a = dice_.below(3); domain = 0; break;
      case Opcode::bar:
      case Opcode::force:
      case Opcode::reached: a = dice_.below(kLevels); domain = 0; break;
      case Opcode::lower: a = dice_.below(kLevels + 1); domain = 0; break;
      case Opcode::hand_over: a = static_cast<std::uint32_t>(dice_.between(0, 0x7ffff)); domain = 0; break;
      case Opcode::gap_if:
      case Opcode::cap:
      case Opcode::not_rated_if:
      case Opcode::worse_outcome:
      case Opcode::pick_levels: domain = 0; break;
      default: break;
    }
  }

  void finish() {
    const std::vector<Register> levels = registers(ValueKind::levels, 0), numbers = registers(ValueKind::number, 0);
    builder_.subject().levels = levels.empty() ? kNone : levels.back();
    builder_.subject().total = numbers.back();
  }

  static constexpr std::string_view kOperands[] = {
#define QUY_OPCODE(name, operands, result, transfer, monotony, cost, sentence) operands,
#include "runtime/bytecode/opcodes.def"
#undef QUY_OPCODE
  };

  Dice& dice_;
  CodeBuilder builder_;
  std::uint32_t table_ = 0;
};

}  // namespace quy::test
