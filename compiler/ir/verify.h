#pragma once
// The graph's invariants; run on every graph before it is emitted.

#include "compiler/ir/graph.h"

namespace quy::ir {

/// Throws std::logic_error when an invariant is broken: a bug in Quy, never a fault of the input (exit status 70).
void verify(const Graph& graph);

}  // namespace quy::ir
