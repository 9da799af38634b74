#include "tools/diff/print.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace quy::tools {

using analysis::Effect;
using analysis::Standing;

namespace {

/// The newer one; the older where the thing is gone.
const SideOfChange& shown_side(const Change& change) {
  return change.after.index == bytecode::kNone ? change.before : change.after;
}

class Printer {
 public:
  Printer(std::ostream& out, const Context& context) : out_(out), context_(context) {}

  void run(const DiffReport& report) {
    fmt::print(out_, "{} {} → {} {}\n", report.before.id, report.before.version, report.after.id, report.after.version);
    conclude(report);
    if (!report.changes.empty()) fmt::print(out_, "\n{}\n", say("Văn bản", "In the text"));
    for (const Change& change : report.changes) print(change);
    if (!report.subjects.empty()) fmt::print(out_, "\n{}\n", say("Ý nghĩa", "What it means"));
    for (const SubjectMeaning& subject : report.subjects) print(subject);
  }

 private:
  const char* say(const char* vi, const char* en) const { return context_.say(vi, en); }
  const std::string& in(const Bilingual& text) const { return text.in(context_.language); }

  void conclude(const DiffReport& report) {
    const Standing standing = report.standing();
    std::string said = in(name_of(standing).text);
    if (standing == Standing::same && !report.same_hash()) said += say(" (đã chứng minh)", " (proved)");
    fmt::print(out_, "{}: {}\n", say("Kết luận", "Conclusion"), said);
  }

  void print(const Change& change) {
    const SideOfChange& side = shown_side(change);
    const std::string places = places_text(change);
    fmt::print(out_, "  {} {}: {}{}{}\n", in(name_of(change.kind).text), in(name_of(change.thing).text), shortened(in(side.label)),
               clauses(side), places.empty() ? "" : " — " + places);
    for (const Detail& detail : change.details)
      fmt::print(out_, "    {}: {} → {}\n", in(detail.what), value(detail.before), value(detail.after));
    if (!change.subjects.empty() && change.thing != Thing::subject)
      fmt::print(out_, "    {}: {}\n", say("đối tượng", "subjects"), subjects(change.subjects));
  }

  std::string value(const Bilingual& text) const { return in(text).empty() ? say("không có", "none") : in(text); }

  std::string subjects(const std::vector<std::string>& ids) const {
    constexpr std::size_t kMostNamed = 4;
    const std::size_t named = std::min(ids.size(), kMostNamed);
    std::string text = fmt::format("{}", fmt::join(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(named), ", "));
    if (named < ids.size()) text += fmt::format(fmt::runtime(say(" và {} đối tượng khác", " and {} more")), ids.size() - named);
    return text;
  }

  static std::string clauses(const SideOfChange& side) {
    return side.clauses.empty() ? "" : fmt::format(" ({})", fmt::join(side.clauses, ", "));
  }

  void print(const SubjectMeaning& subject) {
    fmt::print(out_, "  {} ({}): {}\n", subject.label, subject.id, in(name_of(subject.standing()).text));
    if (!subject.same_requirements)
      fmt::print(out_, "    {}\n", say("yêu cầu về hồ sơ đã đổi: có hồ sơ nay bị từ chối, hoặc nay được nhận",
                                      "requirements on records changed: some are now refused, or now taken"));
    for (const MeaningItem& item : subject.items) print(item);
    for (const Bilingual& each : subject.not_analysed) fmt::print(out_, "    {}: {}\n", say("không phân tích", "not analysed"), in(each));
  }

  void print(const MeaningItem& item) {
    const SideOfChange& side = item.shown();
    fmt::print(out_, "    {}{}: {}{}\n", shortened(in(side.label)), clauses(side), in(name_of(item.standing).text), bounds(item));
    if (!item.reason.vi.empty()) fmt::print(out_, "      {}\n", in(item.reason));
    for (const ShownRecord& record : item.records) print(record);
  }

  /// What is known not to happen.
  std::string bounds(const MeaningItem& item) const {
    if (item.standing != Standing::changed || item.records.empty()) return {};
    std::vector<std::string> never;
    for (const Effect effect : {Effect::better, Effect::worse})
      if (item.excludes(effect)) never.push_back(in(name_of(effect).text));
    return never.empty() ? "" : fmt::format(fmt::runtime(say("; không ai {}", "; nobody {}")), fmt::join(never, ", "));
  }

  void print(const ShownRecord& record) {
    fmt::print(out_, "      {}: {} {}, {} {}\n", in(name_of(record.effect).text), say("trước", "before"), in(record.before),
               say("nay", "now"), in(record.after));
    std::vector<std::string> facts;
    for (const auto* some : {&record.facts, &record.new_facts})
      for (const Fact& fact : *some) facts.push_back(in(fact.label) + ": " + in(fact.value));
    const char* with = record.near_ordinary ? say("hồ sơ đạt mọi điều, chỉ khác", "a record with everything met but for")
                                            : say("hồ sơ có", "a record with");
    if (record.near_ordinary && facts.empty())
      fmt::print(out_, "        {}\n", say("hồ sơ đạt mọi điều", "a record with everything met"));
    else
      fmt::print(out_, "        {}: {}\n", with, fmt::join(facts, "; "));
  }

