// libFuzzer's entry: packs. Built with clang only; conservation_test.cpp drives the same check with a seeded mutator.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/conservation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  quy::fuzz::check_pack({reinterpret_cast<const char*>(data), size});
  return 0;
}
