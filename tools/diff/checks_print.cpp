#include "tools/diff/checks_print.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include "tools/refinement/refinement_print.h"

namespace quy::tools {

namespace {

const Name& words_of(TestVerdict verdict) {
  static const Name kNames[] = {{"absent", {"không có", "none"}}, {"passes", {"đạt", "passes"}}, {"fails", {"không đạt", "fails"}}};
  return kNames[static_cast<std::size_t>(verdict)];
}

Bilingual counts_text(const TestCounts& counts) {
  const std::size_t passed = counts.all - counts.failed;
  return {fmt::format("{}/{} đạt", passed, counts.all), fmt::format("{} of {} pass", passed, counts.all)};
}

std::string joined(const std::vector<std::string>& clauses) { return fmt::format("{}", fmt::join(clauses, ", ")); }

/// What the text and the page both say in one line.
class Sentences {
 public:
  explicit Sentences(const Context& context) : context_(context) {}
  const char* say(const char* vi, const char* en) const { return context_.say(vi, en); }
  const std::string& in(const Bilingual& text) const { return text.in(context_.language); }

  std::string tests(const Checks& checks) const {
    return fmt::format("{}: {}; {}: {}", say("bản trước", "before"), in(counts_text(checks.tests_before)), say("bản này", "now"),
                       in(counts_text(checks.tests_after)));
  }
  std::string lints(const Checks& checks) const {
    return fmt::format(fmt::runtime(say("bản trước {}, bản này {}: {} mới, {} đã hết", "before {}, now {}: {} new, {} gone")),
                       checks.lints_before, checks.lints_after, checks.new_lints.size(), checks.gone_lints.size());
  }

 private:
  const Context& context_;
};

// ---------------------------------------------------------------- text

class Printer : private Sentences {
 public:
  Printer(std::ostream& out, const Context& context) : Sentences(context), out_(out) {}

  void run(const Checks& checks) {
    fmt::print(out_, "\n{}\n", say("Rà soát hai bản", "Checks of both versions"));
    fmt::print(out_, "  {}\n", say("So với khung", "Against the framework"));
    print(say("bản trước", "before"), checks.refinement_before);
    print(say("bản này", "now"), checks.refinement_after);
    fmt::print(out_, "  {}: {}\n", say("Kiểm thử", "Tests"), tests(checks));
    for (const TestLine& line : checks.tests) print(line);
    fmt::print(out_, "  {}: {}\n", say("Điều nên xem lại (quy lint)", "Lints"), lints(checks));
    for (const LintLine& line : checks.new_lints) print(say("mới", "new"), line);
    for (const LintLine& line : checks.gone_lints) print(say("đã hết", "gone"), line);
  }

 private:
  void print(const char* side, const RefinementStatus& status) {
    fmt::print(out_, "    {}: {}\n", side, in(refinement_text(status)));
    for (const RefinementFinding& finding : status.findings)
      fmt::print(out_, "      {}: {}{}{}\n", in(name_of(finding.relation).text), in(finding.label),
                 finding.clauses.empty() ? "" : " (" + joined(finding.clauses) + ")", finding.reason.vi.empty() ? "" : "; " + in(finding.reason));
  }

  void print(const TestLine& line) {
    fmt::print(out_, "    \"{}\": {} → {}; {}: {}\n", line.title, in(words_of(line.before).text), in(words_of(line.after).text),
               say("kiểm thử của bản trước chạy trên bản này", "the older version's test on the newer"), in(words_of(line.carried).text));
    if (!line.expected.empty())
      fmt::print(out_, "      {} {}; {} {}\n", say("chờ", "expected"), line.expected, say("nhận", "found"), line.found);
  }

  void print(const char* what, const LintLine& line) {
    fmt::print(out_, "    {}: {}[{}] {} — {}\n", what, lint::level_word(line.level), line.rule, in(line.message), line.place);
  }

  std::ostream& out_;
};

// ---------------------------------------------------------------- page

class Section : private Sentences {
 public:
  Section(Html& html, const Context& context) : Sentences(context), html_(html) {}

  void run(const Checks& checks) {
    html_.leaf("h2", say("Rà soát hai bản", "Checks of both versions"));
    html_.leaf("h3", say("So với khung", "Against the framework"));
    refinement(checks);
    html_.leaf("h3", say("Kiểm thử", "Tests"));
    html_.leaf("p", tests(checks));
    if (!checks.tests.empty()) verdicts(checks);
    html_.leaf("h3", say("Điều nên xem lại (quy lint)", "Lints"));
    html_.leaf("p", lints(checks));
    if (checks.new_lints.size() + checks.gone_lints.size() > 0) lint_lines(checks);
  }

 private:
  void head(std::initializer_list<std::string_view> names) {
    const Html::Element head = html_.open("thead");
    const Html::Element row = html_.open("tr");
    for (const std::string_view name : names) html_.leaf("th", name);
  }

  void refinement(const Checks& checks) {
    const Html::Element table = html_.open("table", {{"class", "refinement"}});
    head({say("Bản trước", "Before"), say("Bản này", "Now")});
    const Html::Element body = html_.open("tbody");
    const Html::Element row = html_.open("tr");
    status(say("Bản trước", "Before"), checks.refinement_before);
    status(say("Bản này", "Now"), checks.refinement_after);
  }

  void status(const char* side, const RefinementStatus& status) {
    const Html::Element cell = html_.open("td", {{"data-label", side}});
    html_.leaf("p", in(refinement_text(status)));
    for (const RefinementFinding& finding : status.findings) {
      const Html::Element line = html_.open("p");
      html_.leaf("span", in(name_of(finding.relation).text), {{"class", "mark-word worse"}});
      html_.text(" " + in(finding.label) + " ");
      if (!finding.clauses.empty()) html_.leaf("span", joined(finding.clauses), {{"class", "clause"}});
      html_.leaf("span", " " + finding.subject + (finding.reason.vi.empty() ? "" : "; " + in(finding.reason)), {{"class", "what"}});
    }
  }

