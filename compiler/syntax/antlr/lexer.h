#pragma once
// Bytes to words, numbers, strings and signs, by the generated lexer.

#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// Every token of the text, comments included, keywords not yet recognised. Never fails: what is no token has kind `unknown`.
Tokens read_tokens(std::string_view text);

}  // namespace quy::syntax
