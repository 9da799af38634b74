#pragma once
// How points are earned in words: the lines that conditions alone do not say, for documents.

#include <vector>

#include "compiler/sema/typed.h"
#include "runtime/bytecode/module.h"

namespace quy::ir {

/// Rows of a table, levels to choose from, formulas, roundings and remarks of a criterion.
std::vector<bytecode::ScoringLine> scoring_lines(const sema::Pack& pack, const sema::Subject& subject,
                                                 const sema::Criterion& criterion);

/// A group's formula, and what it says of its members.
std::vector<bytecode::ScoringLine> group_lines(const sema::Pack& pack, const sema::Subject& subject,
                                               const sema::Group& group);

}  // namespace quy::ir
