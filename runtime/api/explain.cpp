// Explains one record: the same bytecode on a batch of one, with every register kept.

#include <memory>
#include <unordered_map>

#include "runtime/api/evaluation.h"
#include "runtime/api/lane.h"
#include "runtime/api/settings.h"
#include "runtime/api/stage_sides.h"
#include "runtime/tabular/input.h"
#include "runtime/trace/explanation.h"
#include "runtime/vm/shape.h"
#include "runtime/waves/links.h"
#include "runtime/waves/spool.h"

namespace quy {
namespace api {
namespace {

/// Keeps the first record with the wanted id and lets all others go.
class Finder : public facts::Reader::Sink {
 public:
  /// `early_stages` are put beside the last one; empty where they are not asked for.
  Finder(const Pack& pack, const Settings& settings, const std::vector<std::string>& early_stages, vm::TextPool& texts, const waves::Links* links,
         const std::string& id)
      : pack_(pack), settings_(settings), texts_(texts), links_(links), id_(id) {
    if (!early_stages.empty()) sides_.emplace(pack.module(), settings.readings, early_stages, settings.language, texts, links);
  }

  vm::Batch* batch(std::string_view subject) override {
    const std::optional<std::uint32_t> index = pack_.find_subject(subject);
    if (!index) return nullptr;
    std::unique_ptr<Lane>& lane = lanes_[*index];
    if (!lane) lane = std::make_unique<Lane>(pack_, *index, settings_, settings_.blocks.back(), texts_);
    current_ = lane.get();
    return &current_->batch;
  }

  void row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) override {
    const std::uint32_t record = next_record_++;
    if (found() || head.id != id_) return batch.drop_row();
    if (links_ != nullptr) {
      std::string field;
      if (std::optional<Message> fault = links_->refused(record, field)) {
        rejected_ = std::move(fault);
        return batch.drop_row();
      }
      links_->fill(record, batch, row, texts_);
    }
    std::vector<trace::StageOutcome> stages;
    if (sides_) stages = sides_->compare(batch, row, head, record);
    current_->waiting.add(head, 0, record, std::move(stages));
    lane_ = current_;
  }

  facts::Reader::Sink* at_stage(std::size_t stage) override { return sides_ && !found() ? sides_->at_stage(stage) : nullptr; }
  void cohort(facts::CohortRecord) override { ++next_record_; }
  void reject(facts::Reject reject) override {
    ++next_record_;
    if (!found() && !reject.id.empty() && reject.id == id_) rejected_ = std::move(reject.reason);
  }

  bool found() const { return lane_ != nullptr || rejected_.has_value(); }
  Lane* lane() const { return lane_; }
  const std::optional<Message>& rejected() const { return rejected_; }

 private:
  const Pack& pack_;
  const Settings& settings_;
  vm::TextPool& texts_;
  const waves::Links* links_;
  const std::string& id_;
  std::optional<StageSides> sides_;
  std::uint32_t next_record_ = 0;
  std::unordered_map<std::uint32_t, std::unique_ptr<Lane>> lanes_;
  Lane* current_ = nullptr;
  Lane* lane_ = nullptr;
  std::optional<Message> rejected_;
};

Explanation problem(Message message, bool found = false) {
  Explanation explanation;
  explanation.found = found;
  explanation.problem = std::move(message);
  return explanation;
}

std::optional<Message> broken_requirement(const Lane& lane) {
  for (const bytecode::Requirement& requirement : lane.program.subject().requirements) {
    if (lane.machine.truth(requirement.condition, 0) == vm::Truth::no) return Message{Diag::requirement_broken, {requirement.text}, {}};
  }
  return std::nullopt;
}

Explanation explain_record(const Pack& pack, Lane& lane, Language language, const vm::TextPool& texts, const waves::Links* links) {
  lane.machine.run(lane.batch);
  if (std::optional<Message> broken = broken_requirement(lane)) return problem(std::move(*broken), true);
  trace::Result result;
  lane.maker.make(lane.machine, lane.batch, 0, lane.waiting[0].head, result);
  result.stages = std::move(lane.waiting[0].stages);
  if (links != nullptr) links->finish(lane.waiting[0].record, lane.batch, result);
  const trace::RecordView view{lane.maker.index(), lane.machine, lane.batch, 0, &texts, language, true};
  const trace::ExplanationTree tree = trace::build_explanation(view, lane.constants, identity(pack), result);
  Explanation explanation;
  explanation.found = true;
  explanation.text = trace::explanation_text(tree, language);
  explanation.json = trace::explanation_json(tree);
  return explanation;
}

Explanation explain_first(const Pack& pack, const std::vector<std::string>& inputs, const std::string& id, const EvaluationOptions& options,
                          Settings& settings) {
  settings.needs = {.reasons = true, .points = true, .range = true, .deciding = true, .settled = true};
  settings.name_stages = true;
  // The last pass is the one that decides; with `--stage all` that is the subject's last stage, and those before it stand beside it.
  const std::vector<std::string> early_stages = stages_before_last(settings);
  vm::TextPool texts(pack.module());
  facts::Reader reader(pack.module(), texts, {settings.blocks.back().stage, early_stages});
  const waves::Spool spool(inputs, waves::may_depend(pack.module()));
  if (spool.fault()) return problem(*spool.fault());
  const waves::Feed feed = [&](facts::Reader& from, facts::Reader::Sink& sink) -> std::optional<Message> {
    for (const std::string& path : spool.paths())
      if (std::optional<Message> fault = tabular::read_evidence(pack.module(), from, path, sink)) return fault;
    return std::nullopt;
  };
  std::unique_ptr<waves::Links> links;
  if (waves::may_depend(pack.module())) {
    auto prepared = waves::Links::prepare({pack.module(), settings.readings, settings.language, options.earlier_results}, feed);
    if (auto* fault = std::get_if<Message>(&prepared)) return problem(std::move(*fault));
    links = std::get<std::unique_ptr<waves::Links>>(std::move(prepared));
  }
  Finder finder(pack, settings, early_stages, texts, links.get(), id);
  if (std::optional<Message> fault = feed(reader, finder); fault && !finder.found()) return problem(std::move(*fault));
  if (finder.rejected()) return problem(*finder.rejected(), true);
  if (finder.lane() == nullptr) return problem({Diag::no_such_record, {id}, {}});
  return explain_record(pack, *finder.lane(), settings.language, texts, links.get());
}

}  // namespace
}  // namespace api

Explanation explain(const Pack& pack, const std::vector<std::string>& inputs, const std::string& id, const EvaluationOptions& options) {
  std::variant<api::Settings, Message> settled = api::settle(pack, options);
  if (auto* fault = std::get_if<Message>(&settled)) return api::problem(std::move(*fault));
  try {
    return api::explain_first(pack, inputs, id, options, std::get<api::Settings>(settled));
  } catch (const vm::Unloadable& fault) {
    return api::problem({Diag::pack_not_runnable, {fault.what()}, {}});
  }
}

}  // namespace quy
