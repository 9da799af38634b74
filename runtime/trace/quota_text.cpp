#include "runtime/trace/quota_text.h"

#include "runtime/trace/json_text.h"
#include "runtime/trace/numbers.h"
#include "runtime/trace/phrases.h"

namespace quy::trace {
namespace {

constexpr int kDistanceDigits = 4;

std::string number_in(const Rational& value, Language language) {
  const DisplayNumber shown = display_number(value, language, kDistanceDigits);
  return shown.exact ? shown.text : "≈ " + shown.text;
}

std::string percent(const Rational& rate, Language language) { return number_in(rate * Rational(100), language) + "%"; }

class Line {
 public:
  explicit Line(Language language) : language_(language) {}
  void add(Phrase id, std::initializer_list<std::string_view> arguments = {}) {
    if (!text_.empty()) text_ += "; ";
    text_ += phrase(id, language_, arguments);
  }
  std::string take() { return std::move(text_); }

 private:
  Language language_;
  std::string text_;
};

void add_standing(Line& line, const QuotaPlace& place, Language language) {
  const std::string proposed = place.proposed.empty() ? phrase(Phrase::no_level_fits, language) : std::string(place.proposed_label);
  // Only the first number is sure to be points.
  const bool by_points = place.distance.has_value() && place.distance_in == 0;
  const std::string distance = by_points ? number_in(*place.distance, language) : "";
  if (place.standing == "within") {
    by_points ? line.add(Phrase::quota_ahead, {distance}) : line.add(Phrase::quota_within);
  } else if (place.standing == "beyond") {
    by_points ? line.add(Phrase::quota_behind, {distance}) : line.add(Phrase::quota_beyond);
    place.decided_by.empty() ? line.add(Phrase::quota_proposed, {proposed}) : line.add(Phrase::quota_given, {proposed, place.decided_by});
  } else if (place.standing == "tied") {
    line.add(Phrase::quota_tied, {std::to_string(place.equals)});
  } else if (place.standing == "open") {
    line.add(Phrase::quota_open);
  }
}

void append_count(std::string& out, std::uint64_t count) { out += std::to_string(count); }

/// What is the same for all results that a quota compares.
void append_terms(JsonObject& object, const QuotaPlace& place) {
  object.member("level", place.level);
  append_json_array(object.key("clauses"), *place.clauses);
  if (!place.unit.empty()) object.member("unit", place.unit);
  if (!place.cohort.empty()) object.member("cohort", place.cohort);
  object.member("rate", place.rate.exact_text());
  append_count(object.key("candidates"), place.candidates);
  if (place.undecided != 0) append_count(object.key("undecided"), place.undecided);
  if (place.places.first == place.places.second) {
    if (place.undecided == 0) append_count(object.key("base"), place.base);
    append_count(object.key("places"), place.places.first);
  } else {
    JsonArray bounds(object.key("places"));
    append_count(bounds.next(), place.places.first);
    append_count(bounds.next(), place.places.second);
  }
  if (place.fixpoints != 1) append_count(object.key("fixpoints"), place.fixpoints);
  if (!place.raised_by.empty()) object.member("raised_by", place.raised_by);
  if (!place.decided_by.empty()) object.member("decided_by", place.decided_by);
}

}  // namespace

std::string quota_text(const QuotaPlace& place, Language language) {
  Line line(language);
  const std::string candidates = std::to_string(place.candidates);
  if (place.rank != 0) {
    line.add(Phrase::quota_rank, {std::to_string(place.rank), candidates, place.level_label});
  } else {
    line.add(Phrase::quota_candidates, {candidates, place.level_label});
  }
  const std::string places = std::to_string(place.places.first);
  if (place.undecided != 0 && place.places.first == place.places.second) {
    line.add(Phrase::quota_places_open, {places, std::to_string(place.undecided)});
  } else if (place.undecided == 0) {
    line.add(Phrase::quota_places, {places, percent(place.rate, language), std::to_string(place.base)});
  } else {
    line.add(Phrase::quota_places_between, {places, std::to_string(place.places.second), std::to_string(place.undecided)});
  }
  if (place.fixpoints == 0) line.add(Phrase::quota_no_fixpoint);
  if (place.fixpoints > 1) line.add(Phrase::quota_fixpoints, {std::to_string(place.fixpoints)});
  add_standing(line, place, language);
  return line.take();
}

std::string quota_reason(const QuotaPlace& place, Language language) {
  return phrase(Phrase::quota_reason, language, {place.level_label, place.text});
}

void append_quota(std::string& out, const QuotaPlace& place) {
  JsonObject object(out);
  append_terms(object, place);
  if (place.rank != 0) append_count(object.key("rank"), place.rank);
  if (place.equals > 1) append_count(object.key("equals"), place.equals);
  object.member("standing", place.standing);
  if (place.distance) object.member(place.standing == "beyond" ? "behind" : "ahead", place.distance->exact_text());
  if (place.standing != "within" && !place.proposed.empty()) object.member("proposed", place.proposed);
  if (place.standing != "within" && place.proposed.empty()) object.key("proposed") += "null";
  object.member("text", place.text);
}

void append_cohort_result(std::string& out, const facts::CohortRecord& cohort, const std::vector<QuotaCount>& counts) {
  JsonObject object(out);
  object.member("id", cohort.head.id);
  object.member("kind", "cohort");
  object.member("period", cohort.head.period);
  if (!cohort.head.unit.empty()) object.member("unit", cohort.head.unit);
  if (!cohort.head.cohort.empty()) object.member("cohort", cohort.head.cohort);
  JsonArray quotas(object.key("quotas"));
  for (const QuotaCount& count : counts) {
    JsonObject quota(quotas.next());
    append_terms(quota, count.terms);
    append_count(quota.key("within"), count.within);
    append_count(quota.key("tied"), count.tied);
    append_count(quota.key("beyond"), count.beyond);
    append_count(quota.key("open"), count.open);
  }
}

}  // namespace quy::trace
