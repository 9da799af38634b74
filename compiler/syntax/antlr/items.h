#pragma once
// Brackets, and the cut of a file into items that are parsed one by one.

#include <vector>

#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// Whether a keyword of this type begins an item of the grammar.
bool is_item_start(TokenType type);

/// The tokens of one item.
struct ItemTokens {
  Tokens tokens;
  bool sound = true;  ///< false: its brackets are wrong or too deep, which has been reported, and it is not parsed
};

/// Cuts a file's tokens (without comments) into items at nesting depth 0, and reports brackets that do not match, nesting beyond
/// the limit, and text that belongs to no item.
std::vector<ItemTokens> cut_into_items(const Tokens& tokens, const SourceText& source, DiagnosticSink& diagnostics);

}  // namespace quy::syntax
