#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

Criterion Builder::criterion(P::CriterionContext* context) {
  Criterion criterion;
  criterion.span = span(context);
  criterion.name = name(context->name());
  criterion.label = optional_label(context->label());
  if (context->maximum() != nullptr) criterion.maximum = maximum(context->maximum());
  if (context->number() != nullptr) criterion.coefficient = number_text(context->number());
  criterion.citations = citations(context->citations());
  for (P::CriterionMemberContext* member : context->criterionMember()) criterion_member(member, criterion);
  return criterion;
}

void Builder::criterion_member(P::CriterionMemberContext* context, Criterion& whole) {
  const Span where = span(context);
  if (context->scoring() != nullptr) {
    whole.scorings.push_back(scoring(context->scoring()));
  } else if (context->treatment() != nullptr) {
    whole.treatments.push_back(treatment(context->treatment()));
  } else if (context->losesAll() != nullptr) {
    whole.loses.push_back(loses_all_when(context->losesAll()));
  } else if (context->openChoice() != nullptr) {
    whole.open_choices.push_back(open_choice(context->openChoice()));
  } else if (context->compute() != nullptr) {
    whole.computes.push_back(compute(context->compute()));
  } else if (context->slotMark() != nullptr) {
    (context->slotMark()->MAY_TIGHTEN() != nullptr ? whole.may_tighten : whole.keep_as_is) = true;
  } else if (context->GUIDANCE() != nullptr) {
    only_once(whole.guidance.has_value(), where);
    whole.guidance = label(context->label());
  } else if (context->ONCE_PER() != nullptr) {
    only_once(whole.once_per != Per::none, where);
    whole.once_per = calendar_span(context->calendarSpan());
  } else {
    only_once(whole.previously.has_value(), where);
    whole.previously = name(context->name());
  }
}

LosesAllWhen Builder::loses_all_when(P::LosesAllContext* context) {
  LosesAllWhen loses;
  loses.span = span(context);
  if (context->name() != nullptr) loses.target = name(context->name());
  loses.condition = expression(context->expression());
  loses.citations = citations(context->citations());
  return loses;
}

Exception Builder::exception(P::ExceptionClauseContext* context) {
  Exception exception;
  exception.span = span(context);
  exception.name = name(context->name());
  exception.label = optional_label(context->label());
  exception.counts_as_met = context->COUNTS_AS_MET() != nullptr;
  exception.proof = proof(context->proof());
  exception.citations = citations(context->citations());
  return exception;
}

std::vector<Exception> Builder::exceptions(const std::vector<P::ExceptionClauseContext*>& contexts) {
  std::vector<Exception> list;
  for (P::ExceptionClauseContext* each : contexts) list.push_back(exception(each));
  return list;
}

}  // namespace quy::syntax
