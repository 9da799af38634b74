#pragma once
// Ids that results use: outcomes (level ids best first, then those without a level), causes.

#include <string_view>

#include "runtime/trace/outcome.h"
#include "runtime/trace/result.h"
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

/// What missing evidence can no longer change; empty when it can, or when nothing is missing.
inline std::string_view settled_id(Settled settled) {
  constexpr std::string_view kIds[] = {"", "rating", "total", "rating_and_total"};   // by Settled
  return kIds[static_cast<std::size_t>(settled)];
}

/// Id of the cause why something is left out; empty when it has a value or is missing.
inline std::string_view cause_id(vm::FieldState state) {
  constexpr std::string_view kIds[] = {"", "", "excluded", "did_not_arise", "not_yet_due"};   // by FieldState
  return kIds[static_cast<std::size_t>(state)];
}

}  // namespace quy::trace
