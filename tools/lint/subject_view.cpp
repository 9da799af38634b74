#include "tools/lint/subject_view.h"

#include <algorithm>

namespace quy::lint {

using namespace sema;

namespace {

bool is_commutative(Op op) { return op == Op::logical_and || op == Op::logical_or || op == Op::add || op == Op::multiply || op == Op::at_least_of; }

bool is_number(const Field& field) { return field.type.kind == Type::Kind::number; }

Comparison mirrored(Comparison comparison) {
  switch (comparison) {
    case Comparison::greater_equal: return Comparison::less_equal;
    case Comparison::greater: return Comparison::less;
    case Comparison::less_equal: return Comparison::greater_equal;
    case Comparison::less: return Comparison::greater;
    case Comparison::equal:
    case Comparison::not_equal: return comparison;
  }
  return comparison;
}

template <class Combine>
std::optional<Rational> both(const std::optional<Rational>& a, const std::optional<Rational>& b, Combine combine) {
  if (!a || !b) return std::nullopt;
  return combine(*a, *b);
}

Interval joined(const Interval& a, const Interval& b) {
  return {both(a.low, b.low, [](const Rational& x, const Rational& y) { return std::min(x, y); }),
          both(a.high, b.high, [](const Rational& x, const Rational& y) { return std::max(x, y); })};
}

}  // namespace

SubjectView::SubjectView(const Pack& pack, const Subject& subject) : pack_(pack), subject_(subject) {
  note_requirements();
  // Children precede their parents, so one pass settles everything.
  for (const Expr& each : subject.exprs) {
    keys_.push_back(make_key(each));
    bounds_.push_back(make_bounds(each));
  }
}

void SubjectView::note_requirements() {
  for (const Rule& rule : subject_.requirements) {
    if (rule.condition == kNone || expr(rule.condition).op != Op::compare) continue;
    const Expr& condition = expr(rule.condition);
    const Expr &left = expr(condition.children[0]), &right = expr(condition.children[1]);
    if (left.op != Op::field || right.op != Op::field) continue;
    if (condition.comparison == Comparison::less_equal) parts_by_requirement_.insert({left.index, right.index});
    if (condition.comparison == Comparison::greater_equal) parts_by_requirement_.insert({right.index, left.index});
  }
}

// ---------------------------------------------------------------- the same formula

std::uint32_t SubjectView::make_key(const Expr& expr) {
  std::vector<std::uint32_t> children;
  for (ExprId child : expr.children) children.push_back(keys_[child]);
  if (is_commutative(expr.op)) std::sort(children.begin(), children.end());
  std::string text = std::to_string(static_cast<int>(expr.op)) + ' ' + std::to_string(expr.list) + ' ' + std::to_string(expr.index) + ' ' +
                     expr.value.exact_text() + ' ' + std::to_string(static_cast<int>(expr.comparison)) + ' ' +
                     std::to_string(static_cast<int>(expr.rounding)) + ' ' + std::to_string(static_cast<int>(expr.applicability)) +
                     (expr.flag ? " 1 " : " 0 ") + expr.type.unit + '\x1f' + expr.text + '\x1f';
  for (std::uint32_t child : children) text += std::to_string(child) + ' ';
  return known_.try_emplace(std::move(text), static_cast<std::uint32_t>(known_.size())).first->second;
}

// ---------------------------------------------------------------- values

bool SubjectView::is_part_of(ExprId part, ExprId whole) const {
  const Expr &a = expr(part), &b = expr(whole);
  if (keys_[part] == keys_[whole]) return true;
  if (a.op == Op::count && b.op == Op::count && a.index == b.index) return b.children.empty() || b.children[0] == kNone;
  if (a.op != Op::field || b.op != Op::field) return false;
  if (parts_by_requirement_.contains({a.index, b.index})) return true;
  // `không quá` chains are short; a cycle is refused by the checker.
  for (std::uint32_t at = a.index; at != kNone; at = subject_.fields[at].info.at_most_field)
    if (at == b.index) return true;
  return false;
}

Interval SubjectView::bounds_of_field(const Expr& expr) const {
  const Field& field = subject_.fields[expr.index];
  if (!is_number(field)) return {};
  Interval range{field.info.low, field.info.high};
  for (std::uint32_t at = field.info.at_most_field; at != kNone; at = subject_.fields[at].info.at_most_field)
    range.high = std::min(*range.high, subject_.fields[at].info.high);
  return range;
}

Interval SubjectView::bounds_of_quotient(const Expr& expr) const {
  const Interval &top = bounds_[expr.children[0]], &below = bounds_[expr.children[1]];
  Interval range;
  if (top.low && top.low->sign() >= 0) range.low = Rational(0);
  if (is_part_of(expr.children[0], expr.children[1])) range.high = Rational(1);
  const bool constant = below.low && below.high && *below.low == *below.high && below.low->sign() > 0;
  if (constant) {
    if (top.low) range.low = *top.low / *below.low;
    if (top.high && !range.high) range.high = *top.high / *below.low;
  }
  return range;
}

Interval SubjectView::bounds_of_arithmetic(const Expr& expr) const {
  const Interval& a = bounds_[expr.children[0]];
  const Interval& b = bounds_[expr.children[1]];
  auto plus = [](const Rational& x, const Rational& y) { return x + y; };
  auto minus = [](const Rational& x, const Rational& y) { return x - y; };
  if (expr.op == Op::add) return {both(a.low, b.low, plus), both(a.high, b.high, plus)};
  if (expr.op == Op::subtract) return {both(a.low, b.high, minus), both(a.high, b.low, minus)};
  if (expr.op == Op::at_most) {
    Interval range = a;
    if (b.high && (!range.high || *b.high < *range.high)) range.high = b.high;
    if (b.low && range.low && *b.low < *range.low) range.low = b.low;
    if (!b.low) range.low.reset();
    return range;
  }
  if (expr.op == Op::at_least) {
    Interval range = a;
    if (b.low && (!range.low || *b.low > *range.low)) range.low = b.low;
    if (b.high && range.high && *b.high > *range.high) range.high = b.high;
    if (!b.high) range.high.reset();
    return range;
  }
  // Products of what cannot be negative; more is not needed.
  const bool positive = a.low && b.low && a.low->sign() >= 0 && b.low->sign() >= 0;
  if (!positive) return {};
  auto times = [](const Rational& x, const Rational& y) { return x * y; };
  return {*a.low * *b.low, both(a.high, b.high, times)};
}

Interval SubjectView::make_bounds(const Expr& expr) const {
  if (expr.type.kind != Type::Kind::number) return {};
  switch (expr.op) {
    case Op::number: return {expr.value, expr.value};
    case Op::field: return bounds_of_field(expr);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::at_most:
    case Op::at_least: return bounds_of_arithmetic(expr);
    case Op::divide: return bounds_of_quotient(expr);
    case Op::share: return {Rational(0), Rational(1)};
    case Op::count: return {Rational(0), std::nullopt};
    case Op::mean:
    case Op::largest:
    case Op::smallest: return bounds_[expr.children[0]];
    case Op::sum: {
      const Interval& row = bounds_[expr.children[0]];
      if (row.low && row.low->sign() >= 0) return {Rational(0), std::nullopt};
      return {};
    }
    case Op::points_of:
    case Op::total_points: return {Rational(0), std::nullopt};
    case Op::reading: {
      Interval all = bounds_[expr.children[0]];
      for (ExprId child : expr.children) all = joined(all, bounds_[child]);
      return all;
    }
    default: return {};
  }
}

std::optional<Threshold> SubjectView::threshold(ExprId id) const {
  const Expr& at = expr(id);
  if (at.op != Op::compare || at.children.size() != 2) return std::nullopt;
  const Expr &left = expr(at.children[0]), &right = expr(at.children[1]);
  auto constant = [](const Expr& e) { return e.op == Op::number && e.type.kind == Type::Kind::number; };
  if (constant(right) && !constant(left)) return Threshold{at.children[0], at.comparison, right.value};
  if (constant(left) && !constant(right)) return Threshold{at.children[1], mirrored(at.comparison), left.value};
  return std::nullopt;
}

// ---------------------------------------------------------------- where formulas stand

std::vector<PlacedCondition> SubjectView::conditions() const {
  std::vector<PlacedCondition> placed;
  auto add = [&](ExprId id, std::uint32_t criterion) {
    if (id != kNone) placed.push_back({id, criterion});
  };
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) {
    const Scoring& scoring = subject_.criteria[i].scoring;
    if (const auto* met = std::get_if<Met>(&scoring))
      for (ExprId id : met->conditions) add(id, i);
    if (const auto* table = std::get_if<ScoreTable>(&scoring))
      for (const TableRow& row : table->rows) add(row.guard, i);
  }
  for (const LoseAll& loss : subject_.lose_alls) add(loss.condition, loss.criterion);
  for (const Rule& rule : subject_.requirements) add(rule.condition, kNone);
  if (!subject_.rating) return placed;
  const Rating& rating = *subject_.rating;
  for (const Level& level : rating.levels) add(level.condition, kNone);
  for (const Need& each : rating.needs) add(each.rule.condition, kNone);
  for (const Force& each : rating.forces) add(each.rule.condition, kNone);
  for (const Bar& each : rating.bars) add(each.rule.condition, kNone);
  for (const Lower& each : rating.lowers) add(each.rule.condition, kNone);
  for (const HandOver& each : rating.hand_overs) add(each.rule.condition, kNone);
  for (const Rule& rule : rating.not_rated) add(rule.condition, kNone);
  return placed;
}

