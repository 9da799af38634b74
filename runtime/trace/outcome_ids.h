#pragma once
// Ids of outcomes as results name them: level ids best first, then the outcomes without a level.

#include <string_view>

#include "runtime/trace/outcome.h"
#include "runtime/trace/subject_index.h"

namespace quy::trace {

struct OutcomeWithoutLevel {
  std::uint32_t outcome;
  std::string_view id;
};
inline constexpr OutcomeWithoutLevel kOutcomesWithoutLevel[] = {
    {vm::kOutcomeGap, "none"}, {vm::kOutcomeNotRated, "not_rated"}, {vm::kOutcomeAuthority, "authority"}};

/// Calls `visit` with the id of each outcome in the set.
template <typename Visit>
void for_each_outcome(const SubjectIndex& index, vm::OutcomeSet set, Visit visit) {
  for (std::uint32_t level = 0; level < index.level_count(); ++level) {
    if (contains(set, level)) visit(std::string_view(index.rating()->levels[level].id));
  }
  for (const OutcomeWithoutLevel& other : kOutcomesWithoutLevel) {
    if (contains(set, other.outcome)) visit(other.id);
  }
}

}  // namespace quy::trace
