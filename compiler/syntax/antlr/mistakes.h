#pragma once
// A syntax mistake in words.

#include <vector>

#include "compiler/syntax/antlr/guesses.h"
#include "compiler/syntax/antlr/recogniser.h"
#include "compiler/syntax/antlr/statements.h"
#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// Everything known about a place where an item stops being one.
struct Mistake {
  const Tokens& tokens;
  std::size_t at = 0;                ///< the token that cannot stand where it does; tokens.size() at the end of the item
  /// The grammar's state before tokens[at], tokens[at - 1], … kLookBack of them.
  std::vector<Recogniser> before;
  std::optional<Block> block;        ///< the innermost block of statements around it
  bool at_boundary = false;          ///< tokens[at] begins the next statement, closes the block, or is the end: what is before stops too early

  static constexpr std::size_t kLookBack = 4;
};

/// Reports it: one message, as plain as can be guessed.
void report_mistake(const Mistake& mistake, const SourceText& source, DiagnosticSink& diagnostics);

}  // namespace quy::syntax