  void verdicts(const Checks& checks) {
    const Html::Element table = html_.open("table", {{"class", "verdicts"}});
    head({say("Kiểm thử đổi kết quả", "Test whose verdict changed"), say("Bản trước", "Before"), say("Bản này", "Now"),
          say("Kiểm thử cũ, bản này", "Older test, newer version")});
    const Html::Element body = html_.open("tbody");
    for (const TestLine& line : checks.tests) {
      const Html::Element row = html_.open("tr");
      {
        const Html::Element cell = html_.open("td");
        html_.leaf("p", line.title);
        if (!line.expected.empty())
          html_.leaf("p", fmt::format("{} {}; {} {}", say("chờ", "expected"), line.expected, say("nhận", "found"), line.found),
                     {{"class", "what"}});
      }
      verdict(say("Bản trước", "Before"), line.before);
      verdict(say("Bản này", "Now"), line.after);
      verdict(say("Kiểm thử cũ, bản này", "Older test, newer version"), line.carried);
    }
  }

  void verdict(const char* column, TestVerdict verdict) {
    static constexpr const char* kClasses[] = {"none", "better", "worse"};
    const Html::Element cell = html_.open("td", {{"data-label", column}});
    html_.leaf("span", in(words_of(verdict).text), {{"class", std::string("mark-word ") + kClasses[static_cast<std::size_t>(verdict)]}});
  }

  void lint_lines(const Checks& checks) {
    const Html::Element table = html_.open("table", {{"class", "lints"}});
    head({say("Thay đổi", "Change"), say("Luật", "Rule"), say("Điều nêu ra", "Finding"), say("Chỗ", "Place")});
    const Html::Element body = html_.open("tbody");
    for (const LintLine& line : checks.new_lints) lint_line(say("mới", "new"), "worse", line);
    for (const LintLine& line : checks.gone_lints) lint_line(say("đã hết", "gone"), "better", line);
  }

  void lint_line(const char* what, const char* mark, const LintLine& line) {
    const Html::Element row = html_.open("tr");
    {
      const Html::Element cell = html_.open("td", {{"data-label", say("Thay đổi", "Change")}});
      html_.leaf("span", what, {{"class", std::string("mark-word ") + mark}});
    }
    html_.leaf("td", line.rule, {{"data-label", say("Luật", "Rule")}});
    html_.leaf("td", in(line.message), {{"data-label", say("Điều nêu ra", "Finding")}});
    html_.leaf("td", line.place, {{"data-label", say("Chỗ", "Place")}});
  }

  Html& html_;
};

// ---------------------------------------------------------------- JSON

using Json = nlohmann::ordered_json;

Json json_of(const Context& context, const RefinementStatus& status) {
  if (!status.refines) return nullptr;
  Json findings = Json::array();
  for (const RefinementFinding& finding : status.findings)
    findings.push_back({{"verdict", name_of(finding.relation).id},
                        {"subject", finding.subject},
                        {"label", finding.label.in(context.language)},
                        {"clauses", finding.clauses},
                        {"reason", finding.reason.in(context.language)}});
  return {{"framework", status.framework}, {"proved", status.proved()}, {"findings", findings}};
}

Json json_of(const Context& context, const std::vector<LintLine>& lines) {
  Json all = Json::array();
  for (const LintLine& line : lines)
    all.push_back({{"rule", line.rule}, {"level", lint::level_word(line.level)}, {"message", line.message.in(context.language)}, {"place", line.place}});
  return all;
}

Json json_of(const TestCounts& counts) { return {{"tests", counts.all}, {"failed", counts.failed}}; }

Json json_of(const std::vector<TestLine>& lines) {
  Json all = Json::array();
  for (const TestLine& line : lines)
    all.push_back({{"title", line.title},
                   {"subject", line.subject},
                   {"before", words_of(line.before).id},
                   {"after", words_of(line.after).id},
                   {"older_on_newer", words_of(line.carried).id},
                   {"expected", line.expected},
                   {"found", line.found}});
  return all;
}

}  // namespace

Bilingual refinement_text(const RefinementStatus& status) {
  if (!status.refines) return {"không cụ thể hoá khung nào", "refines no framework"};
  if (status.proved())
    return {"đã chứng minh: nằm trong khung " + status.framework, "proved: inside the framework " + status.framework};
  const std::size_t count = status.findings.size();
  return {fmt::format("chưa nằm trong khung {}: {} chỗ", status.framework, count),
          fmt::format("not inside the framework {}: {} {}", status.framework, count, count == 1 ? "place" : "places")};
}

void print_checks(std::ostream& out, const Context& context, const Checks& checks) { Printer(out, context).run(checks); }

void write_checks(Html& html, const Context& context, const Checks& checks) { Section(html, context).run(checks); }

Json json_of(const Context& context, const Checks& checks) {
  return {{"refinement", {{"before", json_of(context, checks.refinement_before)}, {"after", json_of(context, checks.refinement_after)}}},
          {"tests", {{"before", json_of(checks.tests_before)}, {"after", json_of(checks.tests_after)}, {"changed", json_of(checks.tests)}}},
          {"lints",
           {{"before", checks.lints_before},
            {"after", checks.lints_after},
            {"new", json_of(context, checks.new_lints)},
            {"gone", json_of(context, checks.gone_lints)}}}};
}

}  // namespace quy::tools
