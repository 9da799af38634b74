#pragma once
// Two versions of a subject as one: both codes over the same evidence, equal instructions once. What the versions share is then seen to be
// the same without any proof, and a solver needs to look only at what differs.

#include <vector>

#include "runtime/bytecode/module.h"

namespace quy::analysis {

struct Joined {
  bytecode::Module module;  ///< the first version's; behind its subject's code, what only the second says
  std::vector<bytecode::Register> second;  ///< by register of the second version: the register that says the same
};

/// Each module has one subject (see slice.h); fields, lists, tables, readings and ratings of the two are the same.
Joined join(const bytecode::Module& first, const bytecode::Module& second);

}  // namespace quy::analysis
