#pragma once
// What a word that does not fit was most likely meant to be: a keyword of the other language, one in capitals, one misspelt.

#include <optional>
#include <string>

#include "compiler/syntax/antlr/recogniser.h"
#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// tokens[at … at + count) read as one keyword.
struct Guess {
  int keyword = -1;       ///< -1: a plain name
  std::size_t count = 1;  ///< tokens taken
  TokenType type() const;
};

class Guesser {
 public:
  Guesser(const Tokens& tokens, const SourceText& source) : tokens_(tokens), source_(source) {}

  std::optional<Guess> foreign_keyword(std::size_t at) const;
  /// `Tiêu chí`, `TIÊU CHÍ`: a keyword of `allowed`, or else a name, but for its capitals.
  std::optional<Guess> capital(std::size_t at, const TypeSet& allowed) const;
  /// A keyword of `allowed` but for its tone marks, `_` for a space, or a letter or two.
  std::optional<Guess> misspelt(std::size_t at, const TypeSet& allowed) const;

  /// Any of the three, when it begins an item.
  std::optional<Guess> item_keyword(std::size_t at) const;

  /// The keyword with fewer words that a keyword of several begins with: `số` of `số ngày`.
  std::optional<Guess> first_part(std::size_t at, std::string* rest) const;

  // The messages, each with its fix.
  void report_foreign(std::size_t at, const Guess& guess, DiagnosticSink& diagnostics) const;
  void report_capital(std::size_t at, const Guess& guess, DiagnosticSink& diagnostics) const;
  void report_misspelt(std::size_t at, const Guess& guess, DiagnosticSink& diagnostics) const;

 private:
  /// The words from tokens_[at] on, with the token that each belongs to.
  struct Words {
    std::vector<std::string> text;
    std::vector<std::size_t> token;
  };
  Words words_from(std::size_t at, bool with_capitals) const;
  std::optional<Guess> longest(const Words& words, Language language, std::size_t at) const;
  Span span(std::size_t at, const Guess& guess) const;
  std::string text(std::size_t at, const Guess& guess) const;

  const Tokens& tokens_;
  const SourceText& source_;
};

/// The types of the keywords that begin an item.
TypeSet item_starts();

}  // namespace quy::syntax
