#pragma once
// Records that show what one criterion asks: one that just meets every threshold, and for each condition one that just does not.
//
// Found by trying, on the machine itself: from a first record, every record that shows the conditions in a way not seen yet is kept and
// changed further (as coverage-guided fuzzing does); the best of them is then moved to the boundaries.

#include <string>
#include <vector>

#include "analysis/cases/candidates.h"

namespace quy::analysis {

struct CriterionCase {
  enum class Kind : std::uint8_t {
    met,        ///< most points, every threshold just reached
    off,        ///< as `met`, but one thing changed by the least step: the condition turns
    other       ///< shows a side of the condition that the others do not
  };
  Kind kind = Kind::met;
  std::uint32_t condition = bytecode::kNone;        ///< off, other: its observable
  bool holds = false;                               ///< off, other: what the condition then is
  Record record;
  vm::Range points;                                 ///< of the criterion
};

struct CriterionCases {
  std::vector<CriterionCase> cases;
  std::vector<std::uint32_t> unseen;     ///< observables of conditions of which a side was not found
};

/// `criterion` is an index into the criteria of a subject of the module. Records lie in `year`.
CriterionCases criterion_cases(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t criterion, int year);

/// The observables below `root` that a test should see both true and false: the conditions first, then the comparisons in them.
struct Targets {
  std::vector<std::uint32_t> conditions, comparisons;
};
Targets targets_below(const bytecode::Subject& subject, std::uint32_t root);

}  // namespace quy::analysis
