// Forms of scoring (docs/language.md §5), one function each.

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/citations.h"
#include "compiler/sema/field_types.h"
#include "compiler/sema/subject_checker.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {

using syntax::ExprKind;

namespace {

Span span_of(const syntax::Scoring& scoring) {
  return std::visit([](const auto& form) { return form.span; }, scoring);
}

}  // namespace

void SubjectChecker::check_scoring(std::uint32_t index) {
  const PlanCriterion& plan = plan_.criteria[index];
  const auto& scorings = plan.rules->scorings;
  syntax::Name name = name_in(plan.rules.context, plan.rules->name);
  if (scorings.empty()) {
    report_.at(plan.rules.context, name.span, Diag::scoring_missing, {name.text});
    return;
  }
  const syntax::Scoring* form = &scorings.front();
  for (const syntax::Scoring& other : scorings) {
    bool both_met = std::holds_alternative<syntax::MetWhen>(other) && std::holds_alternative<syntax::MetWhen>(*form);
    if (&other != form && !both_met) {
      report_.at(plan.rules.context, span_of(other), Diag::scoring_twice, {name.text}).label(span_of(*form), {"cách chấm kia ở đây", "the other form is here"});
      return;
    }
    std::visit([&](const auto& ast) { score(index, ast); }, other);
  }
  check_losses(index);
}

void SubjectChecker::check_losses(std::uint32_t index) {
  const PlanCriterion& plan = plan_.criteria[index];
  auto add_all = [&](const Part<syntax::Criterion>& part) {
    Place place = place_of(index);
    place.context = part.context;
    for (const syntax::LosesAllWhen& loses : part->loses) {
      ExprId rule = condition(*loses.condition, place);
      add_loss(loses.target, place.context, rule, read_clauses(place.context, loses.citations, report_), index);
    }
  };
  add_all(plan.part);
  if (plan.rules.ast != plan.part.ast) add_all(plan.rules);
}

void SubjectChecker::add_loss(const syntax::Name& target, const Context& context, ExprId rule, Clauses clauses, std::uint32_t criterion) {
  LoseAll loss;
  loss.condition = rule;
  loss.clauses = std::move(clauses);
  if (loss.clauses.ids.empty()) loss.clauses = subject_.criteria[criterion].clauses;
  if (target.empty()) {
    loss.criterion = criterion;
  } else {
    syntax::Name name = name_in(context, target);
    auto other = criterion_index_.find(fold_id(name.text));
    auto group = group_index_.find(fold_id(name.text));
    if (other != criterion_index_.end()) {
      loss.criterion = other->second;
    } else if (group != group_index_.end()) {
      loss.group = group->second;
    } else {
      report_.at(context, name.span, Diag::unknown_criterion, {name.text}).suggest(nearest(name.text, sheet_names()));
      return;
    }
  }
  if (rule != kNone) subject_.lose_alls.push_back(std::move(loss));
}

// ---------------------------------------------------------------- met, table

void SubjectChecker::score(std::uint32_t index, const syntax::MetWhen& ast) {
  Place place = place_of(index);
  if (!std::holds_alternative<Met>(subject_.criteria[index].scoring)) subject_.criteria[index].scoring = Met{};
  Clauses clauses = read_clauses(place.context, ast.citations, report_);
  ExprId rule = condition(*ast.condition, place);
  rule = with_exceptions(rule, ast.exceptions, place, clauses.ids.empty() ? subject_.criteria[index].clauses : clauses);
  if (rule == kNone) return;
  auto& met = std::get<Met>(subject_.criteria[index].scoring);
  met.conditions.push_back(rule);
  met.clauses.push_back(std::move(clauses));
}

void SubjectChecker::score(std::uint32_t index, const syntax::ScoreTable& ast) {
  Place place = place_of(index);
  ScoreTable table;
  table.value = number(*ast.value.value, place);
  if (table.value == kNone) return;
  for (const syntax::ScoreRow& row : ast.rows) {
    TableRow typed;
    typed.span = row.span;
    typed.points = row_points(row.value, index, place);
    if (row.guard != syntax::ScoreRow::Guard::otherwise) {
      typed.guard = table_guard(row, table.value, place);
      if (typed.guard == kNone) return;
    }
    table.rows.push_back(typed);
  }
  if (ast.rounding) {
    table.step = rounding_step(*ast.rounding, place);
    table.rounding = rounding_of(ast.rounding->kind);
  }
  if (!check_table_rows(ast, table, place)) return;
  table_losses(index, ast, table);
  subject_.criteria[index].scoring = std::move(table);
}

