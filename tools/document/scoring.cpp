#include "tools/document/scoring.h"

#include <algorithm>
#include <map>

namespace quy::tools {
namespace {

using bytecode::CriterionInfo;
using bytecode::Field;
using bytecode::FieldPlace;
using bytecode::kNone;
using bytecode::Role;
using bytecode::ScoringLine;
using bytecode::Treatment;
using bytecode::Treatments;
using Form = Wording::Form;

std::vector<std::uint32_t> children(const Sheet& sheet, const CriterionInfo& criterion, Role role) {
  std::vector<std::uint32_t> found;
  if (criterion.observable == kNone) return found;
  for (const std::uint32_t child : sheet.index.children(criterion.observable))
    if (sheet.index.observable(child).role == role) found.push_back(child);
  return found;
}

void paragraph(const Sheet& sheet, const std::string& text, std::string_view kind = {}) {
  if (kind.empty()) {
    sheet.html.leaf("p", text);
  } else {
    sheet.html.leaf("p", text, {{"class", kind}});
  }
}

// ---------------------------------------------------------------- met

/// All that must hold, side by side; clauses only where they are not the criterion's own.
std::vector<Wording> requirements(const Sheet& sheet, const CriterionInfo& criterion) {
  std::vector<Wording> all;
  for (const std::uint32_t condition : children(sheet, criterion, Role::criterion_condition)) {
    Wording whole = wording(sheet.index, condition, sheet.language);
    std::vector<std::string> own;
    if (!std::all_of(whole.clauses.begin(), whole.clauses.end(),
                     [&](const std::string& clause) { return clause == criterion.citation; }))
      own = whole.clauses;
    if (whole.form == Form::always && whole.readings.empty()) continue;
    if (whole.form != Form::all || !whole.readings.empty()) whole.parts = {Wording(whole)};
    for (Wording& part : whole.parts) {
      part.clauses = own;
      all.push_back(std::move(part));
    }
  }
  return all;
}

void requirement(const Sheet& sheet, const Wording& wording) {
  sheet.condition(wording);
  if (wording.clauses.empty()) return;
  sheet.html.text(" ");
  sheet.clauses(wording.clauses);
}

void write_met(const Sheet& sheet, const CriterionInfo& criterion) {
  const std::vector<Wording> all = requirements(sheet, criterion);
  if (all.empty()) return;
  const std::optional<Rational> most = sheet.maximum(criterion.observable, criterion.points);
  const bool alone = all.size() == 1 && all.front().parts.empty();
  const std::string full = most ? sheet.points(*most) : std::string(sheet.say("Điểm tối đa", "The maximum"));
  if (alone) {
    const Html::Element block = sheet.html.open("p");
    sheet.html.text(full + sheet.say(" khi: ", " when: "));
    return requirement(sheet, all.front());
  }
  paragraph(
      sheet,
      full + (all.size() == 1 ? sheet.say(" khi:", " when:") : sheet.say(" khi có đủ:", " when all of these hold:")),
      "lead");
  const Html::Element list = sheet.html.open("ul");
  for (const Wording& one : all) {
    const Html::Element item = sheet.html.open("li");
    requirement(sheet, one);
  }
}

// ---------------------------------------------------------------- judged

void write_judged(const Sheet& sheet, const CriterionInfo& criterion) {
  const std::vector<Field>& fields = sheet.subject().fields;
  const auto field = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& f) { return f.place == FieldPlace::score && f.id == criterion.id; });
  std::string text = sheet.say("Người có thẩm quyền chấm điểm", "Points are given by those who assess");
  if (field != fields.end() && field->step)
    text += sheet.say(", mỗi bước ", ", in steps of ") + sheet.points(*field->step);
  paragraph(sheet, text + ".", "lead");
  if (field == fields.end() || !field->presumed) return;
  paragraph(sheet, sheet.say("Hồ sơ đã chốt mà không có ghi nhận khác thì coi là ",
                             "On a closed record that says nothing else: ") +
                       sheet.points(*field->presumed) + ".");
}

// ---------------------------------------------------------------- what takes points away, and what is left out

void write_losses(const Sheet& sheet, const CriterionInfo& criterion) {
  for (const std::uint32_t loss : children(sheet, criterion, Role::lose_all)) {
    const Html::Element block = sheet.html.open("div", {{"class", "loss"}});
    Wording when = wording(sheet.index, loss, sheet.language);
    if (when.clauses == criterion.clauses) when.clauses.clear();
    sheet.html.leaf("strong", sheet.say("Mất hết điểm khi: ", "All points are lost when: "));
    requirement(sheet, when);
  }
}

