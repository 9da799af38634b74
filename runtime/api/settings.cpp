#include "runtime/api/settings.h"

#include <algorithm>

#include "base/text.h"

namespace quy::api {
namespace {

using bytecode::Module;
using bytecode::ReadingInfo;
using bytecode::Subject;

constexpr std::string_view kAllStages = "all";

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Message unknown(Diag id, const std::string& name, const std::vector<std::string>& candidates, std::vector<Argument> arguments) {
  return {id, std::move(arguments), nearest(name, candidates)};
}

// ---------------------------------------------------------------- readings

std::optional<Message> choose_all(const Pack& pack, const EvaluationOptions& options, Settings& settings) {
  for (const auto& [name, option] : options.readings) {
    if (std::optional<Message> fault = choose_reading(pack.module(), name, option, settings.readings)) return fault;
  }
  return std::nullopt;
}

// ---------------------------------------------------------------- stages

/// Every stage that some subject declares, in the order in which they first appear.
std::vector<std::string> all_stages(const Module& module) {
  std::vector<std::string> stages;
  for (const Subject& subject : module.subjects) {
    for (const std::string& stage : subject.stages) {
      if (!contains(stages, stage)) stages.push_back(stage);
    }
  }
  return stages;
}

bool is_early_for_some(const Module& module, const std::string& stage) {
  return std::any_of(module.subjects.begin(), module.subjects.end(),
                     [&](const Subject& subject) { return contains(subject.stages, stage) && subject.stages.back() != stage; });
}

std::vector<StageBlock> blocks_of_all(const Module& module) {
  std::vector<StageBlock> blocks;
  for (const std::string& stage : all_stages(module)) {
    if (is_early_for_some(module, stage)) blocks.push_back({stage, false});
  }
  blocks.push_back({});
  return blocks;
}

std::optional<Message> list_stages(const Pack& pack, const EvaluationOptions& options, Settings& settings) {
  settings.name_stages = !options.stage.empty();
  if (options.stage == kAllStages) {
    settings.blocks = blocks_of_all(pack.module());
    return std::nullopt;
  }
  const std::string stage = fold_id(options.stage);
  const std::vector<std::string> stages = all_stages(pack.module());
  if (!stage.empty() && !contains(stages, stage)) return unknown(Diag::unknown_stage, stage, stages, {options.stage, listed(stages)});
  settings.blocks = {{stage, true}};
  return std::nullopt;
}

// ---------------------------------------------------------------- keys

std::optional<Message> choose_keys(const Pack&, const EvaluationOptions& options, Settings& settings) {
  if (options.fields.empty()) settings.keys = trace::default_keys(options.detail);
  for (const std::string& name : options.fields) {
    const std::optional<trace::ResultKey> key = trace::find_key(name);
    if (!key) return unknown(Diag::unknown_result_key, name, trace::key_names(), {name, listed(trace::key_names())});
    settings.keys.push_back(*key);
  }
  const trace::ResultNeeds everything{.reasons = true, .points = true, .range = true, .deciding = true, .settled = true};
  settings.needs = settings.explained ? everything : trace::needs_of(settings.keys);
  return std::nullopt;
}

}  // namespace

std::optional<Message> choose_reading(const Module& module, const std::string& name, const std::string& option,
                                      vm::Program::Readings& readings) {
  // Users may type a name with its Vietnamese letters; ids are the fold.
  const std::string id = fold_id(name);
  const auto reading = std::find_if(module.readings.begin(), module.readings.end(), [&](const ReadingInfo& r) { return r.id == id; });
  if (reading == module.readings.end()) {
    std::vector<std::string> ids;
    for (const ReadingInfo& r : module.readings) ids.push_back(r.id);
    return unknown(Diag::unknown_reading, id, ids, {name});
  }
  const std::vector<std::string>& options = reading->option_ids;
  const auto chosen = std::find(options.begin(), options.end(), fold_id(option));
  if (chosen == options.end()) return unknown(Diag::unknown_reading_option, option, options, {name, option, listed(options)});
  readings[static_cast<std::uint32_t>(reading - module.readings.begin())] = static_cast<std::uint32_t>(chosen - options.begin());
  return std::nullopt;
}

std::variant<Settings, Message> settle(const Pack& pack, const EvaluationOptions& options) {
  Settings settings;
  settings.language = options.language;
  settings.explained = options.explained && options.format == ResultFormat::ndjson;
  for (const auto& step : {choose_all, list_stages, choose_keys}) {
    if (std::optional<Message> fault = step(pack, options, settings)) return std::move(*fault);
  }
  return settings;
}

trace::PackIdentity identity(const Pack& pack) { return {pack.module().id, pack.module().version, pack.sha256()}; }

std::unique_ptr<trace::ResultWriter> make_writer(const Pack& pack, const Settings& settings, ResultFormat format) {
  switch (format) {
    case ResultFormat::ndjson: break;
    case ResultFormat::json: return trace::json_writer(settings.keys);
    case ResultFormat::csv: return trace::csv_writer(settings.keys, pack.module(), identity(pack));
  }
  return trace::ndjson_writer(settings.keys);
}

bool takes_part(const Subject& subject, const StageBlock& block) {
  if (block.last) return true;
  return contains(subject.stages, block.stage) && subject.stages.back() != block.stage;
}

std::string stage_of(const Subject& subject, const StageBlock& block) {
  if (!block.stage.empty()) return block.stage;
  return subject.stages.empty() ? std::string() : subject.stages.back();
}

}  // namespace quy::api
