#pragma once
// What the grammar makes of each token, for the formatter.

#include <vector>

#include "compiler/syntax/antlr/generated.h"
#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// Sets the roles of an item's tokens. `lexed` are the file's, comments among them; `tokens` those that the tree was made from.
void mark_roles(grammar::RuleParser::ItemContext* item, const Tokens& tokens, std::vector<LexedToken>& lexed);

}  // namespace quy::syntax
