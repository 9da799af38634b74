#pragma once
// Whether some complete evidence makes a condition hold, and whether some makes it fail: found or excluded by the solver.

#include <vector>

#include "analysis/record/bench.h"
#include "analysis/symbolic/verdict.h"

namespace quy::analysis {

/// One side of a condition.
struct Side {
  std::uint32_t observable = bytecode::kNone;  ///< of the subject; its register is of the record's domain
  bool holds = false;
};

struct SideAnswer {
  symbolic::Verdict verdict = symbolic::Verdict::not_settled;
  Record record;  ///< of a possible side: complete evidence that shows it, run on the machine
};

/// One answer for each side, under the bench's readings. A module cut to the conditions (slice.h) makes the questions small.
std::vector<SideAnswer> find_sides(Bench& bench, const std::vector<Side>& sides);

}  // namespace quy::analysis
