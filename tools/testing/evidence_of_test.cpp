#include "tools/testing/evidence_of_test.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "tools/testing/read_test.h"

namespace quy::tools {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using syntax::GivenFact;
using syntax::GivenValue;

namespace {

const char* const kDefaultPeriod = "2025";

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

class Writer {
 public:
  explicit Writer(const bytecode::Subject& subject) : subject_(subject) {}

  std::string run(const syntax::Test& test) {
    for (const GivenFact& fact : test.facts) add(fact);
    if (test.rest == syntax::Test::Rest::not_applicable) leave_out_the_rest();
    std::string record = "{\"id\":" + quoted(test.title) + ",\"subject\":" + quoted(subject_.id) +
                         ",\"period\":" + quoted(test.period.empty() ? kDefaultPeriod : test.period);
    if (!test.unit.empty()) record += ",\"unit\":" + quoted(test.unit);
    record += ",\"evidence\":" + object(evidence_);
    if (!scores_.empty()) {
      record += ",\"scores\":{";
      bool first = true;
      for (const auto& [stage, points] : scores_) {
        record += (first ? "" : ",") + quoted(stage) + ":" + object(points);
        first = false;
      }
      record += "}";
    }
    if (!maxima_.empty()) record += ",\"maxima\":" + object(maxima_);
    if (!decisions_.empty()) record += ",\"decisions\":[" + decisions_ + "]";
    if (!closed_.empty()) record += ",\"closed\":" + closed_;
    if (!given_total_.empty()) record += ",\"meta\":{\"total\":" + given_total_ + "}";
    return record + "}";
  }

 private:
  using Values = std::map<std::string, std::string>;

  static std::string object(const Values& values) {
    std::string text = "{";
    for (const auto& [key, value] : values) text += (text.size() == 1 ? "" : ",") + quoted(key) + ":" + value;
    return text + "}";
  }

  const Field* field(const std::string& id, std::uint32_t list) const {
    auto found = std::find_if(subject_.fields.begin(), subject_.fields.end(),
                              [&](const Field& f) { return f.id == id && f.list == list; });
    return found == subject_.fields.end() ? nullptr : &*found;
  }

  std::uint32_t list(const std::string& id) const {
    for (std::uint32_t i = 0; i < subject_.lists.size(); ++i)
      if (subject_.lists[i].id == id) return i;
    return bytecode::kNone;
  }

  /// A percent field holds 90 for 90%, however the test wrote it.
  static std::string number(const syntax::NumberText& number, const Field* field) {
    bool as_percent = number.percent && field && field->kind == FieldKind::percentage;
    return (as_percent ? number.value * Rational(100) : number.value).exact_text();
  }

  std::string rows(const std::string& id, const GivenValue& value) const {
    const std::uint32_t index = list(id);
    const bool of_results = index != bytecode::kNone && subject_.lists[index].of_results;
    std::string text = "[";
    std::size_t number = 0;
    for (const syntax::GivenRow& row : value.rows) {
      Values columns;
      if (of_results)
        columns["id"] = quoted("kiểm thử " + std::to_string(++number));  // a test may leave out whose result it is
      for (const auto& [name, given] : row) {
        const std::string key = column(fold_id(name.text), index);
        columns[key] = json(key, given, index);
      }
      text += (text.size() == 1 ? "" : ",") + object(columns);
    }
    return text + "]";
  }

  /// Columns of results have names of their own in each language: `mức` is the key `level`.
  std::string column(const std::string& id, std::uint32_t list) const {
    const auto named = [&](const Field& f) { return f.list == list && (f.id == id || fold_id(f.name) == id); };
    const auto found = std::find_if(subject_.fields.begin(), subject_.fields.end(), named);
    return found == subject_.fields.end() ? id : found->id;
  }