ExprId SubjectChecker::table_guard(const syntax::ScoreRow& row, ExprId value, const Place& place) {
  if (row.guard == syntax::ScoreRow::Guard::when) return condition(*row.condition, place);
  ExprId floor = number_literal(row.floor.value, "", row.floor.percent, row.floor.span);
  bool count_for_ratio = notes_[value].ratio && unit(value).empty() && !row.floor.percent && row.floor.value > Rational(1);
  if (count_for_ratio)
    report_.at(place.context, row.floor.span, Diag::ratio_against_count, {number_text(row.floor.value)})
        .mend({row.floor.span.file, row.floor.span.end, row.floor.span.end}, "%");
  ExprId left = value;
  if (!unify(left, floor, row.floor.span, place)) return kNone;
  Expr guard;
  guard.op = Op::compare;
  guard.type.kind = Type::Kind::boolean;
  guard.span = row.span;
  guard.comparison = Comparison::greater_equal;
  guard.children = {left, floor};
  return add(std::move(guard), {});
}

bool SubjectChecker::check_table_rows(const syntax::ScoreTable& ast, const ScoreTable& table, const Place& place) {
  using Guard = syntax::ScoreRow::Guard;
  std::optional<Rational> floor;
  for (std::size_t i = 0; i < ast.rows.size(); ++i) {
    const syntax::ScoreRow& row = ast.rows[i];
    bool last = i + 1 == ast.rows.size();
    if ((row.guard == Guard::otherwise) != last) {
      report_.at(place.context, row.span, last ? Diag::table_not_closed : Diag::otherwise_not_last, {});
      return false;
    }
    if (row.guard != Guard::from) continue;
    const Rational& here = expr(expr(table.rows[i].guard).children[1]).value;
    if (floor && here >= *floor)
      report_.at(place.context, row.floor.span, Diag::floors_do_not_fall, {number_text(here), number_text(*floor)});
    floor = here;
  }
  return !ast.rows.empty();
}

RowPoints SubjectChecker::row_points(const syntax::ScoreValue& value, std::uint32_t index, const Place& place) {
  RowPoints points{value.number.value, value.number.percent};
  Rational ceiling = points.share ? Rational(1) : subject_.criteria[index].maximum.value_or(points.value);
  if (points.value.sign() < 0 || points.value > ceiling) {
    auto text = [&](const Rational& number) { return points.share ? percent_text(number) : number_text(number); };
    report_.at(place.context, value.number.span, Diag::row_points_out_of_range, {text(points.value), text(ceiling)});
  }
  return points;
}

/// `khi C: 0, mất hết điểm X` acts when this row is the first that holds.
void SubjectChecker::table_losses(std::uint32_t index, const syntax::ScoreTable& ast, const ScoreTable& table) {
  Place place = place_of(index);
  std::vector<ExprId> before;
  for (std::size_t i = 0; i < ast.rows.size(); ++i) {
    ExprId guard = table.rows[i].guard;
    if (ast.rows[i].loses) {
      std::vector<ExprId> parts = before;
      if (guard != kNone) parts.push_back(guard);
      Type truth{Type::Kind::boolean, "", kNone};
      ExprId rule = parts.size() == 1 ? parts.front() : make(Op::logical_and, truth, ast.rows[i].span, parts);
      add_loss(ast.rows[i].loses->target, place.context, rule, {}, index);
    }
    if (guard != kNone) before.push_back(make(Op::logical_not, {Type::Kind::boolean, "", kNone}, ast.rows[i].span, {guard}));
  }
}

// ---------------------------------------------------------------- choice, judged

