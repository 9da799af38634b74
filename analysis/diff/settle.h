#pragma once
// What the solver's answers say of one item of two versions.

#include <functional>
#include <span>

#include "analysis/diff/diff.h"
#include "analysis/refinement/questions.h"

namespace quy::analysis {

/// The record behind the answer to a question, when the machine shows the effect on it.
using FindRecord = std::function<std::optional<ChangedRecord>(std::size_t question, Effect effect)>;

/// Notes in `diff` which effects are excluded and which some record shows. `numbers`: the questions, by effect.
void settle(ItemDiff& diff, const Questions& questions, std::span<const std::size_t> numbers, const FindRecord& find);

/// The item cannot be compared: a fact that it reads is of another type in the other version.
void note_other_evidence(ItemDiff& diff);

}  // namespace quy::analysis
