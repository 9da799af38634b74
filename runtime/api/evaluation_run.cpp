#include "runtime/api/evaluation_run.h"

#include <cerrno>
#include <fstream>

#include "base/file_io.h"
#include "runtime/api/tally.h"

namespace quy::api {
namespace {

std::vector<const bytecode::Module*> modules_of(const std::vector<Pack>& packs) {
  std::vector<const bytecode::Module*> modules;
  for (const Pack& pack : packs) modules.push_back(&pack.module());
  return modules;
}

/// What a later record takes of a result.
const std::vector<std::string> kTakenKeys{"id", "subject", "period", "total", "total_exact", "total_range", "rating", "status", "possible", "quota", "to_date"};

}  // namespace

EvaluationRun::EvaluationRun(const std::vector<Pack>& packs, const EvaluationOptions& options, RunEvidence evidence, Meter& meter)
    : packs_(packs), options_(options), evidence_(std::move(evidence)), meter_(meter), versions_(modules_of(packs)) {}

std::variant<EvaluationSummary, Message> EvaluationRun::run(std::ostream& results, std::ostream* rejects) {
  if (std::optional<Message> fault = prepare()) return std::move(*fault);
  RunOutput output(*setups_.front().writer, results, rejects);
  options_.go_on_from ? output.go_on(options_.go_on_from->any_result) : output.begin();
  return make_passes(output);
}

std::optional<Message> EvaluationRun::prepare() {
  std::variant<std::vector<Settings>, Message> settled = settle(packs_, options_);
  if (auto* fault = std::get_if<Message>(&settled)) return std::move(*fault);
  std::vector<std::vector<std::uint32_t>> rows = summary_rows(packs_);
  for (std::size_t i = 0; i < packs_.size(); ++i) {
    Settings& settings = std::get<std::vector<Settings>>(settled)[i];
    auto writer = make_writer(packs_[i], packs_, settings, options_.format);
    setups_.push_back({packs_[i], std::move(settings), std::move(writer), std::move(rows[i]), nullptr});
  }
  for (std::size_t version = 0; version < packs_.size(); ++version)
    if (std::optional<Message> fault = prepare_links(version)) return fault;
  return std::nullopt;
}

// ---------------------------------------------------------------- what records take from each other

std::optional<Message> EvaluationRun::prepare_links(std::size_t version) {
  const bytecode::Module& module = packs_[version].module();
  if (!waves::may_depend(module)) return std::nullopt;
  PackSetup& setup = setups_[version];
  waves::Setup links{module, setup.settings.readings, setup.settings.language, options_.earlier_results, versions()};
  if (waves::takes_own_periods(module)) {
    if (std::optional<Message> fault = keep_results_before(version)) return fault;
    for (std::size_t older = 0; older < version; ++older) links.results_of_run.push_back(kept_[older]->path());
  }
  auto prepared = waves::Links::prepare(links, evidence_.feed);
  if (auto* fault = std::get_if<Message>(&prepared)) return std::move(*fault);
  setup.links = std::get<std::unique_ptr<waves::Links>>(std::move(prepared));
  return std::nullopt;
}

std::optional<Message> EvaluationRun::keep_results_before(std::size_t version) {
  while (kept_.size() < version)
    if (std::optional<Message> fault = keep_results(kept_.size())) return fault;
  return std::nullopt;
}

/// Rates the records of one version by themselves, at their last stage.
std::optional<Message> EvaluationRun::keep_results(std::size_t version) {
  kept_.push_back(std::make_unique<KeptResults>());
  std::ofstream file(kept_.back()->path());
  const StageBlock block;
  const PackSetup& of = setups_[version];
  EvaluationOptions options;
  options.fields = kTakenKeys;
  options.language = options_.language;
  options.threads = options_.threads;
  std::variant<Settings, Message> settled = settle(of.pack, options);
  if (auto* fault = std::get_if<Message>(&settled)) return std::move(*fault);
  Settings& settings = std::get<Settings>(settled);
  settings.readings = of.settings.readings;
  auto writer = trace::ndjson_writer(settings.keys);
  // Lent for this pass only.
  PackSetup setup{of.pack, std::move(settings), std::move(writer), of.summary_rows, std::move(setups_[version].links)};
  PassSetup pass{versions(), std::vector<const PackSetup*>(packs_.size(), nullptr), block, {}, meter_};
  pass.packs[version] = &setup;
  RunOutput output(*setup.writer, file, nullptr);
  EvaluationSummary ignored;
  std::optional<Message> fault = evidence_.make_pass(pass, options, {}, output, ignored);
  setups_[version].links = std::move(setup.links);
  output.finish();
  if (!fault && !file) fault = Message{Diag::file_unwritable, {kept_.back()->path(), system_error_text(errno)}, {}};
  return fault;
}

// ---------------------------------------------------------------- passes

std::variant<EvaluationSummary, Message> EvaluationRun::make_passes(RunOutput& output) {
  const std::vector<StageBlock>& blocks = setups_.front().settings.blocks;
  const std::vector<std::string> early_stages = stages_before_last(setups_.front().settings);
  EvaluationSummary summary;
  for (std::uint32_t number = options_.go_on_from ? options_.go_on_from->pass : 0; number < blocks.size(); ++number) {
    const StageBlock& block = blocks[number];
    PassSetup setup{versions(), {}, block, block.last ? early_stages : std::vector<std::string>(), meter_};
    for (const PackSetup& pack : setups_) setup.packs.push_back(&pack);
    Checkpoint from;
    from.pass = number;
    if (options_.go_on_from && options_.go_on_from->pass == number) from = *options_.go_on_from;
    std::optional<Message> fault = evidence_.make_pass(setup, options_, std::move(from), output, summary);
    if (fault || block.last || !output.good()) {
      output.finish();
      if (fault) return std::move(*fault);
      break;
    }
  }
  for (const PackSetup& setup : setups_)
    if (setup.links) summary.warnings.insert(summary.warnings.end(), setup.links->warnings().begin(), setup.links->warnings().end());
  return summary;
}

}  // namespace quy::api
