#include "compiler/syntax/antlr/stray.h"

namespace quy::syntax {

void report_stray(const Tokens& tokens, const Token* block_end, const SourceText& source, DiagnosticSink& diagnostics) {
  Diagnostic& d = diagnostics.report(source.span(tokens.front()), Diag::outside_every_item, {source.text_of(tokens.front()), "đối tượng", "xếp loại", "bảng"});
  if (block_end) d.label(source.span(*block_end), {"khai báo trước kết thúc ở đây", "the declaration before ended here"});
}

}  // namespace quy::syntax