void SubjectChecker::declare_level_choice(std::uint32_t index, const syntax::LevelChoice& ast) {
  const Criterion& criterion = subject_.criteria[index];
  const PlanCriterion& plan = plan_.criteria[index];
  const Context& context = plan.rules.context;
  bytecode::Scale scale;
  scale.id = subject_.id + "." + criterion.id;
  scale.label = ast.label ? label_in(context, ast.label) : criterion.label;
  NameTable<int> names;
  for (const syntax::LevelRow& row : ast.rows) {
    syntax::Name name = name_in(context, row.name);
    if (!names.add(name, 0, report_, context)) continue;
    scale.step_ids.push_back(fold_id(name.text));
    pack_.spellings.note(name.text);
    scale.step_labels.push_back(row.label ? label_in(context, row.label) : name.text);
  }
  // Written from the best down, as in the tables of real sets; a scale counts from the lowest up.
  if (best_first(ast)) {
    std::reverse(scale.step_ids.begin(), scale.step_ids.end());
    std::reverse(scale.step_labels.begin(), scale.step_labels.end());
  }
  syntax::Name name = name_in(plan.part.context, plan.part->name);
  if (!claim_name(kNone, criterion.id, name, plan.part.context)) return;
  bytecode::Field info;
  info.id = criterion.id;
  info.name = criterion.name;
  info.label = criterion.label;
  info.kind = bytecode::FieldKind::step;
  info.scale = static_cast<std::uint32_t>(pack_.scales.size());
  info.high = Rational(static_cast<std::int64_t>(scale.step_ids.size())) - Rational(1);
  info.guidance = criterion.guidance;
  if (!criterion.clauses.ids.empty()) info.clause = criterion.clauses.ids.front();
  pack_.scales.push_back(std::move(scale));
  std::uint32_t field = add_field(info, criterion.span);
  field_names_[{kNone, criterion.id}] = field;
  choice_fields_[index] = field;
}

bool SubjectChecker::best_first(const syntax::LevelChoice& ast) {
  return ast.rows.size() > 1 && ast.rows.front().value.number.value >= ast.rows.back().value.number.value;
}

void SubjectChecker::score(std::uint32_t index, const syntax::LevelChoice& ast) {
  auto field = choice_fields_.find(index);
  if (field == choice_fields_.end()) return;
  Place place = place_of(index);
  LevelChoice choice;
  choice.field = field->second;
  for (const syntax::LevelRow& row : ast.rows) choice.points.push_back(row_points(row.value, index, place));
  if (best_first(ast)) std::reverse(choice.points.begin(), choice.points.end());
  for (std::size_t i = 0; i < ast.rows.size(); ++i) {
    const syntax::LevelRow& row = ast.rows[i];
    if (!row.loses) continue;
    std::size_t step = best_first(ast) ? ast.rows.size() - 1 - i : i;
    add_loss(row.loses->target, place.context, level_is_chosen(choice, step, row), {}, index);
  }
  subject_.criteria[index].scoring = std::move(choice);
}

ExprId SubjectChecker::level_is_chosen(const LevelChoice& choice, std::size_t step, const syntax::LevelRow& row) {
  Expr constant;
  constant.op = Op::step;
  constant.type = subject_.fields[choice.field].type;
  constant.span = row.name.span;
  constant.value = Rational(static_cast<std::int64_t>(step));
  Expr chosen;
  chosen.op = Op::compare;
  chosen.type.kind = Type::Kind::boolean;
  chosen.span = row.span;
  chosen.comparison = Comparison::equal;
  chosen.applicability = Applicability::if_any;
  chosen.children = {read_field(choice.field, row.name.span), add(std::move(constant), {})};
  return add(std::move(chosen), {});
}

void SubjectChecker::declare_judged(std::uint32_t index, const syntax::Judged& ast) {
  const Criterion& criterion = subject_.criteria[index];
  const Context& context = plan_.criteria[index].rules.context;
  bytecode::Field info;
  info.id = criterion.id;
  info.name = criterion.name;
  info.label = criterion.label;
  info.kind = bytecode::FieldKind::points;
  info.place = bytecode::FieldPlace::score;
  info.unit = kPointsUnit;
  info.digits = 2;
  info.high = criterion.maximum ? *criterion.maximum : cap_around(criterion.group).value_or(Rational(100));
  if (criterion.proposed_maximum != kNone) info.high = subject_.fields[criterion.proposed_maximum].info.high;
  info.step = plain_number(ast.step, context);
  if (info.step && info.step->sign() <= 0) {
    report_.at(context, ast.step->span, Diag::step_not_positive, {number_text(*info.step)});
    info.step.reset();
  }
  if (info.step) info.digits = std::max(info.digits, info.step->decimal_places().value_or(2));
  info.guidance = criterion.guidance;
  if (!criterion.clauses.ids.empty()) info.clause = criterion.clauses.ids.front();
  std::uint32_t field = add_field(info, criterion.span);
  choice_fields_[index] = field;
}

