// Plans that begin as another subject's: refined (`cụ thể hoá`) and copied (`theo mẫu`).

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/plan.h"

namespace quy::sema {
namespace {

void collect_ids(const std::vector<syntax::GroupItem>& items, std::vector<std::string>& ids) {
  for (const syntax::GroupItem& item : items) {
    if (const auto* group = std::get_if<std::unique_ptr<syntax::Group>>(&item)) {
      ids.push_back(fold_id((*group)->name.text));
      collect_ids((*group)->items, ids);
    } else if (const auto* criterion = std::get_if<syntax::Criterion>(&item)) {
      ids.push_back(fold_id(criterion->name.text));
    }
  }
}

/// Takes out groups of these names with all that is in them, and criteria of these names.
void remove_items(SubjectPlan& plan, const std::vector<std::string>& ids) {
  auto replaced = [&](const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  std::vector<std::uint32_t> moved(plan.groups.size(), kNone);   // old index → new one
  std::vector<PlanGroup> groups;
  for (std::uint32_t i = 0; i < plan.groups.size(); ++i) {
    PlanGroup group = plan.groups[i];
    bool parent_gone = group.parent != kNone && moved[group.parent] == kNone;
    if (replaced(group_id(group)) || parent_gone) continue;
    if (group.parent != kNone) group.parent = moved[group.parent];
    moved[i] = static_cast<std::uint32_t>(groups.size());
    groups.push_back(std::move(group));
  }
  std::vector<PlanCriterion> criteria;
  for (PlanCriterion criterion : plan.criteria) {
    bool group_gone = criterion.group != kNone && moved[criterion.group] == kNone;
    if (replaced(criterion_id(criterion)) || group_gone) continue;
    if (criterion.group != kNone) criterion.group = moved[criterion.group];
    criteria.push_back(std::move(criterion));
  }
  plan.groups = std::move(groups);
  plan.criteria = std::move(criteria);
}

}  // namespace

SubjectPlan refined_plan(const SubjectPlan& parent, const Part<syntax::Subject>& own, const std::string& parent_pack) {
  SubjectPlan plan = parent;
  plan.own = own;
  plan.refines = parent_pack;
  for (PlanField& field : plan.fields) field.of_refiner = false;
  for (PlanGroup& group : plan.groups) group.parent_id = group_id(group);
  for (PlanCriterion& criterion : plan.criteria) criterion.parent_id = criterion_id(criterion);
  return plan;
}

SubjectPlan copied_plan(const SubjectPlan& model, const Part<syntax::Subject>& own) {
  SubjectPlan plan = model;
  plan.own = plan.declared = own;
  plan.refines.clear();
  // Shared evidence depends on the kind, so the caller adds it anew.
  std::erase_if(plan.fields, [](const PlanField& field) { return field.shared_by_pack; });
  std::erase_if(plan.requirements, [](const PlanRequirement& requirement) { return requirement.shared_by_pack; });
  for (PlanField& field : plan.fields) field.of_refiner = false;
  for (PlanGroup& group : plan.groups) group.parent_id.clear();
  for (PlanCriterion& criterion : plan.criteria) criterion.parent_id.clear();
  std::vector<std::string> ids;
  collect_ids(own->body.items, ids);
  remove_items(plan, ids);
  return plan;
}

}  // namespace quy::sema
