#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

Quota Builder::quota(P::QuotaContext* context) {
  Quota quota;
  quota.span = span(context);
  quota.level = name(context->name(0));
  quota.rate = {percent(context->NUMBER()), true, {}, span(context->NUMBER())};
  quota.base = name(context->name(1));
  quota.base_and_above = context->AND_ABOVE() != nullptr;
  quota.citations = citations(context->citations());
  for (P::QuotaMemberContext* member : context->quotaMember()) quota_member(member, quota);
  return quota;
}

void Builder::quota_member(P::QuotaMemberContext* context, Quota& quota) {
  const Span where = span(context);
  if (context->COHORT() != nullptr) {
    only_once(!quota.cohort.empty(), where);
    quota.cohort = names(context->names());
  } else if (context->PRIORITY() != nullptr) {
    only_once(!quota.priority.empty(), where);
    for (P::ExpressionContext* each : context->expression()) quota.priority.push_back(expression(each));
  } else if (context->SURPLUS() != nullptr) {
    quota_surplus(context, quota);
  } else {
    only_once(quota.raised_to.has_value(), where);
    quota.raised_to = NumberText{percent(context->NUMBER()), true, {}, span(context->NUMBER())};
    quota.raised_citations = citations(context->citations());
  }
}

void Builder::quota_surplus(P::QuotaMemberContext* context, Quota& quota) {
  only_once(quota.surplus_choice.has_value() || quota.surplus_level.has_value(), span(context));
  if (context->openChoice() != nullptr) {
    quota.surplus_choice = open_choice(context->openChoice());
  } else if (context->name() != nullptr) {
    quota.surplus_level = name(context->name());
  }
}

}  // namespace quy::syntax
