// An explanation for tools: the same tree as the text, one JSON object.

#include "runtime/trace/explanation.h"
#include "runtime/trace/json_text.h"
#include "runtime/trace/outcome_ids.h"

namespace quy::trace {
namespace {

constexpr std::string_view kMarkIds[] = {"", "holds", "fails", "missing", "left_out"};   // by Mark

void text_member(JsonObject& object, std::string_view key, std::string_view text) {
  if (!text.empty()) object.member(key, text);
}

void number_member(JsonObject& object, std::string_view key, const PrintedNumber& number) {
  if (number.decimal.empty()) {
    object.key(key) += "null";
  } else {
    object.member(key, number.decimal);
  }
  if (!number.fraction.empty()) object.member(std::string(key) + "_exact", number.fraction);
}

void range_member(JsonObject& object, std::string_view key, const PrintedRange& range) {
  if (!range.empty()) append_json_array(object.key(key), std::vector{range.low, range.high});
}

void write(std::string& out, const Line& line);

void lines_member(JsonObject& object, std::string_view key, const std::vector<Line>& lines) {
  if (lines.empty()) return;
  JsonArray array(object.key(key));
  for (const Line& line : lines) write(array.next(), line);
}

void write(std::string& out, const Line& line) {
  JsonObject object(out);
  text_member(object, "phase", line.phase);
  text_member(object, "mark", kMarkIds[static_cast<std::size_t>(line.mark)]);
  object.member("text", line.text);
  if (!line.clauses.empty()) append_json_array(object.key("clauses"), line.clauses);
  lines_member(object, "parts", line.parts);
}

void write(std::string& out, const PointsRow& row) {
  JsonObject object(out);
  object.member(row.is_group ? "group" : "criterion", row.id);
  object.member("label", row.label);
  object.key("depth") += std::to_string(row.depth);
  number_member(object, "points", row.values.points);
  range_member(object, "points_range", row.values.range);
  if (!row.values.maximum.decimal.empty()) object.member("max", row.values.maximum.decimal);
  text_member(object, "left_out", cause_id(row.values.left_out));
  text_member(object, "note", row.note);
  if (!row.clauses.empty()) append_json_array(object.key("clauses"), row.clauses);
  lines_member(object, "conditions", row.conditions);
}

void write(std::string& out, const MissingItem& item) {
  JsonObject object(out);
  object.member("id", item.id);
  object.member("label", item.label);
  text_member(object, "place", item.place);
}

void write(std::string& out, const OutcomeLine& outcome) {
  JsonObject object(out);
  object.member("id", outcome.id);
  object.member("label", outcome.label);
  lines_member(object, "needs", outcome.needs);
}

template <typename Item>
void list_member(JsonObject& object, std::string_view key, const std::vector<Item>& items) {
  if (items.empty()) return;
  JsonArray array(object.key(key));
  for (const Item& item : items) write(array.next(), item);
}

void pack_member(JsonObject& object, const ExplanationTree& tree) {
  JsonObject pack(object.key("pack"));
  pack.member("id", tree.pack.id);
  pack.member("version", tree.pack.version);
  pack.member("sha256", tree.pack.sha256);
  text_member(pack, "label", tree.pack_label);
}

void next_member(JsonObject& object, const ExplanationTree& tree) {
  if (tree.why_not.empty()) return;
  JsonObject next(object.key("why_not"));
  next.member("rating", tree.next_rating);
  next.member("label", tree.next_label);
  lines_member(next, "lines", tree.why_not);
}

void write(std::string& out, const ExplanationTree& tree) {
  JsonObject object(out);
  object.member("id", tree.id);
  object.member("subject", tree.subject);
  text_member(object, "subject_label", tree.subject_label);
  text_member(object, "period", tree.period);
  text_member(object, "unit", tree.unit);
  text_member(object, "stage", tree.stage);
  pack_member(object, tree);
  object.member("status", status_id(tree.status));
  text_member(object, "rating", tree.rating);
  text_member(object, "rating_label", tree.rating_label);
  number_member(object, "total", tree.total);
  range_member(object, "total_range", tree.total_range);
  if (tree.outer) object.member("range", "outer");
  list_member(object, "possible", tree.possible);
  lines_member(object, "why", tree.why);
  lines_member(object, "stages", tree.stages);
  lines_member(object, "overrides", tree.overrides);
  list_member(object, "points", tree.points);
  next_member(object, tree);
  list_member(object, "missing", tree.missing);
  lines_member(object, "would_decide", tree.would_decide);
  lines_member(object, "readings", tree.readings);
  lines_member(object, "notes", tree.notes);
}

}  // namespace

std::string explanation_json(const ExplanationTree& tree) {
  std::string out;
  write(out, tree);
  out += '\n';
  return out;
}

}  // namespace quy::trace
