#include "runtime/vm/plan.h"

#include <algorithm>
#include <initializer_list>

#include "base/limits.h"
#include "runtime/vm/kernels/planes.h"
#include "runtime/vm/kernels/table.h"

namespace quy::vm {
namespace {

using bytecode::Instruction;
using bytecode::Opcode;
using bytecode::Register;
using bytecode::ValueKind;

bool is_integer(Lane lane) { return lane == Lane::i32 || lane == Lane::i64 || lane == Lane::i128; }

/// A lane for a kernel and the scale of its integers.
struct Width {
  Lane lane = Lane::big;
  int digits = 0;
};

/// Works out a plan, one instruction after the other.
class Planner {
 public:
  Planner(const Program& program, Plan& plan)
      : program_(program), module_(program.module()), subject_(program.subject()), plan_(plan), kernels_(kernels()) {}

  void run() {
    plan_.level_count = static_cast<std::uint32_t>(
        subject_.rating == bytecode::kNone ? limits::levels : module_.ratings[subject_.rating].levels.size());
    for (const bytecode::Field& field : subject_.fields) plan_.fields.push_back(field_plan(field));
    plan_.shapes = analyse(module_, subject_);
    plan_.forms.resize(subject_.code.size());
    plan_.steps.reserve(subject_.code.size());
    for (Register reg = 0; reg < subject_.code.size(); ++reg) instruction(reg);
  }

 private:
  // -------------------------------------------------------------- widths

  const Shape& shape(Register reg) const { return plan_.shapes[reg]; }

  static Lane field_lane(const Shape& shape) {
    const Lane lane = integer_lane(shape.magnitude(*shape.digits));
    if (lane != Lane::i32 && lane != Lane::i64) throw Unloadable("a field's bounds do not fit 64 bits");
    return lane;
  }

  FieldPlan field_plan(const bytecode::Field& field) const {
    if (field.kind == bytecode::FieldKind::boolean) return {};
    const Shape shape = field_shape(module_, subject_, field);
    return {field_lane(shape), (shape.low * power_of_ten(*shape.digits)).numerator().get_si()};
  }

  /// The narrowest lane in which all of these can be held side by side, at one scale.
  static Width common_width(std::initializer_list<const Shape*> shapes) {
    const auto decimal = [](const Shape* s) { return s->digits.has_value(); };
    if (std::all_of(shapes.begin(), shapes.end(), decimal)) {
      int digits = 0;
      for (const Shape* s : shapes) digits = std::max(digits, *s->digits);
      Integer most = 0;
      for (const Shape* s : shapes) most = std::max(most, s->magnitude(digits));
      const Lane lane = integer_lane(most);
      return {lane == Lane::none ? Lane::big : lane, digits};
    }
    return {fraction_or_big(shapes), 0};
  }

  static Lane fraction_or_big(std::initializer_list<const Shape*> shapes) {
    const auto fraction = [](const Shape* s) { return s->fraction && fits_fraction(s->low) && fits_fraction(s->high); };
    return std::all_of(shapes.begin(), shapes.end(), fraction) ? Lane::fraction64 : Lane::big;
  }

  // -------------------------------------------------------------- operands

  bool is_constant(Register reg) const { return plan_.forms[reg].constant != nullptr; }

