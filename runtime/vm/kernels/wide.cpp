// Kernels of the lanes that do not vectorise: 128-bit integers, fractions, rationals.

#include "runtime/vm/big.h"
#include "runtime/vm/kernels/arithmetic.h"
#include "runtime/vm/kernels/compare.h"
#include "runtime/vm/kernels/fraction.h"
#include "runtime/vm/kernels/lists.h"
#include "runtime/vm/kernels/round.h"

namespace quy::vm {
namespace {

using Big = Rational;

template <>
inline constexpr bool kOnHeap<Big> = true;

/// Blocks of rationals are kept by the machine: making them anew for each kernel would allocate.
template <>
struct Scratch<Big> {
  Big *low, *high;
  Scratch(const Frame& frame, unsigned index) : low(static_cast<Big*>(frame.scratch) + 2 * kBlock * index), high(low + kBlock) {}
};

template <>
struct Quotient<Fraction64> {
  using Type = Fraction64;
  static Fraction64 of(const Fraction64& n, const Fraction64& d) { return n / d; }
  static bool negative(const Fraction64& n) { return n.n < 0; }
};
template <>
struct Quotient<Big> {
  using Type = Big;
  static Big of(const Big& n, const Big& d) { return n / d; }
  static bool negative(const Big& n) { return n.sign() < 0; }
};

// ---------------------------------------------------------------- conversion

template <class T>
Big big_of(const T& value) {
  return Big(static_cast<std::int64_t>(value));
}
template <>
Big big_of(const Int128& value) {
  const auto narrow = static_cast<std::int64_t>(value);
  return narrow == value ? Big(narrow) : Big(to_integer(value));
}
template <>
Big big_of(const Fraction64& value) {
  return {value.n, value.d};
}

template <class T>
void convert_to_big(void* out, const void* in, const Operand& operand, std::uint32_t rows) {
  const Big& factor = *static_cast<const Big*>(operand.big_factor);
  for (std::uint32_t i = 0; i < rows; ++i) static_cast<Big*>(out)[i] = big_of(static_cast<const T*>(in)[i]) * factor;
}

template <class T>
void convert_to_fraction(void* out, const void* in, const Operand& operand, std::uint32_t) {
  const auto factor = static_cast<std::int64_t>(operand.factor);
  for (std::uint32_t i = 0; i < kBlock; ++i) {
    static_cast<Fraction64*>(out)[i] = {static_cast<std::int64_t>(static_cast<const T*>(in)[i]) * factor, operand.denominator};
  }
}

/// Rows that pad a block hold 0, which need not be within the range.
template <class T>
void convert_from_big(void* out, const void* in, const Operand& operand, std::uint32_t) {
  const Big& factor = *static_cast<const Big*>(operand.big_factor);
  for (std::uint32_t i = 0; i < kBlock; ++i) {
    const Int128 value = to_int128((static_cast<const Big*>(in)[i] * factor).numerator());
    static_cast<T*>(out)[i] = static_cast<T>(smaller_of(larger_of(value, operand.least), operand.most));
  }
}

void convert_big_to_fraction(void* out, const void* in, const Operand&, std::uint32_t) {
  for (std::uint32_t i = 0; i < kBlock; ++i) {
    const Big& value = static_cast<const Big*>(in)[i];
    static_cast<Fraction64*>(out)[i] = {value.numerator().get_si(), value.denominator().get_si()};
  }
}

template <class T>
struct Widen<T, Big> {
  const Big& factor;
  explicit Widen(const Operand& operand) : factor(*static_cast<const Big*>(operand.big_factor)) {}
  Big operator()(const T& value) const { return big_of(value) * factor; }
};
template <>
struct Widen<Big, Big> {
  explicit Widen(const Operand&) {}
  const Big& operator()(const Big& value) const { return value; }
};

// ---------------------------------------------------------------- rounding of rationals

/// |value| ÷ step, rounded by the mode of opcodes.def.
Integer whole_steps(const Big& value, const RoundParameters& p) {
  const Big steps = (value.sign() < 0 ? -value : value) / *static_cast<const Big*>(p.big_step);
  Integer n = steps.numerator(), d = steps.denominator();
  if (p.mode == 0) {
    n = 2 * n + d;
    d *= 2;
  }
  if (p.mode == 2) n += d - 1;
  return n / d;
}

template <class Result>
Result round_big(const Big& value, const RoundParameters& p) {
  Integer units = whole_steps(value, p) * *static_cast<const Integer*>(p.big_units);
  if (value.sign() < 0) units = -units;
  return static_cast<Result>(to_int128(units));
}
template <>
Big round_big(const Big& value, const RoundParameters& p) {
  const Big magnitude = Big(whole_steps(value, p)) * *static_cast<const Big*>(p.big_step);
  return value.sign() < 0 ? -magnitude : magnitude;
}

template <class Result>
void round_from_big(const Frame& frame, const Step& step) {
  Input<Big> in(frame, step.operands[0], 0);
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  const auto& p = *static_cast<const RoundParameters*>(step.parameters);
  copy_planes(out, in, extent.words);
  if constexpr (!kOnHeap<Result>) {
    const Result inside = *static_cast<const Result*>(step.low_bound);
    for (std::uint32_t row = extent.rows; row < extent.words * kBlock; ++row) {
      static_cast<Result*>(out.low)[row] = static_cast<Result*>(out.high)[row] = inside;
    }
  }
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t rows = rows_in_block<Big>(extent, w);
    Result* low = block_of<Result>(out.low, w);
    const Big* from_low = in.low(w, rows);
    for (std::uint32_t i = 0; i < rows; ++i) low[i] = round_big<Result>(from_low[i], p);
    if (known_word(out, w) == kAllRows) continue;
    Result* high = block_of<Result>(out.high, w);
    const Big* from_high = in.high(w, rows);
    for (std::uint32_t i = 0; i < rows; ++i) high[i] = round_big<Result>(from_high[i], p);
  }
}

// ---------------------------------------------------------------- registration

template <class T>
void add_families(Kernels& table, Lane lane) {
  add_arithmetic<T>(table, lane);
  add_comparisons<T>(table, lane);
  add_lists<T>(table, lane);
}

template <class T>
void add_conversions(Kernels& table, Lane from) {
  const auto at = static_cast<unsigned>(from);
  table.convert[at][static_cast<unsigned>(Lane::fraction64)] = &convert_to_fraction<T>;
  table.convert[at][static_cast<unsigned>(Lane::big)] = &convert_to_big<T>;
}

template <class T>
void add_from_big(Kernels& table, Lane to) {
  table.convert[static_cast<unsigned>(Lane::big)][static_cast<unsigned>(to)] = &convert_from_big<T>;
}

template <class Result>
void add_big_round(Kernels& table, Lane result) {
  table.round_wide[static_cast<unsigned>(Lane::big)][static_cast<unsigned>(result)] = &round_from_big<Result>;
}

template <class T>
void add_rounds(Kernels& table, Lane lane) {
  add_round<T, std::int32_t>(table, lane, Lane::i32);
  add_round<T, std::int64_t>(table, lane, Lane::i64);
  add_round<T, Int128>(table, lane, Lane::i128);
}

}  // namespace

