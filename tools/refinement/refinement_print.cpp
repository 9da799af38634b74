#include "tools/refinement/refinement_print.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace quy::tools {

using analysis::Relation;

namespace {

class Printer {
 public:
  Printer(std::ostream& out, const Context& context, bool all) : out_(out), context_(context), all_(all) {}

  void run(const PackRefinement& refinement) {
    fmt::print(out_, "{} {} {} {} {}\n", refinement.local.id, refinement.local.version, say("so với", "against"),
               refinement.framework.id, refinement.framework.version);
    for (const SubjectRefinement& subject : refinement.subjects) print(subject);
    if (refinement.subjects.empty())
      fmt::print(out_, "  {}\n", say("không có đối tượng chung nào", "no subject in common"));
    fmt::print(
        out_, "\n{}\n",
        refinement.proved()
            ? say("đã chứng minh: bộ tiêu chí nằm trong khung", "proved: the set stays inside the framework")
            : say("chưa nằm trong khung: xem các chỗ nêu trên", "not inside the framework: see the places above"));
  }

 private:
  const char* say(const char* vi, const char* en) const { return context_.say(vi, en); }
  const std::string& in(const Bilingual& text) const { return text.in(context_.language); }

  void print(const SubjectRefinement& subject) {
    fmt::print(out_, "\n{} ({})\n", subject.label, subject.id);
    std::map<Relation, int> counts;
    for (const RefinementLine& line : subject.lines) {
      ++counts[line.relation];
      if (all_ || line.relation == Relation::tighter || analysis::is_finding(line.relation)) print(line);
    }
    std::vector<std::string> parts;
    for (const auto& [relation, count] : counts)
      parts.push_back(fmt::format("{} {}", count, in(name_of(relation).text)));
    fmt::print(out_, "  {}: {}\n", say("tổng cộng", "in all"), fmt::join(parts, "; "));
    print_dilution(subject);
    for (const Bilingual& each : subject.not_analysed)
      fmt::print(out_, "  {}: {}\n", say("không phân tích", "not analysed"), in(each));
  }

  void print(const RefinementLine& line) {
    fmt::print(out_, "  {}: {}{}{}\n", in(name_of(line.relation).text),
               shortened(in(line.label)),
               line.clauses.empty() ? "" : fmt::format(" ({})", fmt::join(line.clauses, ", ")),
               line.local.vi.empty() ? "" : " → " + in(line.local));
    if (!line.reason.vi.empty()) fmt::print(out_, "    {}\n", in(line.reason));
    if (!line.local_result.vi.empty())
      fmt::print(out_, "    {}: {}; {}: {}\n", say("ở đây", "here"), in(line.local_result),
                 say("theo khung", "by the framework"), in(line.framework_result));
    if (!line.evidence.empty()) fmt::print(out_, "    {}\n", line.evidence);
    print_indented(line.test);
  }

  /// A rule of many parts would fill the screen; its clause leads to it.
  static std::string shortened(const std::string& text) {
    constexpr std::size_t kLongest = 200;
    if (text.size() <= kLongest) return text;
    std::size_t end = kLongest;
    while (end > 0 && text[end] != ' ') --end;
    return text.substr(0, end) + " …";
  }

  void print_indented(const std::string& text) {
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find('\n', from), text.size());
      fmt::print(out_, "    {}\n", text.substr(from, end - from));
      from = end + 1;
    }
  }

  /// The largest first: where a high total says least about the framework.
  void print_dilution(const SubjectRefinement& subject) {
    if (!subject.all_unmet) return;
    fmt::print(out_, "  {}: {}\n",
               say("tổng điểm cao nhất khi không đạt tiêu chí nào của khung",
                   "the largest total with no criterion of the framework met"),
               number(*subject.all_unmet));
    std::vector<SubjectRefinement::Unmet> unmet = subject.dilution;
    std::ranges::stable_sort(unmet, [](const auto& a, const auto& b) { return a.total > b.total; });
    const std::size_t shown = all_ ? unmet.size() : std::min<std::size_t>(unmet.size(), kFewest);
    for (std::size_t i = 0; i < shown; ++i)
      fmt::print(out_, "    {} {} ({}): {}\n", say("không đạt", "without"), unmet[i].criterion, unmet[i].citation,
                 number(unmet[i].total));
    if (shown < unmet.size())
      fmt::print(out_, "    {} {}\n", unmet.size() - shown, say("tiêu chí khác: --all", "more criteria: --all"));
  }

  std::string number(const Rational& value) const {
    return value.exact_text(context_.language == Language::vi ? ',' : '.');
  }

  static constexpr std::size_t kFewest = 3;

  std::ostream& out_;
  const Context& context_;
  bool all_;
};

