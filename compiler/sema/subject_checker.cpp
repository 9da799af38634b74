#include "compiler/sema/subject_checker.h"

#include "base/text.h"
#include "compiler/sema/citations.h"

namespace quy::sema {

Subject SubjectChecker::run() {
  scopes_ = plan_.scopes;
  describe();
  choose_rating();
  declare_fields();
  declare_sheet();
  check_sheet();
  check_requirements();
  check_rating();
  check_named_values();
  settle_treatments();
  settle_left_out_fields();
  require_treatments();
  check_closing();
  check_points_cycles();
  // What an erroneous rule would have read is not known.
  if (!report_.sink().has_errors()) warn_about_unused();
  return std::move(subject_);
}

void SubjectChecker::describe() {
  const syntax::Subject& declared = *plan_.declared;
  subject_.id = plan_.id;
  subject_.kind = plan_.kind;
  subject_.refines = plan_.refines;
  subject_.span = plan_.own->path.span;
  subject_.label = label_in(plan_.own.context, plan_.own->label);
  if (subject_.label.empty()) subject_.label = label_in(plan_.declared.context, declared.label);
  if (subject_.label.empty()) subject_.label = declared.path.text;
  subject_.clauses = read_clauses(plan_.declared.context, declared.citations, report_);
  if (!plan_.stages.empty()) {
    for (const syntax::Name& stage : plan_.stages.back().second) add_stage(stage, plan_.stages.back().first);
  } else if (scope_.stages) {
    for (const auto& stage : (*scope_.stages)->stages) add_stage(stage.name, scope_.stages->context);
  }
}

void SubjectChecker::add_stage(const syntax::Name& name, const Context& context) {
  stages_.add(name, 0, report_, context);
  subject_.stages.push_back(fold_id(name.text));
  pack_.spellings.note(name.text);
}

/// Values that no rule asked for are typed too, so that a mistake in them is found. Those of a rating may concern other kinds only, and
/// those of the pack it refines have been typed there.
void SubjectChecker::check_named_values() {
  for (std::uint32_t scope = 0; scope < scopes_.size(); ++scope) {
    if (scope == rating_scope_) continue;
    // By index: typing one value never adds a scope, but keeps no reference across the call.
    for (std::size_t i = 0; i < scopes_[scope].computes.size(); ++i) {
      Part<syntax::Compute> compute = scopes_[scope].computes[i];
      Place place{compute.context, scope, kNone, kNone, kNone};
      named_value(compute, scope, compute->name, place);
    }
  }
  for (const PlanReplacedField& row : plan_.replaced) {
    const std::string id = fold_id(row.part->field.text);
    if (const ExprId value = replaced_value(id); value != kNone) subject_.replaced.push_back({id, value});
  }
}

}  // namespace quy::sema
