// Plans of instructions that give numbers, but for rounding.

#include <algorithm>

#include "runtime/vm/kernels/planes.h"
#include "runtime/vm/planning/planner.h"

namespace quy::vm {

void Planner::constant(Register reg, const Instruction&) {
  set_form(reg, common_width({&shape(reg)}));
  plan_.forms[reg].constant = plan_.forms[reg].low_bound;
}

void Planner::field(Register reg, const Instruction& x) {
  set_form(reg, {plan_.fields[x.a].lane, *shape(reg).digits});
  step(reg, leaf_kernel(x.opcode), {});
}

/// Operands and result at one scale.
void Planner::binary(Register reg, const Instruction& x) {
  const Width width = common_width({&shape(x.operands[0]), &shape(x.operands[1]), &shape(reg)});
  set_form(reg, width);
  step(reg, at(family(x.opcode), width.lane), {operand(x.operands[0], width), operand(x.operands[1], width)});
  if (x.opcode == Opcode::add) fuse_sum(reg, x);
}

void Planner::multiply(Register reg, const Instruction& x) {
  product(reg, own_or_constant(x.operands[0]), own_or_constant(x.operands[1]));
}

Operand Planner::factor_operand(const Factor& factor, Width width) {
  if (!factor.constant) return operand(factor.reg, width);
  Operand result;
  result.reg = factor.reg;
  result.constant = plan_.constants.block(factor.shape.low, width.lane, width.digits);
  return result;
}

/// Each factor at its own scale; the scales add up.
void Planner::product(Register reg, const Factor& a, const Factor& b) {
  Width width{fraction_or_big({&a.shape, &b.shape, &shape(reg)}), 0};
  int a_digits = 0, b_digits = 0;
  if (shape(reg).digits) {
    a_digits = *a.shape.digits;
    b_digits = *b.shape.digits;
    const Lane lane =
        integer_lane(std::max({a.shape.magnitude(a_digits), b.shape.magnitude(b_digits), shape(reg).magnitude(*shape(reg).digits)}));
    width = {lane == Lane::none ? Lane::big : lane, *shape(reg).digits};
  }
  set_form(reg, width);
  step(reg, at(kernels_.multiply, width.lane), {factor_operand(a, {width.lane, a_digits}), factor_operand(b, {width.lane, b_digits})});
}

/// By a divisor that has one value only: times its inverse, which may be a decimal. The shape of the result counts on it.
void Planner::divide(Register reg, const Instruction& x) {
  const Register numerator = x.operands[0], divisor = x.operands[1];
  const Shape &n = shape(numerator), &d = shape(divisor);
  if (d.low == d.high && d.low.sign() > 0) return product(reg, own_or_constant(numerator), inverse(divisor));
  const Rational least = std::max(d.low, d.least_positive());
  const Width into = divide_width(n, d, shape(reg));
  set_form(reg, {into.lane == Lane::i64 ? Lane::fraction64 : into.lane, 0});
  step(reg, at(kernels_.divide, into.lane), {operand(numerator, into), operand(divisor, into)}).parameters =
      plan_.constants.block(least, into.lane, into.digits);
}

Planner::Factor Planner::inverse(Register divisor) const { return {divisor, exact_shape(Rational(1) / shape(divisor).low), true}; }

Width Planner::divide_width(const Shape& n, const Shape& d, const Shape& quotient) {
  if (fraction_or_big({&quotient}) == Lane::big) return {Lane::big, 0};
  if (n.digits && d.digits) {
    const int digits = std::max(*n.digits, *d.digits);
    if (fits(Lane::i64, n.magnitude(digits)) && fits(Lane::i64, d.magnitude(digits))) return {Lane::i64, digits};
  }
  return {fraction_or_big({&n, &d, &quotient}), 0};
}

void Planner::pick(Register reg, const Instruction& x) {
  const Width width = common_width({&shape(x.operands[1]), &shape(x.operands[2]), &shape(reg)});
  set_form(reg, width);
  step(reg, at(kernels_.pick, width.lane), {plain(x.operands[0]), operand(x.operands[1], width), operand(x.operands[2], width)})
      .condition_may_be_left_out = shape(x.operands[0]).may_be_left_out;
}

/// The result is one of the operand's numbers.
void Planner::same_form(Register reg, const Instruction& x) {
  const Form& from = plan_.forms[x.operands[0]];
  set_form(reg, {from.lane, from.digits});
  std::vector<Operand> operands{own(x.operands[0])};
  if (x.opcode == Opcode::keep) operands.push_back(plain(x.operands[1]));
  step(reg, at(family(x.opcode), from.lane), std::move(operands));
}

void Planner::spread(Register reg, const Instruction& x) {
  x.kind == bytecode::ValueKind::number ? same_form(reg, x) : planes(reg, x);
}

void Planner::column(Register reg, const Instruction& x) {
  const auto& values = module_.tables[x.a].columns[x.b];
  const Shape& row = shape(x.operands[0]);
  if (row.low.sign() < 0 || Rational(static_cast<std::int64_t>(values.size())) <= row.high) throw Unloadable("a row outside its table");
  const Width width = common_width({&shape(reg)});
  set_form(reg, width);
  ColumnParameters parameters;
  parameters.values = plan_.constants.row(values, width.lane, width.digits);
  parameters.rows = static_cast<std::uint32_t>(values.size());
  step(reg, at(kernels_.column, width.lane), {index(x.operands[0])}).parameters = plan_.constants.keep(parameters);
}

void Planner::working_days(Register reg, const Instruction& x) {
  set_form(reg, {Lane::i32, 0});
  std::vector<Operand> operands;
  for (const Register day : x.operands) {
    const Shape& s = shape(day);
    if (s.digits != 0 || !fits(Lane::i64, s.magnitude(0))) throw Unloadable("a day is not a whole number");
    operands.push_back(operand(day, {Lane::i64, 0}));
  }
  step(reg, leaf_kernel(x.opcode), std::move(operands));
}

void Planner::fold_sum(Register reg, const Instruction& x) {
  const Form& rows = plan_.forms[x.operands[0]];
  Lane lane = Lane::none;
  if (is_integer(rows.lane)) lane = integer_lane(shape(reg).magnitude(rows.digits));
  lane = lane == Lane::none ? Lane::big : std::max(lane, rows.lane);
  set_form(reg, {lane, rows.digits});
  Operand in = own(x.operands[0]);
  in.big_factor = plan_.constants.rational(is_integer(rows.lane) ? power_of_ten(-rows.digits) : Rational(1));
  step(reg, at(kernels_.fold_sum[static_cast<unsigned>(rows.lane)], lane), {in});
}

/// Numbers that count truths or rows.
void Planner::count(Register reg, const Instruction& x) {
  set_form(reg, {Lane::i32, 0});
  planes(reg, x);
}

}  // namespace quy::vm
