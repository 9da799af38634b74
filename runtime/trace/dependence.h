#pragma once
// What a result owes to the results of others: those it waits for, those that may still change, and its place under a quota.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/numeric/rational.h"

namespace quy::trace {

/// Another's result, by the id and period of its record.
struct OtherResult {
  std::string id, period;
  std::string_view status;   ///< undecided, authority, gap, rejected, not_found, repeated, other_scale or quota
};

/// A result among those that a quota compares. Ids and texts belong to the pack or the run.
struct QuotaPlace {
  std::string_view level, level_label, proposed, proposed_label;   ///< proposed: empty for no level
  const std::vector<std::string>* clauses = nullptr;
  std::string_view unit, cohort;                   ///< by which the cohort is told apart; empty where it is not
  Rational rate;
  std::uint64_t candidates = 0, undecided = 0;     ///< those who earned the level, and members whose result still counts either way
  std::uint64_t base = 0;                          ///< at the cut; only with nobody undecided
  std::pair<std::uint64_t, std::uint64_t> places;  ///< least and most
  std::uint64_t fixpoints = 1;                     ///< cohort/quota.h
  std::string_view standing;                       ///< within, tied, beyond or open
  std::uint64_t rank = 0, equals = 1;              ///< rank 0: not known
  /// How far the first number that differs is behind that of the last within, or ahead of that of the first beyond; and which number it is.
  std::optional<Rational> distance;
  std::uint32_t distance_in = 0;
  std::string_view raised_by, decided_by;          ///< documents; empty where there is none
  std::string text;                                ///< the same in one line, for people
};

/// Counts of one quota in a cohort, for the result of a record about the cohort.
struct QuotaCount {
  QuotaPlace terms;   ///< without the parts that are of one result
  std::uint64_t within = 0, tied = 0, beyond = 0, open = 0;
};

}  // namespace quy::trace
