#pragma once
// How many kinds of row a list needs so that a few kinds with numbers stand for every list.

#include "runtime/bytecode/module.h"

namespace quy::analysis::symbolic {

struct RowKinds {
  std::size_t needed = 1;
  bool cut = false;      ///< more could matter: what is not found is not proved absent
};

/// Every fold that asks for some row or for none needs one row of its own. Folds that count need one for each way in which a row can be
/// counted by some and not by others. Sums of what rows hold have no such bound.
RowKinds row_kinds(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t list);

}  // namespace quy::analysis::symbolic
