#pragma once
// A run: what the records take from each other is worked out first, then pass by pass they are rated.

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <variant>
#include <vector>

#include "runtime/api/evaluation.h"
#include "runtime/api/kept_results.h"
#include "runtime/api/pass.h"

namespace quy::api {

/// The evidence of a run, as often as it is read.
struct RunEvidence {
  /// For what records take from each other.
  waves::Feed feed;
  /// Makes one pass, from the checkpoint on, into the output; the counts of the whole pass come back.
  using MakePass = std::function<std::optional<Message>(const PassSetup&, const EvaluationOptions&, Checkpoint, RunOutput&, EvaluationSummary&)>;
  MakePass make_pass;
};

class EvaluationRun {
 public:
  /// The oldest pack first; what is referred to must outlive the run.
  EvaluationRun(const std::vector<Pack>& packs, const EvaluationOptions& options, RunEvidence evidence, Meter& meter);

  std::variant<EvaluationSummary, Message> run(std::ostream& results, std::ostream* rejects);

 private:
  std::optional<Message> prepare();
  std::optional<Message> prepare_links(std::size_t version);
  std::optional<Message> keep_results_before(std::size_t version);
  std::optional<Message> keep_results(std::size_t version);
  std::variant<EvaluationSummary, Message> make_passes(RunOutput& output);
  const facts::Versions* versions() const { return packs_.size() == 1 ? nullptr : &versions_; }

  const std::vector<Pack>& packs_;
  const EvaluationOptions& options_;
  RunEvidence evidence_;
  Meter& meter_;
  facts::Versions versions_;
  std::vector<PackSetup> setups_;                        ///< by version
  std::vector<std::unique_ptr<KeptResults>> kept_;       ///< by version, of the oldest ones, for those after
};

}  // namespace quy::api
