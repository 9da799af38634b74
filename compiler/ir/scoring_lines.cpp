#include "compiler/ir/scoring_lines.h"

#include <algorithm>

#include "compiler/ir/sentence.h"

namespace quy::ir {

using bytecode::ScoringLine;
using sema::ExprId;
using sema::kNone;

namespace {

Bilingual operator+(const Bilingual& a, const Bilingual& b) { return {a.vi + b.vi, a.en + b.en}; }

Bilingual number(const Rational& value) {
  std::string vi = value.exact_text(), en = vi;
  std::replace(vi.begin(), vi.end(), '.', ',');
  return {vi, en};
}

Bilingual points(const Rational& value) {
  return number(value) + Bilingual{" điểm", value == Rational(1) ? " point" : " points"};
}

/// A share of a maximum that is known is said as points.
Bilingual row_points(const sema::RowPoints& row, const std::optional<Rational>& maximum) {
  if (!row.share) return points(row.value);
  if (maximum) return points(row.value * *maximum);
  return number(row.value * Rational(100)) + Bilingual{"% điểm tối đa", "% of the maximum"};
}

Bilingual per_words(sema::Per per) {
  using sema::Per;
  switch (per) {
    case Per::year: return {"năm", "year"};
    case Per::quarter: return {"quý", "quarter"};
    case Per::month: return {"tháng", "month"};
    case Per::week: return {"tuần", "week"};
    case Per::term: return {"nhiệm kỳ", "term"};
    default: return {};
  }
}

class Lines {
 public:
  Lines(const sema::Pack& pack, const sema::Subject& subject) : pack_(pack), subject_(subject) {}

  void add(Bilingual text, Bilingual brings = {}) { lines_.push_back({std::move(text), std::move(brings)}); }
  std::vector<ScoringLine> take() { return std::move(lines_); }
  Bilingual words(ExprId id) const { return sentence(pack_, subject_, id); }

  void scoring(const sema::Criterion& criterion) {
    std::visit([&](const auto& form) { of(form, criterion); }, criterion.scoring);
    if (criterion.coefficient != Rational(1))
      add(Bilingual{"Nhân hệ số ", "Multiplied by "} + number(criterion.coefficient));
    if (criterion.once_per != sema::Per::none)
      add(Bilingual{"Tính một lần trong một ", "Counts once a "} + per_words(criterion.once_per));
  }

  void proposed_maxima(const sema::Group& group) {
    Bilingual text{"Điểm tối đa của từng tiêu chí do cá nhân đề xuất",
                   "The rated person proposes the maximum of each criterion"};
    if (group.maxima_need_approval) text = text + Bilingual{", cấp có thẩm quyền duyệt", ", to be approved"};
    if (group.each_maximum_from)
      text = text + Bilingual{"; mỗi tiêu chí từ ", "; each from "} + points(*group.each_maximum_from);
    add(text);
  }

 private:
  void of(const sema::Met&, const sema::Criterion&) {}
  void of(const sema::Judged&, const sema::Criterion&) {}

  void of(const sema::ScoreTable& table, const sema::Criterion& criterion) {
    if (table.value != kNone) add(Bilingual{"Tính theo: ", "By: "} + words(table.value));
    for (const sema::TableRow& row : table.rows) add(guard(table, row), row_points(row.points, criterion.maximum));
    rounding(table.step, table.rounding);
  }

  Bilingual guard(const sema::ScoreTable& table, const sema::TableRow& row) const {
    if (row.guard == kNone) return {"còn lại", "otherwise"};
    const sema::Expr& e = subject_.exprs[row.guard];
    const bool floor =
        e.op == sema::Op::compare && e.children[0] == table.value && e.comparison == sema::Comparison::greater_equal;
    return floor ? Bilingual{"từ ", "from "} + limit(pack_, subject_, row.guard) : words(row.guard);
  }

  void of(const sema::LevelChoice& choice, const sema::Criterion& criterion) {
    const std::uint32_t index = subject_.fields[choice.field].info.scale;
    for (std::size_t step = choice.points.size(); step-- > 0;) {
      const std::string& label = pack_.scales[index].step_labels[step];
      add({label, label}, row_points(choice.points[step], criterion.maximum));
    }
  }

  void of(const sema::PerUnit& form, const sema::Criterion&) {
    Bilingual text = form.deducts ? Bilingual{"Trừ ", "Less "} : Bilingual{"Cộng ", "Plus "};
    text = text + points(form.points) + Bilingual{" mỗi: ", " for each: "} + words(form.times);
    if (form.cap) text = text + Bilingual{"; nhiều nhất ", "; at most "} + points(*form.cap);
    add(text);
  }

  void of(const sema::Proportional& form, const sema::Criterion&) {
    add(Bilingual{"Điểm tối đa × ", "The maximum × "} + words(form.share) +
        Bilingual{" (trong khoảng từ 0 đến 1)", " (held within 0 and 1)"});
    rounding(form.step, form.rounding);
  }

  void of(const sema::FormulaScore& form, const sema::Criterion&) {
    add(Bilingual{"Điểm = ", "Points = "} + words(form.value));
    if (form.may_exceed_to)
      add(Bilingual{"Được vượt điểm tối đa, đến ", "May exceed the maximum, up to "} + points(*form.may_exceed_to));
  }

  void rounding(const std::optional<Rational>& step, Rounding mode) {
    if (!step) return;
    Bilingual text{"Làm tròn đến bội của ", "Rounded to a multiple of "};
    if (mode == Rounding::floor) text = {"Làm tròn xuống đến bội của ", "Rounded down to a multiple of "};
    if (mode == Rounding::ceiling) text = {"Làm tròn lên đến bội của ", "Rounded up to a multiple of "};
    add(text + points(*step));
  }

  const sema::Pack& pack_;
  const sema::Subject& subject_;
  std::vector<ScoringLine> lines_;
};

}  // namespace

std::vector<ScoringLine> scoring_lines(const sema::Pack& pack, const sema::Subject& subject,
                                       const sema::Criterion& criterion) {
  Lines lines(pack, subject);
  lines.scoring(criterion);
  return lines.take();
}

std::vector<ScoringLine> group_lines(const sema::Pack& pack, const sema::Subject& subject, const sema::Group& group) {
  Lines lines(pack, subject);
  if (group.formula != kNone)
    lines.add(Bilingual{"Điểm của nhóm = ", "Points of the group = "} + lines.words(group.formula));
  if (group.highest_only)
    lines.add({"Chỉ tính tiêu chí có điểm cao nhất", "Only the criterion with the most points counts"});
  if (group.proposed_maxima) lines.proposed_maxima(group);
  if (group.least_share)
    lines.add(Bilingual{"Phải áp dụng được ít nhất ", "At least "} + number(*group.least_share * Rational(100)) +
              Bilingual{"% điểm của nhóm; nếu không thì không có tổng điểm",
                        "% of the group's points must be applicable; otherwise there is no total"});
  return lines.take();
}

}  // namespace quy::ir
