#include "runtime/trace/numbers.h"

#include <algorithm>
#include <array>

namespace quy::trace {
namespace {

constexpr int kMostPlaces = 38;  // digits of the largest __int128

/// Decimal digits of a number that is not negative, most significant first.
class Digits {
 public:
  explicit Digits(UnsignedWide value) {
    do {
      buffer_[--first_] = static_cast<char>('0' + static_cast<int>(value % 10));
      value /= 10;
    } while (value != 0);
  }
  std::string_view text() const { return {buffer_.data() + first_, buffer_.size() - first_}; }

 private:
  std::array<char, 40> buffer_{};
  std::size_t first_ = buffer_.size();
};

/// Takes trailing zeros off the places after the mark.
void drop_zeros(UnsignedWide& value, int& places) {
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

}  // namespace

bool append_decimal(std::string& out, const Rational& value, int digits) {
  const std::optional<int> places = value.decimal_places(digits);
  out += value.print(places.value_or(digits));
  return places.has_value();
}

bool append_decimal(std::string& out, Wide value, int places, int digits) {
  const bool negative = value < 0;
  auto magnitude = negative ? -static_cast<UnsignedWide>(value) : static_cast<UnsignedWide>(value);
  int kept = places;
  drop_zeros(magnitude, kept);
  if (kept > digits || kept > kMostPlaces) return append_decimal(out, rational_of(value, places), digits);
  if (negative) out += '-';
  append_placed(out, Digits(magnitude).text(), kept);
  return true;
}

std::string fraction_text(const Rational& value) {
  return value.numerator().get_str() + "/" + value.denominator().get_str();
}

DisplayNumber display_number(const Rational& value, Language language, int digits) {
  const std::optional<int> places = value.decimal_places(digits);
  // A value that does not end is shortened to two places: enough to read, and marked as not exact.
  const std::string plain = value.print(places.value_or(std::min(digits, 2)));
  return {grouped(plain, language), places.has_value()};
}

}  // namespace quy::trace
