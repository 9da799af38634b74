#pragma once
// The part of verify() that looks at a subject's instructions.

#include "runtime/bytecode/verify_checks.h"

namespace quy::bytecode {

/// Fields, lists, scales, tables, readings and the rating have been checked already.
void verify_code(Checks& checks, const Place& subject_place, const Module& module, const Subject& subject);

}  // namespace quy::bytecode
