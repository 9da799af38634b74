#pragma once
// What follows for a whole sheet when all that changed in it changed one way, without asking the solver about the sheet.

#include "analysis/diff/diff.h"
#include "analysis/joint/normal_form.h"

namespace quy::analysis {

/// Effects on the total that no complete record shows: the versions add up the same criteria and groups alike, each of which can only rise, or
/// only fall, and the total moves with them by the form of the code. `form` is over `joint`, with what was proved equal.
std::vector<Effect> excluded_of_points(const Versions& versions, const Joint& joint, const NormalForm& form,
                                       const std::vector<ItemDiff>& items);

/// Effects on status and level, where the total excludes `of_points`: the versions rate a stated total alike, and more points never cost a
/// level. The question about that has `limit`.
std::vector<Effect> excluded_of_level(const Versions& versions, const std::vector<ItemDiff>& items, const std::vector<Effect>& of_points,
                                      std::chrono::milliseconds limit);

}  // namespace quy::analysis
