#include "base/numeric/rational.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>

namespace quy {
namespace {

__extension__ typedef __int128 Wide;

bool fits(Wide value) {
  return value <= std::numeric_limits<std::int64_t>::max() && value >= -std::numeric_limits<std::int64_t>::max();
}
bool fits(const Integer& value) {
  return value.fits_slong_p() && value.get_si() != std::numeric_limits<std::int64_t>::min();
}

/// Of two small numbers that are not both 0.
std::int64_t common(std::int64_t a, std::int64_t b) { return std::gcd(a, b); }

/// Numerator and denominator > 0 in lowest terms, if they fit.
using Terms = std::optional<Rational::Small>;
Terms terms(Wide numerator, Wide denominator) {
  if (!fits(numerator) || !fits(denominator)) return std::nullopt;
  return Rational::Small{static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator)};
}

// Sum and product of small rationals by the rules that keep every number small: Knuth, The Art of Computer Programming, volume 2, 4.5.1. No
// intermediate exceeds 127 bits.

Terms sum(const Rational::Small& a, const Rational::Small& b) {
  const std::int64_t shared = a.denominator == b.denominator ? a.denominator : common(a.denominator, b.denominator);
  const std::int64_t of_a = a.denominator / shared, of_b = b.denominator / shared;
  const Wide numerator = Wide{a.numerator} * of_b + Wide{b.numerator} * of_a;
  if (shared == 1) return terms(numerator, Wide{a.denominator} * b.denominator);
  const std::int64_t left = common(static_cast<std::int64_t>(numerator % shared), shared);
  return terms(numerator / left, Wide{of_a} * (b.denominator / left));
}

Terms product(const Rational::Small& a, const Rational::Small& b) {
  const std::int64_t first = common(a.numerator, b.denominator), second = common(b.numerator, a.denominator);
  return terms(Wide{a.numerator / first} * (b.numerator / second),
               Wide{a.denominator / second} * (b.denominator / first));
}

/// Of a number that is not 0.
Rational::Small reciprocal(const Rational::Small& a) {
  return a.numerator < 0 ? Rational::Small{-a.denominator, -a.numerator} : Rational::Small{a.denominator, a.numerator};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Integer ten_to(unsigned exponent) {
  Integer power;
  mpz_ui_pow_ui(power.get_mpz_t(), 10, exponent);
  return power;
}

Integer floor_of(const mpq_class& value) {
  Integer quotient;
  mpz_fdiv_q(quotient.get_mpz_t(), value.get_num_mpz_t(), value.get_den_mpz_t());
  return quotient;
}

/// Whether a value that lies strictly between the integers `below` and `below + 1` goes to the upper one. `tie` compares its
/// fraction with one half.
bool goes_up(const Integer& below, std::strong_ordering tie, Rounding mode) {
  const bool negative = sgn(below) < 0;
  switch (mode) {
    case Rounding::ceiling: return true;
    case Rounding::floor: return false;
    case Rounding::up: return !negative;
    case Rounding::down: return negative;
    case Rounding::half_up: return tie > 0 || (tie == 0 && !negative);
    case Rounding::half_down: return tie > 0 || (tie == 0 && negative);
    case Rounding::half_even: return tie > 0 || (tie == 0 && mpz_odd_p(below.get_mpz_t()) != 0);
  }
  return false;
}

Integer round_to_integer(const mpq_class& value, Rounding mode) {
  Integer below = floor_of(value);
  const mpq_class fraction = value - below;
  if (sgn(fraction) == 0) return below;
  const int against_half = cmp(fraction, mpq_class(1, 2));
  if (goes_up(below, against_half <=> 0, mode)) below += 1;
  return below;
}

/// The integer `digits`, read as having `places` digits after the mark.
std::string place_mark(const Integer& digits, int places, char mark) {
  std::string text = Integer(abs(digits)).get_str();
  if (places > 0) {
    const auto after = static_cast<std::size_t>(places);
    if (text.size() <= after) text.insert(0, after + 1 - text.size(), '0');
    text.insert(text.size() - after, 1, mark);
  }
  return sgn(digits) < 0 ? "-" + text : text;
}

/// Reads a number's text from left to right.
class NumberReader {
 public:
  explicit NumberReader(std::string_view text) : rest_(text) {}

  std::optional<Rational> read() {
    const bool negative = take('-');
    std::optional<Rational> value = magnitude();
    if (!value || !rest_.empty()) return std::nullopt;
    return negative ? -*value : *value;
  }

 private:
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// The digits here, possibly none.
  std::string_view digits() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_digit);
    const auto count = static_cast<std::size_t>(end - rest_.begin());
    const std::string_view found = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return found;
  }

