// Results as JSON, by one small function a key. Empty keys are left out; `total` and `rating` always stand, as null when there is none.

#include <algorithm>

#include "runtime/trace/json_text.h"
#include "runtime/trace/outcome_ids.h"
#include "runtime/trace/quota_text.h"
#include "runtime/trace/result_writer.h"

namespace quy::trace {
namespace {

/// The record at hand; `out` ends where the next key begins.
struct Writing {
  const SubjectConstants& subject;
  const Result& result;
  JsonObject& object;

  const SubjectIndex& index() const { return *subject.index; }
};

void text_member(Writing& w, std::string_view key, std::string_view text) {
  if (!text.empty()) w.object.member(key, text);
}
void ready_member(Writing& w, std::string_view key, const std::string& json) {
  if (!json.empty()) w.object.key(key) += json;
}
/// A text of ours that needs no escapes.
void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  out += text;
  out += '"';
}
void list_member(Writing& w, std::string_view key, const std::vector<std::string>& texts) {
  if (!texts.empty()) append_json_array(w.object.key(key), texts);
}

void write_id(Writing& w) { w.object.member("id", w.result.head->id); }
void write_subject(Writing& w) { w.object.member("subject", w.index().subject().id); }
void write_period(Writing& w) { text_member(w, "period", w.result.head->period); }
void write_unit(Writing& w) { text_member(w, "unit", w.result.head->unit); }
void write_cohort(Writing& w) { text_member(w, "cohort", w.result.head->cohort); }
void write_stage(Writing& w) { text_member(w, "stage", w.subject.stage); }
void write_pack(Writing& w) { ready_member(w, "pack", w.subject.pack_json); }
void write_total(Writing& w) {
  std::string& out = w.object.key("total");
  if (w.result.total.decimal.empty()) {
    out += "null";
  } else {
    append_quoted(out, w.result.total.decimal);
  }
}
void write_total_exact(Writing& w) { text_member(w, "total_exact", w.result.total.fraction); }

void write_bounds(std::string& out, const PrintedRange& range) {
  JsonArray bounds(out);
  append_json(bounds.next(), range.low);
  append_json(bounds.next(), range.high);
}

void write_total_range(Writing& w) {
  if (!w.result.total_range.empty()) write_bounds(w.object.key("total_range"), w.result.total_range);
}

void write_range(Writing& w) {
  if (w.result.outer) w.object.member("range", "outer");
}

void write_line(std::string& out, const PointsLine& line, std::string_view parent) {
  JsonObject object(out);
  if (!parent.empty()) object.member("parent", parent);
  if (line.points.decimal.empty()) {
    object.key("points") += "null";
  } else {
    object.member("points", line.points.decimal);
  }
  if (!line.points.fraction.empty()) object.member("points_exact", line.points.fraction);
  if (!line.range.empty()) write_bounds(object.key("points_range"), line.range);
  if (!line.maximum.decimal.empty()) object.member("max", line.maximum.decimal);
  const std::string_view cause = cause_id(line.left_out);
  if (!cause.empty()) object.member("left_out", cause);
}

std::string_view parent_id(const std::vector<bytecode::GroupInfo>& groups, std::uint32_t parent) {
  return parent == kNone ? std::string_view() : std::string_view(groups[parent].id);
}

void write_groups(Writing& w) {
  if (w.result.groups.empty()) return;
  const std::vector<bytecode::GroupInfo>& infos = w.index().subject().groups;
  JsonObject lines(w.object.key("groups"));
  for (std::size_t i = 0; i < w.result.groups.size(); ++i) {
    write_line(lines.foreign_key(infos[i].id), w.result.groups[i], parent_id(infos, infos[i].parent));
  }
}

void write_criteria(Writing& w) {
  if (w.result.criteria.empty()) return;
  const bytecode::Subject& subject = w.index().subject();
  JsonObject lines(w.object.key("criteria"));
  for (std::size_t i = 0; i < w.result.criteria.size(); ++i) {
    const bytecode::CriterionInfo& info = subject.criteria[i];
    write_line(lines.foreign_key(info.id), w.result.criteria[i], parent_id(subject.groups, info.group));
  }
}

void write_rating(Writing& w) {
  const std::uint32_t level = w.result.level;
  w.object.key("rating") += level == kNone ? std::string_view("null") : std::string_view(w.subject.level_json[level]);
}

void write_status(Writing& w) { w.object.member("status", status_id(w.result.status)); }

void write_possible(Writing& w) {
  if (w.result.possible == 0) return;
  JsonArray outcomes(w.object.key("possible"));
  for_each_outcome(w.index(), w.result.possible, [&](std::string_view id) { append_json(outcomes.next(), id); });
}

void write_reason(JsonArray& reasons, std::string_view clause, std::string_view text) {
  JsonObject object(reasons.next());
  if (!clause.empty()) object.member("clause", clause);
  object.member("text", text);
}

/// A rule that cites several clauses gives one reason for each, so that a reader finds a clause by comparing one string.
void write_reason_list(std::string& out, const std::vector<Reason>& list) {
  JsonArray reasons(out);
  for (const Reason& reason : list) {
    for (const std::string& clause : *reason.clauses) write_reason(reasons, clause, reason.text);
    if (reason.clauses->empty()) write_reason(reasons, {}, reason.text);
  }
}

void write_reasons(Writing& w) {
  if (w.result.constant_reasons != nullptr) {
    w.object.key("reasons") += w.subject.band_reasons_json[w.result.level];
  } else if (!w.result.own_reasons.empty()) {
    write_reason_list(w.object.key("reasons"), w.result.own_reasons);
  }
}

void write_missing(Writing& w) { list_member(w, "missing", w.result.missing); }
void write_would_decide(Writing& w) {
  const WouldDecide& set = w.result.would_decide;
  if (set.items.empty()) return;
  JsonObject object(w.object.key("would_decide"));
  {
    JsonArray fields(object.key("fields"));
    for (const WouldDecide::Item& item : set.items) append_json(fields.next(), item.id);
  }
  if (std::any_of(set.items.begin(), set.items.end(), [](const WouldDecide::Item& item) { return item.alone != 0; })) {
    JsonObject alone(object.key("alone"));
    for (const WouldDecide::Item& item : set.items) {
      if (item.alone == 0) continue;
      JsonArray outcomes(alone.foreign_key(item.id));
      for_each_outcome(w.index(), item.alone, [&](std::string_view id) { append_json(outcomes.next(), id); });
    }
  }
  if (!set.smallest) object.flag("smallest", false);
}
void write_settled(Writing& w) { text_member(w, "settled", settled_id(w.result.settled)); }
/// The period stands only where it is not the record's own.
void write_others(std::string& out, const std::vector<OtherResult>& others, std::string_view own_period) {
  JsonArray list(out);
  for (const OtherResult& other : others) {
    JsonObject object(list.next());
    object.member("id", other.id);
    if (other.period != own_period) object.member("period", other.period);
    if (!other.status.empty()) object.member("status", other.status);
  }
}
void write_waits_for(Writing& w) {
  if (!w.result.waits_for.empty()) write_others(w.object.key("waits_for"), w.result.waits_for, w.result.head->period);
}
void write_provisional(Writing& w) {
  if (!w.result.provisional.empty()) write_others(w.object.key("provisional"), w.result.provisional, w.result.head->period);
}
void write_quota(Writing& w) {
  if (w.result.quota) append_quota(w.object.key("quota"), *w.result.quota);
}
void write_stages(Writing& w) {
  if (w.result.stages.empty()) return;
  JsonArray stages(w.object.key("stages"));
  for (const StageOutcome& of : w.result.stages) {
    JsonObject object(stages.next());
    object.member("stage", of.stage);
    if (!of.total.decimal.empty()) object.member("total", of.total.decimal);
    if (!of.total.fraction.empty()) object.member("total_exact", of.total.fraction);
    if (!of.total_range.empty()) write_bounds(object.key("total_range"), of.total_range);
    if (of.level != kNone) object.member("rating", w.index().rating()->levels[of.level].id);
    object.member("status", status_id(of.status));
    if (!of.because.empty()) append_json_array(object.key("because"), of.because);
    if (!of.smallest) object.flag("smallest", false);
  }
}
void write_to_date(Writing& w) {
  if (w.result.to_date.empty()) return;
  const std::vector<bytecode::Field>& fields = w.index().subject().fields;
  JsonObject numbers(w.object.key("to_date"));
  for (std::size_t i = 0; i < w.result.to_date.size(); ++i) {
    const std::uint32_t of = fields[w.result.to_date[i].field].earlier_of;
    const auto same = [&](const Result::ToDate& item) { return fields[item.field].earlier_of == of; };
    const auto first = w.result.to_date.begin();
    if (std::find_if(first, first + static_cast<std::ptrdiff_t>(i), same) != first + static_cast<std::ptrdiff_t>(i)) continue;
    JsonObject spans(numbers.foreign_key(fields[of].id));
    for (const Result::ToDate& item : w.result.to_date)
      if (same(item)) spans.member(fields[item.field].per, item.number);
  }
}
void write_overrides(Writing& w) {
  if (w.result.head->overrides.empty()) return;
  JsonArray overrides(w.object.key("overrides"));
  for (const facts::Override& of : w.result.head->overrides) {
    JsonObject object(overrides.next());
    object.member("stage", of.stage);
    object.member("place", of.place);
    if (!of.to.empty()) {
      object.member("from", of.from);
      object.member("to", of.to);
    }
    object.member("reason", of.reason);
    object.member("document", of.document);
  }
}
void write_presumed(Writing& w) { list_member(w, "presumed", w.result.head->presumed); }
void write_readings(Writing& w) { ready_member(w, "readings", w.subject.readings_json); }
void write_profile(Writing& w) { text_member(w, "profile", w.index().module().profile); }
void write_acknowledged(Writing& w) { ready_member(w, "acknowledged", w.subject.acknowledged_json); }

using KeyWriter = void (*)(Writing&);
constexpr KeyWriter kWriters[] = {
#define QUY_RESULT_KEY(name) write_##name,
#include "runtime/trace/result_keys.def"
#undef QUY_RESULT_KEY
};

class NdjsonWriter : public ResultWriter {
 public:
  explicit NdjsonWriter(const std::vector<ResultKey>& keys) {
    for (const ResultKey key : keys) writers_.push_back(kWriters[static_cast<std::size_t>(key)]);
  }

