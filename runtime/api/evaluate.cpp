// A run: what the records take from each other is worked out first, then pass by pass they are rated.

#include <algorithm>
#include <memory>
#include <ostream>

#include "runtime/api/evaluation.h"
#include "runtime/api/pass_run.h"
#include "runtime/vm/shape.h"
#include "runtime/waves/links.h"
#include "runtime/waves/spool.h"

namespace quy {
namespace api {
namespace {

/// Makes one pass, from the checkpoint on, into the output; the counts of the whole pass come back.
using MakePass = std::function<std::optional<Message>(const PassSetup&, Checkpoint, RunOutput&, EvaluationSummary&)>;

std::variant<EvaluationSummary, Message> evaluate_with(const Pack& pack, const EvaluationOptions& options, std::ostream& results,
                                                       std::ostream* rejects, Meter& meter, const waves::Feed& feed, const MakePass& make_pass) {
  std::variant<Settings, Message> settled = settle(pack, options);
  if (auto* fault = std::get_if<Message>(&settled)) return std::move(*fault);
  const Settings& settings = std::get<Settings>(settled);
  const std::unique_ptr<trace::ResultWriter> writer = make_writer(pack, settings, options.format);
  std::unique_ptr<waves::Links> links;
  if (waves::may_depend(pack.module())) {
    auto prepared = waves::Links::prepare({pack.module(), settings.readings, settings.language, options.earlier_results}, feed);
    if (auto* fault = std::get_if<Message>(&prepared)) return std::move(*fault);
    links = std::get<std::unique_ptr<waves::Links>>(std::move(prepared));
  }
  RunOutput output(*writer, results, rejects);
  options.go_on_from ? output.go_on(options.go_on_from->any_result) : output.begin();
  std::vector<std::string> early_stages;
  const std::vector<std::string> none;
  for (const StageBlock& block : settings.blocks)
    if (!block.last) early_stages.push_back(block.stage);
  EvaluationSummary summary;
  for (std::uint32_t number = options.go_on_from ? options.go_on_from->pass : 0; number < settings.blocks.size(); ++number) {
    const StageBlock& block = settings.blocks[number];
    const PassSetup setup{pack, settings, block, block.last ? early_stages : none, *writer, links.get(), meter};
    Checkpoint from;
    from.pass = number;
    if (options.go_on_from && options.go_on_from->pass == number) from = *options.go_on_from;
    std::optional<Message> fault = make_pass(setup, std::move(from), output, summary);
    if (fault || block.last || !output.good()) {
      output.finish();
      if (fault) return std::move(*fault);
      break;
    }
  }
  return summary;
}

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

}  // namespace
}  // namespace api

std::variant<EvaluationSummary, Message> evaluate(const Pack& pack, const std::vector<std::string>& inputs, const EvaluationOptions& options,
                                                  std::ostream& results, std::ostream* rejects) {
  if (api::needs_files(options, inputs)) return Message{Diag::stages_need_files, {}, {}};
  waves::Spool spool(inputs, waves::may_depend(pack.module()));
  if (spool.fault()) return *spool.fault();
  // Only one of several needs to be named.
  const std::vector<std::string> names = inputs.size() > 1 ? inputs : std::vector<std::string>(1);
  api::Meter meter(options.progress);
  const waves::Feed feed = [&](facts::Reader& reader, facts::Reader::Sink& sink) -> std::optional<Message> {
    meter.begin_reading();
    for (const std::string& path : spool.paths())
      if (std::optional<Message> fault = tabular::read_evidence(pack.module(), reader, meter.open_file(path), path, sink)) return fault;
    return std::nullopt;
  };
  const auto make_pass = [&](const api::PassSetup& setup, Checkpoint from, api::RunOutput& output, EvaluationSummary& summary) {
    api::PassRun run(setup, names, spool.paths(), options, output);
    std::optional<Message> fault = run.run(std::move(from));
    summary = run.take_summary();
    return fault;
  };
  return api::safely([&] { return api::evaluate_with(pack, options, results, rejects, meter, feed, make_pass); });
}

std::variant<EvaluationSummary, Message> evaluate_text(const Pack& pack, std::string_view evidence, const EvaluationOptions& options,
                                                       std::ostream& results, std::ostream* rejects) {
  api::Meter meter(options.progress);
  const waves::Feed feed = [&](facts::Reader& reader, facts::Reader::Sink& sink) { return reader.read_text(evidence, sink); };
  const auto make_pass = [&](const api::PassSetup& setup, const Checkpoint&, api::RunOutput& output, EvaluationSummary& summary) {
    api::Pass pass(setup);
    std::uint64_t records = 0;
    const auto read = [&](facts::Reader& reader, facts::Reader::Sink& sink) { return reader.read_text(evidence, sink); };
    std::optional<Message> fault = pass.rate_whole(read, {}, 0, output, records);
    summary = pass.take_summary();
    return fault;
  };
  return api::safely([&] { return api::evaluate_with(pack, options, results, rejects, meter, feed, make_pass); });
}

}  // namespace quy
