#include "tools/diff/changelog.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace quy::tools {

using analysis::Effect;
using analysis::Standing;
using What = analysis::ItemDiff::What;
using Part = ChangelogPart;

namespace {

/// What the comparison of meanings says of a change, over all subjects that it is in.
struct Meant {
  bool known = false, better = false, worse = false, other = false, open = false;
  void add(const MeaningItem& item) {
    known = true;
    better |= item.shows(Effect::better);
    worse |= item.shows(Effect::worse);
    other |= item.shows(Effect::other) || (item.standing == Standing::changed && item.records.empty());
    open |= item.standing == Standing::not_proved;
  }
};

bool is_about(const MeaningItem& item, const Change& change) {
  switch (change.thing) {
    case Thing::criterion: return item.what == What::criterion && item.shown().id == change.after.id;
    case Thing::group: return item.what == What::group && item.shown().id == change.after.id;
    case Thing::level: return item.what == What::level_floor && item.shown().id == change.after.id;
    case Thing::rule: {
      const bool same_before = item.before.index != bytecode::kNone && item.before.label == change.before.label;
      const bool same_after = item.after.index != bytecode::kNone && item.after.label == change.after.label;
      return item.what == What::rule && (same_before || same_after);
    }
    default: return false;
  }
}

Meant meant_by(const DiffReport& report, const Change& change) {
  Meant meant;
  for (const SubjectMeaning& subject : report.subjects)
    for (const MeaningItem& item : subject.items)
      if (is_about(item, change)) meant.add(item);
  if (meant.known || (change.kind != ChangeKind::added && change.kind != ChangeKind::removed)) return meant;
  // Something that only one version has shows in the subject's rating alone.
  for (const SubjectMeaning& subject : report.subjects)
    if (std::ranges::find(change.subjects, subject.id) != change.subjects.end())
      for (const MeaningItem& item : subject.items)
        if (item.what == What::points || item.what == What::level) meant.add(item);
  return meant;
}

Part part_of(const DiffReport& report, const Change& change) {
  const Reach reach = change.reach();
  if (reach == Reach::words) return Part::words;
  if (change.thing == Thing::evidence && change.kind == ChangeKind::added) return Part::new_evidence;
  if (reach >= Reach::evidence) return Part::other_set;
  const Meant meant = meant_by(report, change);
  if (meant.open) return Part::not_proved;
  if (meant.better && meant.worse) return Part::either_way;
  if (meant.better) return Part::loosened;
  if (meant.worse) return Part::tightened;
  return meant.other ? Part::either_way : Part::same_meaning;
}

Bilingual line_of(const Change& change) {
  const SideOfChange& side = change.after.index == bytecode::kNone ? change.before : change.after;
  const std::string clauses = side.clauses.empty() ? "" : fmt::format(" ({})", fmt::join(side.clauses, ", "));
  Bilingual text{fmt::format("{} {}: {}{}", name_of(change.kind).text.vi, name_of(change.thing).text.vi, side.label.vi, clauses),
                 fmt::format("{} {}: {}{}", name_of(change.kind).text.en, name_of(change.thing).text.en, side.label.en, clauses)};
  for (const Detail& detail : change.details) {
    text.vi += fmt::format("; {}: {} → {}", detail.what.vi, detail.before.vi.empty() ? "không có" : detail.before.vi,
                           detail.after.vi.empty() ? "không có" : detail.after.vi);
    text.en += fmt::format("; {}: {} → {}", detail.what.en, detail.before.en.empty() ? "none" : detail.before.en,
                           detail.after.en.empty() ? "none" : detail.after.en);
  }
  return text;
}

std::optional<std::array<unsigned, 3>> numbers_of(const std::string& version) {
  std::istringstream in(version);
  std::array<unsigned, 3> numbers{};
  char first = 0, second = 0;
  if (!(in >> numbers[0] >> first >> numbers[1] >> second >> numbers[2]) || first != '.' || second != '.' || in.peek() != EOF)
    return std::nullopt;
  return numbers;
}

/// Whether what the older version knows no longer fits the newer.
bool breaks(const DiffReport& report) {
  return std::ranges::any_of(report.changes, [](const Change& change) {
    if (change.thing == Thing::requirement) return false;
    return change.reach() >= Reach::evidence && !(change.kind == ChangeKind::added && change.thing == Thing::evidence);
  });
}

std::string proposed_version(const DiffReport& report) {
  auto numbers = numbers_of(report.before.version);
  if (!numbers) return {};
  const bool same = report.standing() == Standing::same;
  const std::size_t rises = !same && (report.may_be_looser() || breaks(report)) ? 0 : same ? 2 : 1;
  if (same && report.changes.empty()) return report.before.version;
  ++(*numbers)[rises];
  for (std::size_t i = rises + 1; i < numbers->size(); ++i) (*numbers)[i] = 0;
  return fmt::format("{}", fmt::join(*numbers, "."));
}

std::vector<Bilingual> warnings(const DiffReport& report, const Changelog& made, const DiffSide& before, const DiffSide& after) {
  std::vector<Bilingual> all;
  if (report.standing() == Standing::same) return all;
  if (report.before.version == report.after.version)
    all.push_back({"nghĩa đã đổi mà số phiên bản vẫn là " + report.after.version,
                   "the meaning changed and the version still is " + report.after.version});
  else if (const auto is = numbers_of(report.after.version), least = numbers_of(made.proposed); is && least && *is < *least)
    all.push_back({fmt::format("số phiên bản {} thấp hơn số đề xuất {}", report.after.version, made.proposed),
                   fmt::format("version {} is lower than the one proposed, {}", report.after.version, made.proposed)});
  const auto &was = before.module.in_force_from, &is = after.module.in_force_from;
  if (!is || (was && *is <= *was))
    all.push_back({"hiệu lực không bắt đầu sau bản trước: các kỳ đã chốt theo bản trước sẽ có kết quả khác nếu xếp lại",
                   "it does not come into force after the older version: periods closed under that one would be rated otherwise"});
  return all;
}

const Bilingual& title_of(Part part) {
  static const Bilingual kTitles[] = {{"Nới lỏng", "Loosened"},
                                      {"Siết chặt", "Tightened"},
                                      {"Thay đổi theo cả hai chiều, hoặc chiều khác", "Changed both ways, or otherwise"},
                                      {"Yêu cầu minh chứng mới", "New evidence asked"},
                                      {"Đối tượng, mức, tỉ lệ, minh chứng", "Subjects, levels, quotas, evidence"},
                                      {"Chưa chứng minh được", "Not proved"},
                                      {"Viết lại, không đổi nghĩa", "Rewritten without another meaning"},
                                      {"Chỉ sửa lời văn", "Words only"}};
  return kTitles[static_cast<std::size_t>(part)];
}

}  // namespace

