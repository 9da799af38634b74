#pragma once
// Rounding to a step, and conversions between lanes and scales. Included by each kernel file (see blocks.h).

#include "runtime/vm/kernels/blocks.h"
#include "runtime/vm/kernels/table.h"

namespace quy::vm {
namespace {

// ---------------------------------------------------------------- rounding

inline std::int64_t numerator_of(std::int32_t value) { return value; }
inline std::int64_t numerator_of(std::int64_t value) { return value; }
inline Int128 numerator_of(Int128 value) { return value; }
inline std::int64_t numerator_of(const Fraction64& value) { return value.n; }
template <class T>
inline std::int64_t denominator_of(const T&) { return 1; }
inline std::int64_t denominator_of(const Fraction64& value) { return value.d; }

/// The numbers of RoundParameters in the width of the intermediates.
template <class Middle>
struct Rounder {
  Middle multiplier, bias, offset, divisor, step;
  explicit Rounder(const RoundParameters& p)
      : multiplier(static_cast<Middle>(p.multiplier)), bias(static_cast<Middle>(p.bias)), offset(static_cast<Middle>(p.offset)),
        divisor(static_cast<Middle>(p.divisor)), step(static_cast<Middle>(p.step)) {}

  template <class T>
  Middle operator()(const T& value) const {
    const Middle n = static_cast<Middle>(numerator_of(value)), d = static_cast<Middle>(denominator_of(value));
    const Middle q = ((n < 0 ? -n : n) * multiplier + d * bias + offset) / (d * divisor) * step;
    return n < 0 ? -q : q;
  }
};

/// One result for each block, the planes those of the operand.
template <class T>
void copy_planes(NumberSlot& out, const Input<T>& in, std::uint32_t words) {
  out.values = in.values();
  if (out.values) return;
  for (std::uint32_t w = 0; w < words; ++w) {
    out.known[w] = in.known(w);
    out.left_out[w] = in.left_out(w);
  }
}

template <class T, class Middle, class Result>
void round(const Frame& frame, const Step& step) {
  Input<T> in(frame, step.operands[0], 0);
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  const Rounder<Middle> rounded(*static_cast<const RoundParameters*>(step.parameters));
  copy_planes(out, in, extent.words);
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint32_t rows = rows_in_block<T>(extent, w);
    Result* low = block_of<Result>(out.low, w);
    const T* from_low = in.low(w, rows);
    for (std::uint32_t i = 0; i < rows; ++i) low[i] = static_cast<Result>(rounded(from_low[i]));
    if (known_word(out, w) == kAllRows) continue;
    Result* high = block_of<Result>(out.high, w);
    const T* from_high = in.high(w, rows);
    for (std::uint32_t i = 0; i < rows; ++i) high[i] = static_cast<Result>(rounded(from_high[i]));
  }
}

template <class T, class Result>
void add_round(Kernels& table, Lane lane, Lane result) {
  const auto from = static_cast<unsigned>(lane), to = static_cast<unsigned>(result);
  table.round[from][to] = &round<T, std::int64_t, Result>;
  table.round_wide[from][to] = &round<T, Int128, Result>;
}

// ---------------------------------------------------------------- rounded quotients

/// The whole quotient of two whole numbers below 2^53 by the divider of doubles: for n ≥ 0 and d > 0 the double quotient, cut off, is
/// q = ⌊n ÷ d⌋. It could only be wrong by reaching q + 1 where n ÷ d does not. Then n ÷ d ≤ q + 1 − 1/d would have to be within half a unit
/// in the last place below q + 1, which is 2^(e−53) for the e with 2^e < q + 1 ≤ 2^(e+1). But 2^e ≤ q (or ½ when q = 0), so
/// d 2^e ≤ n < 2^53 (or d/2 < 2^53), and 1/d is the wider gap. A negative n ends at `least`, which is not negative.
template <class T>
void round_quotient_block(std::int32_t* __restrict out, const T* n, const T* d, const RoundQuotientParameters& p) {
  const double multiplier = p.multiplier, bias = p.bias, offset = p.offset, divisor = p.divisor, least = p.least, most = p.most;
  const std::int32_t units = p.units;
  for (unsigned i = 0; i < kBlock; ++i) {
    const T positive = d[i] < 1 ? T(1) : d[i];
    const double over = static_cast<double>(positive);
    double steps = (static_cast<double>(n[i]) * multiplier + over * bias + offset) / (over * divisor);
    steps = steps < least ? least : steps;
    steps = steps > most ? most : steps;
    out[i] = static_cast<std::int32_t>(steps) * units;
  }
}

template <class T>
void round_quotient(const Frame& frame, const Step& step) {
  Input<T> n(frame, step.operands[0], 0), d(frame, step.operands[1], 1);
  NumberSlot& out = frame.numbers[step.result];
  const Extent& extent = frame.domains[step.domain];
  const auto& parameters = *static_cast<const RoundQuotientParameters*>(step.parameters);
  std::uint64_t plain = kAllRows;
  for (std::uint32_t w = 0; w < extent.words; ++w) {
    const std::uint64_t counted = row_mask(extent, w);
    const StrictPlanes planes = strict(n, d, w);
    const T *nl = n.low(w, kBlock), *dl = d.low(w, kBlock);
    const std::uint64_t perhaps_zero = below(dl, T(1), kBlock) & counted;
    if (planes.known == kAllRows) {
      out.known[w] = kAllRows;
      out.left_out[w] = planes.left_out | perhaps_zero;
      round_quotient_block(block_of<std::int32_t>(out.low, w), nl, dl, parameters);
    } else {
      const T *nh = n.high(w, kBlock), *dh = d.high(w, kBlock);
      out.known[w] = planes.known | (below(dh, T(1), kBlock) & counted);
      out.left_out[w] = planes.left_out | perhaps_zero;
      round_quotient_block(block_of<std::int32_t>(out.low, w), nl, dh, parameters);
      round_quotient_block(block_of<std::int32_t>(out.high, w), nh, dl, parameters);
    }
    plain &= out.known[w] & ~out.left_out[w];
  }
  out.values = plain == kAllRows;
}

template <class T>
void add_round_quotient(Kernels& table, Lane lane) {
  table.round_quotient[static_cast<unsigned>(lane)] = &round_quotient<T>;
}

// ---------------------------------------------------------------- conversion

template <class From, class To>
void convert_integer(void* out, const void* in, const Operand& operand, std::uint32_t) {
  const From* from = static_cast<const From*>(in);
  To* __restrict to = static_cast<To*>(out);
  const To factor = static_cast<To>(operand.factor);
  for (std::uint32_t i = 0; i < kBlock; ++i) to[i] = static_cast<To>(static_cast<To>(from[i]) * factor);
}

template <class From, class To>
void add_convert(Kernels& table, Lane from, Lane to) {
  table.convert[static_cast<unsigned>(from)][static_cast<unsigned>(to)] = &convert_integer<From, To>;
}

}  // namespace
}  // namespace quy::vm
