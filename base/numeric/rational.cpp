#include "base/numeric/rational.h"

#include <algorithm>
#include <cassert>

namespace quy {
namespace {

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

Rational::Rational(const Integer& numerator, const Integer& denominator) : value_(numerator, denominator) {
  assert(denominator != 0);
  value_.canonicalize();
}

std::optional<Rational> Rational::parse(std::string_view text) { return NumberReader(text).read(); }

std::optional<int> Rational::decimal_places(int limit) const {
  // A fraction in lowest terms ends exactly when its denominator is 2^a 5^b, after max(a, b) places.
  Integer rest = value_.get_den();
  Integer without;
  const auto twos = mpz_remove(without.get_mpz_t(), rest.get_mpz_t(), Integer(2).get_mpz_t());
  const auto fives = mpz_remove(rest.get_mpz_t(), without.get_mpz_t(), Integer(5).get_mpz_t());
  const auto places = std::max(twos, fives);
  if (rest != 1 || limit < 0 || places > static_cast<mp_bitcnt_t>(limit)) return std::nullopt;
  return static_cast<int>(places);
}

Rational Rational::round_to(const Rational& step, Rounding mode) const {
  assert(step.sign() > 0);
  return Rational(round_to_integer(value_ / step.value_, mode)) * step;
}

Integer Rational::floor() const { return floor_of(value_); }

Integer Rational::ceiling() const { return -floor_of(-value_); }

std::optional<std::int64_t> Rational::to_int64() const {
  static_assert(sizeof(long) == sizeof(std::int64_t));
  if (!is_integer() || !value_.get_num().fits_slong_p()) return std::nullopt;
  return value_.get_num().get_si();
}

std::string Rational::exact_text(char mark) const {
  const std::optional<int> places = decimal_places();
  return places ? print(*places, mark) : value_.get_str();
}

std::string Rational::print(int places, char mark) const {
  const mpq_class scaled = value_ * ten_to(static_cast<unsigned>(std::max(places, 0)));
  return place_mark(round_to_integer(scaled, Rounding::half_up), places, mark);
}

Rational operator+(const Rational& a, const Rational& b) { return Rational(mpq_class(a.value_ + b.value_)); }
Rational operator-(const Rational& a, const Rational& b) { return Rational(mpq_class(a.value_ - b.value_)); }
Rational operator*(const Rational& a, const Rational& b) { return Rational(mpq_class(a.value_ * b.value_)); }
Rational operator-(const Rational& a) { return Rational(mpq_class(-a.value_)); }

Rational operator/(const Rational& a, const Rational& b) {
  assert(b.sign() != 0);
  return Rational(mpq_class(a.value_ / b.value_));
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) { return cmp(a.value_, b.value_) <=> 0; }

Rational power_of_ten(int exponent) {
  const Integer power = ten_to(static_cast<unsigned>(exponent < 0 ? -exponent : exponent));
  return exponent < 0 ? Rational(Integer(1), power) : Rational(power);
}

}  // namespace quy