Changelog changelog(const DiffReport& report, const DiffSide& before, const DiffSide& after) {
  Changelog made;
  for (const Change& change : report.changes) made.lines.push_back({part_of(report, change), line_of(change)});
  std::ranges::stable_sort(made.lines, {}, &Changelog::Line::part);
  made.proposed = proposed_version(report);
  made.warnings = warnings(report, made, before, after);
  return made;
}

void print_changelog(std::ostream& out, const Context& context, const DiffReport& report, const Changelog& changelog) {
  const auto in = [&](const Bilingual& text) { return text.in(context.language); };
  fmt::print(out, "## {} {}\n", report.after.id, changelog.proposed.empty() ? report.after.version : changelog.proposed);
  if (report.changes.empty()) fmt::print(out, "\n{}\n", context.say("Không có thay đổi.", "No changes."));
  for (std::size_t i = 0; i < changelog.lines.size(); ++i) {
    const Changelog::Line& line = changelog.lines[i];
    if (i == 0 || changelog.lines[i - 1].part != line.part) fmt::print(out, "\n### {}\n\n", in(title_of(line.part)));
    fmt::print(out, "- {}\n", in(line.text));
  }
  if (!changelog.warnings.empty()) fmt::print(out, "\n### {}\n\n", context.say("Cảnh báo", "Warnings"));
  for (const Bilingual& warning : changelog.warnings) fmt::print(out, "- {}\n", in(warning));
}

}  // namespace quy::tools
