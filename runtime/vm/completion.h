#pragma once
// What missing evidence could still change: the exact range of the total, the outcomes still possible, and the fields that matter.
//
// For each missing field the finite cut values are worked out (each threshold that the field meets given the record's known values, one
// unit either side, the bounds; both values of a Boolean; left-out states where allowed); their product runs as ordinary rows of the same
// machine. Parts are chosen after their wholes and stay within them, rows that break a requirement are dropped. Where the product passes
// limits.def's `completions`, or a use of a field is neither a step nor monotone, the answer keeps the outer bound and says so.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/vm/machine.h"

namespace quy::vm {

struct Completion {
  OutcomeSet possible = 0;
  std::optional<Rational> total_low, total_high;   ///< nothing when no completion has a total
  bool exact = false;                              ///< false: an outer bound
  std::vector<std::uint32_t> influential;          ///< missing fields that can change the outcome, in field order
};

/// `machine` has just run the batch.
Completion complete(const Program& program, const Machine& machine, const Batch& batch, std::uint32_t row);

}  // namespace quy::vm