const char* effect_words(const Sheet& sheet, Treatment treatment) {
  switch (treatment) {
    case Treatment::full_points: return sheet.say("tính đủ điểm", "full points");
    case Treatment::zero_points: return sheet.say("tính 0 điểm", "no points");
    case Treatment::keep_scale:
      return sheet.say("không cộng điểm, thang điểm giữ nguyên", "adds nothing, the scale stays");
    case Treatment::share_in_group:
      return sheet.say("điểm chia lại trong nhóm", "its points are shared out in the group");
    case Treatment::share_in_sheet:
      return sheet.say("điểm chia lại trên toàn phiếu", "its points are shared out over the whole sheet");
    case Treatment::no_total: return sheet.say("không tính được tổng điểm", "there is no total");
    case Treatment::undeclared: break;
  }
  return "";
}

const char* cause_words(const Sheet& sheet, std::size_t cause) {
  if (cause == 1) return sheet.say("Không phát sinh: ", "Did not arise: ");
  return cause == 0 ? sheet.say("Không áp dụng: ", "Not applicable: ") : sheet.say("Chưa đến hạn: ", "Not yet due: ");
}

/// What most criteria that can be left out declare; nothing where few of them agree.
std::optional<Treatments> shared_treatments(const Sheet& sheet) {
  constexpr std::size_t kFewest = 3;
  std::map<Treatments, std::size_t> uses;
  for (const CriterionInfo& criterion : sheet.subject().criteria)
    if (sheet.may_be_left_out(criterion.observable)) ++uses[criterion.treatments];
  const auto most =
      std::max_element(uses.begin(), uses.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == uses.end() || most->second < kFewest ? std::nullopt : std::optional(most->first);
}

/// What becomes of the points, by cause; one line where every cause does the same.
std::vector<std::string> treatment_lines(const Sheet& sheet, const Treatments& treatments) {
  const bool alike =
      std::all_of(treatments.begin(), treatments.end(), [&](Treatment other) { return other == treatments.front(); });
  std::vector<std::string> lines;
  for (std::size_t cause = 0; cause < treatments.size() && (cause == 0 || !alike); ++cause) {
    if (treatments[cause] == Treatment::undeclared) continue;
    const std::string when =
        alike ? sheet.say("Không áp dụng được: ", "Where it does not apply: ") : cause_words(sheet, cause);
    lines.push_back(when + effect_words(sheet, treatments[cause]) + ".");
  }
  return lines;
}

}  // namespace

void write_lines(const Sheet& sheet, const std::vector<ScoringLine>& lines) {
  std::size_t i = 0;
  const auto is_row = [&](const ScoringLine& line) { return !line.points.in(sheet.language).empty(); };
  while (i < lines.size()) {
    if (!is_row(lines[i])) {
      paragraph(sheet, in_document(lines[i++].text.in(sheet.language)), "lead");
      continue;
    }
    const Html::Element list = sheet.html.open("ul", {{"class", "rows"}});
    for (; i < lines.size() && is_row(lines[i]); ++i) {
      const Html::Element item = sheet.html.open("li");
      sheet.html.leaf("span", in_document(lines[i].text.in(sheet.language)));
      sheet.html.text(": ");
      sheet.html.leaf("strong", lines[i].points.in(sheet.language));
    }
  }
}

void write_shared_treatments(const Sheet& sheet) {
  const std::optional<Treatments> shared = shared_treatments(sheet);
  if (!shared) return;
  const std::vector<std::string> lines = treatment_lines(sheet, *shared);
  if (lines.empty()) return;
  const char* whose = sheet.say("Với tiêu chí hoặc nhóm tiêu chí không ghi khác. ",
                                "For criteria and groups that do not say otherwise. ");
  paragraph(sheet, whose + joined(lines, " "), "left-out");
}

void write_treatments(const Sheet& sheet, std::uint32_t observable, const Treatments& treatments) {
  if (!sheet.may_be_left_out(observable) || treatments == shared_treatments(sheet)) return;
  for (const std::string& line : treatment_lines(sheet, treatments)) paragraph(sheet, line, "left-out");
}

void write_scoring(const Sheet& sheet, const CriterionInfo& criterion) {
  if (criterion.scoring == "met") write_met(sheet, criterion);
  if (criterion.scoring == "judged") write_judged(sheet, criterion);
  if (criterion.scoring == "choice")
    paragraph(sheet, sheet.say("Chọn một trong các mức:", "One of these is chosen:"), "lead");
  write_lines(sheet, criterion.lines);
  if (!criterion.guidance.empty()) {
    const Html::Element block = sheet.html.open("p", {{"class", "guidance"}});
    sheet.html.leaf("em", sheet.say("Hướng dẫn: ", "Guidance: "));
    sheet.html.text(criterion.guidance);
  }
  write_losses(sheet, criterion);
  write_treatments(sheet, criterion.observable, criterion.treatments);
}

}  // namespace quy::tools
