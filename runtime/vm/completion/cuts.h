#pragma once
// Values of a missing field at which something in the rules may change, given the record's known values.
//
// The code is walked once for a place. Each number register gets the forms it can take as a function of the place's value x: quotients
// (a x + b) ÷ (c x + d) with known coefficients. Comparisons give the x where two forms meet. A cut too many costs time, a cut too few costs
// exactness but never soundness: completion proves its answer with the machine's own bounds.

#include "runtime/vm/completion/places.h"
#include "runtime/vm/machine.h"

namespace quy::vm {

/// Of a missing field of the record, or of a list's row. `machine` has run the record alone, as row 0 of `batch`, with all registers kept.
std::vector<std::int64_t> cuts_of(const Program& program, const Machine& machine, const Batch& batch, const Place& place);

/// Sets Place::starts of every missing field.
void find_cuts(const Program& program, const Machine& machine, const Batch& batch, Places& places);

}  // namespace quy::vm
