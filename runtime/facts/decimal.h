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

/// Eight bytes of text as digits, all worked out at once, so that the time does not depend on how many there are.
class EightDigits {
 public:
  /// Reads eight bytes at `text`.
  explicit EightDigits(const char* text) {
    static_assert(std::endian::native == std::endian::little);
    std::memcpy(&bytes_, text, sizeof bytes_);
    bytes_ ^= kOnes * '0';
    // A digit is now 0 to 9; every other byte is given a high bit, without a carry into the next.
    others_ = (((bytes_ & ~kHighBits) + kOnes * (0x80 - 10)) | bytes_) & kHighBits;
  }
  bool all() const { return others_ == 0; }
  /// How many bytes are digits before the first that is not; not for all().
  unsigned count() const { return static_cast<unsigned>(std::countr_zero(others_)) / 8; }
  /// Of several digits the first is a zero. As one comparison, for a branch on that zero would be guessed wrong for every other number.
  bool has_leading_zero(unsigned count) const { return (bytes_ & 0xff) < static_cast<std::uint64_t>(count > 1); }
  /// The value of the first `count`, which are digits, and 1 to 8.
  std::uint64_t value(unsigned count) const { return value_of(bytes_, count); }
  /// How many digits follow the one byte behind the first `count` (1 to 7) that is none; 0 also when they may go on behind the eight.
  unsigned places(unsigned count) const {
    const std::uint64_t after = others_ & (others_ - 1);
    return after == 0 ? 0 : static_cast<unsigned>(std::countr_zero(after)) / 8 - count - 1;
  }
  /// The value of the first `count` and those `places` digits, as if nothing stood between them.
  std::uint64_t joined(unsigned count, unsigned places) const {
    const std::uint64_t before = (std::uint64_t{1} << 8 * count) - 1;
    return value_of((bytes_ & before) | (bytes_ >> 8 & ~before), count + places);
  }

 private:
  static std::uint64_t value_of(std::uint64_t bytes, unsigned count) {
    std::uint64_t value = bytes << (64 - 8 * count);
    // Pairs of digits, then fours, then all eight.
    value = value * 10 + (value >> 8);
    constexpr std::uint64_t kPairs = 0x000000ff000000ffU;
    value = ((value & kPairs) * (100 + (std::uint64_t{1'000'000} << 32)) + ((value >> 16) & kPairs) * (1 + (std::uint64_t{10'000} << 32))) >> 32;
    return static_cast<std::uint32_t>(value);
  }

  static constexpr std::uint64_t kOnes = 0x0101010101010101U, kHighBits = 0x80 * kOnes;
  std::uint64_t bytes_, others_;
};

/// A whole number of 8 to 15 digits, such as an amount in đồng; as parse_plain().
const char* parse_long(const char* text, int digits, std::int64_t& scaled);

inline constexpr std::int64_t kSmallPowers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000};

/// What nearly every number in a record is: up to seven figures before its mark and after (or parse_long()), no sign, no exponent. Returns where it
/// ends; nullptr when it is not like that, and parse_decimal() then says what it is. Up to 24 bytes are looked at.
[[gnu::always_inline]] inline const char* parse_plain(const char* text, int digits, std::int64_t& scaled) {
  constexpr int kMostDigits = 7;
  const EightDigits whole(text);
  if (whole.all()) return parse_long(text, digits, scaled);
  if (digits > kMostDigits) return nullptr;
  const unsigned count = whole.count();
  if (count == 0 || whole.has_leading_zero(count)) return nullptr;
  const char* const after = text + count;
  const bool has_mark = *after == '.';
  if (digits == 0 || !has_mark) {
    scaled = static_cast<std::int64_t>(whole.value(count)) * kSmallPowers[digits];
    return has_mark ? nullptr : after;
  }
  unsigned places = whole.places(count);
  if (places != 0) {
    if (static_cast<int>(places) > digits) return nullptr;
    scaled = static_cast<std::int64_t>(whole.joined(count, places)) * kSmallPowers[static_cast<unsigned>(digits) - places];
    return after + 1 + places;
  }
  const EightDigits fraction(after + 1);
  places = fraction.all() ? 0 : fraction.count();
  if (places == 0 || static_cast<int>(places) > digits) return nullptr;
  scaled = static_cast<std::int64_t>(whole.value(count)) * kSmallPowers[digits] +
           static_cast<std::int64_t>(fraction.value(places)) * kSmallPowers[static_cast<unsigned>(digits) - places];
  return after + 1 + places;
}

/// Whether the token is a number by RFC 8259.
bool is_json_number(std::string_view token);

/// 950 with two digits is "9.5".
std::string decimal_text(std::int64_t scaled, int digits);

}  // namespace quy::facts
