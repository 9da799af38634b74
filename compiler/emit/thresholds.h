#pragma once
// The thresholds of conditions, as `quy list` prints them: comparator, number, unit and period of each comparison with a constant.

#include <string>
#include <vector>

#include "compiler/sema/typed.h"

namespace quy::emit {

/// Appends every comparison with a constant inside the condition; each is given all of `clauses`' first id.
void append_thresholds(const sema::Pack& pack, const sema::Subject& subject, sema::ExprId condition, const std::vector<std::string>& clauses,
                       std::vector<bytecode::Threshold>& out);

/// A formula in ids: `van_ban_dat / van_ban`.
std::string formula_in_ids(const sema::Pack& pack, const sema::Subject& subject, sema::ExprId id);

}  // namespace quy::emit
