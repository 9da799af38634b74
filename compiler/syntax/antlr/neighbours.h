#pragma once
// Which token may directly follow which, anywhere in the grammar. The joiner uses it where words can be cut into keywords in two ways:
// `5 điểm trừ khi` is `điểm` and `trừ khi`, not `điểm trừ` and `khi`.

#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// Keywords are taken as keywords here: where one stands for a name, ask for WORD.
bool may_follow(TokenType first, TokenType second);

}  // namespace quy::syntax
