#pragma once
// Range analysis: what numbers each register of a subject can hold, worked out from the bounds of the fields alone.
//
// opcodes.def names a transfer function for each opcode; shape.cpp has one of that name. Whatever width a lane has is chosen from these
// shapes (lanes.h), so no number in a pack is trusted to be small.

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

#include "base/numeric/rational.h"
#include "runtime/bytecode/module.h"

namespace quy::vm {

/// Bounds of the parts of n/d, 1 ≤ d, as the fraction lane would hold the number: not in lowest terms.
struct FractionBound {
  Integer numerator;    ///< |n| at most
  Integer denominator;  ///< d at most
};

struct Shape {
  Rational low, high;                      ///< of the values; a missing number is one of these, or left out
  std::optional<int> digits;               ///< value × 10^digits is always an integer
  std::optional<FractionBound> fraction;   ///< nothing when it does not fit 64 bits
  std::uint64_t denominator_bits = 0;      ///< in lowest terms d ≤ 2^denominator_bits
  bool may_be_left_out = false;            ///< of Booleans too

  /// No positive value is smaller.
  Rational least_positive() const;
  /// The largest |value| × 10^places.
  Integer magnitude(int places) const;
};

/// A decimal with more digits than this is held as a fraction.
inline constexpr int kMostDecimalDigits = 36;
/// Texts are numbered from 0; no pool can hold more.
inline constexpr std::int64_t kMostTexts = std::int64_t{1} << 62;

/// Refusal of a subject whose numbers could grow beyond any memory (a product of products of products …).
class Unloadable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

Shape exact_shape(const Rational& value);
Shape field_shape(const bytecode::Module& module, const bytecode::Subject& subject, const bytecode::Field& field);
/// One shape a register; Booleans and levels have only may_be_left_out.
std::vector<Shape> analyse(const bytecode::Module& module, const bytecode::Subject& subject);

}  // namespace quy::vm
