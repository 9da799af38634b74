#include "analysis/symbolic/terms.h"

namespace quy::analysis::symbolic {

z3::expr integer(z3::context& context, const Integer& value) { return context.int_val(value.get_str().c_str()); }

std::optional<Integer> constant(const z3::expr& term) {
  if (!term.is_numeral()) return std::nullopt;
  return Integer(term.get_decimal_string(0));
}

z3::expr both(const z3::expr& a, const z3::expr& b) {
  if (a.is_true() || b.is_false()) return b;
  if (b.is_true() || a.is_false()) return a;
  return z3::eq(a, b) ? a : a && b;
}

z3::expr either(const z3::expr& a, const z3::expr& b) {
  if (a.is_false() || b.is_true()) return b;
  if (b.is_false() || a.is_true()) return a;
  return z3::eq(a, b) ? a : a || b;
}

z3::expr negated(const z3::expr& a) {
  if (a.is_true()) return a.ctx().bool_val(false);
  if (a.is_false()) return a.ctx().bool_val(true);
  return a.is_not() ? a.arg(0) : !a;
}

z3::expr choose(const z3::expr& condition, const z3::expr& yes, const z3::expr& no) {
  if (condition.is_true() || z3::eq(yes, no)) return yes;
  if (condition.is_false()) return no;
  if (yes.is_bool()) {
    if (yes.is_true()) return either(condition, no);
    if (yes.is_false()) return both(negated(condition), no);
    if (no.is_false()) return both(condition, yes);
    if (no.is_true()) return either(negated(condition), yes);
  }
  return z3::ite(condition, yes, no);
}

z3::expr all(z3::context& context, const std::vector<z3::expr>& parts) {
  z3::expr result = context.bool_val(true);
  for (const z3::expr& part : parts) result = both(result, part);
  return result;
}

z3::expr any(z3::context& context, const std::vector<z3::expr>& parts) {
  z3::expr result = context.bool_val(false);
  for (const z3::expr& part : parts) result = either(result, part);
  return result;
}

z3::expr times(const z3::expr& term, const Integer& factor) {
  if (factor == 1) return term;
  if (factor == 0) return term.ctx().int_val(0);
  if (const auto value = constant(term)) return integer(term.ctx(), *value * factor);
  return term * integer(term.ctx(), factor);
}

std::optional<Rational> Linear::value() const {
  const auto known = constant(top);
  if (!known) return std::nullopt;
  return Rational(*known, divisor);
}

Linear linear(z3::context& context, const Rational& value) { return {integer(context, value.numerator()), value.denominator()}; }

void bring_together(Linear& a, Linear& b) {
  if (a.divisor == b.divisor) return;
  const Integer common = lcm(a.divisor, b.divisor);
  for (Linear* each : {&a, &b}) {
    each->top = times(each->top, common / each->divisor);
    each->divisor = common;
  }
}

Linear plus(Linear a, Linear b) {
  const auto x = a.value(), y = b.value();
  if (x && y) return linear(a.top.ctx(), *x + *y);
  if (x && x->sign() == 0) return b;
  if (y && y->sign() == 0) return a;
  bring_together(a, b);
  return {a.top + b.top, a.divisor};
}

Linear minus(Linear a, Linear b) {
  const auto x = a.value(), y = b.value();
  if (x && y) return linear(a.top.ctx(), *x - *y);
  if (y && y->sign() == 0) return a;
  bring_together(a, b);
  return {a.top - b.top, a.divisor};
}

Linear scaled(const Linear& a, const Rational& factor) {
  if (const auto value = a.value()) return linear(a.top.ctx(), *value * factor);
  if (factor.sign() == 0) return linear(a.top.ctx(), 0);
  const Integer shared = gcd(a.divisor, factor.numerator());
  return {times(a.top, factor.numerator() / shared), a.divisor / shared * factor.denominator()};
}

Linear choose(const z3::expr& condition, Linear yes, Linear no) {
  if (condition.is_true()) return yes;
  if (condition.is_false()) return no;
  bring_together(yes, no);
  return {choose(condition, yes.top, no.top), yes.divisor};
}

}  // namespace quy::analysis::symbolic
