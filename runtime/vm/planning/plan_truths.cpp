// Plans of instructions that give truths and levels.

#include <algorithm>

#include "runtime/vm/kernels/planes.h"
#include "runtime/vm/planning/planner.h"

namespace quy::vm {

void Planner::reading(Register reg, const Instruction& x) {
  const bool chosen = program_.chosen(x.a) == x.b;
  step(reg, leaf_kernel(x.opcode), {}).a = chosen ? 1 : 0;
}

/// Whatever works on planes alone.
void Planner::planes(Register reg, const Instruction& x) {
  std::vector<Operand> operands;
  for (const Register in : x.operands) operands.push_back(plain(in));
  const bool number = !x.operands.empty() && subject_.code[x.operands[0]].kind == bytecode::ValueKind::number;
  Step& made = step(reg, plane_kernel(x.opcode, number), std::move(operands));
  if (!x.operands.empty()) made.condition_may_be_left_out = shape(x.operands[0]).may_be_left_out;
}

/// Whether fractions of these shapes can be compared by 64-bit products.
bool Planner::products_are_small(const Shape& a, const Shape& b) {
  return a.fraction && b.fraction && fits(Lane::i64, Integer(a.fraction->numerator * b.fraction->denominator)) &&
         fits(Lane::i64, Integer(b.fraction->numerator * a.fraction->denominator));
}

void Planner::compare(Register reg, const Instruction& x) {
  const Shape &a = shape(x.operands[0]), &b = shape(x.operands[1]);
  const Width width = common_width({&a, &b});
  const bool small = width.lane == Lane::fraction64 && products_are_small(a, b);
  const auto& kernels_of_lane = small ? kernels_.compare_small_fraction : kernels_.compare[static_cast<unsigned>(width.lane)];
  step(reg, kernels_of_lane[x.a], {operand(x.operands[0], width), operand(x.operands[1], width)});
}

// ---------------------------------------------------------------- ratios

namespace {

/// The larger part of a product, and the product.
Integer widest_factor(const Integer& n, const Rational& factor) { return std::max(n, Integer(abs(factor.numerator()))); }
Integer widest_product(const Integer& n, const Rational& factor) {
  return std::max(widest_factor(n, factor), Integer(n * abs(factor.numerator())));
}

void reduce(Rational& n_factor, Rational& d_factor) {
  if (d_factor.sign() == 0) {
    n_factor = 1;
    return;
  }
  const Rational shared(Integer(gcd(n_factor.numerator(), d_factor.numerator())));
  n_factor = n_factor / shared;
  d_factor = d_factor / shared;
}

}  // namespace

/// The two sides of n × n_factor (sign) d × d_factor: the lane of the operands and factors, and whether the products are twice as wide.
struct Planner::CrossMultiplied {
  Lane lane;
  bool widening;
  int n_digits, d_digits;
  Rational n_factor, d_factor;
};

Planner::CrossMultiplied Planner::cross_multiplied(const Shape& n, const Shape& d, const Rational& q) const {
  CrossMultiplied sides{Lane::big, false, 0, 0, Rational(q.denominator()), Rational(q.numerator())};
  if (n.digits && d.digits) {
    CrossMultiplied scaled{Lane::big, false, *n.digits, *d.digits, sides.n_factor * power_of_ten(*d.digits), sides.d_factor * power_of_ten(*n.digits)};
    reduce(scaled.n_factor, scaled.d_factor);
    const Integer n_most = n.magnitude(*n.digits), d_most = d.magnitude(*d.digits);
    scaled.lane = integer_lane(std::max(widest_product(n_most, scaled.n_factor), widest_product(d_most, scaled.d_factor)));
    const Integer widest = std::max(widest_factor(n_most, scaled.n_factor), widest_factor(d_most, scaled.d_factor));
    scaled.widening = scaled.lane == Lane::i64 && fits(Lane::i32, widest);
    if (scaled.widening) scaled.lane = Lane::i32;
    if (scaled.lane != Lane::none) return scaled;
  } else if (fraction_or_big({&n, &d}) == Lane::fraction64) {
    const Integer widest =
        std::max(widest_product(n.fraction->numerator, sides.n_factor), widest_product(d.fraction->numerator, sides.d_factor));
    if (fits(Lane::i64, widest)) sides.lane = Lane::fraction64;
  }
  return sides;
}

void Planner::compare_ratio(Register reg, const Instruction& x) {
  const Register numerator = x.operands[0], divisor = x.operands[1];
  const CrossMultiplied sides = cross_multiplied(shape(numerator), shape(divisor), module_.constants[x.b]);
  const Width n{sides.lane, sides.n_digits}, d{sides.lane, sides.d_digits};
  RatioParameters parameters;
  parameters.numerator_factor = plan_.constants.block(sides.n_factor, n.lane, 0);
  parameters.denominator_factor = plan_.constants.block(sides.d_factor, d.lane, 0);
  parameters.least_divisor = plan_.constants.block(shape(divisor).least_positive(), d.lane, d.digits);
  parameters.negative = sides.d_factor.sign() < 0;
  const auto& table = sides.widening ? kernels_.compare_ratio_widening : kernels_.compare_ratio;
  step(reg, at(table[x.a], n.lane), {operand(numerator, n), operand(divisor, d)}).parameters = plan_.constants.keep(parameters);
}

// ---------------------------------------------------------------- against sets of constants

Width Planner::width_with_constants(Register reg, const Instruction& x) const {
  const Form& form = plan_.forms[reg];
  if (form.lane != Lane::fraction64) return {form.lane, form.digits};
  const auto first = module_.constants.begin() + x.b;
  return {std::all_of(first, first + x.a, fits_fraction) ? Lane::fraction64 : Lane::big, 0};
}

void Planner::constant_blocks(Step& made, std::vector<const void*> blocks) {
  ConstantBlocks parameters;
  parameters.count = static_cast<std::uint32_t>(blocks.size());
  parameters.blocks = plan_.constants.pointers(std::move(blocks));
  made.parameters = plan_.constants.keep(parameters);
}

void Planner::member(Register reg, const Instruction& x) {
  const Register in = x.operands[0];
  const Width width = width_with_constants(in, x);
  std::vector<const void*> blocks;
  for (std::uint32_t i = 0; i < x.a; ++i) {
    const Rational& value = module_.constants[x.b + i];
    const bool representable = !is_integer(width.lane) || (value * power_of_ten(width.digits)).is_integer();
    const bool in_range = shape(in).low <= value && value <= shape(in).high;
    if (representable && in_range) blocks.push_back(plan_.constants.block(value, width.lane, width.digits));
  }
  constant_blocks(step(reg, at(kernels_.member, width.lane), {operand(in, width)}), std::move(blocks));
}

namespace {

/// The least number of the lane that reaches the floor; beyond the range, one past its end.
Rational lane_floor(const Rational& floor, const Shape& range, Width width) {
  if (!is_integer(width.lane)) return floor;
  const Rational scale = power_of_ten(width.digits);
  const Rational first = Rational((floor * scale).ceiling()) / scale;
  return std::clamp(first, range.low, range.high + Rational(1) / scale);
}

}  // namespace

void Planner::band(Register reg, const Instruction& x) {
  const Register in = x.operands[0];
  const Width width = width_with_constants(in, x);
  std::vector<const void*> blocks;
  const Rational* lowest = nullptr;
  bool small = width.lane == Lane::fraction64;
  for (std::uint32_t i = 0; i < x.a; ++i) {
    const Rational& floor = module_.constants[x.b + i];
    const bool covered = lowest != nullptr && floor >= *lowest;
    small = small && products_are_small(shape(in), exact_shape(floor));
    blocks.push_back(covered ? nullptr : plan_.constants.block(lane_floor(floor, shape(in), width), width.lane, width.digits));
    if (!covered) lowest = &floor;
  }
  const Kernel kernel = small ? kernels_.band_small_fraction : at(kernels_.band, width.lane);
  constant_blocks(step(reg, kernel, {operand(in, width)}), std::move(blocks));
}

// ---------------------------------------------------------------- levels

void Planner::cap(Register reg, const Instruction& x) { step(reg, level_kernel(x.opcode), {plain(x.operands[0]), index(x.operands[1])}); }

void Planner::hand_over(Register reg, const Instruction& x) {
  const Instruction& decision = subject_.code[x.operands[3]];
  const bool direct = decision.opcode == Opcode::field && subject_.fields[decision.a].place == bytecode::FieldPlace::decision;
  step(reg, level_kernel(x.opcode), {plain(x.operands[0]), plain(x.operands[1]), plain(x.operands[2]), index(x.operands[3])})
      .condition_may_be_left_out = !direct;
}

/// A force looks at the whole chain of forces below it: the worst level forced stands, whatever the band gave.
void Planner::force(Register reg, const Instruction&) {
  struct Link {
    std::uint32_t level, condition;
  };
  std::vector<Link> links;
  Register base = reg;
  while (subject_.code[base].opcode == Opcode::force) {
    const Instruction& link = subject_.code[base];
    links.push_back({link.a, link.operands[1]});
    base = link.operands[0];
  }
  std::stable_sort(links.begin(), links.end(), [](const Link& a, const Link& b) { return a.level > b.level; });
  std::vector<std::uint32_t> levels, conditions;
  std::vector<Operand> operands{plain(base)};
  for (const Link& link : links) {
    levels.push_back(link.level);
    conditions.push_back(link.condition);
    operands.push_back(plain(link.condition));
  }
  ForceChain chain;
  chain.count = static_cast<std::uint32_t>(links.size());
  chain.levels = plan_.constants.keep_all(std::move(levels));
  chain.conditions = plan_.constants.keep_all(std::move(conditions));
  step(reg, level_kernel(Opcode::force), std::move(operands)).parameters = plan_.constants.keep(chain);
}

}  // namespace quy::vm
