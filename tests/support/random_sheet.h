#pragma once
// Rating sheets as the compiler makes them: criteria of the usual forms, groups, a total, bands, conditions and forced levels.
//
// Unlike random_program.h, whatever is missing matters here: thresholds lie within the ranges, and one field feeds several criteria.

#include "tests/support/code_builder.h"
#include "tests/support/random_program.h"

namespace quy::test {

struct SheetOptions {
  int criteria = 6;
  std::int64_t most_count = 8;       ///< of a count field
  int left_out_percent = 30;         ///< of fields that may be left out
  bool rescale = true;               ///< what is left out is shared in the group
  bool proportional_without_rounding = false;
  bool lists = true;
};

class RandomSheet {
 public:
  static constexpr std::uint32_t kLevels = 4;

  RandomSheet(Dice& dice, const SheetOptions& options) : dice_(dice), options_(options) {
    builder_.rating(kLevels);
    if (options.lists) register_of_acts();
    for (int i = 0; i < options.criteria; ++i) criterion();
    total();
    rating();
  }

  CodeBuilder& builder() { return builder_; }
  const bytecode::Module& module() { return builder_.module(); }
  const bytecode::Subject& subject() { return builder_.subject(); }

  Record record() {
    Record record;
    for (const bytecode::Field& field : subject().fields) record.fields.push_back(field.list == kNone ? datum(field) : Datum{});
    for (std::uint32_t f = 0; f < subject().fields.size(); ++f) {
      const std::uint32_t whole = subject().fields[f].at_most_field;
      if (whole != kNone) record.fields[f].scaled = std::min(record.fields[f].scaled, record.fields[whole].scaled);
    }
    for (std::uint32_t k = 0; k < subject().lists.size(); ++k) {
      record.lists.emplace_back(std::vector<std::vector<Datum>>{});
      for (std::int64_t rows = dice_.chance(60) ? 0 : dice_.between(1, 2); rows > 0; --rows) {
        std::vector<Datum> row;
        for (const bytecode::Field& field : subject().fields) row.push_back(field.list == k ? datum(field) : Datum{});
        record.lists[k]->push_back(std::move(row));
      }
    }
    return record;
  }

  Datum datum(const bytecode::Field& field) {
    if (field.may_be_left_out && dice_.chance(10)) return {static_cast<vm::FieldState>(dice_.between(2, 4)), 0};
    const Rational scale = power_of_ten(field.digits);
    const std::int64_t low = *(field.low * scale).to_int64(), high = *(field.high * scale).to_int64();
    const bool wide = high - low > 200;
    return {vm::FieldState::value, dice_.between(low, wide ? low + 120 : high)};
  }

 private:
  using Points = std::pair<Register, Rational>;   ///< a criterion's points and maximum

  CodeBuilder::FieldOptions options(FieldKind kind, int digits = 0) {
    CodeBuilder::FieldOptions o;
    o.kind = kind;
    o.digits = digits;
    o.may_be_left_out = dice_.chance(options_.left_out_percent);
    return o;
  }

  /// A count, and one that is part of it; often ones that another criterion uses already.
  std::pair<std::uint32_t, std::uint32_t> part_and_whole() {
    if (!pairs_.empty() && dice_.chance(35)) return pairs_[dice_.below(pairs_.size())];
    const std::uint32_t whole = builder_.number_field(0, options_.most_count, options(FieldKind::count));
    const std::uint32_t part = builder_.number_field(0, options_.most_count, options(FieldKind::count));
    if (dice_.chance(70)) builder_.subject().fields[part].at_most_field = whole;
    pairs_.emplace_back(part, whole);
    return pairs_.back();
  }

  std::uint32_t count() {
    if (!counts_.empty() && dice_.chance(35)) return counts_[dice_.below(counts_.size())];
    counts_.push_back(builder_.number_field(0, options_.most_count, options(FieldKind::count)));
    return counts_.back();
  }

  std::uint32_t flag() {
    if (!flags_.empty() && dice_.chance(30)) return flags_[dice_.below(flags_.size())];
    flags_.push_back(builder_.flag_field(dice_.chance(options_.left_out_percent)));
    return flags_.back();
  }

  void register_of_acts() {
    acts_ = builder_.list("acts");
    grave_ = builder_.flag_field(false, acts_);
    CodeBuilder::FieldOptions o;
    o.kind = FieldKind::count;
    o.list = acts_;
    degree_ = builder_.number_field(0, 3, o);
  }

  Register op(Opcode opcode, std::vector<Register> operands, std::uint32_t a = 0, std::uint32_t b = 0) {
    return builder_.op(opcode, std::move(operands), a, b);
  }
  Register number(const Rational& value) { return builder_.number(value); }

  Register ratio_at_least(const Rational& q) {
    const auto [part, whole] = part_and_whole();
    return op(Opcode::compare_ratio, {builder_.field(part), builder_.field(whole)}, dice_.below(6), builder_.constant_index(q));
  }

  Rational percent() { return {Integer(dice_.between(2, 10)), Integer(10)}; }

