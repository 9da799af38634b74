// What a set says about the members of the framework's subject that it completes: closing points, replacing evidence, tightening,
// splitting, supplementing (docs/language.md §8).

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/plan.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {
namespace {

std::vector<std::string> sheet_names(const SubjectPlan& plan) {
  std::vector<std::string> names;
  for (const PlanCriterion& criterion : plan.criteria) names.push_back(name_in(criterion.part.context, criterion.part->name).text);
  for (const PlanGroup& group : plan.groups) names.push_back(name_in(group.part.context, group.part->name).text);
  return names;
}

void report_unknown(Reporter& report, Context context, const syntax::Name& name, const SubjectPlan& plan) {
  report.at(context, name.span, Diag::unknown_criterion, {name.text}).suggest(nearest(name.text, sheet_names(plan)));
}

bool declares_field(const PlanField& field, const std::string& id) {
  return std::any_of(field.part->names.begin(), field.part->names.end(),
                     [&](const syntax::Name& name) { return fold_id(name_in(field.part.context, name).text) == id; });
}

const PlanReplacedField* find_replaced(const SubjectPlan& plan, const std::string& id) {
  auto found = std::find_if(plan.replaced.begin(), plan.replaced.end(),
                            [&](const PlanReplacedField& row) { return fold_id(row.part->field.text) == id; });
  return found == plan.replaced.end() ? nullptr : &*found;
}

}  // namespace

void PlanBuilder::refine(const syntax::SubjectBody& body, Context context) {
  for (const auto& allocation : body.allocations) allocate(allocation, context);
  for (const auto& map : body.evidence_maps) replace_evidence(map, context);
  for (const auto& tightening : body.tightenings) tighten(tightening, context);
  for (const auto& splitting : body.splittings) split(splitting, context);
  for (const auto& addition : body.supplements) supplement(addition, context);
}

bool PlanBuilder::refuse_plain_members(const syntax::SubjectBody& body, Context context) {
  bool refused = false;
  auto refuse = [&](const syntax::Name& name, Span item) {
    std::string word = context.pack->language_of(item.file) == Language::vi ? "bổ sung " : "supplement ";
    report_.at(context, name.empty() ? item : name.span, Diag::plain_member_in_refinement, {name.text})
        .mend({item.file, item.begin, item.begin}, word);
    refused = true;
  };
  for (const syntax::GroupItem& item : body.items) {
    if (const auto* group = std::get_if<std::unique_ptr<syntax::Group>>(&item)) refuse((*group)->name, (*group)->span);
    if (const auto* criterion = std::get_if<syntax::Criterion>(&item)) refuse(criterion->name, criterion->span);
  }
  return refused;
}

void PlanBuilder::allocate(const syntax::Allocation& allocation, Context context) {
  for (const auto& row : allocation.rows) {
    syntax::Name name = name_in(context, row.criterion);
    std::string id = fold_id(name.text);
    std::uint32_t criterion = plan_.find_criterion(id), group = plan_.find_group(id);
    if (criterion == kNone && group == kNone) {
      report_unknown(report_, context, name, plan_);
      continue;
    }
    const auto& maximum = criterion != kNone ? plan_.criteria[criterion].part->maximum : plan_.groups[group].part->maximum;
    auto& allocated = criterion != kNone ? plan_.criteria[criterion].allocated : plan_.groups[group].allocated;
    if (!maximum || !maximum->open || allocated) {
      Diagnostic& diagnostic = report_.at(context, name.span, Diag::points_already_closed, {name.text});
      if (allocated) diagnostic.label(allocated->ast->span, {"đã giao ở đây", "allocated here"});
      else if (maximum) diagnostic.label(maximum->span, {"điểm đã định ở đây", "the points are fixed here"});
      continue;
    }
    allocated = Part<syntax::NumberText>{&row.points, context};
  }
}

void PlanBuilder::replace_evidence(const syntax::EvidenceMap& map, Context context) {
  for (const auto& row : map.rows) {
    std::string id = fold_id(row.field.text);
    auto field = std::find_if(plan_.fields.begin(), plan_.fields.end(), [&](const PlanField& f) { return declares_field(f, id); });
    if (field == plan_.fields.end()) {
      std::vector<std::string> names;
      for (const PlanField& known : plan_.fields)
        if (!known.of_refiner)
          for (const syntax::Name& name : known.part->names) names.push_back(name.text);
      report_.at(context, row.field.span, Diag::replaced_field_unknown, {row.field.text}).suggest(nearest(row.field.text, names));
    } else if (field->of_refiner) {
      report_.at(context, row.field.span, Diag::replaced_field_own, {row.field.text})
          .label(field->part->span, {"khai báo ở đây", "declared here"});
    } else if (const PlanReplacedField* before = find_replaced(plan_, id)) {
      report_.at(context, row.field.span, Diag::part_given_twice, {row.field.text})
          .label(before->part->field.span, {"đã thay ở đây", "replaced here"});
    } else {
      plan_.replaced.push_back({{&row, context}, 0});
    }
  }
}

void PlanBuilder::tighten(const syntax::Tightening& tightening, Context context) {
  syntax::Name name = name_in(context, tightening.criterion);
  std::uint32_t index = plan_.find_criterion(fold_id(name.text));
  if (index == kNone) {
    report_unknown(report_, context, name, plan_);
    return;
  }
  PlanCriterion& criterion = plan_.criteria[index];
  if (criterion.part->keep_as_is) {
    report_.at(context, name.span, Diag::keeps_as_is, {name.text}).label(criterion.part->span, {"khai báo ở đây", "declared here"});
    return;
  }
  check_tightening(criterion, tightening, context, report_);
  criterion.rules = {&tightening.body, context};
  std::uint32_t own = plan_.add_scope(criterion.scope);
  plan_.criteria[index].rules_scope = own;
  add_computes(tightening.body.computes, context, own);
  add_choices(tightening.body.open_choices, context, own);
}

void PlanBuilder::split(const syntax::Splitting& splitting, Context context) {
  syntax::Name name = name_in(context, splitting.criterion);
  std::uint32_t index = plan_.find_criterion(fold_id(name.text));
  if (index == kNone) {
    report_unknown(report_, context, name, plan_);
    return;
  }
  PlanCriterion whole = plan_.criteria[index];
  if (whole.part->keep_as_is) {
    report_.at(context, name.span, Diag::keeps_as_is, {name.text}).label(whole.part->span, {"khai báo ở đây", "declared here"});
    return;
  }
  Rational sum;
  for (const syntax::Criterion& part : splitting.parts)
    if (part.maximum)
      if (auto points = number_in(context, part.maximum->points)) sum = sum + points->value;
  std::optional<PlacedNumber> maximum;
  if (whole.part->maximum && !whole.part->maximum->open) maximum = number_in(whole.part.context, whole.part->maximum->points);
  if (whole.allocated) maximum = number_in(whole.allocated->context, **whole.allocated);
  if (maximum && maximum->value != sum) {
    report_.at(context, name.span, Diag::split_does_not_add_up, {name.text, number_text(maximum->value), number_text(sum)})
        .label(maximum->span, {"điểm của tiêu chí ở đây", "the criterion's points are here"});
    if (whole.group != kNone) plan_.groups[whole.group].sum_is_wrong = true;
  }
  plan_.criteria.erase(plan_.criteria.begin() + index);
  std::size_t before = plan_.criteria.size();
  for (const syntax::Criterion& part : splitting.parts) add_criterion(part, context, whole.scope, whole.group, whole.parent_id);
  // The parts stand where the whole stood.
  std::rotate(plan_.criteria.begin() + index, plan_.criteria.begin() + static_cast<std::ptrdiff_t>(before), plan_.criteria.end());
}

void PlanBuilder::supplement(const syntax::Supplement& supplement, Context context) {
  if (const auto* criterion = std::get_if<syntax::SupplementCriterion>(&supplement.addition)) {
    syntax::Name name = name_in(context, criterion->group);
    std::uint32_t group = plan_.find_group(fold_id(name.text));
    if (group == kNone) {
      report_unknown(report_, context, name, plan_);
      return;
    }
    std::size_t before = plan_.criteria.size();
    add_criterion(criterion->criterion, context, plan_.groups[group].scope, group);
    auto last = std::find_if(plan_.criteria.rbegin() + 1, plan_.criteria.rend(), [&](const auto& c) { return c.group == group; });
    if (last != plan_.criteria.rend())
      std::rotate(last.base(), plan_.criteria.begin() + static_cast<std::ptrdiff_t>(before), plan_.criteria.end());
  } else if (const auto* group = std::get_if<std::unique_ptr<syntax::Group>>(&supplement.addition)) {
    add_group(**group, context, 0, kNone);
  } else if (const auto* force = std::get_if<syntax::Force>(&supplement.addition)) {
    plan_.forces.push_back({force, context});
  } else if (const auto* bar = std::get_if<syntax::Bar>(&supplement.addition)) {
    plan_.bars.push_back({bar, context});
  } else {
    plan_.lowers.push_back({&std::get<syntax::Lower>(supplement.addition), context});
  }
}

}  // namespace quy::sema
