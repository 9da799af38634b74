#pragma once
// JSON numbers, exactly: a token and a number of decimal digits give a scaled integer, or the reason why there is none.

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace quy::facts {

enum class DecimalFault : std::uint8_t { none, malformed, too_many_digits, too_large };

/// `scaled` becomes value × 10^digits, which must be an integer of 64 bits: with two digits `9.5` is 950, `9.50` and `95e-1` too, and
/// `9.555` has too many digits. `-0` is 0. Digits are 0 to 18.
DecimalFault parse_decimal(std::string_view token, int digits, std::int64_t& scaled);

/// A number up to this may be multiplied by 10^8.
inline constexpr std::int64_t kMostWhole = 10'000'000'000;

/// Eight bytes of text as digits, all worked out at once, so that the time does not depend on how many there are.
class EightDigits {
 public:
  /// Reads eight bytes at `text`.
  explicit EightDigits(const char* text) {
    static_assert(std::endian::native == std::endian::little);
    std::memcpy(&bytes_, text, sizeof bytes_);
    bytes_ ^= kOnes * '0';
    // A digit is now 0 to 9; every other byte is given a high bit, without a carry into the next.
    const std::uint64_t others = (((bytes_ & ~kHighBits) + kOnes * (0x80 - 10)) | bytes_) & kHighBits;
    count_ = others == 0 ? 8 : static_cast<unsigned>(std::countr_zero(others)) / 8;
  }
  /// How many bytes are digits before the first that is not.
  unsigned count() const { return count_; }
  bool begins_with_zero() const { return (bytes_ & 0xff) == 0; }
  /// Their value; 0 when there are none.
  std::uint64_t value() const {
    if (count_ == 0) return 0;
    std::uint64_t value = bytes_ << (64 - 8 * count_);
    // Pairs of digits, then fours, then all eight.
    value = value * 10 + (value >> 8);
    constexpr std::uint64_t kPairs = 0x000000ff000000ffU;
    value = ((value & kPairs) * (100 + (std::uint64_t{1'000'000} << 32)) + ((value >> 16) & kPairs) * (1 + (std::uint64_t{10'000} << 32))) >> 32;
    return static_cast<std::uint32_t>(value);
  }

 private:
  static constexpr std::uint64_t kOnes = 0x0101010101010101U, kHighBits = 0x80 * kOnes;
  std::uint64_t bytes_;
  unsigned count_;
};

/// What nearly every number in a record is: at most 16 digits, perhaps with up to seven after a mark, no sign, no exponent. Returns where it
/// ends; nullptr when it is not like that, and parse_decimal() then says what it is. Up to 32 bytes are looked at.
[[gnu::always_inline]] inline const char* parse_usual(const char* text, int digits, std::int64_t& scaled) {
  constexpr std::int64_t kPowers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
  const EightDigits first(text);
  if (first.count() == 0 || (first.count() > 1 && first.begins_with_zero())) return nullptr;
  auto value = static_cast<std::int64_t>(first.value());
  text += first.count();
  if (first.count() == 8) {
    const EightDigits second(text);
    if (second.count() == 8) return nullptr;
    value = value * kPowers[second.count()] + static_cast<std::int64_t>(second.value());
    text += second.count();
  }
  int places = 0;
  if (*text == '.') {
    const EightDigits fraction(text + 1);
    if (fraction.count() == 0 || fraction.count() == 8) return nullptr;
    places = static_cast<int>(fraction.count());
    if (places > digits || value > kMostWhole) return nullptr;
    value = value * kPowers[places] + static_cast<std::int64_t>(fraction.value());
    text += 1 + fraction.count();
  }
  if (digits - places > 8 || (digits > places && value > kMostWhole)) return nullptr;
  scaled = value * kPowers[digits - places];
  return text;
}

/// Whether the token is a number by RFC 8259.
bool is_json_number(std::string_view token);

/// 950 with two digits is "9.5".
std::string decimal_text(std::int64_t scaled, int digits);

}  // namespace quy::facts
