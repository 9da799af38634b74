// Chains of additions in one step: sheets are sums, and most of what they add is points for a condition that holds.

#include "runtime/vm/planning/planner.h"

namespace quy::vm {

struct Planner::Addends {
  std::vector<Register> numbers, points;   ///< `points`: picks between two constants
  Rational base;
};

/// A pick between two constants.
bool Planner::is_points(const Instruction& x) const {
  return x.opcode == Opcode::pick && is_constant(x.operands[1]) && is_constant(x.operands[2]);
}

void Planner::collect(Register reg, std::uint32_t domain, Addends& into) const {
  const Instruction& x = subject_.code[reg];
  if (x.opcode == Opcode::add && x.domain == domain) {
    for (const Register part : x.operands) collect(part, domain, into);
  } else if (is_constant(reg)) {
    into.base = into.base + shape(reg).low;
  } else if (is_points(x) && x.domain == domain) {
    into.points.push_back(reg);
    into.base = into.base + shape(x.operands[2]).low;
  } else {
    into.numbers.push_back(reg);
  }
}

void Planner::fuse_sum(Register reg, const Instruction& x) {
  const Form& form = plan_.forms[reg];
  const Kernel kernel = at(kernels_.sum, form.lane);
  if (kernel == nullptr) return;
  Addends addends;
  collect(reg, x.domain, addends);
  constexpr std::size_t kWorthwhile = 3;
  if (addends.numbers.size() + addends.points.size() < kWorthwhile) return;

  // Every addend at the scale of the sum, and room for all of them whatever their signs.
  const auto fits_scale = [&](Register part) { return shape(part).digits && *shape(part).digits <= form.digits; };
  Integer most = exact_shape(addends.base).magnitude(form.digits);
  std::vector<Operand> operands;
  std::vector<Rational> points;
  std::vector<std::uint8_t> may_be_left_out;
  for (const Register part : addends.numbers) {
    if (!fits_scale(part) || !is_integer(plan_.forms[part].lane)) return;
    most = most + shape(part).magnitude(form.digits);
    operands.push_back(operand(part, {form.lane, form.digits}));
  }
  for (const Register part : addends.points) {
    if (!fits_scale(part)) return;
    const std::vector<Register>& of = subject_.code[part].operands;
    points.push_back(shape(of[1]).low - shape(of[2]).low);
    most = most + exact_shape(points.back()).magnitude(form.digits);
    operands.push_back(plain(of[0]));
    may_be_left_out.push_back(shape(of[0]).may_be_left_out ? 1 : 0);
  }
  if (!fits(form.lane, most) || !exact_shape(addends.base).digits || *exact_shape(addends.base).digits > form.digits) return;

  SumParameters parameters;
  parameters.numbers = static_cast<std::uint32_t>(addends.numbers.size());
  parameters.points = plan_.constants.row(points, form.lane, form.digits);
  parameters.may_be_left_out = plan_.constants.keep_all(std::move(may_be_left_out));
  parameters.base = plan_.constants.block(addends.base, form.lane, form.digits);
  Step fused = make_step(reg, kernel, std::move(operands));
  fused.parameters = plan_.constants.keep(parameters);
  plan_.fused[reg] = fused;
}

}  // namespace quy::vm
