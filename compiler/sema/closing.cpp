// Whether the points close: maxima inside a group against the group's, bands against the sheet, and in a set nothing left open.

#include <algorithm>

#include "compiler/sema/subject_checker.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {

void SubjectChecker::check_closing() {
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) close_group(i);
  check_bands();
  if (!scope_.framework()) report_open_slots();
}

void SubjectChecker::close_group(std::uint32_t index) {
  const Group& group = subject_.groups[index];
  const PlanGroup& plan = plan_.groups[index];
  if (!group.maximum || group.formula != kNone || plan.sum_is_wrong) return;
  Span where = plan.part->maximum ? plan.part->maximum->span : plan.part->span;
  Context context = plan.part.context;
  if (plan.allocated) {
    where = plan.allocated->ast->span;
    context = plan.allocated->context;
  }
  if (group.sign != Group::Sign::plain || group.proposed_maxima) {
    check_items_against_cap(index, where);
    return;
  }
  Contents contents = contents_of(index);
  if (contents.empty) return;
  if (contents.open.empty() ? contents.sum != *group.maximum : contents.sum > *group.maximum) {
    Diag id = contents.open.empty() ? Diag::points_do_not_close : Diag::points_exceed_group;
    bool by_set = context.pack != &scope_ && filled_by_set(index);
    Diagnostic& diagnostic = report_.at(by_set ? plan_.own.context : context, by_set ? plan_.own->path.span : where, id,
                                        {group.name, number_text(*group.maximum), number_text(contents.sum)});
    if (by_set) diagnostic.label(where, {"điểm của nhóm ở đây", "the group's points are here"});
  }
}

/// Whether a set has closed, split or added something in a framework's group: then the sum is the set's to mend.
bool SubjectChecker::filled_by_set(std::uint32_t index) const {
  auto of_set = [&](const auto& item) { return item.allocated || item.part.context.pack == &scope_; };
  for (const PlanCriterion& criterion : plan_.criteria)
    if (criterion.group == index && of_set(criterion)) return true;
  return std::any_of(plan_.groups.begin(), plan_.groups.end(),
                     [&](const PlanGroup& group) { return group.parent == index && of_set(group); });
}

void SubjectChecker::check_items_against_cap(std::uint32_t index, Span cap) {
  const Group& group = subject_.groups[index];
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) {
    const Criterion& criterion = subject_.criteria[i];
    const auto& stated = plan_.criteria[i].part->maximum;
    if (criterion.group == index && stated && criterion.maximum && *criterion.maximum > *group.maximum)
      report_.at(plan_.criteria[i].part.context, stated->span, Diag::item_above_cap,
                 {criterion.name, number_text(*criterion.maximum), number_text(*group.maximum)})
          .label(cap, {"trần của nhóm ở đây", "the group's ceiling is here"});
  }
}

/// Plain groups and criteria outside groups, and what bonuses can add; nothing while something is open.
std::optional<Rational> SubjectChecker::sheet_maximum() const {
  Rational sum;
  for (const Group& group : subject_.groups) {
    if (group.parent != kNone || group.sign == Group::Sign::deductions) continue;
    if (!group.maximum) return std::nullopt;
    sum = sum + *group.maximum;
  }
  for (const Criterion& criterion : subject_.criteria) {
    if (criterion.group != kNone) continue;
    if (!criterion.maximum) return std::nullopt;
    sum = sum + *criterion.maximum * criterion.coefficient;
  }
  return sum;
}

void SubjectChecker::check_bands() {
  if (!subject_.rating) return;
  auto sheet = sheet_maximum();
  if (!sheet || sheet->sign() == 0) return;
  for (std::size_t i = 0; i < subject_.rating->levels.size(); ++i) {
    const Level& level = subject_.rating->levels[i];
    if (level.floor && *level.floor > *sheet)
      report_.at(plan_.own.context, plan_.own->path.span, Diag::band_out_of_reach,
                 {level.name, number_text(*level.floor), number_text(*sheet)})
          .label((*rating_ast_)->levels[i].floor.span, {"sàn của mức ở đây", "the level's floor is here"});
  }
}

/// One message a subject, so that an author sees the whole list of what is still to be settled.
void SubjectChecker::report_open_slots() {
  std::string names;
  auto note = [&](const std::string& name) { names += (names.empty() ? "`" : ", `") + name + "`"; };
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) {
    const auto& maximum = plan_.groups[i].part->maximum;
    if (maximum && maximum->open && !subject_.groups[i].maximum) note(subject_.groups[i].name);
  }
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) {
    const auto& maximum = plan_.criteria[i].part->maximum;
    if (maximum && maximum->open && !subject_.criteria[i].maximum) note(subject_.criteria[i].name);
  }
  if (!names.empty()) report_.at(plan_.own.context, plan_.own->path.span, Diag::points_left_open, {plan_.own->path.text, names});
  names.clear();
  for (std::uint32_t reading : used_readings_)
    if (!pack_.readings[reading].info.closed) note(readings_.declared(reading).name.text);
  if (!names.empty()) report_.at(plan_.own.context, plan_.own->path.span, Diag::choices_left_open, {plan_.own->path.text, names});
}

}  // namespace quy::sema
