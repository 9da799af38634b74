#include "tools/diff/page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tools/diff/checks_print.h"
#include "tools/diff/page_impact.h"
#include "tools/diff/print.h"
#include "tools/document/html.h"
#include "tools/document/style.h"

namespace quy::tools {

using analysis::Effect;
using analysis::Standing;

namespace {

// Without `&` and `<`, so that the page stays well-formed XML. Colours are never alone: every mark has its word.
constexpr std::string_view kOwnStyle = R"css(
p.summary { margin: .35rem 0; font-size: 1.08rem; }
p.warning { margin: .5rem 0; padding: .3rem .6rem; border-left: 3px solid #b7791f; background: #fdf6e3; }
.mark-word { display: inline-block; padding: 0 .4em; border: 1px solid var(--line); font-size: .85rem; white-space: nowrap; }
.better { background: #e3f1e4; } .worse { background: #f8e1e1; } .other { background: #f1ecd9; }
th.thing { width: 26%; } th.old, th.new { width: 37%; }
td .what { color: var(--quiet); font-size: .85rem; }
.witness { margin: .5rem 0 .75rem; padding: .4rem .6rem; border-left: 3px solid var(--accent); background: var(--soft); break-inside: avoid; }
table.matrix { table-layout: auto; } table.matrix :is(th, td) { padding: .3rem .4rem; overflow-wrap: break-word; font-size: .85rem; }
table.matrix td { text-align: right; white-space: nowrap; } table.matrix td.stays { background: var(--soft); } table.matrix td.moves { font-weight: bold; }
table.matrix tbody th { font-weight: normal; } table.matrix :is(tbody th, thead span)::first-letter, table.levels th::first-letter,
td.outcome::first-letter { text-transform: uppercase; } table.matrix thead span { display: inline-block; }
table.matrix.turned thead span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 12em; text-align: left; }
table.matrix.turned thead th { vertical-align: bottom; }
table.levels p { margin: 0; white-space: nowrap; } table.levels th { width: 34%; font-weight: normal; } .side { display: inline-block; width: 3.5em; }
table.effects th:first-child { width: 34%; } table.effects tbody th { font-weight: normal; } table.effects td:nth-child(2) { text-align: right; }
table.effects th:nth-child(2) { width: 15%; }
.bar.was { background: #8a94a3; } .bar.is { background: var(--accent); }
.bar.better { background: #2d6a4f; } .bar.worse { background: #c1443c; } .bar.other { background: #e0b84c; }
table.verdicts th:not(:first-child) { width: 15%; } table.verdicts .what { white-space: pre-line; } table.lints th:nth-child(1) { width: 10%; } table.lints th:nth-child(2) { width: 20%; } table.lints th:nth-child(4) { width: 24%; }
.bar { display: inline-block; height: .7em; min-width: 1px; }
@media print { table.refinement tr { break-inside: auto; } .mark-word, .warning, .bar, .better, .worse, .other, .witness, table.matrix td { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
)css";

class Page {
 public:
  Page(const Context& context, const DiffReport& report, const Changelog& changelog,
       const std::optional<Impact>& impact, const std::optional<Checks>& checks)
      : context_(context), report_(report), changelog_(changelog), impact_(impact), checks_(checks) {}

  std::string run() {
    html_.raw("<!DOCTYPE html>\n");
    {
      const Html::Element root =
          html_.open("html", {{"xmlns", "http://www.w3.org/1999/xhtml"}, {"lang", say("vi", "en")}});
      head();
      const Html::Element body = html_.open("body");
      const Html::Element main = html_.open("main");
      front();
      structure();
      meaning();
      if (impact_) write_impact(html_, context_, *impact_);
      if (checks_) write_checks(html_, context_, *checks_);
      hashes();
    }
    return html_.take();
  }

 private:
  const char* say(const char* vi, const char* en) const { return context_.say(vi, en); }
  const std::string& in(const Bilingual& text) const { return text.in(context_.language); }
  void heading(const char* vi, const char* en) { html_.leaf("h2", say(vi, en)); }

  std::string title() const { return say("So sánh hai phiên bản", "Two versions compared"); }

  void head() {
    const Html::Element head = html_.open("head");
    html_.empty("meta", {{"charset", "utf-8"}});
    html_.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html_.leaf("title", title() + " — " + report_.after.label);
    const Html::Element style = html_.open("style");
    html_.raw(kStyle);
    html_.raw(kOwnStyle);
  }

  // ---------------------------------------------------------------- summary

  void front() {
    {
      const Html::Element header = html_.open("header");
      html_.leaf("h1", title());
      html_.leaf("p", fmt::format("{}: {} → {}", report_.after.label, report_.before.version, report_.after.version),
                 {{"class", "subject"}});
    }
    html_.leaf("p", what_changed(), {{"class", "summary"}});
    html_.leaf("p", what_it_means(), {{"class", "summary"}});
    html_.leaf("p", who_changes(), {{"class", "summary"}});
    for (const Bilingual& warning : changelog_.warnings)
      html_.leaf("p", std::string(say("Lưu ý: ", "Note: ")) + in(warning), {{"class", "warning"}});
  }

  std::string what_changed() const {
    const auto words =
        std::ranges::count_if(report_.changes, [](const Change& change) { return change.reach() == Reach::words; });
    if (report_.changes.empty()) return say("Văn bản: không có gì thay đổi.", "Text: nothing changed.");
    return fmt::format(fmt::runtime(say("Văn bản: {} thay đổi, trong đó {} chỉ về lời văn.",
                                        "Text: {} changes, {} of them words only.")),
                       report_.changes.size(), words);
  }

  std::string what_it_means() const {
    const auto count = [&](Standing standing) {
      return std::ranges::count_if(report_.subjects,
                                   [&](const SubjectMeaning& subject) { return subject.standing() == standing; });
    };
    if (report_.standing() == Standing::same)
      return say("Ý nghĩa: không đổi; không ai bị xếp loại khác đi.", "Meaning: the same; nobody is rated otherwise.");
    std::string said = fmt::format(
        fmt::runtime(say("Ý nghĩa: {} đối tượng đổi nghĩa, {} chưa chứng minh được; số phiên bản đề xuất {}.",
                         "Meaning: {} subjects changed, {} not proved; version proposed: {}.")),
        count(Standing::changed), count(Standing::not_proved),
        changelog_.proposed.empty() ? report_.after.version : changelog_.proposed);
    if (checks_ && checks_->refinement_after.refines)
      said += fmt::format(" {}: {}.", say("Bản này", "This version"), in(refinement_text(checks_->refinement_after)));
    return said;
  }

  std::string who_changes() const {
    if (!impact_)
      return report_.may_be_looser() ? say("Con người: có trường hợp được lợi hơn trước, hoặc chưa loại trừ được.",
                                           "People: some may be better off than before, or that is not excluded.")
                                     : say("Con người: đã chứng minh không ai được lợi hơn trước.",
                                           "People: proved that nobody is better off than before.");
    const ImpactCount& all = impact_->all;
    return fmt::format(
               fmt::runtime(say("Con người: {} trên {} hồ sơ đổi kết quả ({} có lợi hơn, {} bất lợi hơn, {} khác đi).",
                                "People: {} of {} records are rated otherwise ({} better, {} worse, {} otherwise).")),
               all.changed(), all.records, all.better, all.worse, all.otherwise) +
           taken_or_not();
  }

  std::string taken_or_not() const {
    std::string said;
    if (impact_->newly_rejected != 0)
      said += fmt::format(fmt::runtime(say(" {} hồ sơ nay bị từ chối.", " {} are newly rejected.")),
                          impact_->newly_rejected);
    if (impact_->newly_taken != 0)
      said += fmt::format(fmt::runtime(say(" {} hồ sơ nay được nhận.", " {} are newly taken.")), impact_->newly_taken);
    return said;
  }

  // ---------------------------------------------------------------- structure

  void columns(std::initializer_list<std::pair<std::string_view, std::string>> all) {
    const Html::Element head = html_.open("thead");
    const Html::Element row = html_.open("tr");
    for (const auto& [name, text] : all) html_.leaf("th", text, {{"class", name}});
  }

  void structure() {
    if (report_.changes.empty()) return;
    heading("Thay đổi trong văn bản", "Changes in the text");
    const Html::Element table = html_.open("table", {{"class", "changes"}});
    columns({{"thing", say("Nội dung", "What")}, {"old", say("Bản trước", "Before")}, {"new", say("Bản này", "Now")}});
    const Html::Element body = html_.open("tbody");
    for (const Change& change : report_.changes) row(change);
  }

  void row(const Change& change) {
    const Html::Element row = html_.open("tr");
    {
      const Html::Element cell = html_.open("td");
      html_.leaf("span", in(name_of(change.kind).text), {{"class", "mark-word"}});
      html_.text(std::string(" ") + in(name_of(change.thing).text));
      const SideOfChange& side = change.after.index == bytecode::kNone ? change.before : change.after;
      if (change.thing == Thing::evidence && !side.id.empty()) html_.leaf("p", side.id, {{"class", "what"}});
      if (!change.subjects.empty() && change.thing != Thing::subject)
        html_.leaf("p",
                   fmt::format(fmt::runtime(change.subjects.size() == 1 ? "{1}" : say("{0} đối tượng", "{0} subjects")),
                               change.subjects.size(), label_of_subject(change.subjects.front())),
                   {{"class", "what"}});
    }
    side_of(change, change.before, true);
    side_of(change, change.after, false);
  }

  const std::string& label_of_subject(const std::string& id) const {
    const auto label = report_.subject_labels.find(id);
    return label == report_.subject_labels.end() || label->second.empty() ? id : label->second;
  }

  void side_of(const Change& change, const SideOfChange& side, bool before) {
    const Html::Element cell =
        html_.open("td", {{"data-label", before ? say("Bản trước", "Before") : say("Bản này", "Now")}});
    if (side.index == bytecode::kNone) {
      html_.leaf("p", say("không có", "none"), {{"class", "what"}});
      return;
    }
    {
      const Html::Element name = html_.open("p");
      html_.text(in(side.label) + " ");
      if (!side.clauses.empty())
        html_.leaf("span", fmt::format("{}", fmt::join(side.clauses, ", ")), {{"class", "clause"}});
    }
    for (const Detail& detail : change.details) {
      const Html::Element line = html_.open("p");
      const std::string& value = in(before ? detail.before : detail.after);
      html_.leaf("span", in(detail.what) + ": ", {{"class", "what"}});
      html_.text(value.empty() ? say("không có", "none") : value);
    }
    if (!side.place.empty()) html_.leaf("p", side.place, {{"class", "what"}});
  }

  // ---------------------------------------------------------------- meaning

  void meaning() {
    if (report_.subjects.empty()) return;
    heading("Ý nghĩa: hồ sơ nào được xếp khác đi", "Meaning: which record is rated otherwise");
    for (const SubjectMeaning& subject : report_.subjects) {
      html_.leaf("h3", fmt::format("{} — {}", subject.label, in(name_of(subject.standing()).text)));
      if (!subject.same_requirements)
        html_.leaf("p", say("Yêu cầu về hồ sơ đã đổi: có hồ sơ nay bị từ chối, hoặc nay được nhận.",
                            "Requirements on records changed: some are now refused, or now taken."));
      for (const MeaningItem& item : subject.items) write(item);
      for (const Bilingual& each : subject.not_analysed)
        html_.leaf("p", std::string(say("Không phân tích: ", "Not analysed: ")) + in(each), {{"class", "note"}});
    }
  }

  void write(const MeaningItem& item) {
    const SideOfChange& side = item.shown();
    {
      const Html::Element line = html_.open("p");
      html_.leaf(item.what == analysis::ItemDiff::What::rule ? "span" : "strong",
                 in(side.label));  // a rule is a sentence, often a long one
      if (!side.clauses.empty()) {
        html_.text(" ");
        html_.leaf("span", fmt::format("{}", fmt::join(side.clauses, ", ")), {{"class", "clause"}});
      }
      html_.text(": " + in(name_of(item.standing).text) + (item.reason.vi.empty() ? "" : "; " + in(item.reason)));
      for (const Effect effect : {Effect::better, Effect::worse})
        if (item.standing == Standing::changed && !item.records.empty() && item.excludes(effect))
          html_.text(std::string(say("; không ai ", "; nobody ")) + in(name_of(effect).text));
    }
    for (const ShownRecord& record : item.records) write(record);
  }

  void write(const ShownRecord& record) {
    const Html::Element witness = html_.open("div", {{"class", "witness"}});
    {
      const Html::Element line = html_.open("p");
      html_.leaf("span", in(name_of(record.effect).text),
                 {{"class", std::string("mark-word ") + name_of(record.effect).id}});
      html_.text(std::string(" ") + say("trước: ", "before: "));
      html_.leaf("strong", in(record.before));
      html_.text(std::string(" → ") + say("nay: ", "now: "));
      html_.leaf("strong", in(record.after));
    }
    if (record.near_ordinary)
      html_.leaf("p",
                 record.facts.empty() && record.new_facts.empty()
                     ? say("Hồ sơ đạt mọi điều.", "A record with everything met.")
                     : say("Hồ sơ đạt mọi điều, chỉ khác:", "A record with everything met but for:"),
                 {{"class", "what"}});
    const Html::Element list = html_.open("ul");
    for (const auto* some : {&record.facts, &record.new_facts})
      for (const Fact& fact : *some) html_.leaf("li", in(fact.label) + ": " + in(fact.value));
    if (record.facts.empty() && record.new_facts.empty())
      html_.leaf("li", say("không cần dữ kiện nào", "no fact is needed"));
  }

  void hashes() {
    const Html::Element footer = html_.open("footer");
    hash(say("Bản trước", "Before"), report_.before);
    hash(say("Bản này", "Now"), report_.after);
  }

  void hash(const char* side, const PackHead& pack) {
    const Html::Element line = html_.open("p");
    html_.text(fmt::format("{}: {} {}, {} ", side, pack.id, pack.version,
                           say("SHA-256 của phần có nghĩa", "SHA-256 of its meaning")));
    html_.leaf("code", pack.meaning);
  }

  const Context& context_;
  const DiffReport& report_;
  const Changelog& changelog_;
  const std::optional<Impact>& impact_;
  const std::optional<Checks>& checks_;
  Html html_;
};

}  // namespace

std::string change_page(const Context& context, const DiffReport& report, const Changelog& changelog,
                        const std::optional<Impact>& impact, const std::optional<Checks>& checks) {
  return Page(context, report, changelog, impact, checks).run();
}

}  // namespace quy::tools
