#pragma once
// A pass over the evidence as one thread makes it: each record to the rater of its pack, results back into input order.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/api/rater.h"
#include "runtime/facts/line_blocks.h"

namespace quy::api {

/// What all threads of a pass share.
struct PassSetup {
  const facts::Versions* versions;        ///< null: one pack rates all records
  std::vector<const PackSetup*> packs;    ///< by version; null: its records are passed over
  const StageBlock& block;
  std::vector<std::string> early_stages;   ///< as the rater has them
  Meter& meter;

  /// Any one: what differs between packs is not asked of it.
  const PackSetup& some_pack() const;
};

class Pass : private facts::Reader::Sink {
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

 private:
  // Of several versions: only what none of them reads comes here.
  vm::Batch* batch(std::string_view) override { return nullptr; }
  void row(vm::Batch&, std::uint32_t, const facts::RecordHead&) override {}
  void reject(facts::Reject reject) override { ledger_.reject(reject); }
  facts::Reader::Sink& of_version(std::uint32_t version) override { return *raters_[version]; }
  void passed_over(std::uint64_t sequence) override { ledger_.number_of(sequence); }

  facts::Reader make_reader();
  facts::Reader::Sink& sink();
  void begin(const std::string& input, std::uint64_t first_record);
  /// Ends a piece; then no batch holds a text.
  void finish();

  const PassSetup& setup_;
  Ledger ledger_;
  std::vector<std::unique_ptr<Rater>> raters_;   ///< by version; null as in the setup
  facts::Reader reader_;
  std::uint64_t records_with_texts_ = 0;
};

}  // namespace quy::api
