#include "base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace quy {
namespace {

using Codepoint = utf8proc_int32_t;

const utf8proc_uint8_t* as_bytes(const char* text) { return reinterpret_cast<const utf8proc_uint8_t*>(text); }

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Reads the code point at `offset` and moves past it. A byte that is no UTF-8 gives -1 and is passed alone.
Codepoint next_codepoint(std::string_view text, std::size_t& offset) {
  Codepoint codepoint = -1;
  const auto left = static_cast<utf8proc_ssize_t>(text.size() - offset);
  const utf8proc_ssize_t length = utf8proc_iterate(as_bytes(text.data() + offset), left, &codepoint);
  if (length <= 0) {
    ++offset;
    return -1;
  }
  offset += static_cast<std::size_t>(length);
  return codepoint;
}

void append(std::string& text, Codepoint codepoint) {
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t length = utf8proc_encode_char(codepoint, bytes);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

/// Runs utf8proc's mapping; text that is not UTF-8 comes back as it was.
std::string map_text(std::string_view text, int options) {
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(as_bytes(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                                               &mapped, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (length < 0) return std::string(text);
  return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length));
}

std::vector<Codepoint> decompose(std::string_view text) {
  const std::string nfd = map_text(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
  std::vector<Codepoint> codepoints;
  for (std::size_t offset = 0; offset < nfd.size();) codepoints.push_back(next_codepoint(nfd, offset));
  return codepoints;
}

// --- keyword spelling -------------------------------------------------------------------------------------------------------

/// A letter with its vowel marks (circumflex, breve, horn); the tone of the syllable stands apart.
struct Letter {
  Codepoint base = 0;
  std::vector<Codepoint> marks;
  Codepoint tone = 0;
};

bool is_tone(Codepoint c) { return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323; }
bool is_mark(Codepoint c) {
  const utf8proc_category_t category = utf8proc_category(c);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}
bool is_vowel(Codepoint c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }
bool is_plain(const Letter& letter, char base) { return letter.base == base && letter.marks.empty(); }

std::vector<Letter> letters_of(std::string_view word) {
  std::vector<Letter> letters;
  for (const Codepoint c : decompose(word)) {
    if (!letters.empty() && is_tone(c)) {
      letters.back().tone = c;
    } else if (!letters.empty() && is_mark(c)) {
      letters.back().marks.push_back(c);
    } else {
      letters.push_back({utf8proc_tolower(c), {}, 0});
    }
  }
  return letters;
}

/// `hóa`, `ủy`, `hòe` carry the tone on the first of two letters, `hoá`, `uỷ`, `hoè` on the second, which is the one agreed here.
void settle_tone(std::vector<Letter>& letters) {
  for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
    Letter& first = letters[i];
    Letter& second = letters[i + 1];
    const bool pair = (is_plain(first, 'o') && (is_plain(second, 'a') || is_plain(second, 'e'))) ||
                      (is_plain(first, 'u') && is_plain(second, 'y'));
    if (pair && first.tone != 0 && second.tone == 0) std::swap(first.tone, second.tone);
  }
}

/// Whether the vowel at `at`, the last letter of its word, is spelt y after the consonants before it: lý, kỳ, mỹ, hỷ, quý; but tỉ, sĩ.
bool spelt_with_y(const std::vector<Letter>& letters, std::size_t at) {
  const auto before = [&](std::size_t back) { return back <= at ? letters[at - back].base : 0; };
  if (before(1) == 'u') return before(2) == 'q';
  const bool single = !(before(2) >= 'a' && before(2) <= 'z');
  const Codepoint onset = before(1);
  return single && (onset == 'k' || onset == 'l' || onset == 'm' || onset == 'h');
}

/// i and y alone after a consonant are the same sound, and both are in use.
void settle_i_and_y(std::vector<Letter>& letters) {
  if (letters.size() < 2) return;
  const std::size_t last = letters.size() - 1;
  Letter& letter = letters[last];
  if (letter.tone == 0 || !(is_plain(letter, 'i') || is_plain(letter, 'y'))) return;
  const bool after_qu = last >= 2 && is_plain(letters[last - 1], 'u') && letters[last - 2].base == 'q';
  if (is_vowel(letters[last - 1].base) && !after_qu) return;
  letter.base = spelt_with_y(letters, last) ? 'y' : 'i';
}

std::string spell(const std::vector<Letter>& letters) {
  std::string text;
  for (const Letter& letter : letters) {
    append(text, letter.base);
    for (const Codepoint mark : letter.marks) append(text, mark);
    if (letter.tone != 0) append(text, letter.tone);
  }
  return to_nfc(text);
}

// --- ids --------------------------------------------------------------------------------------------------------------------

std::string fold_by_mapping(std::string_view name) {
  const std::string folded =
      map_text(name, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
  std::string id;
  for (std::size_t offset = 0; offset < folded.size();) {
    const std::size_t begin = offset;
    const Codepoint c = next_codepoint(folded, offset);
    // đ has no decomposition. Some keyboards give the Icelandic ð, which looks the same in capitals.
    if (c == 0x111 || c == 0xF0) {
      id += 'd';
    } else {
      id.append(folded, begin, offset - begin);
    }
  }
  return id;
}

/// The one ASCII character that a letter folds to, for the letters of which Vietnamese names are made; the mapping is asked once for each.
class FoldedLetters {
 public:
  /// 0 where the letter folds to something else, or is not among them.
  static char of(Codepoint c) {
    static const FoldedLetters letters;
    if (c >= kFirst && c < kLatinEnd) return letters.latin_[static_cast<std::size_t>(c)];
    return c >= kVietnamese && c < kVietnameseEnd ? letters.vietnamese_[static_cast<std::size_t>(c - kVietnamese)] : '\0';
  }

 private:
  static constexpr Codepoint kFirst = 0x20, kLatinEnd = 0x1B1, kVietnamese = 0x1EA0, kVietnameseEnd = 0x1EFA;

  FoldedLetters() {
    for (Codepoint c = kFirst; c < kLatinEnd; ++c) latin_[static_cast<std::size_t>(c)] = folded(c);
    for (Codepoint c = kVietnamese; c < kVietnameseEnd; ++c) vietnamese_[static_cast<std::size_t>(c - kVietnamese)] = folded(c);
  }

  static char folded(Codepoint c) {
    std::string letter;
    append(letter, c);
    const std::string folded = fold_by_mapping(letter);
    return folded.size() == 1 ? folded.front() : '\0';
  }

  std::array<char, kLatinEnd> latin_{};
  std::array<char, kVietnameseEnd - kVietnamese> vietnamese_{};
};

// --- printing ---------------------------------------------------------------------------------------------------------------

/// Characters that would change what a terminal shows around them.
bool is_unprintable(Codepoint c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
  return control || direction || c == 0x2028 || c == 0x2029;
}

// --- suggestions ------------------------------------------------------------------------------------------------------------

/// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours count one each.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> table((a.size() + 1) * width);
  const auto cell = [&](std::size_t i, std::size_t j) -> std::size_t& { return table[i * width + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) cell(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cell(0, j) = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = cell(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
      cell(i, j) = std::min({cell(i - 1, j) + 1, cell(i, j - 1) + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cell(i, j) = std::min(cell(i, j), cell(i - 2, j - 2) + 1);
    }
  }
  return cell(a.size(), b.size());
}

/// Longer words are not names that someone mistyped, and the table above grows with the product of the lengths.
constexpr std::size_t kLongestName = 200;

}  // namespace

bool is_utf8(std::string_view bytes, std::size_t* bad_offset) {
  for (std::size_t offset = 0; offset < bytes.size();) {
    if (static_cast<unsigned char>(bytes[offset]) < 0x80) {
      ++offset;
      continue;
    }
    const std::size_t begin = offset;
    if (next_codepoint(bytes, offset) < 0) {
      if (bad_offset) *bad_offset = begin;
      return false;
    }
  }
  return true;
}

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  return map_text(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string fold_id(std::string_view name) {
  std::string id;
  for (std::size_t offset = 0; offset < name.size();) {
    const Codepoint c = next_codepoint(name, offset);
    const char letter = FoldedLetters::of(c);
    if (letter == 0) return fold_by_mapping(name);
    id += letter;
  }
  return id;
}

std::string keyword_spelling(std::string_view word) {
  std::vector<Letter> letters = letters_of(word);
  settle_tone(letters);
  settle_i_and_y(letters);
  return spell(letters);
}

std::size_t next_grapheme(std::string_view text, std::size_t offset) {
  assert(offset < text.size());
  utf8proc_int32_t state = 0;
  Codepoint previous = next_codepoint(text, offset);
  while (offset < text.size()) {
    std::size_t after = offset;
    const Codepoint current = next_codepoint(text, after);
    if (previous < 0 || current < 0 || utf8proc_grapheme_break_stateful(previous, current, &state)) break;
    previous = current;
    offset = after;
  }
  return offset;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t end = next_grapheme(text, offset);
    int widest = 0;
    while (offset < end) {
      const Codepoint c = next_codepoint(text, offset);
      widest = std::max(widest, c < 0 ? 1 : utf8proc_charwidth(c));
    }
    width += static_cast<std::size_t>(widest);
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t begin = offset;
    const Codepoint c = next_codepoint(text, offset);
    if (c == '\n' || c == '\t' || c == '\r') {
      shown += ' ';
    } else if (c < 0 || is_unprintable(c)) {
      append(shown, 0xFFFD);
    } else {
      shown.append(text, begin, offset - begin);
    }
  }
  return shown;
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string folded = fold_id(word);
  if (folded.empty() || folded.size() > kLongestName) return std::nullopt;
  const std::string* best = nullptr;
  std::size_t best_distance = folded.size() / 3 + 1;
  for (const std::string& candidate : candidates) {
    const std::string other = fold_id(candidate);
    const std::size_t gap = other.size() > folded.size() ? other.size() - folded.size() : folded.size() - other.size();
    if (gap >= best_distance) continue;
    const std::size_t distance = edit_distance(folded, other);
    if (distance < best_distance) {
      best_distance = distance;
      best = &candidate;
    }
  }
  return best ? std::optional(*best) : std::nullopt;
}

}  // namespace quy
