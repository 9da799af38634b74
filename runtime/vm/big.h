#pragma once
// Numbers between the machine's integers and the rationals of base/numeric. Not for kernel files of one instruction set.

#include "base/numeric/rational.h"
#include "runtime/vm/kernels/frame.h"

namespace quy::vm {

Integer to_integer(Int128 value);
/// `value` must fit.
Int128 to_int128(const Integer& value);

}  // namespace quy::vm