  void append(const SubjectConstants& subject, const Result& result, std::string& out) const override {
    append_object(subject, result, out);
    out += '\n';
  }
  void append_cohort(const facts::CohortRecord& cohort, const std::vector<QuotaCount>& counts, std::string& out) const override {
    append_cohort_result(out, cohort, counts);
    out += '\n';
  }

 protected:
  void append_object(const SubjectConstants& subject, const Result& result, std::string& out) const {
    JsonObject object(out);
    Writing writing{subject, result, object};
    for (const KeyWriter write : writers_) write(writing);
  }

 private:
  std::vector<KeyWriter> writers_;
};

class JsonArrayWriter : public NdjsonWriter {
 public:
  using NdjsonWriter::NdjsonWriter;
  std::string_view head() const override { return "[\n"; }
  std::string_view between() const override { return ",\n"; }
  std::string_view tail() const override { return "\n]\n"; }
  void append(const SubjectConstants& subject, const Result& result, std::string& out) const override { append_object(subject, result, out); }
  void append_cohort(const facts::CohortRecord& cohort, const std::vector<QuotaCount>& counts, std::string& out) const override {
    append_cohort_result(out, cohort, counts);
  }
};

void write_pack_identity(std::string& out, const PackIdentity& pack) {
  JsonObject object(out);
  object.member("id", pack.id);
  object.member("version", pack.version);
  object.member("sha256", pack.sha256);
}

void write_chosen(std::string& out, const std::vector<std::pair<std::string, std::string>>& readings) {
  if (readings.empty()) return;
  JsonObject object(out);
  for (const auto& [id, option] : readings) append_json(object.foreign_key(id), option);
}

}  // namespace

