#pragma once
// Asks Z3 which conditions some complete evidence satisfies.
//
// The solver's own time limit cannot be relied on, so each question is answered by a child process under a clock: a question that is not
// answered in time is "not settled", and a new child goes on with the next. The time is the child's processor time, so that an answer does
// not hang on what else the machine has to do.

#include <chrono>

#include "analysis/symbolic/evidence.h"
#include "analysis/symbolic/verdict.h"

namespace quy::analysis::symbolic {

struct Answer {
  Verdict verdict = Verdict::not_settled;
  Assignment values;
};

/// One answer for each condition, each within `limit`. Values are as plain as the evidence's wishes make them.
std::vector<Answer> ask(const Evidence& evidence, const std::vector<z3::expr>& conditions, std::chrono::milliseconds limit);

}  // namespace quy::analysis::symbolic
