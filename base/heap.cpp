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
  mallopt(M_ARENA_MAX, 1);   // other threads' too
  // What the heap has left is soon used up, and all that follows lies in large pages.
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  const std::uintptr_t first = (end + kLargePage - 1) / kLargePage * kLargePage;
  sbrk(static_cast<std::intptr_t>(first - end));
  void* volatile grown = std::malloc(kMostInHeap / 2);  // volatile: a call that is not used might be left out
  std::free(grown);
  const auto last = reinterpret_cast<std::uintptr_t>(sbrk(0));
  if (first < last) madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);  // a wish; no matter if it is not granted
}

}  // namespace quy
