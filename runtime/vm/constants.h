#pragma once
// Constants of a plan as the kernels read them: elements of a lane, a block of 64 equal ones, lists of blocks.

#include <array>
#include <cstddef>
#include <deque>
#include <tuple>
#include <vector>

#include "runtime/vm/big.h"
#include "runtime/vm/lane.h"

namespace quy::vm {

/// Bytes of an element of a lane.
std::size_t element_size(Lane lane);
/// Whether integers of this magnitude, and one more, can be held.
bool fits(Lane lane, const Integer& magnitude);
/// The narrowest integer lane for the magnitude; `none` when there is none.
Lane integer_lane(const Integer& magnitude);
/// Whether the fraction lane can hold the number.
bool fits_fraction(const Rational& value);

/// Keeps what it hands out where it is, until it is destroyed.
class Constants {
 public:
  /// 64 times the value, as elements of the lane; `digits` for integer lanes, where value × 10^digits must be an integer that fits.
  const void* block(const Rational& value, Lane lane, int digits);
  /// Each value once, one after the other.
  const void* row(const std::vector<Rational>& values, Lane lane, int digits);
  const Rational* rational(const Rational& value);
  const Integer* integer(const Integer& value);
  const void* const* pointers(std::vector<const void*> blocks);

  template <class T>
  const T* keep(T value) {
    auto& kept = std::get<std::deque<T>>(parameters_);
    kept.push_back(std::move(value));
    return &kept.back();
  }
  template <class T>
  const T* keep_all(std::vector<T> values) {
    auto& kept = std::get<std::deque<std::vector<T>>>(runs_);
    kept.push_back(std::move(values));
    return kept.back().data();
  }

 private:
  std::deque<std::vector<std::byte>> plain_;
  std::deque<std::vector<Rational>> rationals_;
  std::deque<Integer> integers_;
  std::deque<std::vector<const void*>> pointers_;
  std::tuple<std::deque<RatioParameters>, std::deque<RoundParameters>, std::deque<RoundQuotientParameters>, std::deque<ColumnParameters>, std::deque<ConstantBlocks>,
             std::deque<ForceChain>, std::deque<SumParameters>>
      parameters_;
  std::tuple<std::deque<std::vector<Operand>>, std::deque<std::vector<std::uint32_t>>, std::deque<std::vector<std::uint8_t>>> runs_;
};

}  // namespace quy::vm
