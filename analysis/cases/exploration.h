#pragma once
// Trying records: what shows something in a way not seen yet is kept and changed further, as coverage-guided fuzzing does.

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "analysis/cases/candidates.h"

namespace quy::analysis {

/// `Seen` is what a run shows of one record.
template <class Seen>
class Exploration {
 public:
  struct Kept {
    Record record;
    Seen seen;
  };
  /// Runs records; nothing for one that the reader would reject.
  using Look = std::function<std::vector<std::optional<Seen>>(const std::vector<Record>&)>;
  /// What a record shows that may be new; one that shows nothing new is not kept.
  using Feature = std::vector<int>;
  using Features = std::function<std::vector<Feature>(const Seen&)>;
  using Enough = std::function<bool()>;

  static constexpr std::size_t kMostKept = 200;
  static constexpr std::size_t kMostTried = 60'000;

  /// `candidates` must outlive the exploration.
  Exploration(const Candidates& candidates, Look look, Features features)
      : candidates_(candidates), look_(std::move(look)), features_(std::move(features)) {}

  const std::vector<Kept>& kept() const { return kept_; }

  /// One change at a time from the first records on; then two at a time. `enough` ends the second round, and the first when `at_once`.
  void run(const std::vector<Record>& first, const Enough& enough, bool at_once = false) {
    keep_new(first);
    for (std::size_t i = 0; i < kept_.size() && tried_ < kMostTried && !(at_once && enough()); ++i)
      keep_new(candidates_.changes(Record(kept_[i].record)));
    for (std::size_t i = 0; i < kept_.size() && tried_ < kMostTried && !enough(); ++i)
      for (const Record& changed : candidates_.changes(Record(kept_[i].record))) {
        if (tried_ >= kMostTried || enough()) break;
        keep_new(candidates_.changes(changed));
      }
  }

 private:
  void keep_new(const std::vector<Record>& records) {
    const auto seen = look_(records);
    tried_ += records.size();
    for (std::size_t i = 0; i < records.size() && kept_.size() < kMostKept; ++i)
      if (seen[i] && shows_new(*seen[i])) kept_.push_back({records[i], *seen[i]});
  }

  bool shows_new(const Seen& seen) {
    bool is_new = false;
    for (Feature& feature : features_(seen)) is_new |= known_.insert(std::move(feature)).second;
    return is_new;
  }

  const Candidates& candidates_;
  Look look_;
  Features features_;
  std::vector<Kept> kept_;
  std::set<Feature> known_;
  std::size_t tried_ = 0;
};

}  // namespace quy::analysis
