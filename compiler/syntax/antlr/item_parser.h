#pragma once
// One item's tokens through the generated parser.

#include <memory>

#include "compiler/syntax/antlr/generated.h"
#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// A parser over a copy of an item's tokens. Token indexes of the parse tree are indexes into that vector.
class ItemParser {
 public:
  explicit ItemParser(const Tokens& tokens);

  /// The parse tree, or nothing when the tokens are no item. It lives as long as this object.
  grammar::RuleParser::ItemContext* parse();

  /// After a failed parse: the token that no continuation of the ones before it allows; tokens.size() at the end.
  std::size_t error_token() const { return error_token_; }

  /// The grammar as ANTLR's transition network.
  const antlr4::atn::ATN& network() const { return parser_.getATN(); }

 private:
  grammar::RuleParser::ItemContext* attempt(antlr4::atn::PredictionMode mode);

  antlr4::ListTokenSource source_;
  antlr4::CommonTokenStream stream_;
  grammar::RuleParser parser_;
  std::size_t error_token_ = 0;
};

}  // namespace quy::syntax
