#pragma once
// What every measurement of the benchmark needs.

#include <algorithm>
#include <cstddef>
#include <streambuf>
#include <vector>

namespace quy::bench {

/// Throws the bytes away but counts them, so that writing is paid for.
struct CountingBuffer : std::streambuf {
  std::size_t bytes = 0;
  int_type overflow(int_type character) override {
    ++bytes;
    return character;
  }
  std::streamsize xsputn(const char*, std::streamsize count) override {
    bytes += static_cast<std::size_t>(count);
    return count;
  }
};

inline double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

/// Of the ratios in each round, so that a machine that is slower for a while is so for both.
inline double median_ratio(const std::vector<double>& over, const std::vector<double>& under) {
  std::vector<double> ratios(over.size());
  std::transform(over.begin(), over.end(), under.begin(), ratios.begin(), [](double a, double b) { return a / b; });
  return median(ratios);
}

}  // namespace quy::bench
