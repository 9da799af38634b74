#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

Subject Builder::subject(P::SubjectContext* context) {
  Subject subject;
  subject.span = span(context);
  subject.path = path(context->subjectPath);
  subject.label = optional_label(context->label());
  subject.kind = optional_name(context->kindName);
  if (context->model != nullptr) subject.modelled_on = path(context->model);
  subject.rating = optional_name(context->ratingName);
  subject.citations = citations(context->citations());
  for (P::SubjectMemberContext* member : context->subjectMember()) subject_member(member, subject.body);
  return subject;
}

void Builder::subject_member(P::SubjectMemberContext* context, SubjectBody& body) {
  if (context->evidence() != nullptr) {
    body.evidence.push_back(evidence_block(context->evidence()->evidenceBlock()));
  } else if (context->requirement() != nullptr) {
    body.requirements.push_back(requirement(context->requirement()));
  } else if (context->compute() != nullptr) {
    body.computes.push_back(compute(context->compute()));
  } else if (context->group() != nullptr) {
    body.items.push_back(std::make_unique<Group>(group(context->group())));
  } else if (context->criterion() != nullptr) {
    body.items.push_back(criterion(context->criterion()));
  } else if (context->indicatorUse() != nullptr) {
    body.items.push_back(indicator_use(context->indicatorUse()));
  } else if (context->openChoice() != nullptr) {
    body.open_choices.push_back(open_choice(context->openChoice()));
  } else if (context->choice() != nullptr) {
    body.choices.push_back(choice(context->choice()));
  } else if (context->stages() != nullptr) {
    only_once(!body.stages.empty(), span(context));
    for (P::ScaleStepContext* stage : context->stages()->scaleStep()) body.stages.push_back(name(stage->name()));
  } else if (context->treatment() != nullptr) {
    body.treatments.push_back(treatment(context->treatment()));
  } else if (context->allocation() != nullptr) {
    body.allocations.push_back(allocation(context->allocation()));
  } else if (context->evidenceMap() != nullptr) {
    body.evidence_maps.push_back(evidence_map(context->evidenceMap()));
  } else if (context->tightening() != nullptr) {
    body.tightenings.push_back(tightening(context->tightening()));
  } else if (context->splitting() != nullptr) {
    body.splittings.push_back(splitting(context->splitting()));
  } else {
    body.supplements.push_back(supplement(context->supplement()));
  }
}

Group Builder::group(P::GroupContext* context) {
  Group group;
  group.span = span(context);
  if (context->DEDUCTIONS() != nullptr) group.sign = Group::Sign::deductions;
  if (context->BONUSES() != nullptr) group.sign = Group::Sign::bonuses;
  if (context->name() != nullptr) group.name = name(context->name());
  group.label = optional_label(context->label());
  if (context->maximum() != nullptr) group.maximum = maximum(context->maximum());
  group.citations = citations(context->citations());
  for (P::GroupMemberContext* member : context->groupMember()) group_member(member, group);
  return group;
}

void Builder::group_member(P::GroupMemberContext* context, Group& whole) {
  const Span where = span(context);
  if (context->treatment() != nullptr) {
    whole.treatments.push_back(treatment(context->treatment()));
  } else if (context->leastShare() != nullptr) {
    only_once(whole.least_share.has_value(), where);
    whole.least_share = NumberText{percent(context->leastShare()->NUMBER()), true, {}, span(context->leastShare()->NUMBER())};
  } else if (context->proposedMaxima() != nullptr) {
    only_once(whole.proposed_maxima.has_value(), where);
    whole.proposed_maxima = proposed_maxima(context->proposedMaxima());
  } else if (context->openChoice() != nullptr) {
    whole.open_choices.push_back(open_choice(context->openChoice()));
  } else if (context->compute() != nullptr) {
    whole.computes.push_back(compute(context->compute()));
  } else if (context->group() != nullptr) {
    whole.items.push_back(std::make_unique<Group>(group(context->group())));
  } else if (context->criterion() != nullptr) {
    whole.items.push_back(criterion(context->criterion()));
  } else if (context->indicatorUse() != nullptr) {
    whole.items.push_back(indicator_use(context->indicatorUse()));
  } else if (context->groupFormula() != nullptr) {
    only_once(whole.formula.has_value(), where);
    whole.formula = formula(context->groupFormula()->formula());
  } else {
    whole.highest_only = true;
  }
}

ProposedMaxima Builder::proposed_maxima(P::ProposedMaximaContext* context) {
  ProposedMaxima maxima;
  maxima.span = span(context);
  maxima.approved = context->APPROVED() != nullptr;
  if (context->number() != nullptr) maxima.each_from = number_text(context->number());
  return maxima;
}

MaximumText Builder::maximum(P::MaximumContext* context) {
  MaximumText maximum;
  maximum.span = span(context);
  maximum.open = context->OPEN() != nullptr;
  if (context->number() != nullptr) maximum.points = number_text(context->number());
  return maximum;
}

Treatment Builder::treatment(P::TreatmentContext* context) const {
  Treatment treatment;
  treatment.span = span(context);
  if (context->DID_NOT_ARISE() != nullptr) treatment.cause = NaCause::did_not_arise;
  if (context->NOT_YET_DUE() != nullptr) treatment.cause = NaCause::not_yet_due;
  if (context->ZERO_POINTS() != nullptr) treatment.effect = NaEffect::zero_points;
  if (context->KEEP_SCALE() != nullptr) treatment.effect = NaEffect::keep_scale;
  if (context->SHARE_IN_GROUP() != nullptr) treatment.effect = NaEffect::share_in_group;
  if (context->SHARE_IN_SHEET() != nullptr) treatment.effect = NaEffect::share_in_sheet;
  if (context->NO_TOTAL() != nullptr) treatment.effect = NaEffect::no_total;
  return treatment;
}

Compute Builder::compute(P::ComputeContext* context) {
  return {span(context), name(context->name()), formula(context->formula())};
}

}  // namespace quy::syntax
