#pragma once
// What happens after a failed parse of an item: the mistake is put into words, and the smallest statement that holds it is taken out.

#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

class Recovery {
 public:
  Recovery(const SourceText& source, DiagnosticSink& diagnostics) : source_(source), diagnostics_(diagnostics) {}

  /// Reports the mistake at tokens[at] (or at the end) and removes its statement from `tokens`. False when nothing is left to parse.
  bool take_out_mistake(Tokens& tokens, std::size_t at);

  std::size_t errors() const { return errors_; }

 private:
  const SourceText& source_;
  DiagnosticSink& diagnostics_;
  std::size_t errors_ = 0;
};

}  // namespace quy::syntax
