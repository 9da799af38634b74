#pragma once
// JSON numbers, exactly: a token and a number of decimal digits give a scaled integer, or the reason why there is none.

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace quy::facts {

enum class DecimalFault : std::uint8_t { none, malformed, too_many_digits, too_large };

/// `scaled` becomes value × 10^digits, which must be an integer of 64 bits: with two digits `9.5` is 950, `9.50` and `95e-1` too, and
/// `9.555` has too many digits. `-0` is 0. Digits are 0 to 18.
DecimalFault parse_decimal(std::string_view token, int digits, std::int64_t& scaled);

/// What nearly every number in a record is: at most eight bytes of digits, perhaps with a mark among them, no sign, no exponent. `bytes`
/// are the eight that begin with the token, of which `size` belong to it. False: it is not like that, and parse_decimal() says what it is.
///
/// All digits are worked out at once, so that the time does not depend on how many there are.
inline bool parse_usual(std::uint64_t bytes, std::size_t size, int digits, std::int64_t& scaled) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHighBits = 0x80 * kOnes;
  if (size == 0 || size > sizeof bytes) return false;
  const unsigned unused = 64 - 8 * static_cast<unsigned>(size);
  bytes = bytes << unused >> unused;
  std::size_t whole = size;
  const std::uint64_t not_mark = bytes ^ ('.' * kOnes);
  const std::uint64_t mark = (not_mark - kOnes) & ~not_mark & kHighBits;
  if (mark != 0) {
    whole = static_cast<std::size_t>(std::countr_zero(mark)) / 8;
    if (whole == 0 || whole + 1 == size) return false;
    const std::uint64_t before = (std::uint64_t{1} << (8 * whole)) - 1;
    bytes = (bytes & before) | ((bytes >> 8) & ~before);
    --size;
  }
  const auto places = static_cast<int>(size - whole);
  if (places > digits || digits - places > 8 || (whole > 1 && (bytes & 0xff) == '0')) return false;
  // Zeros in front, then each byte less '0'; a byte that is no digit leaves a high bit somewhere.
  const unsigned shift = 64 - 8 * static_cast<unsigned>(size);
  std::uint64_t value = shift == 0 ? bytes : (bytes << shift) | (('0' * kOnes) >> (64 - shift));
  const std::uint64_t beyond_nine = value + (0x7f - '9') * kOnes;
  value -= '0' * kOnes;
  if (((beyond_nine | value) & kHighBits) != 0) return false;
  // Pairs of digits, then fours, then all eight.
  value = value * 10 + (value >> 8);
  constexpr std::uint64_t kPairs = 0x000000ff000000ffU;
  value = ((value & kPairs) * (100 + (std::uint64_t{1'000'000} << 32)) +
           ((value >> 16) & kPairs) * (1 + (std::uint64_t{10'000} << 32))) >>
          32;
  constexpr std::int64_t kPowers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
  scaled = static_cast<std::int64_t>(static_cast<std::uint32_t>(value)) * kPowers[digits - places];
  return true;
}
static_assert(std::endian::native == std::endian::little);

/// Whether the token is a number by RFC 8259.
bool is_json_number(std::string_view token);

/// 950 with two digits is "9.5".
std::string decimal_text(std::int64_t scaled, int digits);

}  // namespace quy::facts
