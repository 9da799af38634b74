// Comparisons and logic.

#include "analysis/symbolic/encoding.h"

namespace quy::analysis::symbolic {

using bytecode::Register;

namespace {

enum Sign : std::uint32_t { at_least, greater, at_most, less, equal, not_equal };

z3::expr apply(std::uint32_t sign, const z3::expr& a, const z3::expr& b) {
  switch (sign) {
    case Sign::at_least: return a >= b;
    case Sign::greater: return a > b;
    case Sign::at_most: return a <= b;
    case Sign::less: return a < b;
    case Sign::equal: return a == b;
    default: return a != b;
  }
}

bool holds(std::uint32_t sign, const Rational& a, const Rational& b) {
  switch (sign) {
    case Sign::at_least: return a >= b;
    case Sign::greater: return a > b;
    case Sign::at_most: return a <= b;
    case Sign::less: return a < b;
    case Sign::equal: return a == b;
    default: return a != b;
  }
}

z3::expr compare_linear(Linear a, Linear b, std::uint32_t sign) {
  const auto x = a.value(), y = b.value();
  if (x && y) return a.top.ctx().bool_val(holds(sign, *x, *y));
  bring_together(a, b);
  return apply(sign, a.top, b.top);
}

}  // namespace

/// Of two numbers that are both there.
z3::expr Encoding::comparison(const Number& a, const Number& b, std::uint32_t sign) {
  z3::expr result = compare_linear(a.linear, b.linear, sign);
  const auto add = [&](const z3::expr& when, const z3::expr& top_a, const z3::expr& bottom_a, const z3::expr& top_b,
                       const z3::expr& bottom_b) {
    result = choose(when, apply(sign, product(top_a, bottom_b), product(top_b, bottom_a)), result);
  };
  for (const Quotient& each : a.quotients)
    add(each.when, each.top, each.bottom, b.linear.top, integer(context_, b.linear.divisor));
  for (const Quotient& each : b.quotients)
    add(each.when, a.linear.top, integer(context_, a.linear.divisor), each.top, each.bottom);
  for (const Quotient& one : a.quotients)
    for (const Quotient& other : b.quotients)
      add(both(one.when, other.when), one.top, one.bottom, other.top, other.bottom);
  return result;
}

z3::expr Encoding::compared(const Number& number, std::uint32_t sign, const Rational& value) {
  return both(comparison(number, constant(value), sign), negated(number.left_out));
}

z3::expr Encoding::differ(Register one, Register other) {
  const Value &a = values_[one].front(), &b = values_[other].front();
  const auto apart = [](const z3::expr& x, const z3::expr& y) {
    return either(both(x, negated(y)), both(negated(x), y));
  };
  if (const auto* truth = std::get_if<Truth>(&a)) {
    const auto& second = std::get<Truth>(b);
    return either(apart(truth->yes, second.yes), apart(truth->left_out, second.left_out));
  }
  if (const auto* outcome = std::get_if<Outcome>(&a)) return outcome->value != std::get<Outcome>(b).value;
  const auto &x = std::get<Number>(a), &y = std::get<Number>(b);
  const z3::expr none_left_out = negated(either(x.left_out, y.left_out));
  return either(apart(x.left_out, y.left_out), both(none_left_out, comparison(x, y, Sign::not_equal)));
}

Encoding::Value Encoding::compare(const At& at) {
  const Number &a = number_operand(at, 0), &b = number_operand(at, 1);
  return truth_of(comparison(a, b, at.instruction->a), either(a.left_out, b.left_out));
}

Encoding::Value Encoding::compare_ratio(const At& at) {
  const Number &top = number_operand(at, 0), &bottom = number_operand(at, 1);
  const Rational& bound = module_.constants[at.instruction->b];
  const z3::expr no_ratio = negated(comparison(bottom, constant(0), Sign::greater));
  const z3::expr left_out = either(either(top.left_out, bottom.left_out), no_ratio);
  if (!top.is_linear() || !bottom.is_linear()) {
    not_analysed_.push_back({at.reg, {"tỉ số của tỉ số", "a ratio of ratios"}});
    return truth_of(evidence_.fresh("unknown", 0, 1) == 1, left_out);
  }
  return truth_of(compare_linear(top.linear, scaled(bottom.linear, bound), at.instruction->a), left_out);
}

Encoding::Value Encoding::member(const At& at) {
  const Number& number = number_operand(at, 0);
  std::vector<z3::expr> each;
  for (std::uint32_t i = 0; i < at.instruction->a; ++i)
    each.push_back(comparison(number, constant(module_.constants[at.instruction->b + i]), Sign::equal));
  return truth_of(any(context_, each), number.left_out);
}

Encoding::Value Encoding::conjunction(const At& at) {
  std::vector<z3::expr> left_out, kept;
  for (std::size_t i = 0; i < at.instruction->operands.size(); ++i) {
    const Truth& part = truth_operand(at, i);
    left_out.push_back(part.left_out);
    kept.push_back(either(part.yes, part.left_out));
  }
  return truth_of(all(context_, kept), all(context_, left_out));
}

Encoding::Value Encoding::disjunction(const At& at) {
  std::vector<z3::expr> left_out, held;
  for (std::size_t i = 0; i < at.instruction->operands.size(); ++i) {
    const Truth& part = truth_operand(at, i);
    left_out.push_back(part.left_out);
    held.push_back(part.yes);
  }
  return Truth{any(context_, held), all(context_, left_out)};
}

Encoding::Value Encoding::negation(const At& at) {
  const Truth& of = truth_operand(at, 0);
  return Truth{of.no(), of.left_out};
}

Encoding::Value Encoding::left_out(const At& at) {
  const Value& of = operand(at, 0);
  if (const auto* truth = std::get_if<Truth>(&of)) return Truth{truth->left_out, no()};
  return Truth{std::get<Number>(of).left_out, no()};
}

Encoding::Value Encoding::holds(const At& at) { return Truth{truth_operand(at, 0).yes, no()}; }

}  // namespace quy::analysis::symbolic
