// Plans of rounding. Where the rounded number is a quotient of integers, perhaps times a constant and held between bounds (points in
// proportion, the commonest of all divisions), one kernel does it without ever making the quotient.

#include <algorithm>

#include "runtime/vm/planning/planner.h"

namespace quy::vm {
namespace {

using bytecode::Opcode;
using bytecode::Register;

constexpr std::uint32_t kHalfUp = 0, kDown = 1, kUp = 2;

/// The parts of RoundParameters for value ÷ step = (n ÷ d) × ratio, by mode: half up adds half a divisor, up adds a divisor less one.
struct Terms {
  Integer multiplier, bias, offset, divisor;

  Terms(const Rational& ratio, std::uint32_t mode) : offset(mode == kUp ? -1 : 0) {
    const Integer twice = mode == kHalfUp ? 2 : 1;
    multiplier = ratio.numerator() * twice;
    divisor = ratio.denominator() * twice;
    bias = mode == kDown ? Integer(0) : ratio.denominator();
  }
  /// No intermediate is larger for |n| and d up to these.
  Integer widest(const Integer& n, const Integer& d) const {
    return std::max({Integer(n * multiplier + d * bias + 1), Integer(d * divisor), multiplier, divisor, n, d});
  }
};

/// Whole numbers that doubles hold exactly.
const Integer& largest_exact_double() {
  static const Integer value = [] {
    Integer power;
    mpz_setbit(power.get_mpz_t(), 53);
    return Integer(power - 1);
  }();
  return value;
}

}  // namespace

void Planner::round(Register reg, const Instruction& x) {
  if (!round_narrow(reg, x)) round_big(reg, x);
  fuse_quotient(reg, x);
}

bool Planner::round_narrow(Register reg, const Instruction& x) {
  const Register from = x.operands[0];
  const Rational& unit = module_.constants[x.a];
  const Shape &in = shape(from), &out = shape(reg);
  const Form& form = plan_.forms[from];
  const Lane result = out.digits ? integer_lane(out.magnitude(*out.digits)) : Lane::none;
  if (form.lane == Lane::big || result == Lane::none) return false;

  const bool fraction = form.lane == Lane::fraction64;
  const Terms terms(Rational(1) / (unit * (fraction ? Rational(1) : power_of_ten(form.digits))), x.b);
  const Integer n = fraction ? in.fraction->numerator : in.magnitude(form.digits), d = fraction ? in.fraction->denominator : Integer(1);
  const Integer widest = std::max(terms.widest(n, d), out.magnitude(*out.digits));
  if (!fits(Lane::i128, widest)) return false;

  RoundParameters parameters;
  parameters.multiplier = to_int128(terms.multiplier);
  parameters.bias = to_int128(terms.bias);
  parameters.offset = to_int128(terms.offset);
  parameters.divisor = to_int128(terms.divisor);
  parameters.step = to_int128((unit * power_of_ten(*out.digits)).numerator());
  set_form(reg, {result, *out.digits});
  const auto& table = fits(Lane::i64, widest) ? kernels_.round : kernels_.round_wide;
  step(reg, at(table[static_cast<unsigned>(form.lane)], result), {own(from)}).parameters = plan_.constants.keep(parameters);
  return true;
}

void Planner::round_big(Register reg, const Instruction& x) {
  const Rational& unit = module_.constants[x.a];
  const Shape& out = shape(reg);
  Lane result = out.digits ? integer_lane(out.magnitude(*out.digits)) : Lane::big;
  if (result == Lane::none) result = Lane::big;
  const int digits = out.digits.value_or(0);
  RoundParameters parameters;
  parameters.mode = x.b;
  parameters.big_step = plan_.constants.rational(unit);
  parameters.big_units = plan_.constants.integer((unit * power_of_ten(digits)).numerator());
  set_form(reg, {result, digits});
  const auto& table = kernels_.round_wide[static_cast<unsigned>(Lane::big)];
  step(reg, at(table, result), {operand(x.operands[0], {Lane::big, 0})}).parameters = plan_.constants.keep(parameters);
}

// ---------------------------------------------------------------- quotients

/// (dividend ÷ divisor) × factor, held between bounds that the shape of the whole tells.
struct Planner::ScaledQuotient {
  Register dividend = 0, divisor = 0;
  Rational factor = 1;
};

/// Follows products with positive constants, minima and maxima with constants down to a quotient of decimals. All of them keep the order of
/// numbers, so rounding may come before the bounds.
bool Planner::quotient_below(Register reg, ScaledQuotient& found) const {
  const Instruction& x = subject_.code[reg];
  if (x.opcode == Opcode::divide && !is_constant(x.operands[1])) {
    found.dividend = x.operands[0];
    found.divisor = x.operands[1];
    return is_integer(plan_.forms[found.dividend].lane) && is_integer(plan_.forms[found.divisor].lane);
  }
  const bool bound = x.opcode == Opcode::minimum || x.opcode == Opcode::maximum;
  if (!bound && x.opcode != Opcode::multiply) return false;
  const bool first = is_constant(x.operands[0]);
  if (first == is_constant(x.operands[1])) return false;
  const Rational& constant = shape(x.operands[first ? 0 : 1]).low;
  if (!bound && constant.sign() <= 0) return false;
  if (!quotient_below(x.operands[first ? 1 : 0], found)) return false;
  if (!bound) found.factor = found.factor * constant;
  return true;
}

void Planner::fuse_quotient(Register reg, const Instruction& x) {
  ScaledQuotient quotient;
  const Shape& out = shape(reg);
  if (plan_.forms[reg].lane != Lane::i32 || out.low.sign() < 0 || !quotient_below(x.operands[0], quotient)) return;
  const Form &n = plan_.forms[quotient.dividend], &d = plan_.forms[quotient.divisor];
  const Integer most_n = shape(quotient.dividend).magnitude(n.digits), most_d = shape(quotient.divisor).magnitude(d.digits);
  const Rational& unit = module_.constants[x.a];
  const Terms terms(quotient.factor * power_of_ten(d.digits - n.digits) / unit, x.b);
  const Lane lane = std::max(n.lane, d.lane);
  if (terms.widest(most_n, most_d) > largest_exact_double() || (lane != Lane::i32 && lane != Lane::i64)) return;

  RoundQuotientParameters parameters;
  parameters.multiplier = terms.multiplier.get_d();
  parameters.bias = terms.bias.get_d();
  parameters.offset = terms.offset.get_d();
  parameters.divisor = terms.divisor.get_d();
  parameters.least = (out.low / unit).numerator().get_d();
  parameters.most = (out.high / unit).numerator().get_d();
  parameters.units = static_cast<std::int32_t>((unit * power_of_ten(plan_.forms[reg].digits)).numerator().get_si());
  Step fused = make_step(reg, at(kernels_.round_quotient, lane),
                         {operand(quotient.dividend, {lane, n.digits}), operand(quotient.divisor, {lane, d.digits})});
  fused.parameters = plan_.constants.keep(parameters);
  plan_.fused[reg] = fused;
}

}  // namespace quy::vm
