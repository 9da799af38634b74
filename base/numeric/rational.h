#pragma once
// Exact numbers of the compiler and of the slow lane of the machine: rationals without bound, on GMP.
//
// Nothing here rounds unless its name says so. Text forms follow the two languages: a comma or a point as decimal mark.

#include <gmpxx.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quy {

using Integer = mpz_class;

/// How a value between two steps is resolved. `up` and the ties of `half_up` go away from zero, `down` and those of `half_down`
/// towards it; `ceiling` and `floor` go up and down the number line.
enum class Rounding : std::uint8_t { half_up, half_even, half_down, up, down, ceiling, floor };

class Rational {
 public:
  Rational() = default;
  Rational(std::int64_t value) : value_(static_cast<long>(value)) {}
  Rational(int value) : value_(value) {}
  explicit Rational(const Integer& value) : value_(value) {}
  /// Lowest terms are restored; the denominator must not be zero.
  Rational(const Integer& numerator, const Integer& denominator);

  /// `12.5`, `-3`, `1e3`, `1/3`; nothing else. The mark is a point. Returns nothing for text that is not a number, and for an
  /// exponent beyond kLargestExponent either way, which is an attack on memory rather than a number.
  static std::optional<Rational> parse(std::string_view text);
  static constexpr int kLargestExponent = 9999;

  Integer numerator() const { return value_.get_num(); }
  Integer denominator() const { return value_.get_den(); }
  bool is_integer() const { return value_.get_den() == 1; }
  int sign() const { return sgn(value_); }
  /// The least k ≥ 0 such that value × 10^k is an integer, or nothing when no k up to `limit` will do (1/3).
  std::optional<int> decimal_places(int limit = 34) const;
  /// The nearest multiple of `step` (> 0) under the given mode.
  Rational round_to(const Rational& step, Rounding mode) const;
  /// The largest integer not above the value.
  Integer floor() const;
  /// The smallest integer not below the value.
  Integer ceiling() const;
  /// The value when it is an integer that fits; used where a narrow machine number is wanted.
  std::optional<std::int64_t> to_int64() const;

  /// Exact decimal text when one exists ("12.5"), otherwise "n/d".
  std::string exact_text(char mark = '.') const;
  /// Text with `places` digits after the mark, rounded half up for print only.
  std::string print(int places, char mark = '.') const;
  const mpq_class& gmp() const { return value_; }

  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  /// b must not be zero.
  friend Rational operator/(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a);
  friend bool operator==(const Rational& a, const Rational& b) { return a.value_ == b.value_; }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

 private:
  explicit Rational(mpq_class value) : value_(std::move(value)) {}
  mpq_class value_;
};

/// 10^exponent, exactly, for negative exponents too.
Rational power_of_ten(int exponent);

}  // namespace quy
