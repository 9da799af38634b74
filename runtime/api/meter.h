#pragma once
// Counts what a run reads and rates, for whoever watches it.

#include <atomic>
#include <functional>
#include <memory>

#include "runtime/api/evaluation.h"
#include "runtime/facts/byte_source.h"

namespace quy::api {

class Meter {
 public:
  using Watcher = std::function<void(const Progress&)>;
  /// `watcher` may be empty; it must outlive the meter.
  explicit Meter(const Watcher& watcher) : watcher_(watcher) {}

  /// Another reading of all evidence begins.
  void begin_reading();
  /// Tells the watcher; by one thread at a time.
  void read(std::uint64_t bytes);
  /// By any thread.
  void rated(std::uint64_t records) { records_.fetch_add(records, std::memory_order_relaxed); }
  /// The file at `path`, its bytes counted as they are read.
  std::unique_ptr<facts::ByteSource> open_file(const std::string& path);

 private:
  const Watcher& watcher_;
  std::atomic<std::uint64_t> records_{0};
  std::uint64_t bytes_ = 0;
  std::uint32_t reading_ = 0;
};

}  // namespace quy::api
