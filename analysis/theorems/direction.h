#pragma once
// How registers move when one number rises, told from the form of the code alone.

#include "analysis/theorems/theorem.h"

namespace quy::analysis {

/// `mixed` is no more than "the form does not tell". Anything else is proved of any two complete records that differ only
/// in the field, which has a value in both, and in which the register is not left out: it moves in that direction or
/// stays. In a list any number of rows may rise.
Direction direction_by_form(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t field,
                            bytecode::Register reg);

Direction opposite(Direction direction);

}  // namespace quy::analysis
