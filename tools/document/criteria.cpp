#include "tools/document/criteria.h"

#include "tools/document/evidence.h"
#include "tools/document/scoring.h"

namespace quy::tools {
namespace {

using bytecode::CriterionInfo;
using bytecode::GroupInfo;
using bytecode::kNone;
using bytecode::Role;

constexpr std::string_view kColumns = "4";
/// A pack's groups form a forest of any depth.
constexpr int kDeepest = 50;

class Criteria {
 public:
  explicit Criteria(const Sheet& sheet) : sheet_(sheet), html_(sheet.html) {}

  void write() {
    sheet_.heading("Tiêu chí và điểm", "Criteria and points");
    overview();
    write_shared_treatments(sheet_);
    if (has_criteria(kNone)) table(kNone);
    for (std::uint32_t i = 0; i < groups().size(); ++i) {
      if (groups()[i].parent != kNone) continue;
      title_of(groups()[i], "h3");
      table(i);
    }
  }

 private:
  const std::vector<GroupInfo>& groups() const { return sheet_.subject().groups; }
  const std::vector<CriterionInfo>& criteria() const { return sheet_.subject().criteria; }
  const char* say(const char* vi, const char* en) const { return sheet_.say(vi, en); }

  bool has_criteria(std::uint32_t group) const {
    for (const CriterionInfo& criterion : criteria())
      if (criterion.group == group) return true;
    return false;
  }

  bool has_groups(std::uint32_t group) const {
    for (const GroupInfo& inner : groups())
      if (inner.parent == group) return true;
    return false;
  }

  /// `tối đa 30 điểm`, by the group's sign.
  std::string maximum_words(const GroupInfo& group) const {
    const std::optional<Rational> most = sheet_.maximum(group.observable, group.max);
    const char* what = group.sign == 1   ? say("điểm trừ", "deductions")
                       : group.sign == 2 ? say("điểm thưởng", "bonus")
                                         : "";
    if (!most) return *what ? what : say("điểm để mở", "points left open");
    const std::string at_most = say("tối đa ", "at most ") + sheet_.points(*most);
    return *what ? what + std::string(", ") + at_most : at_most;
  }

  // ---------------------------------------------------------------- the groups at a glance

  void overview() const {
    if (groups().empty()) return;
    const Html::Element table = html_.open("table", {{"class", "overview"}});
    sheet_.table_head({{say("Nhóm tiêu chí", "Group of criteria"), "group"},
                       {say("Điều khoản", "Clause"), "cited"},
                       {say("Điểm", "Points"), "most"}});
    const Html::Element body = html_.open("tbody");
    for (const GroupInfo& group : groups()) {
      if (group.parent != kNone) continue;
      const Html::Element row = html_.open("tr");
      html_.leaf("td", label_of(group));
      {
        const Html::Element cell = html_.open("td");
        sheet_.clauses(sheet_.index.clauses(group.observable));
      }
      html_.leaf("td", maximum_words(group), {{"class", "most"}});
    }
  }

  // ---------------------------------------------------------------- one group

  void title_of(const GroupInfo& group, std::string_view tag) const {
    const Html::Element title = html_.open(tag);
    html_.text(label_of(group) + " — " + maximum_words(group) + " ");
    sheet_.clauses(sheet_.index.clauses(group.observable));
  }

  void table(std::uint32_t group) {
    if (group != kNone) remarks(groups()[group]);
    if (!has_criteria(group) && !has_groups(group)) return;
    const Html::Element table = html_.open("table", {{"class", "criteria"}});
    sheet_.table_head({{say("Tiêu chí", "Criterion"), "criterion"},
                       {say("Điểm tối đa", "Max."), "most"},
                       {say("Cách cho điểm", "How points are given"), "scoring"},
                       {say("Minh chứng", "Evidence"), "evidence"}});
    const Html::Element body = html_.open("tbody");
    members(group, 0);
  }

  void members(std::uint32_t group, int depth) {
    if (depth > kDeepest) return;
    for (const CriterionInfo& criterion : criteria())
      if (criterion.group == group) row(criterion);
    if (group == kNone) return;  // groups at the top have tables of their own
    for (std::uint32_t i = 0; i < groups().size(); ++i) {
      if (groups()[i].parent != group) continue;
      group_row(groups()[i], i, depth);
      members(i, depth + 1);
    }
  }

