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

/// One pack that has it is enough.
std::optional<Message> choose(const std::vector<Pack>& packs, const std::string& name, const std::string& option, std::vector<Settings>& settings) {
  std::optional<Message> fault;
  bool chosen = false;
  for (std::size_t i = 0; i < packs.size(); ++i) {
    std::optional<Message> found = choose_reading(packs[i].module(), name, option, settings[i].readings);
    chosen = chosen || !found;
    if (found) fault = std::move(found);
  }
  return chosen ? std::nullopt : fault;
}

std::optional<Message> choose_all(const std::vector<Pack>& packs, const EvaluationOptions& options, std::vector<Settings>& settings) {
  for (const auto& [name, option] : options.readings) {
    if (std::optional<Message> fault = choose(packs, name, option, settings)) return fault;
  }
  return std::nullopt;
}

// ---------------------------------------------------------------- stages

/// Every stage that some subject declares, in the order in which they first appear.
std::vector<std::string> all_stages(const std::vector<Pack>& packs) {
  std::vector<std::string> stages;
  for (const Pack& pack : packs) {
    for (const Subject& subject : pack.module().subjects) {
      for (const std::string& stage : subject.stages) {
        if (!contains(stages, stage)) stages.push_back(stage);
      }
    }
  }
  return stages;
}

bool is_early_for_some(const Module& module, const std::string& stage) {
  return std::any_of(module.subjects.begin(), module.subjects.end(),
                     [&](const Subject& subject) { return contains(subject.stages, stage) && subject.stages.back() != stage; });
}

std::vector<StageBlock> blocks_of_all(const std::vector<Pack>& packs) {
  std::vector<StageBlock> blocks;
  for (const std::string& stage : all_stages(packs)) {
    const bool early = std::any_of(packs.begin(), packs.end(), [&](const Pack& pack) { return is_early_for_some(pack.module(), stage); });
    if (early) blocks.push_back({stage, false});
  }
  blocks.push_back({});
  return blocks;
}

std::optional<Message> list_stages(const std::vector<Pack>& packs, const EvaluationOptions& options, Settings& common) {
  common.name_stages = !options.stage.empty();
  if (options.stage == kAllStages) {
    common.blocks = blocks_of_all(packs);
    return std::nullopt;
  }
  const std::string stage = fold_id(options.stage);
  const std::vector<std::string> stages = all_stages(packs);
  if (!stage.empty() && !contains(stages, stage)) return unknown(Diag::unknown_stage, stage, stages, {options.stage, listed(stages)});
  common.blocks = {{stage, true}};
  return std::nullopt;
}

// ---------------------------------------------------------------- keys

std::optional<Message> choose_keys(const EvaluationOptions& options, Settings& settings) {
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

std::variant<std::vector<Settings>, Message> settle(const std::vector<Pack>& packs, const EvaluationOptions& options) {
  std::vector<Settings> settings(packs.size());
  if (std::optional<Message> fault = choose_all(packs, options, settings)) return std::move(*fault);
  Settings common;
  common.language = options.language;
  common.explained = options.explained && options.format == ResultFormat::ndjson;
  if (std::optional<Message> fault = list_stages(packs, options, common)) return std::move(*fault);
  if (std::optional<Message> fault = choose_keys(options, common)) return std::move(*fault);
  for (Settings& of_pack : settings) {
    vm::Program::Readings readings = std::move(of_pack.readings);
    of_pack = common;
    of_pack.readings = std::move(readings);
  }
  return settings;
}

std::variant<Settings, Message> settle(const Pack& pack, const EvaluationOptions& options) {
  std::variant<std::vector<Settings>, Message> settled = settle(std::vector<Pack>{pack}, options);
  if (auto* fault = std::get_if<Message>(&settled)) return std::move(*fault);
  return std::move(std::get<std::vector<Settings>>(settled).front());
}

trace::PackIdentity identity(const Pack& pack) { return {pack.module().id, pack.module().version, pack.sha256()}; }

std::unique_ptr<trace::ResultWriter> make_writer(const Pack& pack, const std::vector<Pack>& packs, const Settings& settings, ResultFormat format) {
  std::vector<const Module*> modules;
  for (const Pack& one : packs) modules.push_back(&one.module());
  switch (format) {
    case ResultFormat::ndjson: break;
    case ResultFormat::json: return trace::json_writer(settings.keys);
    case ResultFormat::csv:
      return trace::csv_writer(settings.keys, modules, identity(pack), settings.blocks.size() > 1 ? all_stages(packs) : std::vector<std::string>());
  }
  return trace::ndjson_writer(settings.keys);
}

std::vector<std::string> stages_before_last(const Settings& settings) {
  std::vector<std::string> stages;
  for (const StageBlock& block : settings.blocks)
    if (!block.last) stages.push_back(block.stage);
  return stages;
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
