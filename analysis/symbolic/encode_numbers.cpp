// Arithmetic. A quotient by a term stays a pair; products of terms and roundings of quotients are pinned down by lemmas from models.

#include "analysis/symbolic/encoding.h"

namespace quy::analysis::symbolic {

namespace {

Integer value_in(const z3::model& model, const z3::expr& term) { return Integer(model.eval(term, true).get_decimal_string(0)); }

/// The two tangent planes at (x, y) of a product, and that it is exact where one factor stays: McCormick's envelope at a point.
z3::expr product_lemma(const z3::expr& product, const z3::expr& a, const z3::expr& b, const Integer& x, const Integer& y) {
  z3::context& context = product.ctx();
  const z3::expr at_a = integer(context, x), at_b = integer(context, y);
  const z3::expr plane = times(a, y) + times(b, x) - integer(context, Integer(x * y));
  const z3::expr same_side = (a >= at_a && b >= at_b) || (a <= at_a && b <= at_b);
  const z3::expr other_side = (a >= at_a && b <= at_b) || (a <= at_a && b >= at_b);
  return z3::implies(a == at_a, product == times(b, x)) && z3::implies(b == at_b, product == times(a, y)) &&
         z3::implies(same_side, product >= plane) && z3::implies(other_side, product <= plane);
}

enum class Mode : std::uint32_t { half_up, down, up };

/// top ÷ bottom in steps is at least `step` after rounding. Down and half go towards zero, up away from it.
z3::expr rounds_to_at_least(const z3::expr& top, const z3::expr& bottom, const Integer& step, Mode mode) {
  const bool positive = step >= 1;
  switch (mode) {
    case Mode::half_up: {
      const z3::expr twice = times(top, 2), bound = times(bottom, Integer(2 * step - 1));
      return positive ? twice >= bound : twice > bound;
    }
    case Mode::down: return positive ? top >= times(bottom, step) : top > times(bottom, Integer(step - 1));
    case Mode::up: return positive ? top > times(bottom, Integer(step - 1)) : top >= times(bottom, step);
  }
  throw std::logic_error("a rounding that is not one of three");
}

Rounding rounding(Mode mode) { return mode == Mode::half_up ? Rounding::half_up : mode == Mode::down ? Rounding::down : Rounding::up; }

}  // namespace

z3::expr Encoding::product(const z3::expr& a, const z3::expr& b) {
  if (const auto value = symbolic::constant(a)) return times(b, *value);
  if (const auto value = symbolic::constant(b)) return times(a, *value);
  const z3::expr made = evidence_.fresh("product", Rational(Integer(-power_of_ten(30).numerator())), Rational(power_of_ten(30).numerator()));
  evidence_.defer([made, a, b](const z3::model& model) -> std::optional<z3::expr> {
    const Integer x = value_in(model, a), y = value_in(model, b);
    if (value_in(model, made) == x * y) return std::nullopt;
    return product_lemma(made, a, b, x, y);
  });
  return made;
}

Number Encoding::chosen(const z3::expr& condition, const Number& a, const Number& b) const {
  Number result{choose(condition, a.linear, b.linear), {}, choose(condition, a.left_out, b.left_out)};
  for (const Quotient& each : a.quotients) result.quotients.push_back({both(each.when, condition), each.top, each.bottom});
  for (const Quotient& each : b.quotients) result.quotients.push_back({both(each.when, negated(condition)), each.top, each.bottom});
  return result;
}

Number Encoding::sum(const At& at, const Number& a, const Number& b, bool subtracted) {
  const z3::expr left_out = either(a.left_out, b.left_out);
  Number result{subtracted ? minus(a.linear, b.linear) : plus(a.linear, b.linear), {}, left_out};
  if (!a.is_linear() && !b.is_linear()) return unknown(at, left_out, {"tổng của hai tỉ số", "a sum of two ratios"});
  const Number &with = a.is_linear() ? b : a, &other = a.is_linear() ? a : b;
  const bool negate_with = subtracted && a.is_linear(), negate_other = subtracted && !a.is_linear();
  for (const Quotient& each : with.quotients) {
    const z3::expr top = times(each.top, other.linear.divisor), extra = product(other.linear.top, each.bottom);
    result.quotients.push_back({each.when, (negate_with ? -top : top) + (negate_other ? -extra : extra), times(each.bottom, other.linear.divisor)});
  }
  return result;
}

Encoding::Value Encoding::add(const At& at) { return sum(at, number_operand(at, 0), number_operand(at, 1), false); }
Encoding::Value Encoding::subtract(const At& at) { return sum(at, number_operand(at, 0), number_operand(at, 1), true); }

Encoding::Value Encoding::multiply(const At& at) {
  const Number &a = number_operand(at, 0), &b = number_operand(at, 1);
  const z3::expr left_out = either(a.left_out, b.left_out);
  if (!a.is_linear() && !b.is_linear()) return unknown(at, left_out, {"tích của hai tỉ số", "a product of two ratios"});
  const Number &with = a.is_linear() ? b : a, &other = a.is_linear() ? a : b;
  Number result{{context_.int_val(0), 1}, {}, left_out};
  if (const auto factor = other.linear.value()) {
    result.linear = scaled(with.linear, *factor);
  } else if (const auto constant = with.linear.value()) {
    result.linear = scaled(other.linear, *constant);
  } else {
    result.linear = {product(a.linear.top, b.linear.top), a.linear.divisor * b.linear.divisor};
  }
  for (const Quotient& each : with.quotients)
    result.quotients.push_back({each.when, product(each.top, other.linear.top), times(each.bottom, other.linear.divisor)});
  return result;
}

Encoding::Value Encoding::divide(const At& at) {
  const Number &a = number_operand(at, 0), &b = number_operand(at, 1);
  const auto divisor = b.is_linear() ? b.linear.value() : std::nullopt;
  if (divisor && divisor->sign() > 0) {
    Number result = a;
    result.linear = scaled(a.linear, Rational(1) / *divisor);
    for (Quotient& each : result.quotients) {
      each.top = times(each.top, divisor->denominator());
      each.bottom = times(each.bottom, divisor->numerator());
    }
    result.left_out = either(a.left_out, b.left_out);
    return result;
  }
  constexpr std::uint32_t kAtMost = 2;
  const z3::expr left_out = either(either(a.left_out, b.left_out), comparison(b, constant(0), kAtMost));
  if (!a.is_linear() || !b.is_linear()) return unknown(at, left_out, {"tỉ số của tỉ số", "a ratio of ratios"});
  Linear top = a.linear, bottom = b.linear;
  bring_together(top, bottom);
  return Number{linear(context_, 0), {{yes(), top.top, bottom.top}}, left_out};
}

Number Encoding::smaller(const At& at, const Number& a, const Number& b, bool larger) {
  const z3::expr left_out = either(a.left_out, b.left_out);
  if (!a.is_linear() && !b.is_linear()) return unknown(at, left_out, {"số nhỏ (lớn) hơn của hai tỉ số", "the smaller or larger of two ratios"});
  const std::uint32_t sign = larger ? 0 : 2;   // a ≥ b, a ≤ b
  const z3::expr takes_a = comparison(a, b, sign);
  return chosen(takes_a, Number{a.linear, a.quotients, left_out}, Number{b.linear, b.quotients, left_out});
}

Encoding::Value Encoding::minimum(const At& at) { return smaller(at, number_operand(at, 0), number_operand(at, 1), false); }
Encoding::Value Encoding::maximum(const At& at) { return smaller(at, number_operand(at, 0), number_operand(at, 1), true); }

z3::expr Encoding::rounded_quotient(const Quotient& quotient, const Rational& step, std::uint32_t mode_number, const vm::Shape& shape) {
  const Mode mode{mode_number};
  // In steps: top × q ÷ (bottom × p) for a step of p/q.
  const z3::expr top = times(quotient.top, step.denominator()), bottom = times(quotient.bottom, step.numerator()), when = quotient.when;
  const z3::expr steps = evidence_.fresh("rounded", shape.low / step - Rational(1), shape.high / step + Rational(1));
  evidence_.defer([=](const z3::model& model) -> std::optional<z3::expr> {
    if (!model.eval(when, true).is_true()) return std::nullopt;
    const Integer n = value_in(model, top), d = value_in(model, bottom);
    if (d <= 0) return std::nullopt;
    const Integer right = Rational(n, d).round_to(Rational(1), rounding(mode)).numerator();
    if (value_in(model, steps) == right) return std::nullopt;
    const auto exactly_at = [&](const Integer& bound) {
      return z3::implies(when && bottom > 0, (steps >= integer(top.ctx(), bound)) == rounds_to_at_least(top, bottom, bound, mode));
    };
    return exactly_at(right) && exactly_at(Integer(right + 1));
  });
  return steps;
}

Encoding::Value Encoding::round(const At& at) {
  const Number& a = number_operand(at, 0);
  const Rational step = module_.constants[at.instruction->a];
  const Mode mode{at.instruction->b};
  Number result = constant(0);
  result.left_out = a.left_out;
  if (const auto value = a.linear.value()) {
    result.linear = linear(context_, value->round_to(step, rounding(mode)));
  } else {
    // Floor division by a constant is linear; what is below zero is rounded as its opposite.
    const z3::expr top = times(a.linear.top, step.denominator());
    const Integer bottom = a.linear.divisor * step.numerator();
    const auto steps = [&](const z3::expr& numerator) {
      if (mode == Mode::half_up) return (times(numerator, 2) + integer(context_, bottom)) / integer(context_, Integer(2 * bottom));
      if (mode == Mode::down) return numerator / integer(context_, bottom);
      return (numerator + integer(context_, Integer(bottom - 1))) / integer(context_, bottom);
    };
    const bool may_be_negative = shapes_[at.instruction->operands[0]].low.sign() < 0;
    const z3::expr rounded = may_be_negative ? z3::ite(top >= 0, steps(top), -steps(-top)) : steps(top);
    result.linear = {times(rounded, step.numerator()), step.denominator()};
  }
  for (const Quotient& each : a.quotients) {
    const z3::expr steps = rounded_quotient(each, step, at.instruction->b, shapes_[at.reg]);
    result.linear = choose(each.when, Linear{times(steps, step.numerator()), step.denominator()}, result.linear);
  }
  return result;
}

Encoding::Value Encoding::pick(const At& at) {
  const Truth& condition = truth_operand(at, 0);
  Number result = chosen(condition.yes, number_operand(at, 1), number_operand(at, 2));
  result.left_out = either(condition.left_out, result.left_out);
  return result;
}

Encoding::Value Encoding::or_else(const At& at) {
  const Number &a = number_operand(at, 0), &b = number_operand(at, 1);
  Number result = chosen(negated(a.left_out), a, b);
  result.left_out = both(a.left_out, b.left_out);
  return result;
}

Encoding::Value Encoding::keep(const At& at) {
  Number result = number_operand(at, 0);
  result.left_out = either(result.left_out, negated(truth_operand(at, 1).yes));
  return result;
}

Encoding::Value Encoding::count_true(const At& at) {
  Linear count = linear(context_, 0);
  for (std::size_t i = 0; i < at.instruction->operands.size(); ++i)
    count = plus(count, choose(truth_operand(at, i).yes, linear(context_, 1), linear(context_, 0)));
  return Number{count, {}, no()};
}

}  // namespace quy::analysis::symbolic
