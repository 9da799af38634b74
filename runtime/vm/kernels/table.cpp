#include "runtime/vm/kernels/table.h"

namespace quy::vm {
namespace {

Kernels filled() {
  Kernels table{};
  add_wide(table);
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    add_narrow_avx512(table);
  } else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
    add_narrow_avx2(table);
  } else {
    add_narrow_sse2(table);
  }
  return table;
}

}  // namespace

const Kernels& kernels() {
  static const Kernels table = filled();
  return table;
}

}  // namespace quy::vm