void SubjectView::visit(ExprId root, const std::function<void(ExprId)>& look) const {
  std::set<ExprId> seen;
  std::vector<ExprId> open{root};
  while (!open.empty()) {
    const ExprId at = open.back();
    open.pop_back();
    if (at == kNone || !seen.insert(at).second) continue;
    look(at);
    for (ExprId child : expr(at).children) open.push_back(child);
  }
}

std::vector<ExprId> SubjectView::roots_of(const Criterion& criterion) const {
  std::vector<ExprId> roots;
  const Scoring& scoring = criterion.scoring;
  if (const auto* met = std::get_if<Met>(&scoring)) roots = met->conditions;
  if (const auto* table = std::get_if<ScoreTable>(&scoring)) {
    roots.push_back(table->value);
    for (const TableRow& row : table->rows) roots.push_back(row.guard);
  }
  if (const auto* form = std::get_if<PerUnit>(&scoring)) roots.push_back(form->times);
  if (const auto* form = std::get_if<Proportional>(&scoring)) roots.push_back(form->share);
  if (const auto* form = std::get_if<FormulaScore>(&scoring)) roots.push_back(form->value);
  std::erase(roots, kNone);
  return roots;
}

std::vector<ExprId> SubjectView::roots() const {
  std::vector<ExprId> all;
  for (const PlacedCondition& placed : conditions()) all.push_back(placed.expr);
  for (const Criterion& criterion : subject_.criteria)
    for (ExprId id : roots_of(criterion)) all.push_back(id);
  for (const Group& group : subject_.groups) all.push_back(group.formula);
  if (subject_.rating) {
    for (const Cap& cap : subject_.rating->caps) all.push_back(cap.level);
    for (const auto& priorities : subject_.rating->quota_priorities) all.insert(all.end(), priorities.begin(), priorities.end());
  }
  std::erase(all, kNone);
  return all;
}

std::set<std::uint32_t> SubjectView::fields_read() const {
  std::set<std::uint32_t> fields;
  for (ExprId root : roots())
    visit(root, [&](ExprId id) {
      if (expr(id).op == Op::field) fields.insert(expr(id).index);
    });
  // A whole counts as read: it bounds its parts when records are read.
  for (const Field& field : subject_.fields)
    if (field.info.at_most_field != kNone) fields.insert(field.info.at_most_field);
  return fields;
}

}  // namespace quy::lint
