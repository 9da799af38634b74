#include "runtime/vm/shape.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/limits.h"

namespace quy::vm {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::Instruction;
using bytecode::Module;
using bytecode::Opcode;
using bytecode::Subject;

/// Far above what real rules reach (a sum of 10,000 ratios has denominators of 300,000 bits), far below what would fill memory.
constexpr std::uint64_t kMostBits = std::uint64_t{1} << 21;

const Integer& largest_int64() {
  static const Integer value(std::numeric_limits<long>::max());
  return value;
}

std::uint64_t bits(const Integer& value) { return mpz_sizeinbase(value.get_mpz_t(), 2); }

Integer ten_to(int exponent) { return power_of_ten(exponent).numerator(); }

const Rational& smaller(const Rational& a, const Rational& b) { return b < a ? b : a; }
const Rational& larger(const Rational& a, const Rational& b) { return a < b ? b : a; }

Rational largest_magnitude(const Shape& shape) { return larger(-shape.low, shape.high); }

std::optional<FractionBound> within_64_bits(Integer numerator, Integer denominator) {
  if (numerator > largest_int64() || denominator > largest_int64()) return std::nullopt;
  return FractionBound{std::move(numerator), std::move(denominator)};
}

/// A decimal with these digits, between its bounds.
Shape decimal(Rational low, Rational high, int digits) {
  Shape shape;
  shape.low = std::move(low);
  shape.high = std::move(high);
  const Integer denominator = ten_to(digits);
  shape.denominator_bits = bits(denominator);
  if (digits <= kMostDecimalDigits) shape.digits = digits;
  shape.fraction = within_64_bits(shape.magnitude(digits), denominator);
  return shape;
}

Shape whole(Rational low, Rational high) { return decimal(std::move(low), std::move(high), 0); }

bool is_constant(const Shape& shape) { return shape.low == shape.high; }

// ---------------------------------------------------------------- transfer functions, by the names of opcodes.def

struct Inputs {
  const Module& module;
  const Subject& subject;
  const Instruction& instruction;
  const std::vector<Shape>& shapes;