using Json = nlohmann::ordered_json;

Json json_of(const PackHashes& pack) {
  return {
      {"id", pack.id}, {"version", pack.version}, {"meaning_sha256", pack.meaning}, {"sources_sha256", pack.sources}};
}

Json json_of(const Context& context, const RefinementLine& line) {
  Json json{{"clauses", line.clauses},
            {"what", line.what},
            {"label", line.label.in(context.language)},
            {"verdict", name_of(line.relation).id}};
  if (!line.id.empty()) json["id"] = line.id;
  if (!line.local.vi.empty()) json["local"] = line.local.in(context.language);
  if (!line.reason.vi.empty()) json["reason"] = line.reason.in(context.language);
  if (!line.local_result.vi.empty()) {
    json["local_result"] = line.local_result.in(context.language);
    json["framework_result"] = line.framework_result.in(context.language);
  }
  if (!line.evidence.empty()) json["witness"] = Json::parse(line.evidence);
  if (!line.test.empty()) json["test"] = line.test;
  return json;
}

Json json_of(const Context& context, const SubjectRefinement& subject) {
  Json lines = Json::array(), unmet = Json::array(), not_analysed = Json::array();
  for (const RefinementLine& line : subject.lines) lines.push_back(json_of(context, line));
  for (const auto& each : subject.dilution)
    unmet.push_back(
        {{"criterion", each.criterion}, {"clause", each.citation}, {"largest_total", each.total.exact_text()}});
  for (const Bilingual& each : subject.not_analysed) not_analysed.push_back(each.in(context.language));
  Json json{{"id", subject.id}, {"label", subject.label}, {"proved", subject.proved()}, {"clauses", lines}};
  if (subject.all_unmet) json["dilution"] = {{"all_unmet", subject.all_unmet->exact_text()}, {"unmet", unmet}};
  if (!not_analysed.empty()) json["not_analysed"] = not_analysed;
  return json;
}

Json json_of(const Context& context, const PackRefinement& link) {
  Json readings = Json::array(), subjects = Json::array();
  for (const auto& each : link.readings)
    readings.push_back({{"id", each.id},
                        {"label", each.label},
                        {"chosen", each.chosen},
                        {"chosen_label", each.chosen_label},
                        {"by", each.by}});
  for (const SubjectRefinement& subject : link.subjects) subjects.push_back(json_of(context, subject));
  return {{"local", json_of(link.local)}, {"framework", json_of(link.framework)},
          {"proved", link.proved()},      {"readings", readings},
          {"subjects", subjects},         {"not_completed", link.not_completed}};
}

}  // namespace

const RelationName& name_of(Relation relation) {
  static const RelationName kNames[] = {
      {"same", {"giữ nguyên", "same"}},     {"free", {"khung để mở", "free"}},
      {"tighter", {"chặt hơn", "tighter"}}, {"not_proved", {"chưa chứng minh được", "not proved"}},
      {"looser", {"lỏng hơn", "looser"}},   {"contradicts", {"trái khung", "contradicts"}},
      {"missing", {"thiếu", "missing"}},
  };
  return kNames[static_cast<std::size_t>(relation)];
}

void print_refinement(std::ostream& out, const Context& context, const PackRefinement& refinement, bool all) {
  Printer(out, context, all).run(refinement);
}

nlohmann::ordered_json certificate(const Context& context, const std::vector<PackRefinement>& chain,
                                   std::chrono::milliseconds limit) {
  Json links = Json::array();
  for (const PackRefinement& link : chain) links.push_back(json_of(context, link));
  return {{"certificate", "quy refine 1"},
          {"proved", std::ranges::all_of(chain, &PackRefinement::proved)},
          {"limit_ms", limit.count()},
          {"links", links}};
}

}  // namespace quy::tools
