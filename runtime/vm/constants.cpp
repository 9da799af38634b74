#include "runtime/vm/constants.h"

#include <cstring>
#include <limits>

namespace quy::vm {
namespace {

template <class T>
void append(std::vector<std::byte>& bytes, const T& value) {
  const std::size_t at = bytes.size();
  bytes.resize(at + sizeof(T));
  std::memcpy(bytes.data() + at, &value, sizeof(T));
}

void append_element(std::vector<std::byte>& bytes, const Rational& value, Lane lane, int digits) {
  if (lane == Lane::fraction64) {
    return append(bytes, Fraction64{value.numerator().get_si(), value.denominator().get_si()});
  }
  const Int128 scaled = to_int128((value * power_of_ten(digits)).numerator());
  if (lane == Lane::i32) return append(bytes, static_cast<std::int32_t>(scaled));
  if (lane == Lane::i64) return append(bytes, static_cast<std::int64_t>(scaled));
  append(bytes, scaled);
}

Integer power_of_two(unsigned exponent) {
  Integer power;
  mpz_setbit(power.get_mpz_t(), exponent);
  return power;
}

}  // namespace

std::size_t element_size(Lane lane) {
  switch (lane) {
    case Lane::none: return 0;
    case Lane::i32: return sizeof(std::int32_t);
    case Lane::i64: return sizeof(std::int64_t);
    case Lane::i128: return sizeof(Int128);
    case Lane::fraction64: return sizeof(Fraction64);
    case Lane::big: return sizeof(Rational);
  }
  return 0;
}

bool fits(Lane lane, const Integer& magnitude) {
  // Two less than the lane's end: a bound plus one, and the negative of a bound, must fit as well.
  static const Integer limits[] = {power_of_two(31) - 2, power_of_two(63) - 2, power_of_two(127) - 2};
  switch (lane) {
    case Lane::i32: return magnitude <= limits[0];
    case Lane::i64: return magnitude <= limits[1];
    case Lane::i128: return magnitude <= limits[2];
    case Lane::big: return true;
    default: return false;
  }
}

Lane integer_lane(const Integer& magnitude) {
  for (const Lane lane : {Lane::i32, Lane::i64, Lane::i128}) {
    if (fits(lane, magnitude)) return lane;
  }
  return Lane::none;
}

bool fits_fraction(const Rational& value) { return value.numerator().fits_slong_p() && value.denominator().fits_slong_p(); }

const void* Constants::block(const Rational& value, Lane lane, int digits) {
  if (lane == Lane::big) return rationals_.emplace_back(kBlock, value).data();
  // Worked out once and copied: a pack has many constants, and exact arithmetic is what loading it costs.
  std::vector<std::byte> element;
  append_element(element, value, lane, digits);
  std::vector<std::byte>& kept = plain_.emplace_back(element.size() * kBlock);
  for (std::size_t i = 0; i < kBlock; ++i) std::memcpy(kept.data() + i * element.size(), element.data(), element.size());
  return kept.data();
}

const void* Constants::row(const std::vector<Rational>& values, Lane lane, int digits) {
  if (lane == Lane::big) {
    std::vector<Rational>& kept = rationals_.emplace_back();
    for (const Rational& value : values) kept.push_back(value);
    return kept.data();
  }
  std::vector<std::byte>& kept = plain_.emplace_back();
  for (const Rational& value : values) append_element(kept, value, lane, digits);
  return kept.data();
}

const Rational* Constants::rational(const Rational& value) { return rationals_.emplace_back(1, value).data(); }

const Integer* Constants::integer(const Integer& value) { return &integers_.emplace_back(value); }

const void* const* Constants::pointers(std::vector<const void*> blocks) { return pointers_.emplace_back(std::move(blocks)).data(); }

}  // namespace quy::vm
