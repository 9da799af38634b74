#pragma once
// Records that show what a rule found, as tests in the language. Each has been run on the machine, which says what the test expects.

#include <string>
#include <vector>

#include "tools/lint/pack_view.h"

namespace quy::lint {

/// A condition or comparison by its place, and what it should be.
struct Wanted {
  Span span;
  bool holds = true;
};

/// Makes tests for one subject of a pack, where tests were asked for; otherwise, and where no record is found within the limit, makes none.
class Witness {
 public:
  Witness(const PackView& view, std::uint32_t subject) : view_(view), subject_(subject) {}

  /// A record in which the conditions are as wanted. `criterion` is the one they belong to; sema::kNone: the rating.
  std::vector<std::string> where(const std::string& title, std::uint32_t criterion,
                                 const std::vector<Wanted>& wanted) const;
  /// Records in which the criterion just meets what it asks, and just does not.
  std::vector<std::string> at_thresholds(std::uint32_t criterion) const;
  /// A record that gets the level.
  std::vector<std::string> of_level(const std::string& title, std::uint32_t level) const;

 private:
  const PackView& view_;
  std::uint32_t subject_;
};

}  // namespace quy::lint
