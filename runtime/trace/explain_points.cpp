#include "runtime/trace/explain_points.h"

#include <algorithm>
#include <iterator>

#include "runtime/trace/condition_lines.h"
#include "runtime/trace/condition_text.h"
#include "runtime/trace/numbers.h"
#include "runtime/trace/phrases.h"
#include "runtime/trace/values.h"

namespace quy::trace {
namespace {

using bytecode::CriterionInfo;
using bytecode::GroupInfo;
using bytecode::Observable;
using bytecode::Subject;
using bytecode::Treatment;
using vm::FieldState;
using vm::Truth;

Phrase cause_phrase(FieldState cause) {
  if (cause == FieldState::excluded) return Phrase::cause_excluded;
  return cause == FieldState::not_yet_due ? Phrase::cause_not_yet_due : Phrase::cause_did_not_arise;
}

/// What the declared treatment has made of a line that is left out.
std::string treatment(const PointsLine& line, const bytecode::Treatments& declared, Language language) {
  const std::string& points = line.points.decimal;
  const Treatment effect = treatment_of(line, declared);
  if (effect == Treatment::share_in_group) return phrase(Phrase::shared_in_group, language);
  if (effect == Treatment::share_in_sheet) return phrase(Phrase::shared_in_sheet, language);
  if (points.empty()) return phrase(Phrase::treated_out, language);
  if (points == "0") return phrase(Phrase::treated_zero, language);
  if (points == line.maximum.decimal) return phrase(Phrase::treated_full, language);
  const std::optional<Rational> value = Rational::parse(points);
  return phrase(Phrase::treated_as, language, {value ? points_text(*value, language) : points});
}

std::string note_of(const PointsLine& line, const bytecode::Treatments& declared, Language language) {
  if (line.left_out == FieldState::value) return {};
  return phrase(cause_phrase(line.left_out), language) + ", " + treatment(line, declared, language);
}

class Table {
 public:
  Table(const RecordView& view, const Result& result) : view_(view), result_(result), subject_(view.index.subject()) {}

  std::vector<PointsRow> rows() {
    add_members(kNone, 0);
    return std::move(rows_);
  }

 private:
  /// A pack's groups form a forest of any depth; beyond what people nest, they are shown side by side.
  static constexpr int kDeepest = 50;
  static constexpr std::size_t kMostFields = 8;

  void add_members(std::uint32_t parent, int depth) {
    if (depth > kDeepest) return;
    for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) {
      if (subject_.criteria[i].group == parent) add_criterion(i, depth);
    }
    for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) {
      if (subject_.groups[i].parent != parent) continue;
      add_group(i, depth);
      add_members(i, depth + 1);
    }
  }

  void add_group(std::uint32_t i, int depth) {
    const GroupInfo& group = subject_.groups[i];
    PointsRow row{group.id, group.label, true, depth, result_.groups[i], {}, {}, {}};
    finish(row, group.observable, group.treatments);
  }

  void add_criterion(std::uint32_t i, int depth) {
    const CriterionInfo& criterion = subject_.criteria[i];
    PointsRow row{criterion.id, criterion.label, false, depth, result_.criteria[i], {}, criterion.clauses, {}};
    if (criterion.observable != kNone) row.conditions = conditions(criterion.observable);
    if (criterion.scoring == "judged" && !row.values.range.empty()) {
      row.conditions.push_back({Mark::missing, "score", phrase(Phrase::score_missing, view_.language), {}, {}});
    }
    finish(row, criterion.observable, criterion.treatments);
  }

  void finish(PointsRow& row, std::uint32_t observable, const bytecode::Treatments& treatments) {
    if (row.label.empty()) row.label = row.id;
    if (row.clauses.empty() && observable != kNone) row.clauses = view_.index.clauses(observable);
    row.note = note_of(row.values, treatments, view_.language);
    rows_.push_back(std::move(row));
  }

  std::vector<Line> conditions(std::uint32_t criterion) {
    std::vector<Line> lines;
    bool row_found = false;
    for (const std::uint32_t child : view_.index.children(criterion)) add_condition(child, row_found, lines);
    if (!row_found) add_last_row(criterion, lines);
    if (lines.empty()) add_fields(criterion, lines);
    return lines;
  }

  /// No row held, so the last one counted: shown by the row before it, which just failed.
  void add_last_row(std::uint32_t criterion, std::vector<Line>& lines) {
    std::uint32_t last = kNone;
    for (const std::uint32_t child : view_.index.children(criterion)) {
      if (view_.index.observable(child).role == Role::criterion_row) last = child;
    }
    if (last == kNone || view_.truth(view_.index.observable(last).reg) != Truth::no) return;
    std::vector<Line> row = atoms_or_self(last, Mark::none);
    for (Line& line : row) line.mark = Mark::none;
    append(std::move(row), lines);
  }

