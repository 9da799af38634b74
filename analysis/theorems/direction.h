#pragma once
// How registers move when one number rises, told from the form of the code alone.

#include "analysis/theorems/theorem.h"

namespace quy::analysis {

/// `mixed` is no more than "the form does not tell". Anything else is proved: for complete evidence in which the field has a value before and
/// after, the register is left out in both records or in neither, and moves in that direction or stays. In a list any number of rows may rise.
Direction direction_by_form(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t field,
                            bytecode::Register reg);

Direction opposite(Direction direction);

}  // namespace quy::analysis
