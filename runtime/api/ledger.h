#pragma once
// What the raters of a pass share: where the evidence is, the turns of its records, and the counts.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "runtime/api/evaluation.h"
#include "runtime/api/meter.h"
#include "runtime/api/ordered_output.h"
#include "runtime/api/settings.h"
#include "runtime/facts/facts.h"

namespace quy::api {

class Ledger {
 public:
  static constexpr std::uint32_t kNobody = 0xffffffffU;

  Ledger(const trace::ResultWriter& writer, const Settings& settings, const StageBlock& block, Meter& meter)
      : output_(writer), settings_(settings), block_(block), meter_(meter) {}

  /// The records that follow are of this input, whose first has that number in the run.
  void begin(const std::string& input, std::uint64_t first_record);
  void source(const std::string& name) { input_ = name; }
  void finish() { meter_.rated(std::exchange(unmetered_, 0)); }
  /// Of the input at hand.
  std::uint64_t records() const { return records_; }

  /// The number of a record among all of the run's.
  std::uint32_t number_of(std::uint64_t sequence) {
    records_ = sequence + 1;
    return static_cast<std::uint32_t>(first_record_ + sequence);
  }

  /// Whoever keeps records waiting is asked to `run` them when the oldest turn is one of his.
  std::uint32_t add_owner(std::function<void()> run);
  std::size_t owners() const { return owners_.size(); }
  /// Until so many turns can be taken.
  void make_room(std::size_t turns = 1) {
    while (output_.room() < turns) owners_[output_.oldest_owner()]();
  }
  std::uint64_t take_turn(std::uint32_t owner);

  /// A record that nobody keeps.
  void reject(const facts::Reject& reject);
  void refuse(std::uint64_t turn, const facts::Reject& reject);

  OrderedOutput& output() { return output_; }
  EvaluationSummary& counts() { return counts_; }

 private:
  OrderedOutput output_;
  EvaluationSummary counts_;
  const Settings& settings_;
  const StageBlock& block_;
  Meter& meter_;
  std::vector<std::function<void()>> owners_;
  std::string input_, reject_text_;
  std::uint64_t first_record_ = 0, records_ = 0, unmetered_ = 0;
};

}  // namespace quy::api
