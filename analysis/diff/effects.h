#pragma once
// When a difference is better or worse for the person rated, of values and of solver terms.

#include <optional>
#include <vector>

#include "analysis/diff/diff.h"
#include "analysis/symbolic/encoding.h"

namespace quy::analysis {

/// Of points, `fewer_is_better` for deductions; nothing where they are the same or not known.
std::optional<Effect> effect_of_points(const Said& before, const Said& after, bool fewer_is_better);

/// Outcomes of the newer version as the older numbers them: by the ids of levels. Levels that the older has not are none.
class Outcomes {
 public:
  Outcomes(const bytecode::RatingInfo& before, const bytecode::RatingInfo& after);
  bool same_levels() const { return same_; }
  /// Every outcome of the older version: levels, then those without one.
  std::vector<std::uint32_t> all() const;
  /// Nothing where they are the same or not decided.
  std::optional<Effect> effect(const Said& before, const Said& after) const;
  /// Of two outcomes that differ, both in the older version's numbers.
  Effect effect(std::uint32_t before, std::uint32_t after) const;

 private:
  std::uint32_t levels_;
  std::vector<std::uint32_t> place_;  ///< by level of the newer: as the older numbers it, kNone for one that it has not
  bool same_;
};

}  // namespace quy::analysis
