#include "runtime/tabular/stored_number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <climits>

namespace quy::tabular {
namespace {

constexpr std::size_t kTypedDigits = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - from;
}

bool is_json_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = digits(text, at);
  if (whole == 0 || (whole > 1 && text[at] == '0')) return false;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t part = digits(text, at + 1);
    if (part == 0) return false;
    at += 1 + part;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t exponent = digits(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.size();
}

std::size_t significant_digits(std::string_view number) {
  std::size_t count = 0;
  for (const char c : number.substr(0, number.find_first_of("eE")))
    if (is_digit(c) && (count > 0 || c != '0')) ++count;
  return count;
}

}  // namespace

std::optional<std::string> stored_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::string number(text);
  if (number.starts_with('.')) number.insert(0, "0");
  if (!is_json_number(number)) return std::nullopt;
  if (significant_digits(number) <= kTypedDigits) return number;
  double binary = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), binary);
  if (read.ec != std::errc()) return number;
  std::array<char, 32> shortest{};
  const auto written = std::to_chars(shortest.data(), shortest.data() + shortest.size(), binary);
  const std::string_view typed(shortest.data(), static_cast<std::size_t>(written.ptr - shortest.data()));
  return significant_digits(typed) <= kTypedDigits ? std::string(typed) : number;
}

std::string times_hundred(std::string_view number) {
  const std::size_t mark = number.find_first_of("eE");
  if (mark == std::string_view::npos) return std::string(number) + "e2";
  std::string_view digits_of = number.substr(mark + 1);
  if (digits_of.starts_with('+')) digits_of.remove_prefix(1);
  int exponent = 0;
  const auto read = std::from_chars(digits_of.data(), digits_of.data() + digits_of.size(), exponent);
  // Beyond every field's range either way.
  if (read.ec != std::errc() || exponent > INT_MAX - 2) return std::string(number);
  return std::string(number.substr(0, mark)) + 'e' + std::to_string(exponent + 2);
}

}  // namespace quy::tabular
