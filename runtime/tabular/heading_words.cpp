#include "runtime/tabular/heading_words.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace quy::tabular {
namespace {

bool belongs_to_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80 || std::string_view(".[]=").find(c) != std::string_view::npos;
}

}  // namespace

std::string word_key(std::string_view text) {
  if (!is_utf8(text)) return {};
  std::string key;
  for (const char c : fold_id(text)) {
    if (belongs_to_word(c)) {
      key += c;
    } else if (!key.empty() && key.back() != '_') {
      key += '_';
    }
  }
  if (key.ends_with('_')) key.pop_back();
  return key;
}

bool is_record_heading_id(std::string_view text) { return text == "id" || text == "record"; }

bool is_record_heading(std::string_view text) {
  constexpr std::array<std::string_view, 6> kWords{"id", "record", "ma_ho_so", "ma_ban_ghi", "ho_so", "record_id"};
  constexpr std::size_t kLongest = 40;
  return text.size() <= kLongest && std::find(kWords.begin(), kWords.end(), word_key(text)) != kWords.end();
}

}  // namespace quy::tabular
