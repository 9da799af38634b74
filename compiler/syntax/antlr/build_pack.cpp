#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

PackHeader Builder::pack_header(P::PackHeaderContext* context) {
  PackHeader header;
  header.span = span(context);
  header.framework = context->FRAMEWORK() != nullptr;
  header.path = path(context->path(0));
  header.label = optional_label(context->label());
  header.version = version(context->NUMBER());
  if (context->REFINES() != nullptr) header.refines = path(context->path(1));
  if (context->IN_FORCE_FROM() != nullptr) header.in_force_from = date(context->DATE(0));
  if (context->TO() != nullptr) {
    header.in_force_to = date(context->DATE(1));
    header.in_force_to_span = span(context->DATE(1));
  }
  return header;
}

LegalBasis Builder::legal_basis(P::LegalBasisContext* context) {
  LegalBasis basis;
  basis.span = span(context);
  basis.name = name(context->name());
  basis.document = string(context->STRING(0));
  basis.date = date(context->DATE());
  if (context->REPLACES() != nullptr) basis.replaces = string(context->STRING(1));
  return basis;
}

SubjectKinds Builder::subject_kinds(P::SubjectKindsContext* context) {
  SubjectKinds kinds;
  kinds.span = span(context);
  for (P::SubjectKindContext* kind : context->subjectKind()) kinds.kinds.push_back(labelled_name(kind->name(), kind->label()));
  return kinds;
}

OrderedScale Builder::ordered_scale(P::OrderedScaleContext* context) {
  OrderedScale scale;
  scale.span = span(context);
  scale.name = name(context->name());
  scale.label = optional_label(context->label());
  for (P::ScaleStepContext* step : context->scaleStep()) scale.steps.push_back(labelled_name(step->name(), step->label()));
  return scale;
}

Profile Builder::profile(P::ProfileContext* context) {
  Profile profile;
  profile.span = span(context);
  profile.name = name(context->name());
  profile.label = label(context->label());
  for (P::ProfileRowContext* row : context->profileRow()) profile.rows.push_back({name(row->name(0)), name(row->name(1))});
  return profile;
}

Stages Builder::stages(P::StagesContext* context) {
  Stages stages;
  stages.span = span(context);
  for (P::ScaleStepContext* stage : context->scaleStep()) stages.stages.push_back(labelled_name(stage->name(), stage->label()));
  return stages;
}

NotRules Builder::not_rules(P::NotRulesContext* context) {
  NotRules list;
  list.span = span(context);
  for (P::NotRuleContext* row : context->notRule()) list.rows.push_back({citations(row->CITATION()), string(row->STRING())});
  return list;
}

Acceptance Builder::acceptance(P::AcceptanceContext* context) {
  Acceptance acceptance;
  acceptance.span = span(context);
  acceptance.code = text(context->CITATION());
  acceptance.reason = string(context->STRING());
  acceptance.citations = citations(context->citations());
  return acceptance;
}

Applicability Builder::applicability(P::ApplicabilityContext* context) const {
  return context->IF_ANY() != nullptr ? Applicability::if_any : Applicability::must_exist;
}

Item Builder::item(P::ItemContext* context) {
  if (context->packHeader() != nullptr) return pack_header(context->packHeader());
  if (context->legalBasis() != nullptr) return legal_basis(context->legalBasis());
  if (context->subjectKinds() != nullptr) return subject_kinds(context->subjectKinds());
  if (context->orderedScale() != nullptr) return ordered_scale(context->orderedScale());
  if (context->sharedEvidence() != nullptr) return evidence_block(context->sharedEvidence()->evidenceBlock());
  if (context->table() != nullptr) return table(context->table());
  if (context->workCalendar() != nullptr) return work_calendar(context->workCalendar());
  if (context->indicator() != nullptr) return indicator(context->indicator());
  if (context->rating() != nullptr) return rating(context->rating());
  if (context->subject() != nullptr) return subject(context->subject());
  if (context->openChoice() != nullptr) return open_choice(context->openChoice());
  if (context->choice() != nullptr) return choice(context->choice());
  if (context->profile() != nullptr) return profile(context->profile());
  if (context->defaultApplicability() != nullptr) {
    return DefaultApplicability{span(context->defaultApplicability()), applicability(context->defaultApplicability()->applicability())};
  }
  if (context->stages() != nullptr) return stages(context->stages());
  if (context->notRules() != nullptr) return not_rules(context->notRules());
  if (context->acceptance() != nullptr) return acceptance(context->acceptance());
  return test(context->test());
}

}  // namespace quy::syntax
