#pragma once
// The rules of a rating, over a stated total: which ones changed, and whether any record is rated otherwise for it.

#include "analysis/diff/diff.h"

namespace quy::analysis {

/// The version's rating over a total that the record states; observables keep their numbers.
bytecode::Module over_stated_total(const Version& version);

/// Of two ratings with the same levels: every rule that differs in form, and what no single rule explains.
std::vector<ItemDiff> compare_ratings(const Versions& versions, std::chrono::milliseconds limit,
                                      std::vector<Bilingual>& not_analysed);

}  // namespace quy::analysis
