#pragma once
// Results of earlier runs, from files of `quy eval`: what records of this run take that have no record in it.

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/numeric/rational.h"
#include "runtime/trace/outcome.h"
#include "runtime/waves/counts_to_date.h"
#include "runtime/waves/population.h"

namespace quy::waves {

/// One earlier result. Levels are named, since its pack may number them otherwise.
struct EarlierResult {
  trace::Status status = trace::Status::undecided;
  std::vector<std::string> levels;         ///< decided: one; else those still possible
  vm::OutcomeSet others = 0;               ///< possible outcomes without a level
  std::optional<Rational> total_low, total_high;
  bool provisional = false;                ///< under a quota that nobody had decided
  friend bool operator==(const EarlierResult&, const EarlierResult&) = default;
};

class EarlierResults {
 public:
  /// Results of this run's records of other versions. They stand in place of those that files have of the same record, and so are read first. `counts`
  /// takes what a line says of numbers to date, here and below.
  std::optional<Message> read_of_run(const std::string& path, const Population& population, CountsToDate& counts);
  /// Reads one NDJSON file of results and keeps those that are targets; of the stages of a record in a file the last counts (they stand one
  /// after the other). A message for a file that cannot be read, a line that is no result, and one that contradicts another.
  std::optional<Message> read(const std::string& path, const Population& population, CountsToDate& counts);

  const std::vector<EarlierResult>* find(std::uint32_t target) const;

 private:
  /// A target has one result for each subject under which it was rated.
  using Rated = std::pair<std::uint32_t, std::string>;
  struct Found {
    EarlierResult result;
    std::string path, stage;
    std::uint64_t line = 0;
  };
  static Message contradiction(const Target& target, const Found& one, const Found& other, const Population& population);

  std::map<Rated, Found> found_;
  std::unordered_map<std::uint32_t, std::vector<EarlierResult>> by_target_;
  std::unordered_set<std::uint32_t> of_run_;
};

}  // namespace quy::waves
