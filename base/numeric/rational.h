#pragma once
// Exact numbers of the compiler and of the slow lane of the machine: rationals without bound. Nearly all of them have numerators and denominators
// of machine size and live in the object itself; the others are GMP's, on the heap.
//
// Nothing here rounds unless its name says so. Text forms follow the two languages: a comma or a point as decimal mark.

#include <gmpxx.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace quy {

using Integer = mpz_class;

/// How a value between two steps is resolved. `up` and the ties of `half_up` go away from zero, `down` and those of `half_down`
/// towards it; `ceiling` and `floor` go up and down the number line.
enum class Rounding : std::uint8_t { half_up, half_even, half_down, up, down, ceiling, floor };

class Rational {
 public:
  Rational() = default;
  Rational(std::int64_t value) : Rational(value, 1, Lowest{}) {}
  Rational(int value) : numerator_(value) {}
  explicit Rational(const Integer& value);
  /// Lowest terms are restored; the denominator must not be zero.
  Rational(const Integer& numerator, const Integer& denominator);
  Rational(std::int64_t numerator, std::int64_t denominator);

  Rational(const Rational& other) : numerator_(other.numerator_), denominator_(other.denominator_) {
    if (!is_small()) large_ = new mpq_class(*other.large_);
  }
  Rational(Rational&& other) noexcept : numerator_(other.numerator_), denominator_(other.denominator_) {
    other.forget();
  }
  Rational& operator=(const Rational& other) {
    if (this != &other) *this = Rational(other);
    return *this;
  }
  Rational& operator=(Rational&& other) noexcept {
    std::swap(numerator_, other.numerator_);
    std::swap(denominator_, other.denominator_);
    return *this;
  }
  ~Rational() {
    if (!is_small()) delete large_;
  }

  /// `12.5`, `-3`, `1e3`, `1/3`; nothing else. The mark is a point. Returns nothing for text that is not a number, and for an
  /// exponent beyond kLargestExponent either way, which is an attack on memory rather than a number.
  static std::optional<Rational> parse(std::string_view text);
  static constexpr int kLargestExponent = 9999;

  Integer numerator() const;
  Integer denominator() const;
  bool is_integer() const { return is_small() ? denominator_ == 1 : large_->get_den() == 1; }
  int sign() const { return is_small() ? (numerator_ > 0) - (numerator_ < 0) : sgn(*large_); }
  /// Numerator and denominator of machine size, when both are.
  struct Small {
    std::int64_t numerator, denominator;
  };
  std::optional<Small> small() const {
    return is_small() ? std::optional(Small{numerator_, denominator_}) : std::nullopt;
  }
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
  /// Cut off to a double, for programs that know nothing else.
  double cut_to_double() const { return to_gmp().get_d(); }

  Rational& operator+=(const Rational& other) { return *this = *this + other; }
  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  /// b must not be zero.
  friend Rational operator/(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a);
  friend bool operator==(const Rational& a, const Rational& b) {
    if (a.is_small() || b.is_small()) return a.numerator_ == b.numerator_ && a.denominator_ == b.denominator_;
    return *a.large_ == *b.large_;
  }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

 private:
  struct Lowest {};  ///< says that numerator and denominator have no factor in common

  Rational(std::int64_t numerator, std::int64_t denominator, Lowest);
  /// Of a value in lowest terms.
  explicit Rational(mpq_class value);

  bool is_small() const { return denominator_ != 0; }
  void forget() {
    numerator_ = 0;
    denominator_ = 1;
  }
  mpq_class to_gmp() const;

  /// What fits is small, so a value has one form. The least int64 is not counted as fitting: every small value can be negated.
  union {
    std::int64_t numerator_ = 0;
    mpq_class* large_;  ///< owned
  };
  std::int64_t denominator_ = 1;  ///< > 0, in lowest terms; 0: the value is in `large_`
};

/// 10^exponent, exactly, for negative exponents too.
Rational power_of_ten(int exponent);

}  // namespace quy
