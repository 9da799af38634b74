#include "tools/lint/spelling.h"

#include <array>
#include <utility>

namespace quy::lint {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// Ends of syllables: the tone moves to the second letter.
constexpr std::array<Pair, 37> kEnds{{
    {"óa", "oá"}, {"òa", "oà"}, {"ỏa", "oả"}, {"õa", "oã"}, {"ọa", "oạ"}, {"óe", "oé"}, {"òe", "oè"}, {"ỏe", "oẻ"}, {"õe", "oẽ"}, {"ọe", "oẹ"},
    {"úy", "uý"}, {"ùy", "uỳ"}, {"ủy", "uỷ"}, {"ũy", "uỹ"}, {"ụy", "uỵ"}, {"Úy", "Uý"}, {"Ùy", "Uỳ"}, {"Ủy", "Uỷ"}, {"Ũy", "Uỹ"}, {"Ụy", "Uỵ"},
    {"Óa", "Oá"}, {"Òa", "Oà"}, {"Ỏa", "Oả"}, {"Õa", "Oã"}, {"Ọa", "Oạ"}, {"ÓA", "OÁ"}, {"ÒA", "OÀ"}, {"ỎA", "OẢ"}, {"ÕA", "OÃ"}, {"ỌA", "OẠ"},
    {"ÚY", "UÝ"}, {"ÙY", "UỲ"}, {"ỦY", "UỶ"}, {"ŨY", "UỸ"}, {"ỤY", "UỴ"}, {"ÓE", "OÉ"}, {"ÒE", "OÈ"},
}};

/// Whole words.
constexpr std::array<Pair, 12> kWords{{
    {"tỷ lệ", "tỉ lệ"},
    {"Tỷ lệ", "Tỉ lệ"},
    {"TỶ LỆ", "TỈ LỆ"},
    {"kì", "kỳ"},
    {"Kì", "Kỳ"},
    {"quí", "quý"},
    {"Quí", "Quý"},
    {"lí do", "lý do"},
    {"Lí do", "Lý do"},
    {"kĩ", "kỹ"},
    {"Kĩ", "Kỹ"},
    {"lí luận", "lý luận"},
}};

/// Whether the byte belongs to a letter; punctuation outside ASCII begins with E2.
bool is_letter(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  return byte != 0xE2;
}

bool after_letter(std::string_view text, std::size_t at) {
  while (at > 0) {
    --at;
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0) != 0x80) return is_letter(text, at);
  }
  return false;
}

const Pair* match(std::string_view text, std::size_t at) {
  for (const Pair& pair : kEnds)
    if (text.substr(at).starts_with(pair.first) && !is_letter(text, at + pair.first.size())) return &pair;
  if (after_letter(text, at)) return nullptr;
  for (const Pair& pair : kWords)
    if (text.substr(at).starts_with(pair.first) && !is_letter(text, at + pair.first.size())) return &pair;
  return nullptr;
}

}  // namespace

std::string party_spelling(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    if (const Pair* pair = match(text, at)) {
      result += pair->second;
      at += pair->first.size();
    } else {
      result += text[at++];
    }
  }
  return result;
}

}  // namespace quy::lint
