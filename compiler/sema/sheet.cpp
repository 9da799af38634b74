// Groups and criteria: ids, labels, clauses, maxima. Declared before any formula is typed, because formulas may name any of them.

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/citations.h"
#include "compiler/sema/field_types.h"
#include "compiler/sema/subject_checker.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {

using Sign = syntax::Group::Sign;

namespace {

Group::Sign typed_sign(Sign sign) {
  if (sign == Sign::deductions) return Group::Sign::deductions;
  return sign == Sign::bonuses ? Group::Sign::bonuses : Group::Sign::plain;
}

Bilingual default_group_label(Sign sign) {
  if (sign == Sign::deductions) return {"Điểm trừ", "Deductions"};
  return {"Điểm thưởng", "Bonuses"};
}

template <typename T>
const T* first_scoring(const PlanCriterion& plan) {
  for (const auto& scoring : plan.rules->scorings)
    if (const T* found = std::get_if<T>(&scoring)) return found;
  return nullptr;
}

}  // namespace

void SubjectChecker::declare_sheet() {
  for (const PlanGroup& plan : plan_.groups) declare_group(plan);
  for (const PlanCriterion& plan : plan_.criteria) declare_criterion(plan);
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) {
    for (const auto& scoring : plan_.criteria[i].rules->scorings) {
      if (const auto* choice = std::get_if<syntax::LevelChoice>(&scoring)) declare_level_choice(i, *choice);
    }
  }
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) settle_maximum(i);
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) settle_group_maximum(i);
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i)
    if (const auto* judged = first_scoring<syntax::Judged>(plan_.criteria[i])) declare_judged(i, *judged);
}

std::optional<Rational> SubjectChecker::plain_number(const std::optional<syntax::NumberText>& number_text, const Context& context) {
  if (!number_text) return std::nullopt;
  Span argument;
  auto value = number_in(context, *number_text, &argument);
  if (value) return value->value;
  report_.at(context, argument, Diag::parameter_no_number, {number_text->parameter});
  return std::nullopt;
}

std::optional<Rational> SubjectChecker::stated_maximum(const std::optional<syntax::MaximumText>& maximum,
                                                       const std::optional<Part<syntax::NumberText>>& allocated, const Context& context) {
  if (allocated) return plain_number(**allocated, allocated->context);
  if (!maximum || maximum->open) return std::nullopt;
  return plain_number(maximum->points, context);
}

/// The item's own clauses, else those of the group around it; without either nothing says where the rule comes from.
Clauses SubjectChecker::clauses_or_outer(const Context& context, const syntax::Citations& own, std::uint32_t group, const syntax::Name& name) {
  Clauses clauses = read_clauses(context, own, report_);
  if (!clauses.ids.empty() || !own.empty()) return clauses;
  if (group != kNone) return subject_.groups[group].clauses;
  if (!plan_.declared->citations.empty()) return subject_.clauses;
  report_.at(context, name.span, Diag::uncited, {name.text});
  return clauses;
}

void SubjectChecker::declare_group(const PlanGroup& plan) {
  const syntax::Group& ast = *plan.part;
  const Context& context = plan.part.context;
  auto index = static_cast<std::uint32_t>(subject_.groups.size());
  syntax::Name name = name_in(context, ast.name);
  Group group;
  group.id = group_id(plan);
  group.label = label_in(context, ast.label);
  if (group.label.empty()) group.label = name.empty() ? default_group_label(ast.sign).vi : name.text;
  if (name.empty()) name = {group.id, {ast.span.file, ast.span.begin, ast.span.begin}};
  group.name = name.text;
  group.span = ast.span;
  group.parent = plan.parent;
  group.sign = typed_sign(ast.sign);
  group.clauses = clauses_or_outer(context, ast.citations, plan.parent, name);
  group.maximum = stated_maximum(ast.maximum, plan.allocated, context);
  group.highest_only = ast.highest_only;
  if (ast.least_share) group.least_share = ast.least_share->value;
  if (ast.proposed_maxima) {
    group.proposed_maxima = true;
    group.maxima_need_approval = ast.proposed_maxima->approved;
    group.each_maximum_from = plain_number(ast.proposed_maxima->each_from, context);
  }
  scope_owners_[plan.scope] = {kNone, index};
  claim_sheet_name(group.id, name, context);
  group_index_.try_emplace(group.id, index);
  subject_.groups.push_back(std::move(group));
}

