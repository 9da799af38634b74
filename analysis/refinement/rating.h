#pragma once
// Obligation 4: for every total the local set's level is not above the framework's, and what the framework forces the local set forces.

#include "analysis/refinement/refinement.h"

namespace quy::analysis {

void compare_ratings(const Link& link, std::chrono::milliseconds limit, MonotoneRatings& monotone,
                     Refinement& refinement);

}  // namespace quy::analysis
