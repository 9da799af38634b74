#pragma once
// The whole sheet of each version: total, status and level with the record's own points.

#include "analysis/diff/diff.h"
#include "analysis/diff/replay.h"
#include "analysis/joint/normal_form.h"

namespace quy::analysis {

/// `points` and `level`, of what the subject has in both versions. Tried first are ordinary records with the facts of the records found
/// for single items; what they do not show is asked of the solver. `form` knows what has been proved equal.
std::vector<ItemDiff> compare_sheets(const Versions& versions, Replay& replay, const NormalForm& form, const Joint& joint,
                                     const std::vector<ItemDiff>& items, std::chrono::milliseconds limit,
                                     std::vector<Bilingual>& not_analysed);

}  // namespace quy::analysis