void SubjectChecker::score(std::uint32_t index, const syntax::Judged& ast) {
  Place place = place_of(index);
  Judged judged;
  judged.field = choice_fields_.at(index);
  judged.presumed = plain_number(ast.presumed, place.context);
  judged.presumed_clauses = read_clauses(place.context, ast.presumed_citations, report_);
  if (judged.presumed) {
    if (judged.presumed_clauses.ids.empty()) judged.presumed_clauses = subject_.criteria[index].clauses;
    subject_.fields[judged.field].info.presumed = judged.presumed;
    const Rational& high = subject_.fields[judged.field].info.high;
    if (judged.presumed->sign() < 0 || *judged.presumed > high)
      report_.at(place.context, ast.presumed->span, Diag::row_points_out_of_range, {number_text(*judged.presumed), number_text(high)});
  }
  subject_.criteria[index].scoring = judged;
}

// ---------------------------------------------------------------- formulas

void SubjectChecker::score(std::uint32_t index, const syntax::PerUnit& ast) {
  Place place = place_of(index);
  PerUnit per_unit;
  per_unit.deducts = ast.deducts;
  per_unit.times = number(*ast.times, place);
  auto points = plain_number(ast.points, place.context);
  per_unit.cap = plain_number(ast.cap, place.context);
  if (per_unit.times == kNone || !points) return;
  if (unit(per_unit.times) == kPercentUnit) per_unit.times = as_ratio(per_unit.times);
  per_unit.points = *points;
  const auto& low = notes_[per_unit.times].bounds.low;
  if (!low || low->sign() < 0) {
    report_.at(place.context, ast.times->span, Diag::times_may_be_negative, {});
    return;
  }
  subject_.criteria[index].scoring = per_unit;
}

void SubjectChecker::score(std::uint32_t index, const syntax::Proportional& ast) {
  Place place = place_of(index);
  const syntax::Expr* share = ast.share.value.get();
  Proportional form;
  // A rounding after the share rounds the points: `điểm tỉ lệ với A / B, làm tròn 0,25`.
  bool rounds = share->kind == ExprKind::round || share->kind == ExprKind::round_down || share->kind == ExprKind::round_up;
  if (rounds && !share->parenthesised) {
    form.step = rounding_step(*share, place);
    form.rounding = rounding_of(share->kind);
    share = share->children[0].get();
  }
  form.share = number(*share, place);
  if (form.share == kNone) return;
  form.share = as_ratio(form.share);
  if (!unit(form.share).empty()) {
    report_.at(place.context, ast.share.span, Diag::share_has_unit, {type_name(expr(form.share).type, pack_)});
    return;
  }
  subject_.criteria[index].scoring = form;
}

void SubjectChecker::score(std::uint32_t index, const syntax::ScoreFormula& ast) {
  FormulaScore form;
  form.value = points_value(*ast.value.value, place_of(index), &form.may_exceed_to, nullptr);
  if (form.value != kNone) subject_.criteria[index].scoring = form;
}

/// A formula that gives points: `in` and `được vượt đến` around it are taken off, its unit must be points or none.
ExprId SubjectChecker::points_value(const syntax::Expr& e, const Place& place, std::optional<Rational>* may_exceed, std::optional<int>* digits) {
  if (e.kind == ExprKind::print_digits && !e.parenthesised) {
    if (digits && e.number.to_int64()) *digits = static_cast<int>(*e.number.to_int64());
    return points_value(*e.children[0], place, may_exceed, digits);
  }
  if (e.kind == ExprKind::may_exceed && !e.parenthesised) {
    *may_exceed = plain_number(syntax::NumberText{e.number, e.percent, e.text, e.text_span}, place.context);
    const Criterion* criterion = place.criterion == kNone ? nullptr : &subject_.criteria[place.criterion];
    if (e.percent && *may_exceed && criterion && criterion->maximum) *may_exceed = **may_exceed * *criterion->maximum;
    return points_value(*e.children[0], place, may_exceed, digits);
  }
  ExprId value = number(e, place);
  if (value == kNone) return kNone;
  if (unit(value) == kPercentUnit || (!unit(value).empty() && unit(value) != kPointsUnit)) {
    report_.at(place.context, e.span, Diag::points_formula_unit, {unit_name(unit(value))});
    return kNone;
  }
  return value;
}

}  // namespace quy::sema
