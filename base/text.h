#pragma once
// Unicode text: normal form, folding of Vietnamese names to ASCII ids, grapheme clusters, widths, suggestions.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quy {

/// True when `bytes` is well-formed UTF-8; otherwise `bad_offset` (if given) is the first offending byte.
bool is_utf8(std::string_view bytes, std::size_t* bad_offset = nullptr);

/// Normal form C. The argument must be UTF-8.
std::string to_nfc(std::string_view text);

/// The ASCII id of a name: lower case, tone and vowel marks dropped, đ → d. `nhiệm_vụ` → `nhiem_vu`; `hoà` and `hòa` agree.
/// Dots and underscores stay. Works on NFC and NFD alike.
std::string fold_id(std::string_view name);

/// A canonical spelling of one word for keyword look-up: NFC, lower case, the tone mark moved to one agreed letter (hoá = hóa,
/// uỷ = ủy, khoá = khóa), and i or y as the party spells it (quí = quý, tỷ = tỉ, kì = kỳ). Words without a tone mark, English ones
/// among them, only change case. Never used for names or labels, only to recognise keywords.
std::string keyword_spelling(std::string_view word);

/// Offset just after the grapheme cluster that begins at `offset` (< text.size()): what a reader takes for one letter.
std::size_t next_grapheme(std::string_view text, std::size_t offset);

/// Terminal columns that the text takes.
std::size_t display_width(std::string_view text);

/// The text with what a terminal would obey instead of showing (control characters, direction overrides, bytes that are no UTF-8)
/// made visible or blank. Line breaks and tabs become one space.
std::string printable(std::string_view text);

/// The candidate nearest to `word` (edit distance over folded ids, at most a third of its length), for "did you mean".
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace quy
