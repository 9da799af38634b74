// The ways into a run: files, or text in memory; one pack, or its versions.

#include <algorithm>
#include <ostream>

#include "runtime/api/evaluation.h"
#include "runtime/api/evaluation_run.h"
#include "runtime/api/pass_run.h"
#include "runtime/api/versions.h"
#include "runtime/tabular/input.h"
#include "runtime/vm/shape.h"
#include "runtime/waves/links.h"
#include "runtime/waves/spool.h"

namespace quy {
namespace api {
namespace {

/// A pack that passes every check may still ask for numbers beyond all bounds; that shows when its subject first turns up.
template <class Evaluate>
std::variant<EvaluationSummary, Message> safely(Evaluate&& evaluate) {
  try {
    return evaluate();
  } catch (const vm::Unloadable& fault) {
    return Message{Diag::pack_not_runnable, {fault.what()}, {}};
  }
}

bool needs_files(const EvaluationOptions& options, const std::vector<std::string>& inputs) {
  return options.stage == "all" && std::find(inputs.begin(), inputs.end(), "-") != inputs.end();
}

bool may_depend(const std::vector<Pack>& packs) {
  return std::any_of(packs.begin(), packs.end(), [](const Pack& pack) { return waves::may_depend(pack.module()); });
}

std::variant<EvaluationSummary, Message> evaluate_files(const std::vector<Pack>& packs, const std::vector<std::string>& inputs,
                                                        const EvaluationOptions& options, std::ostream& results, std::ostream* rejects) {
  if (needs_files(options, inputs)) return Message{Diag::stages_need_files, {}, {}};
  waves::Spool spool(inputs, may_depend(packs));
  if (spool.fault()) return *spool.fault();
  // Only one of several needs to be named.
  const std::vector<std::string> names = inputs.size() > 1 ? inputs : std::vector<std::string>(1);
  Meter meter(options.progress);
  RunEvidence evidence;
  evidence.feed = [&](facts::Reader& reader, facts::Reader::Sink& sink) -> std::optional<Message> {
    meter.begin_reading();
    for (const std::string& path : spool.paths())
      if (std::optional<Message> fault = tabular::read_evidence(packs.front().module(), reader, meter.open_file(path), path, sink)) return fault;
    return std::nullopt;
  };
  evidence.make_pass = [&](const PassSetup& setup, const EvaluationOptions& how, Checkpoint from, RunOutput& output, EvaluationSummary& summary) {
    PassRun run(setup, names, spool.paths(), how, output);
    std::optional<Message> fault = run.run(std::move(from));
    summary = run.take_summary();
    return fault;
  };
  return safely([&] { return EvaluationRun(packs, options, std::move(evidence), meter).run(results, rejects); });
}

}  // namespace
}  // namespace api

std::variant<EvaluationSummary, Message> evaluate(const Pack& pack, const std::vector<std::string>& inputs, const EvaluationOptions& options,
                                                  std::ostream& results, std::ostream* rejects) {
  return api::evaluate_files({pack}, inputs, options, results, rejects);
}

std::variant<EvaluationSummary, Message> evaluate(const PackVersions& versions, const std::vector<std::string>& inputs,
                                                  const EvaluationOptions& options, std::ostream& results, std::ostream* rejects) {
  return api::evaluate_files(versions.packs(), inputs, options, results, rejects);
}

std::variant<EvaluationSummary, Message> evaluate_text(const Pack& pack, std::string_view evidence, const EvaluationOptions& options,
                                                       std::ostream& results, std::ostream* rejects) {
  const std::vector<Pack> packs{pack};
  api::Meter meter(options.progress);
  api::RunEvidence run;
  run.feed = [&](facts::Reader& reader, facts::Reader::Sink& sink) { return reader.read_text(evidence, sink); };
  run.make_pass = [&](const api::PassSetup& setup, const EvaluationOptions&, const Checkpoint&, api::RunOutput& output, EvaluationSummary& summary) {
    api::Pass pass(setup);
    std::uint64_t records = 0;
    std::optional<Message> fault = pass.rate_whole(run.feed, {}, 0, output, records);
    summary = pass.take_summary();
    return fault;
  };
  return api::safely([&] { return api::EvaluationRun(packs, options, run, meter).run(results, rejects); });
}

}  // namespace quy
