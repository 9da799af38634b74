#pragma once
// A pass over the evidence as one thread makes it: records into the batches of their subjects, batches through the machine, results back
// into input order.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/api/lane.h"
#include "runtime/api/meter.h"
#include "runtime/api/ordered_output.h"
#include "runtime/api/stage_sides.h"
#include "runtime/columns/row_group.h"
#include "runtime/facts/line_blocks.h"

namespace quy::api {

/// What all threads of a pass share. `links` is null when records of the pack take nothing from each other.
struct PassSetup {
  const Pack& pack;
  const Settings& settings;
  const StageBlock& block;
  const std::vector<std::string>& early_stages;   ///< read beside the last one; empty unless the pass is the last of several
  const trace::ResultWriter& writer;
  const waves::Links* links;
  Meter& meter;
};

class Pass : public facts::Reader::Sink {
 public:
  explicit Pass(const PassSetup& setup);

  /// Rates the lines of one block; `first_record` is the number of its input's first record in the run, `input` its name in rejects.
  void rate(const facts::LineBlock& block, const std::string& input, std::uint64_t first_record, OutputText& text);
  using Read = std::function<std::optional<Message>(facts::Reader&, facts::Reader::Sink&)>;
  /// Rates an input as a whole, its text going to `run` as it becomes ready; a message when it could not be read to its end. Counts its
  /// records in `records`.
  std::optional<Message> rate_whole(const Read& read, const std::string& input, std::uint64_t first_record, RunOutput& run,
                                    std::uint64_t& records);
  /// Counts since the last call.
  EvaluationSummary take_summary();

  facts::Reader::Sink* at_stage(std::size_t stage) override { return sides_ == nullptr ? nullptr : sides_->at_stage(stage); }
  vm::Batch* batch(std::string_view subject) override;
  void row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) override;
  void cohort(facts::CohortRecord record) override;
  void reject(facts::Reject reject) override;
  /// Turns are taken in input order, then each block of columns goes to its lane in as few pieces as batches allow.
  bool take(const columns::RowGroup& group) override;
  void source(const std::string& name) override;

 private:
  /// A lane and what it has counted.
  struct Counted {
    std::unique_ptr<Lane> lane;
    EvaluationSummary::OfSubject counts;
    bool turned_up = false;   ///< since the last summary
  };
  /// A record of a group that has its turn and waits to be added to its lane's batch.
  struct StoredRecord {
    columns::RowGroup::Place place;
    std::uint64_t sequence, turn;
    std::uint32_t record;
  };

  void begin(const std::string& input, std::uint64_t first_record);
  /// Ends a piece; then no batch holds a text.
  void finish();
  void run_all();
  void enter(const columns::RowGroup& group, std::uint32_t index, std::vector<std::vector<StoredRecord>>& records);
  void add_block(const columns::RowGroup& group, const vm::StoredRows& rows, const std::vector<StoredRecord>& records);
  Lane& current() { return *lanes_[current_].lane; }
  std::uint32_t row_limit() const;
  std::uint32_t lane_for(std::uint32_t subject);
  /// The number of a record among all of the run's.
  std::uint32_t number_of(std::uint64_t sequence) {
    records_read_ = sequence + 1;
    return static_cast<std::uint32_t>(first_record_ + sequence);
  }
  void make_room();
  std::uint64_t take_turn(std::uint32_t owner);
  void run(Lane& lane);
  void settle(Lane& lane, std::uint32_t row);
  void append_explanation(const Lane& lane, std::uint32_t row, std::string& text) const;
  void refuse(std::uint64_t turn, const facts::Reject& reject);

  const PassSetup& setup_;
  vm::TextPool texts_;
  std::unique_ptr<StageSides> sides_;   ///< null: stages are not compared
  facts::Reader reader_;
  OrderedOutput output_;
  std::unordered_map<std::string_view, std::uint32_t> subject_of_;
  std::vector<std::uint32_t> lane_of_;  ///< by subject
  std::vector<Counted> lanes_;
  std::uint32_t current_;
  std::uint64_t first_record_ = 0;      ///< number of the input's first record
  std::uint64_t records_read_ = 0;      ///< of the input
  std::string input_, reject_text_;
  facts::RecordHead stored_head_;
  trace::Result result_;
  EvaluationSummary summary_;
  std::uint64_t unmetered_ = 0, records_with_texts_ = 0;
};

}  // namespace quy::api