  std::string json(const std::string& id, const GivenValue& value, std::uint32_t in_list) const {
    using Kind = GivenValue::Kind;
    switch (value.kind) {
      case Kind::not_applicable: return "{\"na\":" + quoted(value.text.empty() ? "kiểm thử" : value.text) + "}";
      case Kind::did_not_arise: return "{\"none\":true}";
      case Kind::not_yet_due: return "{\"due\":" + quoted(iso_date(value.day)) + "}";
      case Kind::not_there_yet: return "null";
      case Kind::rows: return rows(id, value);
      case Kind::truth: return value.truth ? "true" : "false";
      case Kind::date: return quoted(iso_date(value.day));
      case Kind::string: return quoted(value.text);
      case Kind::name: return quoted(fold_id(value.text));
      case Kind::number: return number(value.number, field(id, in_list));
    }
    return "null";
  }

  void add(const GivenFact& fact) {
    std::string id = fold_id(fact.name.text);
    switch (fact.kind) {
      case GivenFact::Kind::field: evidence_[id] = json(id, fact.value, bytecode::kNone); break;
      case GivenFact::Kind::points: scores_[stage(fact)][id] = json(id, fact.value, bytecode::kNone); break;
      case GivenFact::Kind::maximum:
        maxima_[id] = number(fact.value.number, nullptr);
        // A test states maxima that have been approved.
        maxima_["by"] = maxima_["document"] = quoted("kiểm thử");
        break;
      case GivenFact::Kind::closed:
        closed_ = object(Values{{"by", quoted(fact.text)}, {"date", quoted(iso_date(fact.day))}});
        break;
      case GivenFact::Kind::decision:
        decisions_ += (decisions_.empty() ? "" : ",") + decision(fact.clause.text, id);
        break;
      case GivenFact::Kind::exception: evidence_[id] = claim(fact.text.empty() ? "kiểm thử" : fact.text); break;
      case GivenFact::Kind::total_points: given_total_ = quoted(number(fact.value.number, nullptr)); break;
    }
  }

  static std::string decision(const std::string& clause, const std::string& outcome) {
    Values values;
    values["clause"] = quoted(clause);
    values["outcome"] = quoted(outcome);
    values["reason"] = values["document"] = quoted("kiểm thử");
    values["date"] = quoted("2025-12-31");
    return object(values);
  }

  static std::string claim(const std::string& reason) {
    Values values;
    values["claimed"] = "true";
    values["reason"] = quoted(reason);
    values["document"] = quoted("kiểm thử");
    return object(values);
  }

  std::string stage(const GivenFact& fact) const {
    if (!fact.stage.empty()) return fold_id(fact.stage.text);
    return subject_.stages.empty() ? "decision" : subject_.stages.back();
  }

  /// `còn lại không áp dụng`: left out where that is allowed, otherwise nothing happened: no rows, no.
  void leave_out_the_rest() {
    for (const bytecode::List& rest : subject_.lists) evidence_.try_emplace(rest.id, "[]");
    for (const Field& rest : subject_.fields) {
      if (rest.list != bytecode::kNone) continue;
      if (rest.place == FieldPlace::exception) evidence_.try_emplace(rest.id, "false");
      if (rest.place != FieldPlace::evidence) continue;
      if (rest.may_be_left_out)
        evidence_.try_emplace(rest.id, "{\"na\":\"kiểm thử\"}");
      else if (rest.kind == FieldKind::boolean)
        evidence_.try_emplace(rest.id, "false");
    }
  }

  const bytecode::Subject& subject_;
  Values evidence_, maxima_;
  std::map<std::string, Values> scores_;
  std::string decisions_, closed_, given_total_;
};

}  // namespace

std::string evidence_of_test(const syntax::Test& test, const bytecode::Subject& subject) {
  return Writer(subject).run(test);
}

std::string evidence_of_text(const std::string& test, bytecode::Subject subject, const std::string& id) {
  subject.id = id;
  return evidence_of_test(ReadTest(test).test(), subject);
}

}  // namespace quy::tools
