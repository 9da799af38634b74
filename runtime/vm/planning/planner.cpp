#include "runtime/vm/planning/planner.h"

#include <algorithm>

#include "base/limits.h"

namespace quy::vm {

using bytecode::Opcode;

Planner::Planner(const Program& program, Plan& plan)
    : program_(program), module_(program.module()), subject_(program.subject()), plan_(plan), kernels_(kernels()) {}

void Planner::run() {
  const bool rated = subject_.rating != bytecode::kNone;
  plan_.level_count = static_cast<std::uint32_t>(rated ? module_.ratings[subject_.rating].levels.size() : limits::levels);
  for (const bytecode::Field& field : subject_.fields) plan_.fields.push_back(field_plan(field));
  plan_.shapes = analyse(module_, subject_);
  plan_.forms.resize(subject_.code.size());
  plan_.fused.resize(subject_.code.size());
  plan_.steps.reserve(subject_.code.size());
  for (Register reg = 0; reg < subject_.code.size(); ++reg) {
    const Instruction& x = subject_.code[reg];
    (this->*kRows[static_cast<std::size_t>(x.opcode)].plan)(reg, x);
  }
}

// ---------------------------------------------------------------- widths

FieldPlan Planner::field_plan(const bytecode::Field& field) const {
  if (field.kind == bytecode::FieldKind::boolean) return {};
  const Shape shape = field_shape(module_, subject_, field);
  const Lane lane = integer_lane(shape.magnitude(*shape.digits));
  if (lane != Lane::i32 && lane != Lane::i64) throw Unloadable("a field's bounds do not fit 64 bits");
  return {lane, (shape.low * power_of_ten(*shape.digits)).numerator().get_si()};
}

Width Planner::common_width(std::initializer_list<const Shape*> shapes) {
  const auto decimal = [](const Shape* s) { return s->digits.has_value(); };
  if (!std::all_of(shapes.begin(), shapes.end(), decimal)) return {fraction_or_big(shapes), 0};
  int digits = 0;
  for (const Shape* s : shapes) digits = std::max(digits, *s->digits);
  Integer most = 0;
  for (const Shape* s : shapes) most = std::max(most, s->magnitude(digits));
  const Lane lane = integer_lane(most);
  return {lane == Lane::none ? Lane::big : lane, digits};
}

Lane Planner::fraction_or_big(std::initializer_list<const Shape*> shapes) {
  const auto fraction = [](const Shape* s) { return s->fraction && fits_fraction(s->low) && fits_fraction(s->high); };
  return std::all_of(shapes.begin(), shapes.end(), fraction) ? Lane::fraction64 : Lane::big;
}

// ---------------------------------------------------------------- operands

Operand Planner::operand(Register reg, Width to) {
  Operand result;
  result.reg = reg;
  const Form& from = plan_.forms[reg];
  if (is_constant(reg)) {
    result.constant = plan_.constants.block(shape(reg).low, to.lane, to.digits);
    return result;
  }
  result.block_bytes = static_cast<std::uint32_t>(element_size(from.lane) * kBlock);
  const bool same_scale = !is_integer(from.lane) || from.digits == to.digits;
  if (from.lane != to.lane || !same_scale) convert(result, from, to);
  return result;
}

void Planner::convert(Operand& result, const Form& from, Width to) {
  result.convert = kernels_.convert[static_cast<unsigned>(from.lane)][static_cast<unsigned>(to.lane)];
  if (result.convert == nullptr) throw Unloadable("no conversion between two lanes");
  if (is_integer(from.lane) && is_integer(to.lane)) {
    result.factor = to_int128(power_of_ten(to.digits - from.digits).numerator());
  } else if (from.lane == Lane::big && is_integer(to.lane)) {
    const Shape& range = shape(result.reg);
    const Rational scale = power_of_ten(to.digits);
    result.big_factor = plan_.constants.rational(scale);
    result.least = to_int128((range.low * scale).numerator());
    result.most = to_int128((range.high * scale).numerator());
  } else if (to.lane == Lane::big) {
    result.big_factor = plan_.constants.rational(is_integer(from.lane) ? power_of_ten(-from.digits) : Rational(1));
  } else if (is_integer(from.lane)) {
    result.denominator = power_of_ten(from.digits).numerator().get_si();
  }
}

Operand Planner::plain(Register reg) {
  Operand result;
  result.reg = reg;
  return result;
}

Operand Planner::index(Register reg) {
  const Shape& s = shape(reg);
  if (s.digits != 0 || !fits(Lane::i32, s.magnitude(0))) throw Unloadable("an index is not a whole number");
  return operand(reg, {Lane::i32, 0});
}

// ---------------------------------------------------------------- steps

void Planner::set_form(Register reg, Width width) {
  Form& form = plan_.forms[reg];
  form.lane = width.lane;
  form.digits = is_integer(width.lane) ? width.digits : 0;
  form.low_bound = plan_.constants.block(shape(reg).low, form.lane, form.digits);
  form.high_bound = plan_.constants.block(shape(reg).high, form.lane, form.digits);
}

Step Planner::make_step(Register reg, Kernel kernel, std::vector<Operand> operands) {
  if (kernel == nullptr) throw Unloadable("no kernel for an instruction");
  const Instruction& x = subject_.code[reg];
  Step result;
  result.kernel = kernel;
  result.result = reg;
  result.domain = x.domain;
  result.operand_domain = x.operands.empty() ? x.domain : subject_.code[x.operands[0]].domain;
  result.a = x.a;
  result.b = x.b;
  result.operand_count = static_cast<std::uint32_t>(operands.size());
  result.operands = plan_.constants.keep_all(std::move(operands));
  result.low_bound = plan_.forms[reg].low_bound;
  result.high_bound = plan_.forms[reg].high_bound;
  result.level_count = plan_.level_count;
  return result;
}

Step& Planner::step(Register reg, Kernel kernel, std::vector<Operand> operands) {
  return plan_.steps.emplace_back(make_step(reg, kernel, std::move(operands)));
}

const ByLane& Planner::family(Opcode opcode) const {
  switch (opcode) {
    case Opcode::add: return kernels_.add;
    case Opcode::subtract: return kernels_.subtract;
    case Opcode::minimum: return kernels_.minimum;
    case Opcode::maximum: return kernels_.maximum;
    case Opcode::or_else: return kernels_.or_else;
    case Opcode::keep: return kernels_.keep;
    case Opcode::spread: return kernels_.spread;
    case Opcode::fold_smallest: return kernels_.fold_smallest;
    default: return kernels_.fold_largest;
  }
}

constexpr Planner::Row Planner::kRows[] = {
    {Opcode::constant, &Planner::constant},
    {Opcode::truth, &Planner::planes},
    {Opcode::text, &Planner::constant},
    {Opcode::field, &Planner::field},
    {Opcode::flag, &Planner::planes},
    {Opcode::state, &Planner::planes},
    {Opcode::reading, &Planner::reading},
    {Opcode::add, &Planner::binary},
    {Opcode::subtract, &Planner::binary},
    {Opcode::multiply, &Planner::multiply},
    {Opcode::divide, &Planner::divide},
    {Opcode::minimum, &Planner::binary},
    {Opcode::maximum, &Planner::binary},
    {Opcode::round, &Planner::round},
    {Opcode::pick, &Planner::pick},
    {Opcode::or_else, &Planner::binary},
    {Opcode::keep, &Planner::same_form},
    {Opcode::column, &Planner::column},
    {Opcode::working_days, &Planner::working_days},
    {Opcode::count_true, &Planner::count},
    {Opcode::compare, &Planner::compare},
    {Opcode::compare_ratio, &Planner::compare_ratio},
    {Opcode::member, &Planner::member},
    {Opcode::conjunction, &Planner::planes},
    {Opcode::disjunction, &Planner::planes},
    {Opcode::negation, &Planner::planes},
    {Opcode::left_out, &Planner::planes},
    {Opcode::holds, &Planner::planes},
    {Opcode::spread, &Planner::spread},
    {Opcode::fold_count, &Planner::count},
    {Opcode::fold_applicable, &Planner::count},
    {Opcode::fold_any, &Planner::planes},
    {Opcode::fold_every, &Planner::planes},
    {Opcode::fold_sum, &Planner::fold_sum},
    {Opcode::fold_smallest, &Planner::same_form},
    {Opcode::fold_largest, &Planner::same_form},
    {Opcode::band, &Planner::band},
    {Opcode::first_level, &Planner::planes},
    {Opcode::need, &Planner::planes},
    {Opcode::gap_if, &Planner::planes},
    {Opcode::bar, &Planner::planes},
    {Opcode::lower, &Planner::planes},
    {Opcode::cap, &Planner::cap},
    {Opcode::force, &Planner::force},
    {Opcode::hand_over, &Planner::hand_over},
    {Opcode::not_rated_if, &Planner::planes},
    {Opcode::pick_levels, &Planner::planes},
    {Opcode::worse_outcome, &Planner::planes},
    {Opcode::reached, &Planner::planes},
};

std::shared_ptr<const Plan> make_plan(const Program& program) {
  auto plan = std::make_shared<Plan>();
  Planner(program, *plan).run();
  return plan;
}

}  // namespace quy::vm
