#pragma once
// Text between items that belongs to none.

#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// Reports one message for a run of tokens outside every item. `block_end` is the `}` just before it, if any.
void report_stray(const Tokens& tokens, const Token* block_end, const SourceText& source, DiagnosticSink& diagnostics);

}  // namespace quy::syntax
