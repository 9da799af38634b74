#pragma once
// Sixteen bytes of text at a time. What is read beyond an end must be there (json_cursor.h, kPadding) and is not looked at.

#include <bit>
#include <cstdint>
#include <cstring>

namespace quy::facts {

#ifdef __SSE2__
/// One bit a byte: where the 16 bytes at `a` and `b` are the same.
inline std::uint32_t equal_bytes(const char* a, const char* b) {
  typedef char Bytes __attribute__((vector_size(16)));
  Bytes first, second;
  std::memcpy(&first, a, sizeof first);
  std::memcpy(&second, b, sizeof second);
  return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(first == second));
}
#endif

/// How many bytes stand before the first quote of the `kBytes` at `at`, which are 16 or 32; `kBytes` when there is none.
template <std::size_t kBytes>
std::size_t bytes_before_quote(const char* at) {
#ifdef __SSE2__
  static constexpr char kQuotes[16] = {'"', '"', '"', '"', '"', '"', '"', '"', '"', '"', '"', '"', '"', '"', '"', '"'};
  std::uint64_t quotes = equal_bytes(at, kQuotes);
  if constexpr (kBytes > 16) quotes |= std::uint64_t{equal_bytes(at + 16, kQuotes)} << 16;
  return static_cast<std::size_t>(std::countr_zero(quotes | std::uint64_t{1} << kBytes));
#else
  const void* const quote = std::memchr(at, '"', kBytes);
  return quote == nullptr ? kBytes : static_cast<std::size_t>(static_cast<const char*>(quote) - at);
#endif
}

/// The first byte from `at` on that is not simply part of a JSON string: its quote, a backslash or a control character; or `end`.
inline const char* end_of_plain(const char* at, const char* end) {
#ifdef __SSE2__
  typedef unsigned char Bytes __attribute__((vector_size(16)));
  typedef char Packed __attribute__((vector_size(16)));
  for (; at < end; at += sizeof(Bytes)) {
    Bytes bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    const auto special = (bytes == '"') | (bytes == '\\') | (bytes < ' ');
    const auto bits = static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<Packed>(special)));
    if (bits != 0) {
      at += __builtin_ctz(bits);
      return at < end ? at : end;
    }
  }
  return end;
#else
  while (at < end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= ' ') ++at;
  return at;
#endif
}

/// The first of { } [ ] and the quote from `at` on; or `end`.
inline const char* next_bracket_or_quote(const char* at, const char* end) {
#ifdef __SSE2__
  typedef char Bytes __attribute__((vector_size(16)));
  for (; at < end; at += sizeof(Bytes)) {
    Bytes bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    const Bytes folded = bytes & static_cast<char>(~0x20);   // { and [ differ in this bit only, as } and ] do
    const auto found = (folded == '[') | (folded == ']') | (bytes == '"');
    const auto bits = static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<Bytes>(found)));
    if (bits != 0) {
      at += __builtin_ctz(bits);
      return at < end ? at : end;
    }
  }
  return end;
#else
  while (at < end && *at != '{' && *at != '}' && *at != '[' && *at != ']' && *at != '"') ++at;
  return at;
#endif
}

}  // namespace quy::facts
