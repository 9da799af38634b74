#pragma once
// Obligation 5: no larger rate, no larger base, no coarser cohort.

#include "analysis/refinement/refinement.h"

namespace quy::analysis {

void compare_quotas(const Link& link, Refinement& refinement);

}  // namespace quy::analysis
