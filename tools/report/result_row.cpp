#include "tools/report/result_row.h"

#include <nlohmann/json.hpp>

#include "runtime/bytecode/labels.h"
#include "runtime/trace/phrases.h"
#include "runtime/trace/place_text.h"

namespace quy::tools {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

std::vector<std::string> texts_of(const Json& object, const char* key) {
  std::vector<std::string> texts;
  const auto found = object.find(key);
  if (found == object.end()) return texts;
  for (const Json& text : *found) texts.push_back(text.get<std::string>());
  return texts;
}

std::string places_of(const Json& quota) {
  const Json& places = quota.at("places");
  return places.is_array() ? places.at(0).dump() + " – " + places.at(1).dump() : places.dump();
}

ResultRow::Quota quota_of(const Json& json) {
  ResultRow::Quota quota;
  quota.level = text_of(json, "level");
  quota.unit = text_of(json, "unit");
  quota.cohort = text_of(json, "cohort");
  quota.rate = text_of(json, "rate");
  quota.candidates = text_of(json, "candidates");
  quota.places = places_of(json);
  quota.raised_by = text_of(json, "raised_by");
  quota.decided_by = text_of(json, "decided_by");
  quota.standing = text_of(json, "standing");
  quota.text = text_of(json, "text");
  quota.within = json.value("within", std::uint64_t{0});
  quota.tied = json.value("tied", std::uint64_t{0});
  quota.beyond = json.value("beyond", std::uint64_t{0});
  quota.open = json.value("open", std::uint64_t{0});
  return quota;
}

ResultRow::Stage stage_of(const Json& json) {
  ResultRow::Stage stage{text_of(json, "stage"), text_of(json, "total"), {}, {}, text_of(json, "rating"), text_of(json, "status"), texts_of(json, "because")};
  if (const auto range = json.find("total_range"); range != json.end()) {
    stage.low = range->at(0).get<std::string>();
    stage.high = range->at(1).get<std::string>();
  }
  stage.smallest = json.value("smallest", true);
  return stage;
}

}  // namespace

ResultRow parse_result(std::string_view line) {
  const Json json = Json::parse(line);
  ResultRow row;
  row.id = text_of(json, "id");
  row.subject = text_of(json, "subject");
  row.period = text_of(json, "period");
  row.unit = text_of(json, "unit");
  row.cohort = text_of(json, "cohort");
  row.stage = text_of(json, "stage");
  row.total = text_of(json, "total");
  row.total_exact = text_of(json, "total_exact");
  if (const auto range = json.find("total_range"); range != json.end()) {
    row.low = range->at(0).get<std::string>();
    row.high = range->at(1).get<std::string>();
  }
  row.rating = text_of(json, "rating");
  row.status = text_of(json, "status");
  row.outer = json.contains("range");
  row.possible = texts_of(json, "possible");
  row.missing = texts_of(json, "missing");
  row.presumed = texts_of(json, "presumed");
  if (const auto reasons = json.find("reasons"); reasons != json.end())
    for (const Json& reason : *reasons) row.reasons.push_back({text_of(reason, "clause"), text_of(reason, "text")});
  if (const auto stages = json.find("stages"); stages != json.end())
    for (const Json& stage : *stages) row.stages.push_back(stage_of(stage));
  if (const auto overrides = json.find("overrides"); overrides != json.end())
    for (const Json& of : *overrides)
      row.overrides.push_back(
          {text_of(of, "stage"), text_of(of, "place"), text_of(of, "from"), text_of(of, "to"), text_of(of, "reason"), text_of(of, "document")});
  row.of_cohort = text_of(json, "kind") == "cohort";
  if (const auto quota = json.find("quota"); quota != json.end()) row.quotas.push_back(quota_of(*quota));
  if (const auto quotas = json.find("quotas"); quotas != json.end())
    for (const Json& quota : *quotas) row.quotas.push_back(quota_of(quota));
  return row;
}

Labels::Labels(const std::vector<const bytecode::Module*>& versions, Language language) : language_(language) {
  versions_.assign(versions.rbegin(), versions.rend());
  for (const bytecode::Module* version : versions_)
    for (const bytecode::Subject& subject : version->subjects) subjects_[subject.id].push_back({version, &subject});
}

const std::vector<Labels::Known>& Labels::find(const std::string& subject) const {
  static const std::vector<Known> nowhere;
  const auto found = subjects_.find(subject);
  return found == subjects_.end() ? nowhere : found->second;
}