  std::optional<Rational> magnitude() {
    std::string all(digits());
    if (all.empty()) return std::nullopt;
    if (take('/')) return fraction(all);
    int places = 0;
    if (take('.')) {
      const std::string_view after = digits();
      if (after.empty() || after.size() > kMostDigits) return std::nullopt;
      all += after;
      places = static_cast<int>(after.size());
    }
    const std::optional<int> shift = exponent();
    if (!shift) return std::nullopt;
    return Rational(Integer(all, 10)) * power_of_ten(*shift - places);
  }

  std::optional<Rational> fraction(const std::string& numerator) {
    const std::string_view below = digits();
    if (below.empty()) return std::nullopt;
    const Integer denominator(std::string(below), 10);
    if (denominator == 0) return std::nullopt;
    return Rational(Integer(numerator, 10), denominator);
  }

  /// The exponent, 0 when there is none, nothing when it is malformed or too large.
  std::optional<int> exponent() {
    if (!take('e') && !take('E')) return 0;
    const bool negative = take('-');
    if (!negative) take('+');
    const std::string_view found = digits();
    if (found.empty()) return std::nullopt;
    int value = 0;
    for (const char c : found) {
      value = value * 10 + (c - '0');
      if (value > Rational::kLargestExponent) return std::nullopt;
    }
    return negative ? -value : value;
  }

  // Far beyond any limit on what is read; keeps the count of places within an int.
  static constexpr std::size_t kMostDigits = 100'000'000;
  std::string_view rest_;
};

}  // namespace

Rational::Rational(std::int64_t numerator, std::int64_t denominator, Lowest)
    : numerator_(numerator), denominator_(denominator) {
  if (numerator == std::numeric_limits<std::int64_t>::min())
    *this = Rational(mpq_class(Integer(static_cast<long>(numerator)), Integer(static_cast<long>(denominator))));
}

Rational::Rational(mpq_class value) {
  if (fits(value.get_num()) && fits(value.get_den())) {
    numerator_ = value.get_num().get_si();
    denominator_ = value.get_den().get_si();
  } else {
    large_ = new mpq_class(std::move(value));
    denominator_ = 0;
  }
}

Rational::Rational(const Integer& value) : Rational(mpq_class(value)) {}

Rational::Rational(const Integer& numerator, const Integer& denominator) {
  assert(denominator != 0);
  mpq_class value(numerator, denominator);
  value.canonicalize();
  *this = Rational(std::move(value));
}

Rational::Rational(std::int64_t numerator, std::int64_t denominator) {
  if (!fits(numerator) || !fits(denominator) || denominator <= 0) {
    *this = Rational(Integer(static_cast<long>(numerator)), Integer(static_cast<long>(denominator)));
    return;
  }
  const std::int64_t shared = common(numerator, denominator);
  numerator_ = numerator / shared;
  denominator_ = denominator / shared;
}

mpq_class Rational::to_gmp() const {
  return is_small() ? mpq_class(Integer(static_cast<long>(numerator_)), Integer(static_cast<long>(denominator_)))
                    : *large_;
}

Integer Rational::numerator() const { return is_small() ? Integer(static_cast<long>(numerator_)) : large_->get_num(); }
Integer Rational::denominator() const {
  return is_small() ? Integer(static_cast<long>(denominator_)) : large_->get_den();
}

std::optional<Rational> Rational::parse(std::string_view text) { return NumberReader(text).read(); }