  /// What a formula works on, when nothing else is said of it.
  void add_fields(std::uint32_t criterion, std::vector<Line>& lines) {
    const Observable& o = view_.index.observable(criterion);
    if (!view_.is_of_record(o.reg)) return;
    for (const std::uint32_t index : view_.index.fields_read(o.reg)) {
      const bytecode::Field& field = subject_.fields[index];
      if (field.place != bytecode::FieldPlace::evidence || field.list != kNone || lines.size() == kMostFields) continue;
      const std::string& name = field.label.empty() ? field.name : field.label;
      lines.push_back({Mark::none, "field", phrase(Phrase::value_is, view_.language, {name, field_text(view_, index, view_.row)}), {}, {}});
    }
  }

  /// By the role of what stands below a criterion.
  void add_condition(std::uint32_t child, bool& row_found, std::vector<Line>& lines) {
    const Observable& o = view_.index.observable(child);
    const Truth truth = view_.truth(o.reg);
    switch (o.role) {
      case Role::criterion_condition: return append(atoms_or_self(child, mark_of(truth)), lines);
      case Role::criterion_row: return add_row(child, truth, row_found, lines);
      case Role::lose_all:
        if (truth == Truth::yes || truth == Truth::missing) lines.push_back(under(child, Phrase::all_lost, mark_against(truth)));
        return;
      case Role::exception:
        if (truth == Truth::yes || truth == Truth::missing) lines.push_back(under(child, Phrase::exception_claimed, mark_of(truth)));
        return;
      case Role::value: return add_value(o, lines);
      case Role::atom: return append({{mark_of(truth), "atom", atom_text(view_, child, view_.row), view_.index.clauses(child), {}}}, lines);
      default: return;
    }
  }

  /// Of a table the row that counts, and the rows before it that are still open.
  void add_row(std::uint32_t child, Truth truth, bool& found, std::vector<Line>& lines) {
    if (found || (truth != Truth::yes && truth != Truth::missing)) return;
    found = truth == Truth::yes;
    const Observable& o = view_.index.observable(child);
    std::vector<Line> atoms = atom_lines(view_, child, o.reg);
    // A guard of one comparison is said by that comparison, values and all.
    if (atoms.size() == 1) return append(std::move(atoms), lines);
    lines.push_back({mark_of(truth), "row", text_of_rule(view_, child), view_.index.clauses(child), std::move(atoms)});
  }

  void add_value(const Observable& o, std::vector<Line>& lines) {
    const std::string& text = o.text.in(view_.language);
    const std::string name = written(view_, text.empty() ? o.label : text);
    const Register reg = view_.has(o.reg, bytecode::ValueKind::number) ? o.reg : o.left;
    if (!view_.is_of_record(reg) || !view_.has(reg, bytecode::ValueKind::number)) return;
    const std::string value = value_text(view_, reg, view_.row, o.unit);
    lines.push_back({Mark::none, "value", name.empty() ? value : phrase(Phrase::value_is, view_.language, {name, value}), {}, {}});
  }

  Line under(std::uint32_t child, Phrase heading, Mark mark) {
    const Rule rule{child, view_.index.observable(child).reg, kNone, {}};
    return rule_line(view_, rule, "rule", phrase(heading, view_.language), mark);
  }

  /// The condition's atoms, or the condition itself when it has none.
  std::vector<Line> atoms_or_self(std::uint32_t child, Mark mark) {
    const Observable& o = view_.index.observable(child);
    std::vector<Line> lines = atom_lines(view_, child, o.reg);
    if (lines.empty()) lines.push_back({mark, "condition", written(view_, o.text.in(view_.language)), {}, {}});
    for (Line& line : lines) {
      if (line.clauses.empty()) line.clauses = view_.index.clauses(child);
    }
    return lines;
  }

  static void append(std::vector<Line> more, std::vector<Line>& lines) {
    std::move(more.begin(), more.end(), std::back_inserter(lines));
  }

  const RecordView& view_;
  const Result& result_;
  const Subject& subject_;
  std::vector<PointsRow> rows_;
};

}  // namespace

Treatment treatment_of(const PointsLine& line, const bytecode::Treatments& declared) {
  switch (line.left_out) {
    case FieldState::excluded: return declared[0];
    case FieldState::did_not_arise: return declared[1];
    case FieldState::not_yet_due: return declared[2];
    default: return Treatment::undeclared;
  }
}

std::vector<PointsRow> points_rows(const RecordView& view, const Result& result) {
  if (result.groups.size() != view.index.subject().groups.size()) return {};
  if (result.criteria.size() != view.index.subject().criteria.size()) return {};
  return Table(view, result).rows();
}

}  // namespace quy::trace
