#pragma once
// The keyword phrases of grammar/keywords.def, and how runs of words are recognised as one.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/language.h"

namespace quy::syntax {

/// A row of keywords.def.
struct KeywordRow {
  std::string_view token;
  std::string_view vi;
  std::string_view en;
  std::string_view in(Language language) const { return language == Language::vi ? vi : en; }
};

inline constexpr KeywordRow kKeywordRows[] = {
#define QUY_KEYWORD(token, vi, en) {#token, vi, en},
#include "grammar/keywords.def"
#undef QUY_KEYWORD
};
inline constexpr int kKeywordCount = static_cast<int>(std::size(kKeywordRows));

/// The first row of a token, which holds the spelling that is written.
constexpr int keyword_row(std::string_view token) {
  for (int row = 0; row < kKeywordCount; ++row) {
    if (kKeywordRows[row].token == token) return row;
  }
  return -1;
}

/// Every phrase of one language as a trie over words. A word is looked up by keyword_spelling(), so tone-mark variants are one word.
class PhraseTable {
 public:
  static const PhraseTable& of(Language language);

  /// Words are numbered; one that occurs in no phrase is kNoWord.
  using WordId = int;
  static constexpr WordId kNoWord = -1;
  WordId word_id(std::string_view word) const;

  struct Match {
    int keyword = -1;       ///< first row of its token, -1: no phrase begins here
    std::size_t words = 0;  ///< how many words it takes
  };
  /// Every phrase that begins at words[from], the longest first.
  std::vector<Match> all(const std::vector<WordId>& words, std::size_t from) const;
  Match longest(const std::vector<WordId>& words, std::size_t from) const;

 private:
  explicit PhraseTable(Language language);
  void add(std::string_view phrase, int keyword);

  struct Node {
    std::unordered_map<WordId, std::size_t> next;
    int keyword = -1;
  };
  std::unordered_map<std::string, WordId> words_;
  std::vector<Node> nodes_{1};
};

/// The words of a phrase or of a plain text, split at white space.
std::vector<std::string_view> split_words(std::string_view text);

/// A keyword of one word, which the grammar's rule `softKeyword` takes for a name where nothing else fits.
bool is_soft_keyword(int keyword, Language language);

}  // namespace quy::syntax