std::optional<int> Rational::decimal_places(int limit) const {
  // A fraction in lowest terms ends exactly when its denominator is 2^a 5^b, after max(a, b) places.
  if (is_integer() && limit >= 0) return 0;
  Integer rest = denominator();
  Integer without;
  const auto twos = mpz_remove(without.get_mpz_t(), rest.get_mpz_t(), Integer(2).get_mpz_t());
  const auto fives = mpz_remove(rest.get_mpz_t(), without.get_mpz_t(), Integer(5).get_mpz_t());
  const auto places = std::max(twos, fives);
  if (rest != 1 || limit < 0 || places > static_cast<mp_bitcnt_t>(limit)) return std::nullopt;
  return static_cast<int>(places);
}

Rational Rational::round_to(const Rational& step, Rounding mode) const {
  assert(step.sign() > 0);
  return Rational(round_to_integer((*this / step).to_gmp(), mode)) * step;
}

Integer Rational::floor() const { return floor_of(to_gmp()); }

Integer Rational::ceiling() const { return -floor_of(-to_gmp()); }

std::optional<std::int64_t> Rational::to_int64() const {
  static_assert(sizeof(long) == sizeof(std::int64_t));
  if (!is_integer()) return std::nullopt;
  if (is_small()) return numerator_;
  if (!large_->get_num().fits_slong_p()) return std::nullopt;
  return large_->get_num().get_si();
}

std::string Rational::exact_text(char mark) const {
  const std::optional<int> places = decimal_places();
  return places ? print(*places, mark) : to_gmp().get_str();
}

std::string Rational::print(int places, char mark) const {
  const mpq_class scaled = to_gmp() * ten_to(static_cast<unsigned>(std::max(places, 0)));
  return place_mark(round_to_integer(scaled, Rounding::half_up), places, mark);
}

Rational operator+(const Rational& a, const Rational& b) {
  if (a.is_small() && b.is_small())
    if (const Terms small = sum(*a.small(), *b.small()))
      return {small->numerator, small->denominator, Rational::Lowest{}};
  return Rational(mpq_class(a.to_gmp() + b.to_gmp()));
}

Rational operator*(const Rational& a, const Rational& b) {
  if (a.is_small() && b.is_small())
    if (const Terms small = product(*a.small(), *b.small()))
      return {small->numerator, small->denominator, Rational::Lowest{}};
  return Rational(mpq_class(a.to_gmp() * b.to_gmp()));
}

Rational operator-(const Rational& a) {
  if (a.is_small()) return {-a.numerator_, a.denominator_, Rational::Lowest{}};
  return Rational(mpq_class(-*a.large_));
}

Rational operator-(const Rational& a, const Rational& b) {
  if (a.is_small() && b.is_small())
    if (const Terms small = sum(*a.small(), {-b.numerator_, b.denominator_}))
      return {small->numerator, small->denominator, Rational::Lowest{}};
  return Rational(mpq_class(a.to_gmp() - b.to_gmp()));
}

Rational operator/(const Rational& a, const Rational& b) {
  assert(b.sign() != 0);
  if (a.is_small() && b.is_small())
    if (const Terms small = product(*a.small(), reciprocal(*b.small())))
      return {small->numerator, small->denominator, Rational::Lowest{}};
  return Rational(mpq_class(a.to_gmp() / b.to_gmp()));
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
  if (a.is_small() && b.is_small()) return Wide{a.numerator_} * b.denominator_ <=> Wide{b.numerator_} * a.denominator_;
  return cmp(a.to_gmp(), b.to_gmp()) <=> 0;
}

Rational power_of_ten(int exponent) {
  constexpr int kMostSmall = 18;
  const int magnitude = exponent < 0 ? -exponent : exponent;
  if (magnitude <= kMostSmall) {
    std::int64_t power = 1;
    for (int i = 0; i < magnitude; ++i) power *= 10;
    return exponent < 0 ? Rational(1, power) : Rational(power);
  }
  const Integer power = ten_to(static_cast<unsigned>(exponent < 0 ? -exponent : exponent));
  return exponent < 0 ? Rational(Integer(1), power) : Rational(power);
}

}  // namespace quy