const std::string& Labels::subject(const std::string& id) const {
  for (const Known& known : find(id))
    if (!known.subject->label.empty()) return known.subject->label;
  return id;
}

std::string Labels::status(const std::string& id) const {
  if (id == "undecided") return say("Chưa xác định", "Undecided");
  if (id == "authority") return say("Chờ cấp có thẩm quyền", "For the authority");
  if (id == "gap" || id == "none") return say("Không thuộc mức nào", "No level");
  return id == "not_rated" ? say("Không xếp loại", "Not rated") : id;
}

Category Labels::category(const ResultRow& row) const {
  if (row.status == "undecided") return {kUndecidedRank, status(row.status)};
  if (row.status == "authority") return {kAuthorityRank, status(row.status)};
  if (row.status == "gap") return {kGapRank, status(row.status)};
  if (row.status == "not_rated") return {kNotRatedRank, status(row.status)};
  for (const auto& [module, subject] : find(row.subject)) {
    if (subject->rating >= module->ratings.size()) continue;
    const auto& levels = module->ratings[subject->rating].levels;
    for (std::uint32_t i = 0; i < levels.size(); ++i)
      if (levels[i].id == row.rating) return {i, levels[i].label.empty() ? levels[i].id : levels[i].label};
  }
  return {0, row.rating};
}

std::string Labels::stage(const std::string& id) const { return bytecode::stage_label(id).in(language_); }

std::string Labels::outcome_of(const std::string& subject, const ResultRow::Stage& stage) const {
  ResultRow row;
  row.subject = subject;
  row.rating = stage.rating;
  row.status = stage.status;
  return category(row).label;
}

std::string Labels::because(const std::string& subject, const ResultRow::Stage& stage) const {
  std::string places;
  for (const std::string& id : stage.because) places += (places.empty() ? "" : "; ") + place(subject, id);
  return stage.smallest ? places : places + say(" (có thể còn nhóm nhỏ hơn)", " (a smaller set may do)");
}

std::string Labels::place(const std::string& subject, const std::string& id) const {
  for (const Known& known : find(subject)) {
    const std::string label = trace::place_label(*known.subject, id, language_);
    if (label != id) return label;
  }
  return id;
}

std::string Labels::value(const std::string& subject, const std::string& place, const std::string& written) const {
  const std::vector<Known>& known = find(subject);
  return known.empty() ? written : trace::written_value_text(*known.front().module, *known.front().subject, place, written, language_);
}

std::string Labels::change(const std::string& subject, const ResultRow::Override& of) const {
  using trace::Phrase;
  const std::string by = stage(of.stage), what = place(subject, of.place);
  if (of.to.empty()) return trace::phrase(Phrase::override_place, language_, {by, what});
  return trace::phrase(Phrase::override_values, language_, {by, what, value(subject, of.place, of.from), value(subject, of.place, of.to)});
}

std::string Labels::reason_of(const ResultRow::Override& of) const { return trace::phrase(trace::Phrase::override_reason, language_, {of.reason}); }

std::string Labels::document_of(const ResultRow::Override& of) const { return trace::phrase(trace::Phrase::override_document, language_, {of.document}); }

std::string Labels::outcome(const std::string& subject, const std::string& id) const {
  ResultRow row;
  row.subject = subject;
  row.rating = id;
  const std::string label = category(row).label;
  return label == id ? status(id) : label;
}

std::string Labels::level(const std::string& id) const {
  for (const bytecode::Module* version : versions_)
    for (const bytecode::RatingInfo& rating : version->ratings)
      for (const bytecode::LevelInfo& level : rating.levels)
        if (level.id == id && !level.label.empty()) return level.label;
  return id;
}

std::string Labels::field(const std::string& subject_id, const std::string& id) const {
  for (const auto& [module, subject] : find(subject_id)) {
    for (const bytecode::List& list : subject->lists)
      if (list.id == id) return (list.label.empty() ? list.id : list.label) + " (" + id + ")";
    for (const bytecode::Field& field : subject->fields) {
      const std::string full = field.list == bytecode::kNone ? field.id : subject->lists[field.list].id + "." + field.id;
      if (full == id) return bytecode::field_label(field) + " (" + id + ")";
    }
  }
  return id;
}

}  // namespace quy::tools
