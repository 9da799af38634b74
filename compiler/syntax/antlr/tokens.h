#pragma once
// Tokens on their way from the lexer to the parser, free of ANTLR's own classes.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/language.h"
#include "base/source.h"
#include "compiler/syntax/parse.h"

namespace quy::syntax {

using TokenKind = LexedToken::Kind;

/// A token type of the grammar, as the generated lexer numbers them.
using TokenType = std::size_t;

struct Token {
  TokenType type = 0;
  TokenKind kind = TokenKind::unknown;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  int keyword = -1;            ///< row in keywords.def
  bool first_on_line = false;  ///< nothing but white space before it; only error recovery looks at this
  std::uint32_t indent = 0;    ///< bytes between the line's start and its first token
  bool reported = false;       ///< a message about it has been given, so a syntax error around it says nothing new
};
using Tokens = std::vector<Token>;

/// What every stage inside this folder knows about the file.
struct SourceText {
  FileId file = kNoFile;
  std::string_view text;
  Language language = Language::vi;

  Span span(const Token& token) const { return {file, token.begin, token.end}; }
  std::string_view text_of(const Token& token) const { return text.substr(token.begin, token.end - token.begin); }
};

}  // namespace quy::syntax
