#include "runtime/vm/kernels/narrow.h"

namespace quy::vm {

void add_narrow_avx512(Kernels& table) { add_narrow(table); }

}  // namespace quy::vm
