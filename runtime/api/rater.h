#pragma once
// Rates the records of one pack, as one thread does it in a pass: into the batches of their subjects, batches through the machine, results
// into the turns of their records.

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/api/lane.h"
#include "runtime/api/ledger.h"
#include "runtime/api/stage_sides.h"
#include "runtime/columns/row_group.h"

namespace quy::api {

/// A pack of a run, with what its records need. `links` is null when they take nothing from each other.
struct PackSetup {
  const Pack& pack;
  Settings settings;
  std::unique_ptr<trace::ResultWriter> writer;
  std::vector<std::uint32_t> summary_rows;   ///< by subject: its place in the summary
  std::unique_ptr<waves::Links> links;
};

class Rater : public facts::Reader::Sink {
 public:
  /// `early_stages` are read beside the last one; empty unless the pass is the last of several.
  Rater(const PackSetup& setup, const StageBlock& block, const std::vector<std::string>& early_stages, Ledger& ledger);
  Rater(const Rater&) = delete;
  Rater& operator=(const Rater&) = delete;

  vm::TextPool& texts() { return texts_; }
  /// Another piece of evidence: what has been learned from the order of records goes.
  void begin();
  /// Rates all that waits; then no batch holds a text.
  void run_all();
  /// Texts of the records so far are let go; no batch may hold one.
  void forget_texts();
  /// Adds what has been counted by subject since the last call.
  void add_counts(EvaluationSummary& summary);

  facts::Reader::Sink* at_stage(std::size_t stage) override { return sides_ == nullptr ? nullptr : sides_->at_stage(stage); }
  vm::Batch* batch(std::string_view subject) override;
  void row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) override;
  void cohort(facts::CohortRecord record) override;
  void reject(facts::Reject reject) override { ledger_.reject(reject); }
  /// Turns are taken in input order, then each block of columns goes to its lane in as few pieces as batches allow.
  bool take(const columns::RowGroup& group) override;
  void source(const std::string& name) override;

 private:
  /// A lane and what it has counted.
  struct Counted {
    std::unique_ptr<Lane> lane;
    std::uint32_t owner = 0;   ///< in the ledger
    EvaluationSummary::OfSubject counts;
    bool turned_up = false;    ///< since the last summary
  };
  /// A record of a group that has its turn and waits to be added to its lane's batch.
  struct StoredRecord {
    columns::RowGroup::Place place;
    std::uint64_t sequence, turn;
    std::uint32_t record;
  };

  void enter(const columns::RowGroup& group, std::uint32_t index, std::vector<std::vector<StoredRecord>>& records);
  void add_block(const columns::RowGroup& group, const vm::StoredRows& rows, const std::vector<StoredRecord>& records);
  Lane& current() { return *lanes_[current_].lane; }
  std::uint32_t row_limit() const;
  std::uint32_t lane_for(std::uint32_t subject);
  void run(Lane& lane);
  void settle(Lane& lane, std::uint32_t row);
  void append_explanation(const Lane& lane, std::uint32_t row, std::string& text) const;

  const PackSetup& setup_;
  const StageBlock& block_;
  Ledger& ledger_;
  vm::TextPool texts_;
  std::unique_ptr<StageSides> sides_;   ///< null: stages are not compared
  std::unordered_map<std::string_view, std::uint32_t> subject_of_;
  std::vector<std::uint32_t> lane_of_;  ///< by subject
  std::vector<Counted> lanes_;
  std::uint32_t current_;
  facts::RecordHead stored_head_;
  trace::Result result_;
};

}  // namespace quy::api
