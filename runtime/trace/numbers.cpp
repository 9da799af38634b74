#include "runtime/trace/numbers.h"

#include <algorithm>
#include <array>

namespace quy::trace {
namespace {

// A value that does not end is shortened to so many places for people: enough to read, and marked as not exact.
constexpr int kPlacesWhenRounded = 2;
constexpr int kMostPlaces = 38;  // digits of the largest __int128

/// Decimal digits of a number that is not negative, most significant first.
class Digits {
 public:
  explicit Digits(UnsignedWide value) {
    // Twice 64 bits are divided in software.
    for (; value > UINT64_MAX; value /= 10) buffer_[--first_] = static_cast<char>('0' + static_cast<int>(value % 10));
    fill(static_cast<std::uint64_t>(value));
  }
  std::string_view text() const { return {buffer_.data() + first_, buffer_.size() - first_}; }

 private:
  void fill(std::uint64_t value) {
    do {
      buffer_[--first_] = static_cast<char>('0' + static_cast<int>(value % 10));
      value /= 10;
    } while (value != 0);
  }
  std::array<char, 40> buffer_{};
  std::size_t first_ = buffer_.size();
};

/// Takes trailing zeros off the places after the mark.
template <class Unsigned>
void drop_zeros(Unsigned& value, int& places) {
  while (places > 0 && value % 10 == 0) {
    value /= 10;
    --places;
  }
}

void append_placed(std::string& out, std::string_view digits, int places) {
  const auto after = static_cast<std::size_t>(places);
  if (places == 0) {
    out += digits;
  } else if (digits.size() > after) {
    out += digits.substr(0, digits.size() - after);
    out += '.';
    out += digits.substr(digits.size() - after);
  } else {
    out += "0.";
    out.append(after - digits.size(), '0');
    out += digits;
  }
}

/// Groups the digits before the mark in threes: 1.234.567,5.
std::string grouped(std::string_view plain, Language language) {
  const char mark = language == Language::vi ? ',' : '.';
  const char group = language == Language::vi ? '.' : ',';
  std::string text;
  if (plain.starts_with('-')) {
    text = "−";
    plain.remove_prefix(1);
  }
  const std::size_t whole = std::min(plain.find('.'), plain.size());
  for (std::size_t i = 0; i < whole; ++i) {
    if (i != 0 && (whole - i) % 3 == 0) text += group;
    text += plain[i];
  }
  if (whole < plain.size()) {
    text += mark;
    text += plain.substr(whole + 1);
  }
  return text;
}

Rational rational_of(Wide value, int places) {
  const bool negative = value < 0;
  const auto magnitude = negative ? -static_cast<UnsignedWide>(value) : static_cast<UnsignedWide>(value);
  const Rational exact = Rational(Integer(std::string(Digits(magnitude).text()), 10)) * power_of_ten(-places);
  return negative ? -exact : exact;
}

constexpr int kMostSmallPlaces = 18;   // 2 × 10^18 × 2^63 fits 127 bits

UnsignedWide ten_to(int exponent) {
  UnsignedWide power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

/// Takes every factor `prime` out of `value`; returns how many there were.
int remove_factor(std::int64_t& value, std::int64_t prime) {
  int count = 0;
  for (; value % prime == 0; value /= prime) ++count;
  return count;
}

/// Places after which the decimal of a fraction in lowest terms ends; nothing when it never does.
std::optional<int> ending_places(std::int64_t denominator) {
  const int twos = remove_factor(denominator, 2), fives = remove_factor(denominator, 5);
  if (denominator != 1) return std::nullopt;
  return std::max(twos, fives);
}

bool append_small(std::string& out, Rational::Small value, int digits) {
  const std::optional<int> ends = ending_places(value.denominator);
  const bool exact = ends && *ends <= digits;
  const int places = exact ? *ends : digits;
  const bool negative = value.numerator < 0;
  const UnsignedWide magnitude = negative ? -static_cast<UnsignedWide>(value.numerator) : static_cast<UnsignedWide>(value.numerator);
  const auto denominator = static_cast<UnsignedWide>(value.denominator);
  // Half up; exact when the division is.
  const UnsignedWide scaled = (magnitude * ten_to(places) * 2 + denominator) / (denominator * 2);
  if (negative && scaled != 0) out += '-';
  append_placed(out, Digits(scaled).text(), places);
  return exact;
}

}  // namespace

bool append_decimal(std::string& out, const Rational& value, int digits) {
  const std::optional<Rational::Small> fraction = value.small();
  if (fraction && digits <= kMostSmallPlaces) return append_small(out, *fraction, digits);
  const std::optional<int> places = value.decimal_places(digits);
  out += value.print(places.value_or(digits));
  return places.has_value();
}

bool append_decimal(std::string& out, Wide value, int places, int digits) {
  const bool negative = value < 0;
  auto magnitude = negative ? -static_cast<UnsignedWide>(value) : static_cast<UnsignedWide>(value);
  int kept = places;
  if (magnitude <= UINT64_MAX) {
    auto narrow = static_cast<std::uint64_t>(magnitude);
    drop_zeros(narrow, kept);
    magnitude = narrow;
  } else {
    drop_zeros(magnitude, kept);
  }
  if (kept > digits || kept > kMostPlaces) return append_decimal(out, rational_of(value, places), digits);
  if (negative) out += '-';
  append_placed(out, Digits(magnitude).text(), kept);
  return true;
}

std::string fraction_text(const Rational& value) {
  if (const std::optional<Rational::Small> fraction = value.small()) {
    return std::to_string(fraction->numerator) + "/" + std::to_string(fraction->denominator);
  }
  return value.numerator().get_str() + "/" + value.denominator().get_str();
}

DisplayNumber display_number(const Rational& value, Language language, int digits) {
  std::string plain;
  const bool exact = append_decimal(plain, value, digits);
  if (!exact && digits > kPlacesWhenRounded) {
    plain.clear();
    append_decimal(plain, value, kPlacesWhenRounded);
  }
  return {grouped(plain, language), exact};
}

}  // namespace quy::trace