  void group_row(const GroupInfo& group, std::uint32_t index, int depth) const {
    const Html::Element row = html_.open("tr", {{"class", depth == 0 ? "group" : "group inner"}});
    const Html::Element cell = html_.open("th", {{"colspan", kColumns}, {"scope", "rowgroup"}});
    html_.leaf("span", label_of(group) + " — " + maximum_words(group));
    html_.text(" ");
    sheet_.clauses(sheet_.index.clauses(group.observable));
    remarks(groups()[index]);
  }

  /// What holds for a group as a whole.
  void remarks(const GroupInfo& group) const {
    write_lines(sheet_, group.lines);
    if (group.observable == kNone) return;
    for (const std::uint32_t child : sheet_.index.children(group.observable)) {
      if (sheet_.index.observable(child).role != Role::lose_all) continue;
      const Html::Element block = html_.open("div", {{"class", "loss"}});
      html_.leaf("strong", say("Mất hết điểm của nhóm khi: ", "All points of the group are lost when: "));
      const Wording when = wording(sheet_.index, child, sheet_.language);
      sheet_.condition(when);
      html_.text(" ");
      sheet_.clauses(when.clauses);
    }
    write_treatments(sheet_, group.observable, group.treatments);
  }

  // ---------------------------------------------------------------- one criterion

  void row(const CriterionInfo& criterion) {
    const Html::Element row = html_.open("tr");
    {
      const Html::Element cell = html_.open("td", {{"class", "criterion"}});
      html_.leaf("span", std::to_string(++number_) + ".", {{"class", "number"}});
      html_.text(" ");
      html_.leaf("strong", label_of(criterion));
      const Html::Element clauses = html_.open("div");
      sheet_.clauses(criterion.clauses);
    }
    html_.leaf("td", maximum_of(criterion), {{"class", "most"}, {"data-label", say("Điểm tối đa", "Maximum")}});
    {
      const Html::Element cell = html_.open("td", {{"data-label", say("Cách cho điểm", "How points are given")}});
      write_scoring(sheet_, criterion);
    }
    const Html::Element cell = html_.open("td", {{"data-label", say("Minh chứng", "Evidence")}});
    evidence(criterion);
  }

  std::string maximum_of(const CriterionInfo& criterion) const {
    const std::optional<Rational> most = sheet_.maximum(criterion.observable, criterion.points);
    if (most) return sheet_.number(*most);
    return is_proposed(criterion) ? say("tự đề xuất", "proposed") : say("để mở", "open");
  }

  /// Whether the rated person proposes the maximum.
  bool is_proposed(const CriterionInfo& criterion) const {
    for (const bytecode::Field& field : sheet_.subject().fields)
      if (field.place == bytecode::FieldPlace::maximum && field.id == criterion.id) return true;
    return false;
  }

  void evidence(const CriterionInfo& criterion) const {
    std::vector<EvidenceItem> items = evidence_behind(sheet_, criterion.observable);
    // How points are given has already said who gives them.
    if (criterion.scoring == "judged")
      std::erase_if(items, [&](const EvidenceItem& item) { return item.id == criterion.id; });
    if (items.empty()) return html_.text("—");
    const Html::Element list = html_.open("ul", {{"class", "plain"}});
    for (const EvidenceItem& item : items) {
      const Html::Element entry = html_.open("li");
      html_.text(item.label);
      details(item);
    }
  }

  void details(const EvidenceItem& item) const {
    std::vector<std::string> parts{item.kind};
    for (const std::string& part :
         {item.period, item.source.empty() ? std::string() : say("nguồn: ", "source: ") + item.source})
      if (!part.empty()) parts.push_back(part);
    std::vector<std::string> columns;
    for (const EvidenceItem& column : item.columns) columns.push_back(column.label);
    std::string text = joined(parts, "; ");
    if (!columns.empty()) text += ": " + joined(columns, ", ");
    html_.text(" ");
    html_.leaf("span", "(" + text + ")", {{"class", "detail"}});
  }

  const Sheet& sheet_;
  Html& html_;
  int number_ = 0;
};

}  // namespace

void write_criteria(const Sheet& sheet) {
  if (!sheet.subject().criteria.empty() || !sheet.subject().groups.empty()) Criteria(sheet).write();
}

}  // namespace quy::tools
