#pragma once
// Records that show what a criterion, a group or a rating asks: one that just meets every threshold, and for each condition one that just does not.
//
// Found by trying, on the machine itself: from a first record, every record that shows something not seen yet is kept and changed further (as
// coverage-guided fuzzing does); the best of them is then moved to the boundaries. What trying does not find, the solver finds or excludes.

#include <string>
#include <vector>

#include "analysis/cases/candidates.h"
#include "analysis/cases/sides.h"

namespace quy::analysis {

struct BoundaryCase {
  enum class Kind : std::uint8_t {
    met,    ///< most points or the best level, every threshold just reached
    off,    ///< as `met`, but one thing changed by the least step: the condition turns
    other,  ///< shows a side of the condition that the others do not
    floor   ///< of a rating: a total at the floor of a level, or the least step below
  };
  Kind kind = Kind::met;
  std::uint32_t condition = bytecode::kNone;  ///< off, other: its observable
  bool holds = false;                         ///< off, other: what the condition then is; floor: reached
  std::uint32_t level = bytecode::kNone;      ///< floor: whose
  Record record = {};
  vm::Range points = {};       ///< of the criterion or group
  vm::OutcomeSet outcome = 0;  ///< of the rating: one
};

struct UnseenSide {
  Side side;
  symbolic::Verdict verdict = symbolic::Verdict::not_settled;  ///< impossible, or not found
};

struct BoundaryCases {
  std::vector<BoundaryCase> cases;
  std::vector<UnseenSide> unseen;  ///< sides of conditions that no case shows
};

/// The observables that a test should see both true and false: the conditions first, then the comparisons in them.
struct Targets {
  std::vector<std::uint32_t> conditions, comparisons;
};
/// `line` is the observable of a criterion or group; a group's are those that stand in none of its criteria.
Targets targets_of_line(const bytecode::Subject& subject, std::uint32_t line);
Targets targets_of_rating(const bytecode::Subject& subject);

/// `line` is the observable of a criterion or group of a subject of the module; kNone: the rating of a subject over a stated total. Records lie
/// in `year`.
BoundaryCases boundary_cases(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t line,
                             const Targets& targets, int year);

}  // namespace quy::analysis