SubjectConstants subject_constants(const ResultMaker& maker, const PackIdentity& pack, std::string stage) {
  const SubjectIndex& index = maker.index();
  SubjectConstants constants{&index, std::move(stage), {}, {}, {}, {}, {}, {}};
  for (const std::vector<Reason>& reasons : maker.band_reasons()) write_reason_list(constants.band_reasons_json.emplace_back(), reasons);
  write_pack_identity(constants.pack_json, pack);
  for (const std::uint32_t reading : index.subject().readings) {
    const bytecode::ReadingInfo& info = index.module().readings[reading];
    constants.readings.emplace_back(info.id, info.option_ids[index.program().chosen(reading)]);
  }
  write_chosen(constants.readings_json, constants.readings);
  if (index.rating() != nullptr)
    for (const bytecode::LevelInfo& level : index.rating()->levels) append_json(constants.level_json.emplace_back(), level.id);
  if (!index.subject().acknowledged.empty()) append_json_array(constants.acknowledged_json, index.subject().acknowledged);
  return constants;
}

std::unique_ptr<ResultWriter> ndjson_writer(std::vector<ResultKey> keys) { return std::make_unique<NdjsonWriter>(keys); }
std::unique_ptr<ResultWriter> json_writer(std::vector<ResultKey> keys) { return std::make_unique<JsonArrayWriter>(keys); }

}  // namespace quy::trace