void SubjectChecker::claim_sheet_name(const std::string& id, const syntax::Name& name, const Context& context) {
  auto [place, fresh] = sheet_spans_.try_emplace(id, name);
  if (!fresh) NameTable<int>::report_twice(report_, context, name, place->second, id);
}

void SubjectChecker::declare_criterion(const PlanCriterion& plan) {
  const syntax::Criterion& ast = *plan.part;
  const Context& context = plan.part.context;
  auto index = static_cast<std::uint32_t>(subject_.criteria.size());
  syntax::Name name = name_in(context, ast.name);
  Criterion criterion;
  criterion.id = fold_id(name.text);
  criterion.name = name.text;
  criterion.label = label_in(context, ast.label);
  if (criterion.label.empty()) criterion.label = name.text;
  criterion.span = ast.span;
  criterion.group = plan.group;
  criterion.clauses = clauses_or_outer(context, ast.citations, plan.group, name);
  criterion.maximum = stated_maximum(ast.maximum, plan.allocated, context);
  if (auto coefficient = plain_number(ast.coefficient, context)) criterion.coefficient = *coefficient;
  criterion.guidance = label_in(context, ast.guidance);
  criterion.once_per = ast.once_per;
  criterion.keep_as_is = ast.keep_as_is;
  criterion.may_tighten = ast.may_tighten || !ast.keep_as_is;
  criterion.parent_id = plan.parent_id;
  if (ast.previously) criterion.previous_id = fold_id(name_in(context, *ast.previously).text);
  scope_owners_[plan.scope] = scope_owners_[plan.rules_scope] = {index, plan.group};
  claim_sheet_name(criterion.id, name, context);
  criterion_index_.try_emplace(criterion.id, index);
  subject_.criteria.push_back(std::move(criterion));
}

Place SubjectChecker::place_of(std::uint32_t criterion) const {
  const PlanCriterion& plan = plan_.criteria[criterion];
  return {plan.rules.context, plan.rules_scope, kNone, criterion, kNone};
}

Group::Sign SubjectChecker::sign_around(std::uint32_t group) const {
  for (; group != kNone; group = subject_.groups[group].parent)
    if (subject_.groups[group].sign != Group::Sign::plain) return subject_.groups[group].sign;
  return Group::Sign::plain;
}

/// What a maximum is when none was written: the largest row, the ceiling of a deduction, or a field that the rated person fills.
void SubjectChecker::settle_maximum(std::uint32_t index) {
  Criterion& criterion = subject_.criteria[index];
  const PlanCriterion& plan = plan_.criteria[index];
  bool stated = plan.part->maximum.has_value() || plan.allocated.has_value();
  if (stated) return;
  if (criterion.group != kNone && subject_.groups[criterion.group].proposed_maxima) {
    criterion.proposed_maximum = proposed_maximum_field(index);
    return;
  }
  criterion.maximum = maximum_from_rows(index);
  if (!criterion.maximum && sign_around(criterion.group) != Group::Sign::plain) criterion.maximum = cap_around(criterion.group);
  if (criterion.maximum) return;
  syntax::Name name = name_in(plan.part.context, plan.part->name);
  report_.at(plan.part.context, name.span, Diag::maximum_missing, {name.text});
}

std::uint32_t SubjectChecker::proposed_maximum_field(std::uint32_t index) {
  const Criterion& criterion = subject_.criteria[index];
  const Group& group = subject_.groups[criterion.group];
  bytecode::Field info;
  info.id = criterion.id;
  info.name = criterion.name;
  info.label = criterion.label;
  info.kind = bytecode::FieldKind::points;
  info.place = bytecode::FieldPlace::maximum;
  info.digits = 2;
  info.low = group.each_maximum_from.value_or(Rational(0));
  info.high = group.maximum.value_or(Rational(100));
  info.unit = kPointsUnit;
  info.needs_document = group.maxima_need_approval;
  if (!criterion.clauses.ids.empty()) info.clause = criterion.clauses.ids.front();
  return add_field(info, criterion.span);
}

