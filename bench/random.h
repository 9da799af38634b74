#pragma once

#include <cstdint>

namespace quy::bench {

/// splitmix64: small, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::int32_t up_to(std::int32_t limit) { return static_cast<std::int32_t>(next() % (static_cast<std::uint64_t>(limit) + 1)); }
  /// From `low` to `high`, both included.
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + static_cast<std::int64_t>(next() % (static_cast<std::uint64_t>(high - low) + 1)); }
  bool chance(std::int32_t percent) { return up_to(99) < percent; }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

}  // namespace quy::bench
