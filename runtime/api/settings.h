#pragma once
// A run's options, checked against the pack: names looked up, stages listed.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/api/evaluation.h"
#include "runtime/trace/result_keys.h"
#include "runtime/trace/result_writer.h"
#include "runtime/vm/program.h"

namespace quy::api {

/// One pass over the evidence.
struct StageBlock {
  std::string stage;        ///< empty: each subject's last
  bool last = true;         ///< the pass whose results count in the summary
};

struct Settings {
  vm::Program::Readings readings;
  std::vector<trace::ResultKey> keys;
  trace::ResultNeeds needs;
  std::vector<StageBlock> blocks;
  bool name_stages = false; ///< results say which stage they are of
  bool explained = false;   ///< as EvaluationOptions::explained
  Language language = Language::vi;
};

/// Adds one choice to `readings`; a message when the module has no such reading or option.
std::optional<Message> choose_reading(const bytecode::Module& module, const std::string& name, const std::string& option,
                                      vm::Program::Readings& readings);

std::variant<Settings, Message> settle(const Pack& pack, const EvaluationOptions& options);
/// By pack, with the same passes for all. What one of them has may be asked for.
std::variant<std::vector<Settings>, Message> settle(const std::vector<Pack>& packs, const EvaluationOptions& options);
trace::PackIdentity identity(const Pack& pack);
/// For the results of `pack`, one of `packs`; all writers of a run have the same columns.
std::unique_ptr<trace::ResultWriter> make_writer(const Pack& pack, const std::vector<Pack>& packs, const Settings& settings, ResultFormat format);

/// With `--stage all` the stages of the passes before the last.
std::vector<std::string> stages_before_last(const Settings& settings);
/// Whether a subject takes part in a pass; its last stage is left to the last pass.
bool takes_part(const bytecode::Subject& subject, const StageBlock& block);
/// The id of the stage that a pass rates for a subject; empty when the subject has none.
std::string stage_of(const bytecode::Subject& subject, const StageBlock& block);

}  // namespace quy::api
