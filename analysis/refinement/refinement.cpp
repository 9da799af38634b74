#include "analysis/refinement/refinement.h"

#include <algorithm>

#include "analysis/refinement/criteria.h"
#include "analysis/refinement/quotas.h"
#include "analysis/refinement/rating.h"

namespace quy::analysis {

namespace {

/// What the framework leaves open and the local set has picked.
void list_readings(const Link& link, Refinement& refinement) {
  for (const std::uint32_t reading : link.framework->subjects[link.framework_subject].readings) {
    if (link.framework->readings[reading].closed) continue;
    refinement.verdicts.push_back({.what = ClauseVerdict::What::reading,
                                   .index = reading,
                                   .relation = Relation::free,
                                   .reason = {},
                                   .witness = {}});
  }
}

}  // namespace

Refinement refine(const Link& link, std::chrono::milliseconds limit, MonotoneRatings& monotone) {
  Refinement refinement;
  compare_criteria(link, limit, refinement);
  compare_ratings(link, limit, monotone, refinement);
  compare_quotas(link, refinement);
  list_readings(link, refinement);
  return refinement;
}

}  // namespace quy::analysis
