#include "runtime/api/stage_sides.h"

#include <algorithm>

namespace quy::api {

/// The last record read at one stage.
class StageSides::Side : public facts::Reader::Sink {
 public:
  Side(const bytecode::Module& module, const vm::Program::Readings& readings) : module_(module), readings_(readings) {
    for (std::uint32_t i = 0; i < module.subjects.size(); ++i) subject_of_.emplace(module.subjects[i].id, i);
  }

  void begin_record() { row_ = nullptr; }
  /// Nothing when the record was refused at this stage, or its subject has no such stage.
  vm::Batch* row() const { return row_; }

  vm::Batch* batch(std::string_view subject) override {
    const auto found = subject_of_.find(subject);
    if (found == subject_of_.end()) return nullptr;
    std::unique_ptr<vm::Batch>& batch = batches_[found->second];
    if (!batch) batch = std::make_unique<vm::Batch>(vm::Program::load(module_, found->second, readings_));
    batch->clear();
    return batch.get();
  }
  void row(vm::Batch& batch, std::uint32_t, const facts::RecordHead&) override { row_ = &batch; }
  void reject(facts::Reject) override { row_ = nullptr; }

 private:
  const bytecode::Module& module_;
  const vm::Program::Readings& readings_;
  std::unordered_map<std::string_view, std::uint32_t> subject_of_;
  std::unordered_map<std::uint32_t, std::unique_ptr<vm::Batch>> batches_;
  vm::Batch* row_ = nullptr;
};

StageSides::StageSides(const bytecode::Module& module, const vm::Program::Readings& readings, std::vector<std::string> stages, Language language,
                       vm::TextPool& texts, const waves::Links* links)
    : module_(module), readings_(readings), stages_(std::move(stages)), language_(language), texts_(texts), links_(links) {
  for (std::size_t i = 0; i < stages_.size(); ++i) sides_.push_back(std::make_unique<Side>(module, readings));
}

StageSides::~StageSides() = default;

facts::Reader::Sink* StageSides::at_stage(std::size_t stage) {
  sides_[stage]->begin_record();
  return sides_[stage].get();
}

std::vector<trace::StageOutcome> StageSides::compare(const vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head,
                                                     std::uint32_t record) {
  const bytecode::Subject& subject = batch.program().subject();
  std::unique_ptr<stages::Comparison>& comparison = comparisons_[batch.program().subject_index()];
  std::vector<trace::StageOutcome> outcomes;
  const vm::Batch* before = nullptr;
  std::uint32_t before_row = 0;
  const auto add = [&](std::string_view stage, const vm::Batch& at, std::uint32_t at_row) {
    if (!comparison) comparison = std::make_unique<stages::Comparison>(batch.program(), language_, &texts_);
    trace::StageOutcome& outcome = outcomes.emplace_back(comparison->outcome(at, at_row, head));
    outcome.stage = stage;
    if (before != nullptr) {
      stages::Change change = comparison->change(*before, before_row, at, at_row);
      outcome.because = std::move(change.because);
      outcome.smallest = change.smallest;
    }
    before = &at;
    before_row = at_row;
  };
  for (std::size_t i = 0; i < sides_.size(); ++i) {
    vm::Batch* at = sides_[i]->row();
    const bool own = std::find(subject.stages.begin(), subject.stages.end(), stages_[i]) != subject.stages.end();
    if (at == nullptr || !own || subject.stages.back() == stages_[i]) continue;
    if (links_ != nullptr) links_->fill(record, *at, 0, texts_);
    add(stages_[i], *at, 0);
  }
  if (!outcomes.empty()) add(subject.stages.back(), batch, row);
  return outcomes;
}

}  // namespace quy::api
