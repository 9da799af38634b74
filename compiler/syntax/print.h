#pragma once
// The syntax tree as text, for golden tests and for laws such as "formatting keeps the tree". Leaves out places in the source.

#include <string>

#include "compiler/syntax/ast.h"

namespace quy::syntax {

/// One nested list a node, in the order of ast.h. The same for a file in Vietnamese and its English twin.
std::string print(const File& file);
std::string print(const Item& item);
std::string print(const Expr& expr);

}  // namespace quy::syntax
