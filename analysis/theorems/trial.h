#pragma once
// Records worth trying on a whole sheet before the solver is asked: what trying finds needs no proof.

#include "analysis/cases/candidates.h"

namespace quy::analysis {

/// Two complete records: everything met as far as one fact at a time reaches, and nothing done. The subject has a total.
struct Extremes {
  Record met, nothing;
};
Extremes extremes(Bench& bench);

/// The extremes, each with one fact changed, and what lies between them: facts of the one given way, one after another, to those of the other.
std::vector<Record> trial_records(const Bench& bench, const Extremes& extremes);

}  // namespace quy::analysis