  Operand operand(Register reg, Width to) {
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

  void convert(Operand& result, const Form& from, Width to) {
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

  Operand own(Register reg) { return operand(reg, {plan_.forms[reg].lane, plan_.forms[reg].digits}); }

  /// A Boolean or levels: read by register alone.
  static Operand plain(Register reg) {
    Operand result;
    result.reg = reg;
    return result;
  }

  // -------------------------------------------------------------- steps

  void set_form(Register reg, Width width) {
    Form& form = plan_.forms[reg];
    form.lane = width.lane;
    form.digits = is_integer(width.lane) ? width.digits : 0;
    form.low_bound = plan_.constants.block(shape(reg).low, form.lane, form.digits);
    form.high_bound = plan_.constants.block(shape(reg).high, form.lane, form.digits);
  }

  Step& step(Register reg, Kernel kernel, std::vector<Operand> operands) {
    if (kernel == nullptr) throw Unloadable("no kernel for an instruction");
    const Instruction& x = subject_.code[reg];
    Step& result = plan_.steps.emplace_back();
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

  static Kernel at(const ByLane& family, Lane lane) { return family[static_cast<unsigned>(lane)]; }

  using Member = void (Planner::*)(Register, const Instruction&);
  struct Row {
    Opcode opcode;
    Member plan;
  };
  static const Row kRows[];

  void instruction(Register reg) {
    const Instruction& x = subject_.code[reg];
    (this->*kRows[static_cast<std::size_t>(x.opcode)].plan)(reg, x);
  }

  // -------------------------------------------------------------- by opcode

  void constant(Register reg, const Instruction&) {
    set_form(reg, common_width({&shape(reg)}));
    plan_.forms[reg].constant = plan_.forms[reg].low_bound;
  }

  void field(Register reg, const Instruction& x) {
    set_form(reg, {plan_.fields[x.a].lane, *shape(reg).digits});
    step(reg, leaf_kernel(x.opcode), {});
  }

  void reading(Register reg, const Instruction& x) {
    const bool chosen = program_.chosen(x.a) == x.b;
    step(reg, leaf_kernel(x.opcode), {}).a = chosen ? 1 : 0;
  }

  /// Operands and result at one scale, or for a product each operand at its own.
  void binary(Register reg, const Instruction& x) {
    const Shape &a = shape(x.operands[0]), &b = shape(x.operands[1]);
    const Width width = common_width({&a, &b, &shape(reg)});
    set_form(reg, width);
    step(reg, at(family(x.opcode), width.lane), {operand(x.operands[0], width), operand(x.operands[1], width)});
  }

  const ByLane& family(Opcode opcode) const {
    switch (opcode) {
      case Opcode::add: return kernels_.add;
      case Opcode::subtract: return kernels_.subtract;
      case Opcode::minimum: return kernels_.minimum;
      case Opcode::maximum: return kernels_.maximum;
      case Opcode::pick: return kernels_.pick;
      case Opcode::or_else: return kernels_.or_else;
      case Opcode::keep: return kernels_.keep;
      case Opcode::spread: return kernels_.spread;
      case Opcode::fold_smallest: return kernels_.fold_smallest;
      default: return kernels_.fold_largest;
    }
  }

  void multiply(Register reg, const Instruction& x) { product(reg, own_or_constant(x.operands[0]), own_or_constant(x.operands[1])); }

  /// A factor: a register, or a constant in its place.
  struct Factor {
    Register reg;
    Shape shape;
    bool constant;
  };
  Factor own_or_constant(Register reg) const { return {reg, shape(reg), is_constant(reg)}; }

  Operand factor_operand(const Factor& factor, Width width) {
    if (!factor.constant) return operand(factor.reg, width);
    Operand result;
    result.reg = factor.reg;
    result.constant = plan_.constants.block(factor.shape.low, width.lane, width.digits);
    return result;
  }

  void product(Register reg, const Factor& a, const Factor& b) {
    Width width{fraction_or_big({&a.shape, &b.shape, &shape(reg)}), 0};
    int a_digits = 0, b_digits = 0;
    if (shape(reg).digits) {
      a_digits = *a.shape.digits;
      b_digits = *b.shape.digits;
      const Lane lane = integer_lane(std::max({a.shape.magnitude(a_digits), b.shape.magnitude(b_digits), shape(reg).magnitude(*shape(reg).digits)}));
      width = {lane == Lane::none ? Lane::big : lane, *shape(reg).digits};
    }
    set_form(reg, width);
    step(reg, at(kernels_.multiply, width.lane), {factor_operand(a, {width.lane, a_digits}), factor_operand(b, {width.lane, b_digits})});
  }

  void divide(Register reg, const Instruction& x) {
    const Register numerator = x.operands[0], divisor = x.operands[1];
    const Shape &n = shape(numerator), &d = shape(divisor);
    if (is_constant(divisor) && d.low.sign() > 0) return product(reg, own_or_constant(numerator), inverse(divisor));
    const Rational least = std::max(d.low, d.least_positive());
    const Width into = divide_width(n, d, shape(reg));
    set_form(reg, {into.lane == Lane::i64 ? Lane::fraction64 : into.lane, 0});
    step(reg, at(kernels_.divide, into.lane), {operand(numerator, into), operand(divisor, into)}).parameters =
        plan_.constants.block(least, into.lane, into.digits);
  }

  Factor inverse(Register divisor) const {
    Shape shape = exact_shape(Rational(1) / plan_.shapes[divisor].low);
    return {divisor, std::move(shape), true};
  }

  static Width divide_width(const Shape& n, const Shape& d, const Shape& quotient) {
    const Lane lane = fraction_or_big({&quotient});
    if (lane == Lane::big) return {Lane::big, 0};
    if (n.digits && d.digits) {
      const int digits = std::max(*n.digits, *d.digits);
      if (fits(Lane::i64, n.magnitude(digits)) && fits(Lane::i64, d.magnitude(digits))) return {Lane::i64, digits};
    }
    return {fraction_or_big({&n, &d, &quotient}), 0};
  }

  void pick(Register reg, const Instruction& x) {
    const Width width = common_width({&shape(x.operands[1]), &shape(x.operands[2]), &shape(reg)});
    set_form(reg, width);
    step(reg, at(kernels_.pick, width.lane), {plain(x.operands[0]), operand(x.operands[1], width), operand(x.operands[2], width)})
        .condition_may_be_left_out = shape(x.operands[0]).may_be_left_out;
  }

  /// The result is one of the operand's numbers.
  void same_form(Register reg, const Instruction& x) {
    const Form& from = plan_.forms[x.operands[0]];
    set_form(reg, {from.lane, from.digits});
    std::vector<Operand> operands{own(x.operands[0])};
    if (x.opcode == Opcode::keep) operands.push_back(plain(x.operands[1]));
    step(reg, at(family(x.opcode), from.lane), std::move(operands));
  }

  void spread(Register reg, const Instruction& x) { x.kind == ValueKind::number ? same_form(reg, x) : planes(reg, x); }

  void round(Register reg, const Instruction& x) {
    const Register from = x.operands[0];
    const Rational& unit = module_.constants[x.a];
    const Shape &in = shape(from), &out = shape(reg);
    const Lane lane = plan_.forms[from].lane;
    const Lane result = out.digits ? integer_lane(out.magnitude(*out.digits)) : Lane::none;
    if (lane == Lane::big || result == Lane::none) return round_big(reg, x);

    const bool fraction = lane == Lane::fraction64;
    const Rational ratio = Rational(1) / (unit * (fraction ? Rational(1) : power_of_ten(plan_.forms[from].digits)));
    const Integer most_n = fraction ? in.fraction->numerator : in.magnitude(plan_.forms[from].digits);
    const Integer most_d = fraction ? in.fraction->denominator : Integer(1);
    const Integer twice = x.b == 0 ? 2 : 1;
    const Integer multiplier = ratio.numerator() * twice, divisor = ratio.denominator() * twice;
    const Integer bias = x.b == 1 ? Integer(0) : ratio.denominator();
    const Integer step_units = (unit * power_of_ten(*out.digits)).numerator();
    // `up` adds a divisor less one, so that every remainder carries.
    const Integer widest = std::max({Integer(most_n * multiplier + most_d * bias), Integer(most_d * divisor), out.magnitude(*out.digits)});
    if (!fits(Lane::i128, widest)) return round_big(reg, x);

    RoundParameters parameters;
    parameters.multiplier = to_int128(multiplier);
    parameters.bias = to_int128(bias);
    parameters.offset = x.b == 2 ? -1 : 0;
    parameters.divisor = to_int128(divisor);
    parameters.step = to_int128(step_units);
    set_form(reg, {result, *out.digits});
    const auto& table = fits(Lane::i64, widest) ? kernels_.round : kernels_.round_wide;
    step(reg, at(table[static_cast<unsigned>(lane)], result), {own(from)}).parameters = plan_.constants.keep(parameters);
  }

  void round_big(Register reg, const Instruction& x) {
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
    step(reg, at(kernels_.round_wide[static_cast<unsigned>(Lane::big)], result), {operand(x.operands[0], {Lane::big, 0})}).parameters =
        plan_.constants.keep(parameters);
  }

  /// An operand that numbers something: whole, and within 32 bits.
  Operand index(Register reg) {
    const Shape& s = shape(reg);
    if (s.digits != 0 || !fits(Lane::i32, s.magnitude(0))) throw Unloadable("an index is not a whole number");
    return operand(reg, {Lane::i32, 0});
  }

  void column(Register reg, const Instruction& x) {
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

  void working_days(Register reg, const Instruction& x) {
    set_form(reg, {Lane::i32, 0});
    std::vector<Operand> operands;
    for (const Register day : x.operands) {
      const Shape& s = shape(day);
      if (s.digits != 0 || !fits(Lane::i64, s.magnitude(0))) throw Unloadable("a day is not a whole number");
      operands.push_back(operand(day, {Lane::i64, 0}));
    }
    step(reg, leaf_kernel(x.opcode), std::move(operands));
  }

  /// Numbers that count truths or rows.
  void count(Register reg, const Instruction& x) {
    set_form(reg, {Lane::i32, 0});
    planes(reg, x);
  }

  /// Whatever works on planes alone.
  void planes(Register reg, const Instruction& x) {
    std::vector<Operand> operands;
    for (const Register in : x.operands) operands.push_back(plain(in));
    const bool number = !x.operands.empty() && subject_.code[x.operands[0]].kind == ValueKind::number;
    Step& made = step(reg, plane_kernel(x.opcode, number), std::move(operands));
    if (!x.operands.empty()) made.condition_may_be_left_out = shape(x.operands[0]).may_be_left_out;
  }

  void compare(Register reg, const Instruction& x) {
    const Width width = common_width({&shape(x.operands[0]), &shape(x.operands[1])});
    step(reg, at(kernels_.compare[x.a], width.lane), {operand(x.operands[0], width), operand(x.operands[1], width)});
  }

  /// The two sides of n × n_factor (sign) d × d_factor, and the lane for all of it.
  struct CrossMultiplied {
    Lane lane;
    int n_digits, d_digits;
    Rational n_factor, d_factor;
  };

  CrossMultiplied cross_multiplied(const Shape& n, const Shape& d, const Rational& q) const {
    CrossMultiplied sides{Lane::big, 0, 0, Rational(q.denominator()), Rational(q.numerator())};
    if (n.digits && d.digits) {
      CrossMultiplied scaled{Lane::big, *n.digits, *d.digits, sides.n_factor * power_of_ten(*d.digits), sides.d_factor * power_of_ten(*n.digits)};
      reduce(scaled.n_factor, scaled.d_factor);
      const Integer n_most = n.magnitude(*n.digits), d_most = d.magnitude(*d.digits);
      scaled.lane = integer_lane(widest_product(n_most, scaled.n_factor, d_most, scaled.d_factor));
      if (scaled.lane != Lane::none) return scaled;
    } else if (fraction_or_big({&n, &d}) == Lane::fraction64) {
      const Integer widest = widest_product(n.fraction->numerator, sides.n_factor, d.fraction->numerator, sides.d_factor);
      if (fits(Lane::i64, widest)) sides.lane = Lane::fraction64;
    }
    return sides;
  }

  /// The largest of two products and of their factors; the products of zeros too.
  static Integer widest_product(const Integer& n, const Rational& n_factor, const Integer& d, const Rational& d_factor) {
    const Integer n_times = abs(n_factor.numerator()), d_times = abs(d_factor.numerator());
    return std::max({n, d, n_times, d_times, Integer(n * n_times), Integer(d * d_times)});
  }

  void compare_ratio(Register reg, const Instruction& x) {
    const Register numerator = x.operands[0], divisor = x.operands[1];
    const CrossMultiplied sides = cross_multiplied(shape(numerator), shape(divisor), module_.constants[x.b]);
    const Width n{sides.lane, sides.n_digits}, d{sides.lane, sides.d_digits};
    RatioParameters parameters;
    parameters.numerator_factor = plan_.constants.block(sides.n_factor, n.lane, 0);
    parameters.denominator_factor = plan_.constants.block(sides.d_factor, d.lane, 0);
    parameters.least_divisor = plan_.constants.block(shape(divisor).least_positive(), d.lane, d.digits);
    parameters.negative = sides.d_factor.sign() < 0;
    step(reg, at(kernels_.compare_ratio[x.a], n.lane), {operand(numerator, n), operand(divisor, d)}).parameters =
        plan_.constants.keep(parameters);
  }

  static void reduce(Rational& n_factor, Rational& d_factor) {
    if (d_factor.sign() == 0) {
      n_factor = 1;
      return;
    }
    const Integer shared = gcd(n_factor.numerator(), d_factor.numerator());
    n_factor = n_factor / Rational(shared);
    d_factor = d_factor / Rational(shared);
  }

  /// The lane of a register that is compared with constants, wide enough for them; integer lanes hold any that matters.
  Width width_with_constants(Register reg, const Instruction& x) const {
    const Form& form = plan_.forms[reg];
    if (form.lane != Lane::fraction64) return {form.lane, form.digits};
    const bool fit = std::all_of(module_.constants.begin() + x.b, module_.constants.begin() + x.b + x.a, fits_fraction);
    return {fit ? Lane::fraction64 : Lane::big, 0};
  }

  void member(Register reg, const Instruction& x) {
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

  void constant_blocks(Step& made, std::vector<const void*> blocks) {
    ConstantBlocks parameters;
    parameters.count = static_cast<std::uint32_t>(blocks.size());
    parameters.blocks = plan_.constants.pointers(std::move(blocks));
    made.parameters = plan_.constants.keep(parameters);
  }

  /// The least number of the lane that reaches the floor; beyond the range, one past its end.
  Rational lane_floor(const Rational& floor, const Shape& range, Width width) const {
    if (!is_integer(width.lane)) return floor;
    const Rational scale = power_of_ten(width.digits);
    const Rational first = Rational((floor * scale).ceiling()) / scale;
    return std::clamp(first, range.low, range.high + Rational(1) / scale);
  }

  void band(Register reg, const Instruction& x) {
    const Register in = x.operands[0];
    const Width width = width_with_constants(in, x);
    std::vector<const void*> blocks;
    const Rational* lowest = nullptr;
    for (std::uint32_t i = 0; i < x.a; ++i) {
      const Rational& floor = module_.constants[x.b + i];
      const bool covered = lowest != nullptr && floor >= *lowest;
      blocks.push_back(covered ? nullptr : plan_.constants.block(lane_floor(floor, shape(in), width), width.lane, width.digits));
      if (!covered) lowest = &floor;
    }
    constant_blocks(step(reg, at(kernels_.band, width.lane), {operand(in, width)}), std::move(blocks));
  }

  void fold_sum(Register reg, const Instruction& x) {
    const Form& rows = plan_.forms[x.operands[0]];
    Lane lane = Lane::big;
    if (is_integer(rows.lane)) lane = std::max(rows.lane, integer_lane(shape(reg).magnitude(rows.digits)));
    if (is_integer(rows.lane) && integer_lane(shape(reg).magnitude(rows.digits)) == Lane::none) lane = Lane::big;
    set_form(reg, {lane, rows.digits});
    Operand in = own(x.operands[0]);
    in.big_factor = plan_.constants.rational(is_integer(rows.lane) ? power_of_ten(-rows.digits) : Rational(1));
    step(reg, at(kernels_.fold_sum[static_cast<unsigned>(rows.lane)], lane), {in});
  }

  void cap(Register reg, const Instruction& x) { step(reg, level_kernel(x.opcode), {plain(x.operands[0]), index(x.operands[1])}); }

  void hand_over(Register reg, const Instruction& x) {
    const Instruction& decision = subject_.code[x.operands[3]];
    const bool direct = decision.opcode == Opcode::field && subject_.fields[decision.a].place == bytecode::FieldPlace::decision;
    step(reg, level_kernel(x.opcode), {plain(x.operands[0]), plain(x.operands[1]), plain(x.operands[2]), index(x.operands[3])})
        .condition_may_be_left_out = !direct;
  }

  /// A force looks at the whole chain of forces below it: the worst level forced stands, whatever the band gave.
  void force(Register reg, const Instruction&) {
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

  const Program& program_;
  const bytecode::Module& module_;
  const bytecode::Subject& subject_;
  Plan& plan_;
  const Kernels& kernels_;
};

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
    {Opcode::reached, &Planner::planes},
};

}  // namespace

std::shared_ptr<const Plan> make_plan(const Program& program) {
  auto plan = std::make_shared<Plan>();
  Planner(program, *plan).run();
  return plan;
}

}  // namespace quy::vm