  const Shape& operand(std::size_t i) const { return shapes[instruction.operands[i]]; }
  const Rational& constant() const { return module.constants[instruction.a]; }
};

/// What a sum, product … of a and b has besides its bounds: `digits` when both are decimals, else the given fraction.
struct Parts {
  int digits;
  std::optional<FractionBound> fraction;
  std::uint64_t denominator_bits;
};

Shape combined(const Shape& a, const Shape& b, Rational low, Rational high, Parts parts) {
  if (a.digits && b.digits && parts.digits <= kMostDecimalDigits) return decimal(std::move(low), std::move(high), parts.digits);
  Shape shape;
  shape.low = std::move(low);
  shape.high = std::move(high);
  shape.fraction = std::move(parts.fraction);
  shape.denominator_bits = parts.denominator_bits;
  return shape;
}

int digits_or_0(const Shape& shape) { return shape.digits.value_or(0); }

/// Of a value that is either a or b.
Shape either(const Shape& a, const Shape& b, Rational low, Rational high) {
  std::optional<FractionBound> fraction;
  if (a.fraction && b.fraction) {
    fraction = FractionBound{std::max(a.fraction->numerator, b.fraction->numerator),
                             std::max(a.fraction->denominator, b.fraction->denominator)};
  }
  return combined(a, b, std::move(low), std::move(high),
                  {std::max(digits_or_0(a), digits_or_0(b)), fraction, std::max(a.denominator_bits, b.denominator_bits)});
}

/// Of a + b or a − b.
Shape sum_of(const Shape& a, const Shape& b, Rational low, Rational high) {
  std::optional<FractionBound> fraction;
  if (a.fraction && b.fraction) {
    fraction = within_64_bits(a.fraction->numerator * b.fraction->denominator + b.fraction->numerator * a.fraction->denominator,
                              a.fraction->denominator * b.fraction->denominator);
  }
  return combined(a, b, std::move(low), std::move(high),
                  {std::max(digits_or_0(a), digits_or_0(b)), fraction, a.denominator_bits + b.denominator_bits});
}

Shape product_of(const Shape& a, const Shape& b) {
  const std::array<Rational, 4> corners{a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
  std::optional<FractionBound> fraction;
  if (a.fraction && b.fraction) {
    fraction = within_64_bits(a.fraction->numerator * b.fraction->numerator, a.fraction->denominator * b.fraction->denominator);
  }
  return combined(a, b, *std::min_element(corners.begin(), corners.end()), *std::max_element(corners.begin(), corners.end()),
                  {digits_or_0(a) + digits_or_0(b), fraction, a.denominator_bits + b.denominator_bits});
}

Shape transfer_none(const Inputs&) { return {}; }

Shape transfer_constant(const Inputs& in) { return exact_shape(in.constant()); }

Shape transfer_text(const Inputs& in) { return whole(std::int64_t{in.instruction.a}, std::int64_t{in.instruction.a}); }

Shape transfer_field(const Inputs& in) { return field_shape(in.module, in.subject, in.subject.fields[in.instruction.a]); }

Shape transfer_add(const Inputs& in) {
  const Shape &a = in.operand(0), &b = in.operand(1);
  return sum_of(a, b, a.low + b.low, a.high + b.high);
}

Shape transfer_subtract(const Inputs& in) {
  const Shape &a = in.operand(0), &b = in.operand(1);
  return sum_of(a, b, a.low - b.high, a.high - b.low);
}

Shape transfer_multiply(const Inputs& in) { return product_of(in.operand(0), in.operand(1)); }

/// n ÷ d over the positive d only: where d is 0 the quotient is left out.
Shape transfer_divide(const Inputs& in) {
  const Shape &n = in.operand(0), &d = in.operand(1);
  if (is_constant(d) && d.low.sign() > 0) {
    Shape inverse = exact_shape(Rational(1) / d.low);
    return product_of(n, inverse);
  }
  const Rational least = larger(d.low, d.least_positive());
  const Rational most = larger(d.high, least);
  const Rational low = n.low / (n.low.sign() < 0 ? least : most);
  const Rational high = n.high / (n.high.sign() < 0 ? most : least);
  std::optional<FractionBound> fraction;
  if (n.digits && d.digits) {
    // Decimals cancel the powers of ten that they share.
    const int shared = std::max(*n.digits, *d.digits);
    fraction = within_64_bits(n.magnitude(shared), (most * power_of_ten(shared)).ceiling());
  } else if (n.fraction && d.fraction) {
    // A divisor that is always 0 leaves the quotient out; its bound must be a fraction all the same.
    const Integer divisor = std::max(d.fraction->numerator, Integer(1));
    fraction = within_64_bits(n.fraction->numerator * d.fraction->denominator, n.fraction->denominator * divisor);
  }
  Shape shape;
  shape.low = low;
  shape.high = high;
  shape.fraction = std::move(fraction);
  // In lowest terms the denominator of a ÷ b is at most den(a) × num(b), and num(b) at most den(b) × |b|.
  shape.denominator_bits = n.denominator_bits + d.denominator_bits + bits(largest_magnitude(d).ceiling());
  return shape;
}

Shape transfer_minimum(const Inputs& in) {
  const Shape &a = in.operand(0), &b = in.operand(1);
  return either(a, b, smaller(a.low, b.low), smaller(a.high, b.high));
}

Shape transfer_maximum(const Inputs& in) {
  const Shape &a = in.operand(0), &b = in.operand(1);
  return either(a, b, larger(a.low, b.low), larger(a.high, b.high));
}

Shape transfer_round(const Inputs& in) {
  constexpr Rounding kModes[] = {Rounding::half_up, Rounding::down, Rounding::up};
  const Shape& a = in.operand(0);
  const Rational& step = in.constant();
  const Rational low = a.low.round_to(step, kModes[in.instruction.b]), high = a.high.round_to(step, kModes[in.instruction.b]);
  const Shape unit = exact_shape(step);
  if (unit.digits) return decimal(low, high, *unit.digits);
  Shape shape = unit;
  shape.low = low;
  shape.high = high;
  shape.fraction = within_64_bits((largest_magnitude(shape) * Rational(step.denominator())).ceiling(), step.denominator());
  return shape;
}

/// pick chooses between its last two operands, or_else between its two.
Shape transfer_join(const Inputs& in) {
  const std::size_t count = in.instruction.operands.size();
  const Shape &a = in.operand(count - 2), &b = in.operand(count - 1);
  return either(a, b, smaller(a.low, b.low), larger(a.high, b.high));
}

Shape transfer_first(const Inputs& in) { return in.operand(0); }

Shape transfer_column(const Inputs& in) {
  const auto& values = in.module.tables[in.instruction.a].columns[in.instruction.b];
  Shape shape = exact_shape(values.front());
  for (const Rational& value : values) shape = either(shape, exact_shape(value), smaller(shape.low, value), larger(shape.high, value));
  return shape;
}

/// Days beyond these (years −270,000 to 270,000) are taken as these: no calendar reaches them.
constexpr std::int64_t kFarthestDay = 100'000'000;

DayNumber day_of(const Rational& value) {
  const Rational far(kFarthestDay);
  return static_cast<DayNumber>(smaller(larger(value, -far), far).floor().get_si());
}

Shape transfer_days(const Inputs& in) {
  const Shape &from = in.operand(0), &to = in.operand(1);
  const WorkCalendar& calendar = in.module.calendar;
  return whole(calendar.working_days(day_of(from.high), day_of(to.low)), calendar.working_days(day_of(from.low), day_of(to.high)));
}

Shape transfer_count(const Inputs& in) { return whole(0, static_cast<std::int64_t>(in.instruction.operands.size())); }

const Rational kMostItems(static_cast<std::int64_t>(limits::list_items));

Shape transfer_list(const Inputs&) { return whole(0, kMostItems); }

Shape transfer_list_sum(const Inputs& in) {
  const Shape& row = in.operand(0);
  const Rational zero(0);
  const Rational low = smaller(zero, row.low) * kMostItems, high = larger(zero, row.high) * kMostItems;
  if (row.digits) return decimal(low, high, *row.digits);
  Shape shape;
  shape.low = low;
  shape.high = high;
  // Denominators that are all the same constant do not grow; others do.
  shape.denominator_bits = row.denominator_bits * limits::list_items;
  return shape;
}

using Transfer = Shape (*)(const Inputs&);

constexpr Transfer kTransfers[] = {
#define QUY_OPCODE(name, operands, result, transfer, monotony, cost, sentence) &transfer_##transfer,
#include "runtime/bytecode/opcodes.def"
#undef QUY_OPCODE
};

// ---------------------------------------------------------------- what can be left out

bool any_operand(const Inputs& in) {
  return std::any_of(in.instruction.operands.begin(), in.instruction.operands.end(),
                     [&](bytecode::Register reg) { return in.shapes[reg].may_be_left_out; });
}

bool all_operands(const Inputs& in) {
  return std::all_of(in.instruction.operands.begin(), in.instruction.operands.end(),
                     [&](bytecode::Register reg) { return in.shapes[reg].may_be_left_out; });
}

bool may_be_left_out(const Inputs& in) {
  switch (in.instruction.opcode) {
    case Opcode::field:
    case Opcode::flag: return in.subject.fields[in.instruction.a].may_be_left_out;
    case Opcode::divide:
    case Opcode::compare_ratio: return any_operand(in) || in.operand(1).low.sign() <= 0;
    case Opcode::or_else:
    case Opcode::conjunction:
    case Opcode::disjunction: return all_operands(in);
    case Opcode::keep:
    case Opcode::fold_every:
    case Opcode::fold_smallest:
    case Opcode::fold_largest: return true;
    case Opcode::count_true:
    case Opcode::left_out:
    case Opcode::holds:
    case Opcode::fold_count:
    case Opcode::fold_applicable:
    case Opcode::fold_any:
    case Opcode::fold_sum:
    case Opcode::reached: return false;
    default: return any_operand(in);
  }
}

void check_size(const Shape& shape) {
  const std::uint64_t widest = std::max({bits(shape.low.numerator()), bits(shape.low.denominator()), bits(shape.high.numerator()),
                                         bits(shape.high.denominator()), shape.denominator_bits});
  if (widest > kMostBits) throw Unloadable("the numbers of this subject could grow beyond " + std::to_string(kMostBits) + " bits");
}

/// The multiples of 10^-digits between two bounds.
Shape between(const Rational& low, const Rational& high, int digits) {
  const Rational scale = power_of_ten(digits);
  const Rational first = Rational((low * scale).ceiling()) / scale, last = Rational((high * scale).floor()) / scale;
  return decimal(first, larger(first, last), digits);
}

/// Of an index: one of `count`.
Shape index_below(std::size_t count) { return whole(0, static_cast<std::int64_t>(std::max<std::size_t>(count, 1) - 1)); }

std::size_t level_count(const Module& module, const Subject& subject) {
  return subject.rating == bytecode::kNone ? limits::levels : module.ratings[subject.rating].levels.size();
}

/// Outcomes of a decision are numbered like machine.h's OutcomeSet, those that are no levels included.
constexpr std::size_t kOutcomes = 19;

}  // namespace

Shape exact_shape(const Rational& value) {
  Shape shape;
  shape.low = shape.high = value;
  shape.digits = value.decimal_places(kMostDecimalDigits);
  shape.denominator_bits = bits(value.denominator());
  if (shape.digits) return decimal(value, value, *shape.digits);
  shape.fraction = within_64_bits(abs(value.numerator()), value.denominator());
  return shape;
}

Rational Shape::least_positive() const {
  if (digits) return power_of_ten(-*digits);
  if (fraction) return Rational(Integer(1), fraction->denominator);
  Integer power;
  mpz_setbit(power.get_mpz_t(), denominator_bits);
  return Rational(Integer(1), power);
}

Integer Shape::magnitude(int places) const { return (largest_magnitude(*this) * power_of_ten(places)).ceiling(); }

Shape field_shape(const Module& module, const Subject& subject, const Field& field) {
  const auto by_kind = [&]() -> Shape {
    switch (field.kind) {
      case FieldKind::boolean: return whole(0, 1);
      case FieldKind::text: return whole(0, kMostTexts);
      case FieldKind::step: return index_below(module.scales[field.scale].step_ids.size());
      case FieldKind::code: return index_below(module.tables[field.table].keys.size());
      case FieldKind::criterion: return index_below(subject.criteria.size());
      case FieldKind::level:
        return index_below(field.place == bytecode::FieldPlace::decision ? kOutcomes : level_count(module, subject));
      default: return between(field.low, field.high, field.digits);
    }
  };
  Shape shape = by_kind();
  shape.may_be_left_out = field.may_be_left_out;
  return shape;
}

std::vector<Shape> analyse(const Module& module, const Subject& subject) {
  std::vector<Shape> shapes;
  shapes.reserve(subject.code.size());
  for (const Instruction& instruction : subject.code) {
    const Inputs in{module, subject, instruction, shapes};
    const bool number = instruction.kind == bytecode::ValueKind::number;
    Shape shape = number ? kTransfers[static_cast<std::size_t>(instruction.opcode)](in) : Shape{};
    shape.may_be_left_out = may_be_left_out(in);
    if (number) check_size(shape);
    shapes.push_back(std::move(shape));
  }
  return shapes;
}

}  // namespace quy::vm
