#include "compiler/syntax/antlr/recovery.h"

namespace quy::syntax {

bool Recovery::take_out_mistake(Tokens& tokens, std::size_t at) {
  ++errors_;
  const Token& token = tokens[std::min(at, tokens.size() - 1)];
  diagnostics_.report(source_.span(token), Diag::unexpected_token, {source_.text_of(token), "?"});
  return false;
}

}  // namespace quy::syntax
