#pragma once
// Legal references: shape, known documents, and the one spelling that results and clauses.tsv share.

#include "compiler/sema/pack_scope.h"
#include "compiler/sema/report.h"

namespace quy::sema {

/// The clauses as results print them: without a prefix for the framework's first document, with the document's id for others. Wrong ones
/// are reported and left out.
Clauses read_clauses(const Context& context, const syntax::Citations& citations, Reporter& report);
std::optional<std::string> read_clause(const Context& context, const syntax::Citation& citation, Reporter& report);
/// The same clause, or a part of it: `D11.4` covers `D11.4.2.c`.
bool covers(const std::string& wider, const std::string& clause);

}  // namespace quy::sema
