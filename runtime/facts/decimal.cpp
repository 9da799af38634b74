#include "runtime/facts/decimal.h"

#include <algorithm>
#include <array>
#include <limits>

namespace quy::facts {
namespace {

constexpr std::size_t kFastDigits = 18;  // that many always fit 64 bits
constexpr std::size_t kMostDigits = 19;  // no 64-bit integer has more
constexpr std::int64_t kMostExponent = 1'000'000'000;

constexpr auto kPowers = [] {
  std::array<std::int64_t, kFastDigits + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A number's text taken apart: whole.fraction e exponent.
struct Parts {
  bool negative = false;
  std::string_view whole, fraction;
  std::int64_t exponent = 0;  ///< held within ± kMostExponent
};

std::string_view take_digits(std::string_view& rest) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
  const std::string_view digits = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(digits.size());
  return digits;
}

bool take(std::string_view& rest, char c) {
  if (!rest.starts_with(c)) return false;
  rest.remove_prefix(1);
  return true;
}

bool take_exponent(std::string_view& rest, std::int64_t& exponent) {
  const bool negative = take(rest, '-');
  if (!negative) take(rest, '+');
  const std::string_view digits = take_digits(rest);
  for (const char c : digits) exponent = std::min(kMostExponent, exponent * 10 + (c - '0'));
  if (negative) exponent = -exponent;
  return !digits.empty();
}

bool split(std::string_view token, Parts& parts) {
  parts.negative = take(token, '-');
  parts.whole = take_digits(token);
  if (parts.whole.empty() || (parts.whole.size() > 1 && parts.whole.front() == '0')) return false;
  if (take(token, '.')) {
    parts.fraction = take_digits(token);
    if (parts.fraction.empty()) return false;
  }
  if ((take(token, 'e') || take(token, 'E')) && !take_exponent(token, parts.exponent)) return false;
  return token.empty();
}

/// The general case: any length, any exponent, without making a number longer than 64 bits.
DecimalFault from_parts(const Parts& parts, int digits, std::int64_t& scaled) {
  std::string all(parts.whole);
  all += parts.fraction;
  std::int64_t exponent = parts.exponent - static_cast<std::int64_t>(parts.fraction.size());
  while (!all.empty() && all.back() == '0') {
    all.pop_back();
    ++exponent;
  }
  const std::string_view significant = std::string_view(all).substr(std::min(all.find_first_not_of('0'), all.size()));
  scaled = 0;
  if (significant.empty()) return DecimalFault::none;
  const std::int64_t zeros = exponent + digits;
  if (zeros < 0) return DecimalFault::too_many_digits;
  if (zeros > static_cast<std::int64_t>(kMostDigits) ||
      significant.size() + static_cast<std::size_t>(zeros) > kMostDigits) {
    return DecimalFault::too_large;
  }
  __extension__ using Wide = unsigned __int128;
  Wide magnitude = 0;
  for (const char c : significant) magnitude = magnitude * 10 + static_cast<unsigned>(c - '0');
  for (std::int64_t i = 0; i < zeros; ++i) magnitude *= 10;
  if (magnitude > static_cast<Wide>(std::numeric_limits<std::int64_t>::max())) return DecimalFault::too_large;
  scaled = static_cast<std::int64_t>(magnitude);
  if (parts.negative) scaled = -scaled;
  return DecimalFault::none;
}

DecimalFault parse_slowly(std::string_view token, int digits, std::int64_t& scaled) {
  Parts parts;
  return split(token, parts) ? from_parts(parts, digits, scaled) : DecimalFault::malformed;
}

/// Digits at [at, size) added to `value`; `at` moves past them. At most kFastDigits in all keep it within 64 bits.
void add_digits(std::string_view token, std::size_t& at, std::int64_t& value) {
  while (at < token.size() && is_digit(token[at])) value = value * 10 + (token[at++] - '0');
}

}  // namespace

const char* parse_long(const char* text, int digits, std::int64_t& scaled) {
  constexpr unsigned kFirst = 8;
  const EightDigits first(text), second(text + kFirst);
  if (digits != 0 || !first.all() || second.all() || first.has_leading_zero(kFirst)) return nullptr;
  const unsigned more = second.count();
  scaled = static_cast<std::int64_t>(first.value(kFirst)) * kPowers[more] + static_cast<std::int64_t>(more == 0 ? 0 : second.value(more));
  const char* const end = text + kFirst + more;
  return *end == '.' ? nullptr : end;
}

DecimalFault parse_decimal(std::string_view token, int digits, std::int64_t& scaled) {
  if (token.size() > kFastDigits) return parse_slowly(token, digits, scaled);
  const bool negative = token.starts_with('-');
  const std::size_t begin = negative ? 1 : 0;
  std::size_t at = begin;
  std::int64_t value = 0;
  add_digits(token, at, value);
  const bool leading_zero = at - begin > 1 && token[begin] == '0';
  if (at == begin || leading_zero) return DecimalFault::malformed;
  std::size_t places = 0;
  if (at < token.size() && token[at] == '.') {
    const std::size_t mark = at++;
    add_digits(token, at, value);
    places = at - mark - 1;
    if (places == 0) return DecimalFault::malformed;
  }
  // An exponent, a figure that only fits after trailing zeros are gone, or no number at all.
  const auto wanted = static_cast<std::size_t>(digits);
  if (at != token.size() || places > wanted || at - begin + wanted - places > kFastDigits)
    return parse_slowly(token, digits, scaled);
  value *= kPowers[wanted - places];
  scaled = negative ? -value : value;
  return DecimalFault::none;
}

bool is_json_number(std::string_view token) {
  Parts parts;
  return split(token, parts);
}

std::string decimal_text(std::int64_t scaled, int digits) {
  const bool negative = scaled < 0;
  const auto magnitude = negative ? ~static_cast<std::uint64_t>(scaled) + 1 : static_cast<std::uint64_t>(scaled);
  std::string text = std::to_string(magnitude);
  const auto places = static_cast<std::size_t>(digits);
  if (places > 0) {
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    text.insert(text.size() - places, 1, '.');
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return negative ? "-" + text : text;
}

}  // namespace quy::facts
