#pragma once
// Checks the invariants that typed.h states. A finding is a mistake of ours, never of an author.

#include <string>
#include <vector>

#include "compiler/sema/typed.h"

namespace quy::sema {

/// One line for each broken invariant; empty when the pack is well formed.
std::vector<std::string> verify(const Pack& pack);

}  // namespace quy::sema
