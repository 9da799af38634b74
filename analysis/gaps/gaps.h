#pragma once
// Where a rating leaves complete evidence without a level, and where two of its rules give two levels.
//
// Each rule that can be the cause is asked about alone: is there evidence that has no level (or two) because of this
// rule and no other? A rule that never is the only one is asked about together with others, where none of those that
// come alone is among them. What is left when every known cause is excluded is asked about too, so the list of causes
// is complete unless something was not analysed.

#include <chrono>
#include <string>
#include <vector>

#include "analysis/record/bench.h"
#include "analysis/symbolic/verdict.h"

namespace quy::analysis {

struct GapCause {
  enum class Kind : std::uint8_t {
    need_failed,     ///< no level: the points reach one, a condition of it fails
    no_basis,        ///< no level: a comparison that must have a basis has none
    no_condition,    ///< no level: no level's condition holds
    two_conditions,  ///< two levels: two levels' conditions hold
    forced_below,    ///< two levels: points and conditions give one, a rule forces a lower one
    other            ///< no level, and none of these
  };
  Kind kind = Kind::other;
  std::uint32_t level = bytecode::kNone;        ///< the level reached, or the first of two
  std::uint32_t other_level = bytecode::kNone;  ///< the second of two
  std::uint32_t observable = bytecode::kNone;   ///< the rule; of two conditions, the first
  std::uint32_t other_observable = bytecode::kNone;
};

struct GapFinding {
  GapCause cause;
  symbolic::Verdict verdict = symbolic::Verdict::not_settled;
  Record witness;              ///< only what matters; of a cause that is possible
  Record complete;             ///< the witness with all the evidence that it was found with
  vm::OutcomeSet outcome = 0;  ///< of the witness, on the machine
};

struct Gaps {
  std::vector<GapFinding> findings;  ///< possible or not settled; what is impossible is not listed
  std::size_t excluded = 0;          ///< causes proved impossible
  std::vector<symbolic::NotAnalysed> not_analysed;
  std::vector<std::string> lists_cut;
};

/// Of the rating of the bench's subject, with the bench's readings. Every witness has been run on the machine.
Gaps find_gaps(Bench& bench, std::chrono::milliseconds limit);

}  // namespace quy::analysis
