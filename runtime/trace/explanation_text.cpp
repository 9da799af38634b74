// An explanation for people: a header, then one section after the other, marks in front and clauses behind.

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "runtime/trace/explain_rating.h"
#include "runtime/trace/explanation.h"
#include "runtime/trace/numbers.h"
#include "runtime/trace/phrases.h"

namespace quy::trace {
namespace {

constexpr std::string_view kMarks[] = {"·", "✓", "✗", "?", "–"};   // by Mark
constexpr std::size_t kWidestLabel = 60;

std::string indent(int depth) { return std::string(static_cast<std::size_t>(depth) * 2, ' '); }

std::string padded(std::string text, std::size_t width) {
  const std::size_t taken = display_width(text);
  if (taken < width) text.append(width - taken, ' ');
  return text;
}

std::string padded_left(const std::string& text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return taken < width ? std::string(width - taken, ' ') + text : text;
}

std::string cited(const std::vector<std::string>& clauses) {
  std::string text;
  for (const std::string& clause : clauses) text += (text.empty() ? "" : ", ") + clause;
  return text.empty() ? text : " (" + text + ")";
}

class Writer {
 public:
  Writer(const ExplanationTree& tree, Language language) : tree_(tree), language_(language) {}

  std::string text() {
    header();
    section(tree_.status == Status::decided ? Phrase::section_why : Phrase::section_why_outcome, tree_.why);
    section(Phrase::section_stages, tree_.stages);
    section(Phrase::section_overrides, tree_.overrides);
    points();
    if (!tree_.why_not.empty()) lines_under(say(Phrase::section_why_not, {tree_.next_label}), tree_.why_not);
    missing();
    section(Phrase::section_deciding, tree_.would_decide);
    outcomes();
    section(Phrase::section_readings, tree_.readings);
    section(Phrase::section_notes, tree_.notes);
    return std::move(out_);
  }

 private:
  std::string say(Phrase id, std::initializer_list<std::string_view> arguments = {}) const { return phrase(id, language_, arguments); }

  // --- header

  void header() {
    out_ += say(Phrase::record_of, {tree_.id}) + "\n";
    entry(Phrase::of_subject, tree_.subject_label.empty() ? tree_.subject : tree_.subject_label + " [" + tree_.subject + "]");
    entry(Phrase::of_period, tree_.period);
    entry(Phrase::of_unit, tree_.unit);
    entry(Phrase::of_stage, tree_.stage);
    entry(Phrase::of_pack, say(Phrase::pack_version, {tree_.pack_label.empty() ? tree_.pack.id : tree_.pack_label, tree_.pack.version, tree_.pack.sha256}));
    entry(Phrase::of_status, say(status_phrase(tree_.status)));
    entry(Phrase::of_rating, tree_.rating_label);
    entry(tree_.status == Status::authority ? Phrase::of_choice : Phrase::of_possible, possible());
    entry(Phrase::of_total, points_for_people(tree_.total, tree_.total_range, tree_.outer, language_));
  }

  void entry(Phrase name, const std::string& value) {
    if (!value.empty()) out_ += "  " + padded(say(name) + ":", 18) + value + "\n";
  }

  std::string possible() const {
    std::string list;
    for (const OutcomeLine& outcome : tree_.possible) list += (list.empty() ? "" : "; ") + outcome.label;
    return list;
  }

  // --- sections of lines

  void section(Phrase title, const std::vector<Line>& lines) {
    if (!lines.empty()) lines_under(say(title), lines);
  }

  void lines_under(const std::string& title, const std::vector<Line>& lines) {
    out_ += "\n" + title + "\n";
    for (const Line& line : lines) write(line, 1);
  }

  void write(const Line& line, int depth) {
    out_ += indent(depth) + std::string(kMarks[static_cast<std::size_t>(line.mark)]) + " " + line.text + cited(line.clauses) + "\n";
    for (const Line& part : line.parts) write(part, depth + 1);
  }

  // --- points

  std::string label_of(const PointsRow& row) const { return indent(row.depth) + row.label; }

  std::string value_of(const PointsRow& row) const {
    const PointsLine& values = row.values;
    std::string points = shown(values.points.decimal);
    if (!values.range.empty()) points = say(Phrase::points_between, {shown(values.range.low), shown(values.range.high)});
    if (points.empty()) points = say(Phrase::points_none);
    return values.maximum.decimal.empty() ? points : say(Phrase::points_of, {points, shown(values.maximum.decimal)});
  }

  std::string shown(const std::string& decimal) const {
    const std::optional<Rational> value = Rational::parse(decimal);
    return value ? display_number(*value, language_, 34).text : decimal;
  }

  void points() {
    if (tree_.points.empty()) return;
    std::size_t label_width = 0, value_width = 0;
    for (const PointsRow& row : tree_.points) {
      label_width = std::max(label_width, std::min(display_width(label_of(row)), kWidestLabel));
      value_width = std::max(value_width, display_width(value_of(row)));
    }
    out_ += "\n" + say(Phrase::section_points) + "\n";
    for (const PointsRow& row : tree_.points) points_row(row, label_width, value_width);
  }

  void points_row(const PointsRow& row, std::size_t label_width, std::size_t value_width) {
    out_ += "  " + padded(label_of(row), label_width) + "  " + padded_left(value_of(row), value_width) + cited(row.clauses);
    if (!row.note.empty()) out_ += "  " + row.note;
    out_ += "\n";
    for (const Line& line : row.conditions) write(line, row.depth + 2);
  }

  // --- what is open

  void missing() {
    if (tree_.missing.empty()) return;
    out_ += "\n" + say(Phrase::section_missing) + "\n";
    for (const MissingItem& item : tree_.missing) {
      const std::string text = item.place.empty() ? item.label : say(Phrase::missing_item, {item.label, item.place, item.id});
      write({Mark::missing, {}, text, {}, {}}, 1);
    }
  }

  void outcomes() {
    const bool any = std::any_of(tree_.possible.begin(), tree_.possible.end(), [](const OutcomeLine& o) { return !o.needs.empty(); });
    if (!any) return;
    out_ += "\n" + say(Phrase::section_outcomes) + "\n";
    for (const OutcomeLine& outcome : tree_.possible) {
      out_ += "  " + outcome.label + "\n";
      for (const Line& line : outcome.needs) write(line, 2);
    }
  }

  const ExplanationTree& tree_;
  Language language_;
  std::string out_;
};

}  // namespace

std::string explanation_text(const ExplanationTree& tree, Language language) { return Writer(tree, language).text(); }

}  // namespace quy::trace
