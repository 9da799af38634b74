#include "runtime/facts/json_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace quy::facts {
namespace {

constexpr auto kNeedsEscape = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = true;
  table['"'] = table['\\'] = table[0x7f] = true;
  return table;
}();

bool needs_escape(char c) { return kNeedsEscape[static_cast<unsigned char>(c)]; }

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto code = static_cast<unsigned char>(c);
  out += "\\u00";
  out += kHex[code >> 4U];
  out += kHex[code & 15U];
}

/// Eight bytes at a time: whether some byte is below 0x20, a quote, a backslash or 0x7f. May err towards yes.
bool may_need_escape(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U, kHighs = 0x8080808080808080U;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  const auto zero_byte = [](std::uint64_t w) { return (w - kOnes) & ~w & kHighs; };
  const std::uint64_t below_space = (word - kOnes * 0x20) & ~word & kHighs;
  return (below_space | zero_byte(word ^ (kOnes * '"')) | zero_byte(word ^ (kOnes * '\\')) | zero_byte(word ^ (kOnes * 0x7f))) != 0;
}

/// As most texts are.
bool needs_no_escape(std::string_view text) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  if (text.size() < kWord) return std::none_of(text.begin(), text.end(), needs_escape);
  for (std::size_t at = 0; at + kWord < text.size(); at += kWord)
    if (may_need_escape(text.data() + at)) return false;
  return !may_need_escape(text.data() + text.size() - kWord);
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  out += '"';
  if (needs_no_escape(text)) {
    out += text;
    out += '"';
    return;
  }
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (i + sizeof(std::uint64_t) <= text.size() && !may_need_escape(text.data() + i)) i += sizeof(std::uint64_t);
    if (i == text.size()) break;
    if (!needs_escape(text[i])) continue;
    out.append(text, written, i - written);
    append_escaped(out, text[i]);
    written = i + 1;
  }
  out.append(text, written, text.size() - written);
  out += '"';
}

JsonText& JsonText::string(std::string_view value) {
  separate();
  append_json(text_, value);
  return *this;
}

}  // namespace quy::facts
