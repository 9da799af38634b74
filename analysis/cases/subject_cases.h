#pragma once
// Records of a whole sheet: everything met, something left out.

#include <optional>

#include "analysis/cases/candidates.h"

namespace quy::analysis {

struct SubjectCase {
  Record record;
  vm::Range total;
  vm::OutcomeSet outcomes = 0;
};

/// The highest total and, with it, the best level that changing one fact at a time reaches.
SubjectCase all_met(Bench& bench);

struct LeftOutCase {
  SubjectCase seen;
  std::uint32_t criterion =
      bytecode::kNone;  ///< the first that is now left out; kNone: only conditions of the rating pass over the fact
};
/// `from` with one fact changed so that a criterion is left out and the record still has a total. Where no fact does that: with one fact left
/// out, total and outcome known. Nothing when no fact may be left out.
std::optional<LeftOutCase> left_out(Bench& bench, const Record& from);

}  // namespace quy::analysis
