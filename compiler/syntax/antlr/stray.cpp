#include "compiler/syntax/antlr/stray.h"

#include "base/text.h"
#include "compiler/syntax/antlr/guesses.h"
#include "compiler/syntax/keywords.h"

namespace quy::syntax {
namespace {

/// A declaration whose first keyword was not recognised.
bool report_unrecognised(const Tokens& tokens, const SourceText& source, DiagnosticSink& diagnostics) {
  const Guesser guesser(tokens, source);
  const TypeSet starts = item_starts();
  if (const auto foreign = guesser.foreign_keyword(0); foreign && starts.test(foreign->type())) {
    guesser.report_foreign(0, *foreign, diagnostics);
  } else if (const auto capital = guesser.capital(0, starts)) {
    guesser.report_capital(0, *capital, diagnostics);
  } else if (const auto misspelt = guesser.misspelt(0, starts)) {
    guesser.report_misspelt(0, *misspelt, diagnostics);
  } else {
    return false;
  }
  return true;
}

}  // namespace

void report_stray(const Tokens& tokens, const Token* block_end, const SourceText& source, DiagnosticSink& diagnostics) {
  const Token& first = tokens.front();
  if (first.reported || report_unrecognised(tokens, source, diagnostics)) return;
  const auto keyword = [&](std::string_view token) { return keyword_text(keyword_row(token), source.language); };
  Diagnostic& diagnostic = diagnostics.report(source.span(first), Diag::outside_every_item,
                                              {printable(source.text_of(first)), keyword("SUBJECT"), keyword("RATING"), keyword("TEST")});
  if (block_end != nullptr) diagnostic.label(source.span(*block_end), {"khai báo trước kết thúc ở đây", "the declaration before ended here"});
}

}  // namespace quy::syntax
