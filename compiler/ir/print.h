#pragma once
// A rule graph as text, for reading and for tests: one line a node, then the tree of observables.

#include <string>

#include "compiler/ir/graph.h"

namespace quy::ir {

std::string print(const Graph& graph);

}  // namespace quy::ir
