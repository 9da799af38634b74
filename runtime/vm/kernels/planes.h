#pragma once
// Kernels that work on planes alone, whole words at a time: leaves, logic, folds of Booleans, levels. One form of each suffices.

#include "runtime/bytecode/module.h"
#include "runtime/vm/kernels/frame.h"

namespace quy::vm {

/// The kernel of an opcode that has no lane; nothing for the others. `number` tells the two forms of left_out, spread and fold_applicable.
Kernel plane_kernel(bytecode::Opcode opcode, bool number);

// By family, each in its file.
Kernel leaf_kernel(bytecode::Opcode opcode);
Kernel logic_kernel(bytecode::Opcode opcode, bool number);
Kernel fold_kernel(bytecode::Opcode opcode, bool number);
Kernel level_kernel(bytecode::Opcode opcode);


}  // namespace quy::vm