void add_wide(Kernels& table) {
  add_families<Int128>(table, Lane::i128);
  add_families<Fraction64>(table, Lane::fraction64);
  add_families<Big>(table, Lane::big);
  table.divide[static_cast<unsigned>(Lane::fraction64)] = &divide<Fraction64>;
  table.divide[static_cast<unsigned>(Lane::big)] = &divide<Big>;
  add_sum<std::int64_t, Int128>(table, Lane::i64, Lane::i128);
  add_sum<Int128, Int128>(table, Lane::i128, Lane::i128);
  add_sum<Int128, Big>(table, Lane::i128, Lane::big);
  add_sum<Fraction64, Big>(table, Lane::fraction64, Lane::big);
  add_sum<Big, Big>(table, Lane::big, Lane::big);
  add_rounds<Int128>(table, Lane::i128);
  add_rounds<Fraction64>(table, Lane::fraction64);
  add_round<std::int32_t, Int128>(table, Lane::i32, Lane::i128);
  add_round<std::int64_t, Int128>(table, Lane::i64, Lane::i128);
  add_big_round<std::int32_t>(table, Lane::i32);
  add_big_round<std::int64_t>(table, Lane::i64);
  add_big_round<Int128>(table, Lane::i128);
  add_big_round<Big>(table, Lane::big);
  add_conversions<std::int32_t>(table, Lane::i32);
  add_conversions<std::int64_t>(table, Lane::i64);
  add_conversions<Int128>(table, Lane::i128);
  table.convert[static_cast<unsigned>(Lane::fraction64)][static_cast<unsigned>(Lane::big)] = &convert_to_big<Fraction64>;
  add_from_big<std::int32_t>(table, Lane::i32);
  add_from_big<std::int64_t>(table, Lane::i64);
  add_from_big<Int128>(table, Lane::i128);
  table.convert[static_cast<unsigned>(Lane::big)][static_cast<unsigned>(Lane::fraction64)] = &convert_big_to_fraction;
  add_convert<std::int32_t, Int128>(table, Lane::i32, Lane::i128);
  add_convert<std::int64_t, Int128>(table, Lane::i64, Lane::i128);
  add_convert<Int128, Int128>(table, Lane::i128, Lane::i128);
  add_convert<Int128, std::int64_t>(table, Lane::i128, Lane::i64);
  add_convert<Int128, std::int32_t>(table, Lane::i128, Lane::i32);
}

}  // namespace quy::vm
