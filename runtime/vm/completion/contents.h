#pragma once
// What a missing list might hold: rows that differ in what the rules take of a row, alone, several of them, and together.
//
// Which rows differ the machine itself says: rows of sampled values are run as rows of the record, and of those that are alike in all that is taken of
// a row (Reach::row_values) one is kept. So few rows show what matters, however many fields a row has. A kind of row that no sample meets costs
// exactness, never soundness (search.h).

#include "runtime/vm/completion/places.h"
#include "runtime/vm/machine.h"

namespace quy::vm {

/// Sets Place::contents of every missing list. `machine` has run the record alone, as row 0 of `single`, with all registers kept; it and `single` come
/// back with something else.
void find_contents(const Program& program, const Reach& reach, Machine& machine, Batch& single, Places& places);

}  // namespace quy::vm
