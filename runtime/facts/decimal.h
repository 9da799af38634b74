#pragma once
// JSON numbers, exactly: a token and a number of decimal digits give a scaled integer, or the reason why there is none.

#include <cstdint>
#include <string>
#include <string_view>

namespace quy::facts {

enum class DecimalFault : std::uint8_t { none, malformed, too_many_digits, too_large };

/// `scaled` becomes value × 10^digits, which must be an integer of 64 bits: with two digits `9.5` is 950, `9.50` and `95e-1` too, and
/// `9.555` has too many digits. `-0` is 0. Digits are 0 to 18.
DecimalFault parse_decimal(std::string_view token, int digits, std::int64_t& scaled);

/// Whether the token is a number by RFC 8259.
bool is_json_number(std::string_view token);

/// 950 with two digits is "9.5".
std::string decimal_text(std::int64_t scaled, int digits);

}  // namespace quy::facts
