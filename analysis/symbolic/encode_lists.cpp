// Lists: a few kinds of row, each present so many times.

#include "analysis/symbolic/encoding.h"

namespace quy::analysis::symbolic {

Encoding::Value Encoding::spread(const At& at) { return values_[at.instruction->operands[0]].front(); }

z3::expr Encoding::row_left_out(const At& at, std::size_t kind) const {
  const Value& value = row(at, kind);
  if (const auto* truth = std::get_if<Truth>(&value)) return truth->left_out;
  return std::get<Number>(value).left_out;
}

Linear Encoding::counted(const At& at, const std::function<z3::expr(std::size_t)>& condition) const {
  Linear count = linear(context_, 0);
  for (std::size_t kind = 0; kind < kinds(at.instruction->a + 1); ++kind)
    count = plus(count, choose(condition(kind), Linear{rows(at, kind), 1}, linear(context_, 0)));
  return count;
}

Encoding::Value Encoding::fold_count(const At& at) {
  return Number{counted(at, [&](std::size_t kind) { return std::get<Truth>(row(at, kind)).yes; }), {}, no()};
}

Encoding::Value Encoding::fold_applicable(const At& at) {
  return Number{counted(at, [&](std::size_t kind) { return negated(row_left_out(at, kind)); }), {}, no()};
}

Encoding::Value Encoding::fold_any(const At& at) {
  z3::expr some = no();
  for (std::size_t kind = 0; kind < kinds(at.instruction->a + 1); ++kind)
    some = either(some, both(rows(at, kind) > 0, std::get<Truth>(row(at, kind)).yes));
  return Truth{some, no()};
}

Encoding::Value Encoding::fold_every(const At& at) {
  z3::expr every = yes(), none = yes();
  for (std::size_t kind = 0; kind < kinds(at.instruction->a + 1); ++kind) {
    const Truth& truth = std::get<Truth>(row(at, kind));
    const z3::expr absent = rows(at, kind) <= 0;
    every = both(every, either(absent, either(truth.yes, truth.left_out)));
    none = both(none, either(absent, truth.left_out));
  }
  return truth_of(every, none);
}

Encoding::Value Encoding::fold_sum(const At& at) {
  Linear sum = linear(context_, 0);
  for (std::size_t kind = 0; kind < kinds(at.instruction->a + 1); ++kind) {
    const Number& value = std::get<Number>(row(at, kind));
    if (!value.is_linear()) return unknown(at, no(), {"tổng các tỉ số của từng dòng", "a sum of ratios over rows"});
    const Linear all_of_kind{product(rows(at, kind), value.linear.top), value.linear.divisor};
    sum = plus(sum, choose(value.left_out, linear(context_, 0), all_of_kind));
  }
  return Number{sum, {}, no()};
}

/// An unknown that some row reaches and none passes.
Encoding::Value Encoding::extreme(const At& at, bool largest) {
  z3::expr none = yes();
  const std::size_t count = kinds(at.instruction->a + 1);
  for (std::size_t kind = 0; kind < count; ++kind) none = both(none, either(rows(at, kind) <= 0, row_left_out(at, kind)));
  const vm::Shape& shape = shapes_[at.reg];
  Integer divisor = 1;
  for (std::size_t kind = 0; kind < count; ++kind) {
    const Number& value = std::get<Number>(row(at, kind));
    if (!value.is_linear()) return unknown(at, none, {"trị số lớn (nhỏ) nhất của các tỉ số", "the largest or smallest of ratios"});
    divisor = lcm(divisor, value.linear.divisor);
  }
  const z3::expr found = evidence_.fresh("extreme", shape.low * Rational(divisor), shape.high * Rational(divisor));
  z3::expr reached = no();
  for (std::size_t kind = 0; kind < count; ++kind) {
    const Number& value = std::get<Number>(row(at, kind));
    const z3::expr top = times(value.linear.top, divisor / value.linear.divisor);
    const z3::expr there = both(rows(at, kind) > 0, negated(value.left_out));
    evidence_.assume(either(negated(there), largest ? found >= top : found <= top));
    reached = either(reached, both(there, found == top));
  }
  evidence_.assume(either(none, reached));
  return Number{{found, divisor}, {}, none};
}

Encoding::Value Encoding::fold_smallest(const At& at) { return extreme(at, false); }
Encoding::Value Encoding::fold_largest(const At& at) { return extreme(at, true); }

}  // namespace quy::analysis::symbolic
