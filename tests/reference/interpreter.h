#pragma once
// A pack's code over one complete record, by the sentences of runtime/bytecode/opcodes.def and nothing else.
//
// It stands between the evaluator and the machine: where it disagrees with the evaluator the lowering is at fault, where the machine
// disagrees with it the machine is.

#include <variant>
#include <vector>

#include "runtime/bytecode/module.h"
#include "tests/reference/evaluator.h"

namespace quy::reference {

/// A register: one entry for the record, or one for each row of its list.
using Cell = std::variant<Truth, Value, Outcome>;
using Cells = std::vector<Cell>;

/// `evidence` as for evaluate(), beside the module's fields. Readings as the pack has chosen them.
std::vector<Cells> interpret(const bytecode::Module& module, const bytecode::Subject& subject, const Evidence& evidence);

}  // namespace quy::reference