std::optional<Rational> SubjectChecker::maximum_from_rows(std::uint32_t index) {
  const PlanCriterion& plan = plan_.criteria[index];
  std::optional<Rational> largest;
  auto note = [&](const syntax::ScoreValue& value) {
    if (!value.number.percent && (!largest || value.number.value > *largest)) largest = value.number.value;
  };
  if (const auto* table = first_scoring<syntax::ScoreTable>(plan))
    for (const auto& row : table->rows) note(row.value);
  if (const auto* choice = first_scoring<syntax::LevelChoice>(plan))
    for (const auto& row : choice->rows) note(row.value);
  if (const auto* per_unit = first_scoring<syntax::PerUnit>(plan))
    if (per_unit->cap) largest = plain_number(per_unit->cap, plan.rules.context);
  return largest;
}

/// The nearest ceiling around; without any, the sheet itself, since a total does not fall below 0.
std::optional<Rational> SubjectChecker::cap_around(std::uint32_t group) const {
  for (; group != kNone; group = subject_.groups[group].parent)
    if (subject_.groups[group].maximum) return subject_.groups[group].maximum;
  Rational sheet;
  for (const Group& other : subject_.groups)
    if (other.parent == kNone && other.sign != Group::Sign::deductions && other.maximum) sheet = sheet + *other.maximum;
  if (sheet.sign() > 0) return sheet;
  return std::nullopt;
}

/// A plain group without a maximum has the sum of what is in it, once all of that is closed.
void SubjectChecker::settle_group_maximum(std::uint32_t index) {
  // Children follow their parents, so sums are taken from the end by asking downwards.
  Group& group = subject_.groups[index];
  bool open = plan_.groups[index].part->maximum && plan_.groups[index].part->maximum->open;
  if (group.maximum || open || group.sign != Group::Sign::plain) return;
  auto contents = contents_of(index);
  if (contents.open.empty() && !contents.empty) group.maximum = contents.sum;
}

SubjectChecker::Contents SubjectChecker::contents_of(std::uint32_t group) const {
  Contents contents;
  bool highest = subject_.groups[group].highest_only;
  auto note = [&](const std::string& name, const std::optional<Rational>& maximum) {
    contents.empty = false;
    if (!maximum) {
      contents.open.push_back(name);
    } else {
      contents.sum = highest ? std::max(contents.sum, *maximum) : contents.sum + *maximum;
    }
  };
  for (const Criterion& criterion : subject_.criteria)
    if (criterion.group == group)
      note(criterion.name, criterion.maximum ? std::optional(*criterion.maximum * criterion.coefficient) : std::nullopt);
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) {
    const Group& inner = subject_.groups[i];
    if (inner.parent != group || inner.sign != Group::Sign::plain) continue;
    std::optional<Rational> maximum = inner.maximum;
    if (!maximum && !(plan_.groups[i].part->maximum && plan_.groups[i].part->maximum->open)) {
      Contents below = contents_of(i);
      if (below.open.empty()) maximum = below.sum;
    }
    note(inner.name, maximum);
  }
  return contents;
}

void SubjectChecker::check_sheet() {
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) check_group_formula(i);
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) check_scoring(i);
}

void SubjectChecker::check_group_formula(std::uint32_t index) {
  const PlanGroup& plan = plan_.groups[index];
  const auto& formula = plan.part->formula;
  if (!formula) {
    if (contents_of(index).empty && !has_children(index))
      report_.at(plan.part.context, plan.part->name.empty() ? plan.part->span : plan.part->name.span, Diag::group_empty,
                 {subject_.groups[index].name});
    return;
  }
  if (has_children(index))
    report_.at(plan.part.context, formula->span, Diag::group_formula_and_items, {subject_.groups[index].name});
  Place place{plan.part.context, plan.scope, kNone, kNone, index};
  std::optional<Rational> may_exceed;
  std::optional<int> digits;
  subject_.groups[index].formula = points_value(*formula->value, place, &may_exceed, &digits);
  subject_.groups[index].print_digits = digits;
  if (may_exceed) report_.at(plan.part.context, formula->span, Diag::may_exceed_misplaced, {});
  if (!subject_.groups[index].maximum && plan.part->sign == Sign::plain && !plan.part->maximum)
    report_.at(plan.part.context, formula->span, Diag::maximum_missing, {subject_.groups[index].name});
}

bool SubjectChecker::has_children(std::uint32_t group) const {
  return std::any_of(subject_.criteria.begin(), subject_.criteria.end(), [&](const Criterion& c) { return c.group == group; }) ||
         std::any_of(subject_.groups.begin(), subject_.groups.end(), [&](const Group& g) { return g.parent == group; });
}

}  // namespace quy::sema
