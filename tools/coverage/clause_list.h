#pragma once
// The clauses of a document, each with its citation: what a pack is held against by `quy coverage`.

#include <string>
#include <variant>
#include <vector>

#include "base/diagnostics/diagnostics.h"

namespace quy::tools {

struct ListedClause {
  std::string citation;   ///< `PL2.II.3.2.c`, as packs cite it
  std::string heading;    ///< title of what the clause stands under
};

/// Reads a TSV file with a first line that names its columns, among them `citation`, `parent_title` and `text`. Quotation marks mean
/// nothing. The message says what is wrong with the first bad line.
std::variant<std::vector<ListedClause>, Message> read_clause_list(const std::string& path);

}  // namespace quy::tools
