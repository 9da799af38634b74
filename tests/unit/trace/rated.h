#pragma once
// One record of the sample pack, rated: facts go straight into a batch, so that these tests need no reader.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/trace/explanation.h"
#include "runtime/trace/result.h"
#include "runtime/trace/result_writer.h"
#include "tests/unit/trace/sample_pack.h"

namespace quy::tests {

/// Facts of one record. Defaults: 30 + 30 + 40 points, every condition met, nothing against the person.
struct SampleFacts {
  std::int64_t assigned = 100, done = 100, over = 30, visits = 6;
  bool mistake = false, owned = false;
  std::int64_t months = 100, score = 3000;   ///< hundredths
  std::vector<bool> acts = {};               ///< discipline: on duty or not
  std::int64_t decision = -1;                ///< level; below 0: none
  std::vector<std::uint32_t> missing = {};   ///< fields to leave missing
  bool list_missing = false;
};

class Rated {
 public:
  explicit Rated(const SampleFacts& facts, Language language = Language::vi, vm::Program::Readings readings = {})
      : module_(sample_module()),
        program_(vm::Program::load(module_, 0, readings)),
        texts_(module_),
        maker_(program_, {.reasons = true, .points = true, .range = true, .deciding = true, .settled = true}, language, &texts_),
        machine_(program_, maker_.needs_registers()),
        batch_(program_),
        language_(language) {
    fill(facts);
    head_.id = "A-1", head_.subject = "mau.lanh_dao", head_.period = "2025";
    machine_.run(batch_);
    maker_.make(machine_, batch_, 0, head_, result_);
  }

  trace::Result& result() { return result_; }
  facts::RecordHead& head() { return head_; }
  std::string rating() const { return result_.level == kNone ? "" : module_.ratings[0].levels[result_.level].id; }
  std::vector<std::string> clauses() const {
    std::vector<std::string> all;
    for (const trace::Reason& reason : result_.reasons()) all.insert(all.end(), reason.clauses->begin(), reason.clauses->end());
    return all;
  }
  std::string reasons() const {
    std::string all;
    for (const trace::Reason& reason : result_.reasons()) all += (all.empty() ? "" : " | ") + reason.text;
    return all;
  }
  std::string written(const trace::ResultWriter& writer) const {
    std::string out;
    writer.append(trace::subject_constants(maker_, kPack, {}), result_, out);
    return out;
  }
  trace::ExplanationTree explanation() const {
    const trace::RecordView view{maker_.index(), machine_, batch_, 0, &texts_, language_};
    return trace::build_explanation(view, trace::subject_constants(maker_, kPack, {}), kPack, result_);
  }
  const Module& module() const { return module_; }

  inline static const trace::PackIdentity kPack{"mau", "1.0.0", "ab12"};

 private:
  void fill(const SampleFacts& facts) {
    const std::uint32_t row = batch_.add_row();
    const std::pair<std::uint32_t, std::int64_t> values[] = {
        {giao, facts.assigned}, {xong, facts.done}, {vuot_muc, facts.over},   {luot, facts.visits},
        {sai_sot, facts.mistake}, {chu_dong, facts.owned}, {thang, facts.months}, {pham_chat, facts.score}};
    for (const auto& [field, value] : values) {
      if (std::find(facts.missing.begin(), facts.missing.end(), field) == facts.missing.end()) batch_.set_value(field, row, value);
    }
    if (facts.decision >= 0) batch_.set_value(quyet_dinh, row, facts.decision);
    if (facts.list_missing) return;
    batch_.open_list(0);
    for (const bool on_duty : facts.acts) batch_.set_value(cong_vu, batch_.add_item(0), on_duty ? 1 : 0);
  }

  Module module_;
  vm::Program program_;
  vm::TextPool texts_;
  trace::ResultMaker maker_;
  vm::Machine machine_;
  vm::Batch batch_;
  facts::RecordHead head_;
  trace::Result result_;
  Language language_;
};

}  // namespace quy::tests
