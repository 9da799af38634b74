#pragma once
// Results of earlier runs, from files of `quy eval`: what records of this run take that have no record in it.

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
};

class EarlierResults {
 public:
  /// Reads one NDJSON file of results and keeps those that are targets; of several with one id and period in a file the last counts (stages
  /// stand one after the other). A message for a file that cannot be read or a line that is no result.
  /// Results of this run (`of_run`) stand in place of those that other files have of the same record.
  /// `counts` takes what a line says of numbers to date.
  std::optional<Message> read(const std::string& path, const Population& population, bool of_run, CountsToDate& counts);

  const std::vector<EarlierResult>* find(std::uint32_t target) const;

 private:
  std::unordered_map<std::uint32_t, std::vector<EarlierResult>> by_target_;
  std::unordered_set<std::uint32_t> of_run_;
};

}  // namespace quy::waves
