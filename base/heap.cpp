#include "base/heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace quy {
namespace {

constexpr int kHeapBytes = 256 << 20, kMostInHeap = 32 << 20;
constexpr std::uintptr_t kLargePage = 2 << 20;

}  // namespace

void reserve_heap() {
  mallopt(M_TRIM_THRESHOLD, kHeapBytes);
  mallopt(M_MMAP_THRESHOLD, kMostInHeap);
  mallopt(M_TOP_PAD, kHeapBytes);
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  void* volatile grown = std::malloc(kMostInHeap / 2);  // volatile: a call that is not used might be left out
  std::free(grown);
  const std::uintptr_t first = (end + kLargePage - 1) / kLargePage * kLargePage;
  const auto last = reinterpret_cast<std::uintptr_t>(sbrk(0));
  if (first < last) madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);  // a wish; no matter if it is not granted
}

}  // namespace quy
