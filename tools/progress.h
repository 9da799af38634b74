#pragma once
// How far a run is, in one line at a terminal that is written over again and again.

#include <chrono>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "runtime/api/evaluation.h"
#include "tools/context.h"

namespace quy::tools {

/// The bytes of all files together; nothing when one of them is not a regular file.
std::optional<std::uint64_t> total_size(const std::vector<std::string>& paths);

class ProgressLine {
 public:
  using Clock = std::chrono::steady_clock;
  /// `total`: bytes of the evidence, where they are known; without them nothing is said of the time left. Shows nothing in the first two
  /// seconds. `now` is asked for the time.
  ProgressLine(const Context& context, std::ostream& out, std::optional<std::uint64_t> total, std::function<Clock::time_point()> now = Clock::now);
  /// Takes the line away.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const Progress& progress);

 private:
  std::string text(const Progress& progress, double seconds) const;
  std::string time_left(const Progress& progress, double seconds) const;

  const Context& context_;
  std::ostream& out_;
  std::optional<std::uint64_t> total_;
  std::function<Clock::time_point()> now_;
  Clock::time_point begun_, reading_begun_, shown_at_;
  std::uint32_t reading_ = 1;
  std::uint64_t records_before_ = 0;   ///< rated when this reading began
  bool shown_ = false;
};

}  // namespace quy::tools
