#pragma once

#include <vector>

#include "analysis/theorems/theorem.h"

namespace quy::tools {

/// A record with nothing but its head, not closed, goes through the reader, which is where presumptions act, and the machine: each criterion
/// that can add points may still have none. There is just one such record, so running it settles the statements.
std::vector<analysis::Statement> points_without_evidence(const analysis::Inquiry& inquiry);

}  // namespace quy::tools