  /// A rule of many parts would fill the screen; its clause leads to it.
  static std::string shortened(const std::string& text) {
    constexpr std::size_t kLongest = 240;
    if (text.size() <= kLongest) return text;
    std::size_t end = kLongest;
    while (end > 0 && text[end] != ' ') --end;
    return text.substr(0, end) + " …";
  }

  std::ostream& out_;
  const Context& context_;
};

using Json = nlohmann::ordered_json;

class JsonWriter {
 public:
  explicit JsonWriter(const Context& context) : context_(context) {}

  Json run(const DiffReport& report) const {
    Json changes = Json::array(), subjects = Json::array();
    for (const Change& change : report.changes) changes.push_back(json(change));
    for (const SubjectMeaning& subject : report.subjects) subjects.push_back(json(subject));
    return {{"before", json(report.before)},
            {"after", json(report.after)},
            {"meaning", name_of(report.standing()).id},
            {"same_meaning_hash", report.same_hash()},
            {"may_be_looser", report.may_be_looser()},
            {"changes", changes},
            {"subjects", subjects}};
  }

 private:
  const std::string& in(const Bilingual& text) const { return text.in(context_.language); }

  static Json json(const PackHead& pack) {
    return {{"given", pack.given},
            {"id", pack.id},
            {"version", pack.version},
            {"label", pack.label},
            {"meaning_sha256", pack.meaning},
            {"sources_sha256", pack.sources}};
  }

  Json json(const SideOfChange& side) const {
    if (side.index == bytecode::kNone) return nullptr;
    Json json{{"label", in(side.label)}, {"clauses", side.clauses}};
    if (!side.id.empty()) json["id"] = side.id;
    if (!side.place.empty()) json["place"] = side.place;
    return json;
  }

  static const char* id_of(Reach reach) {
    static const char* const kIds[] = {"words", "rules", "evidence", "set"};
    return kIds[static_cast<std::size_t>(reach)];
  }

  Json json(const Change& change) const {
    Json details = Json::array();
    for (const Detail& detail : change.details)
      details.push_back({{"what", in(detail.what)}, {"before", in(detail.before)}, {"after", in(detail.after)}, {"reach", id_of(detail.reach)}});
    Json json{{"thing", name_of(change.thing).id},
              {"change", name_of(change.kind).id},
              {"reach", id_of(change.reach())},
              {"before", this->json(change.before)},
              {"after", this->json(change.after)},
              {"details", details}};
    if (!change.subjects.empty()) json["subjects"] = change.subjects;
    return json;
  }

  Json json(const SubjectMeaning& subject) const {
    Json items = Json::array(), not_analysed = Json::array();
    for (const MeaningItem& item : subject.items) items.push_back(json(item));
    for (const Bilingual& each : subject.not_analysed) not_analysed.push_back(in(each));
    Json json{{"id", subject.id},
              {"label", subject.label},
              {"meaning", name_of(subject.standing()).id},
              {"same_requirements", subject.same_requirements},
              {"items", items}};
    if (!not_analysed.empty()) json["not_analysed"] = not_analysed;
    return json;
  }

  Json json(const MeaningItem& item) const {
    Json records = Json::array(), excluded = Json::array();
    for (const ShownRecord& record : item.records) records.push_back(json(record));
    for (const Effect effect : item.excluded) excluded.push_back(name_of(effect).id);
    Json json{{"what", name_of(item.what).id},
              {"meaning", name_of(item.standing).id},
              {"before", this->json(item.before)},
              {"after", this->json(item.after)},
              {"excluded", excluded},
              {"witnesses", records}};
    if (!item.reason.vi.empty()) json["reason"] = in(item.reason);
    return json;
  }

  Json json(const ShownRecord& record) const {
    Json facts = Json::array();
    for (const auto* some : {&record.facts, &record.new_facts})
      for (const Fact& fact : *some) facts.push_back({{"label", in(fact.label)}, {"value", in(fact.value)}});
    Json json{{"effect", name_of(record.effect).id},
              {"before", in(record.before)},
              {"after", in(record.after)},
              {"near_ordinary", record.near_ordinary},
              {"facts", facts}};
    if (!record.evidence.empty()) json["record"] = Json::parse(record.evidence);
    if (!record.test.empty()) json["test"] = record.test;
    return json;
  }

  const Context& context_;
};

}  // namespace

std::string places_text(const Change& change) {
  if (change.before.place == change.after.place || change.after.place.empty()) return change.before.place;
  return change.before.place.empty() ? change.after.place : change.before.place + " → " + change.after.place;
}

void print_diff(std::ostream& out, const Context& context, const DiffReport& report) { Printer(out, context).run(report); }

Json json_of(const Context& context, const DiffReport& report) { return JsonWriter(context).run(report); }

}  // namespace quy::tools