  Register condition() {
    switch (dice_.below(options_.lists ? 5 : 4)) {
      case 0: return ratio_at_least(percent());
      case 1: return op(Opcode::compare, {builder_.field(count()), number(dice_.between(1, options_.most_count))}, dice_.below(6));
      case 2: return builder_.field(flag());
      case 3: return op(dice_.chance(50) ? Opcode::conjunction : Opcode::disjunction, {atom(), atom()});
      default: return act_condition();
    }
  }

  Register atom() {
    const Register found = dice_.chance(50) ? builder_.field(flag())
                                            : op(Opcode::compare, {builder_.field(count()), number(dice_.between(1, options_.most_count))}, 0);
    return dice_.chance(25) ? op(Opcode::negation, {found}) : found;
  }

  /// There is an act that is grave, or of some degree.
  Register act_condition() {
    const Register degree = op(Opcode::compare, {builder_.field(degree_), builder_.number(dice_.between(1, 3), acts_ + 1)}, 0);
    const Register row = op(dice_.chance(50) ? Opcode::conjunction : Opcode::disjunction, {builder_.field(grave_), degree});
    return op(Opcode::fold_any, {row}, acts_);
  }

  Register points_of(const Rational& most) {
    switch (dice_.below(6)) {
      case 0: return op(Opcode::pick, {condition(), number(most), number(0)});
      case 1: {   // bands of a ratio
        const auto [part, whole] = part_and_whole();
        Register result = number(0);
        for (int tenth = 5; tenth <= 9; tenth += 2) {
          const Register reached = op(Opcode::compare_ratio, {builder_.field(part), builder_.field(whole)}, 0,
                                      builder_.constant_index(Rational(Integer(tenth), Integer(10))));
          result = op(Opcode::pick, {reached, number(most * Rational(Integer(tenth), Integer(9))), result});
        }
        return result;
      }
      case 2: {   // proportional
        const auto [part, whole] = part_and_whole();
        const Register share = op(Opcode::minimum, {op(Opcode::divide, {builder_.field(part), builder_.field(whole)}), number(1)});
        const Register points = op(Opcode::multiply, {share, number(most)});
        if (options_.proportional_without_rounding) return points;
        return op(Opcode::round, {points}, builder_.constant_index(Rational(Integer(1), Integer(4))), dice_.below(3));
      }
      case 3: {   // judged
        CodeBuilder::FieldOptions o = options(FieldKind::points, 2);
        const std::uint32_t score = builder_.number_field(0, most, o);
        builder_.subject().fields[score].place = FieldPlace::score;
        builder_.subject().fields[score].step = Rational(Integer(1), Integer(2));
        return builder_.field(score);
      }
      case 4: {   // deducted
        const Register amount = op(Opcode::multiply, {builder_.field(count()), number(Rational(Integer(3), Integer(4)))});
        return op(Opcode::maximum, {number(0), op(Opcode::subtract, {number(most), amount})});
      }
      default: return op(Opcode::pick, {condition(), number(most), op(Opcode::pick, {condition(), number(most * Rational(Integer(1), Integer(2))), number(0)})});
    }
  }

  void criterion() {
    const Rational most(dice_.between(2, 8));
    points_.emplace_back(points_of(most), most);
  }

  void total() {
    Register sum = number(0), maximum = number(0), left = number(0);
    Rational all(0);
    for (const auto& [points, most] : points_) {
      const Register gone = op(Opcode::left_out, {points});
      sum = op(Opcode::add, {sum, op(Opcode::or_else, {points, number(0)})});
      left = op(Opcode::add, {left, op(Opcode::pick, {gone, number(most), number(0)})});
      all = all + most;
    }
    maximum = number(all);
    if (options_.rescale) {
      const Register remaining = op(Opcode::maximum, {op(Opcode::subtract, {maximum, left}), number(0)});
      sum = op(Opcode::divide, {op(Opcode::multiply, {sum, maximum}), remaining});
    }
    total_maximum_ = all;
    builder_.subject().total = sum;
  }

  void rating() {
    const auto floor = [&](int percent) { return total_maximum_ * Rational(Integer(percent), Integer(100)); };
    Register levels = op(Opcode::band, {builder_.subject().total}, 3, builder_.constants({floor(90), floor(70), floor(50)}));
    if (dice_.chance(70)) levels = op(Opcode::need, {levels, condition(), condition(), condition()}, dice_.below(3));
    if (dice_.chance(40)) levels = op(Opcode::bar, {levels, op(Opcode::holds, {condition()})}, dice_.below(kLevels));
    if (dice_.chance(40)) levels = op(Opcode::lower, {levels, op(Opcode::holds, {condition()})}, 1);
    for (int forces = static_cast<int>(dice_.between(0, 2)); forces > 0; --forces)
      levels = op(Opcode::force, {levels, op(Opcode::holds, {condition()})}, kLevels - 1 - dice_.below(2));
    if (dice_.chance(30)) levels = op(Opcode::not_rated_if, {levels, condition()});
    builder_.subject().levels = levels;
  }

  Dice& dice_;
  SheetOptions options_;
  CodeBuilder builder_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
  std::vector<std::uint32_t> counts_, flags_;
  std::uint32_t acts_ = 0, grave_ = 0, degree_ = 0;
  std::vector<Points> points_;
  Rational total_maximum_;
};

}  // namespace quy::test
