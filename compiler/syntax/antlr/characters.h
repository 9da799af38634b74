#pragma once
// Characters that are no part of the language: reported here, with the one that was meant where that is plain.

#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// Reports every token that is no token, and look-alike letters inside words (Ð for Đ). A sign with one plain meaning becomes that sign; the
/// others are taken out. What was touched is marked as reported.
Tokens mend_characters(const Tokens& tokens, const SourceText& source, DiagnosticSink& diagnostics);

}  // namespace quy::syntax
