#pragma once
// Obligations 1 to 3: every criterion of the framework is kept, its full points mean that the framework's condition is met, and nothing adds
// points outside what the framework leaves open. And the dilution that open points allow.

#include "analysis/refinement/refinement.h"

namespace quy::analysis {

void compare_criteria(const Link& link, std::chrono::milliseconds limit, Refinement& refinement);

}  // namespace quy::analysis
