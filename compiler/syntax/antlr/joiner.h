#pragma once
// Runs of words to keyword tokens, as grammar/keywords.def says: longest match over whole words, across white space and comments. A
// shorter phrase is taken where the longest cannot be followed by what comes next.

#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/syntax/antlr/tokens.h"
#include "compiler/syntax/keywords.h"

namespace quy::syntax {

/// The grammar's token type for a row of keywords.def.
TokenType keyword_type(int keyword);

/// Looks words up once per distinct spelling, because finding the keyword spelling of a word is slow.
class WordIds {
 public:
  explicit WordIds(Language language) : table_(PhraseTable::of(language)) {}
  PhraseTable::WordId operator()(std::string_view word);
  /// One id per token; kNoWord for what is neither a word nor `/`.
  std::vector<PhraseTable::WordId> of(const Tokens& tokens, std::string_view text);

 private:
  const PhraseTable& table_;
  std::unordered_map<std::string_view, PhraseTable::WordId> known_;
};

/// The language of the first keyword that begins an item; Vietnamese when there is none.
Language find_language(const Tokens& words, std::string_view text);

/// Joins `words` (as read_tokens gives them). A comment inside a phrase comes after it.
Tokens join_keywords(const Tokens& words, const SourceText& source);

}  // namespace quy::syntax
