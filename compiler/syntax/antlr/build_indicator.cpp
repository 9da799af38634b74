#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

Indicator Builder::indicator(P::IndicatorContext* context) {
  Indicator indicator;
  indicator.span = span(context);
  indicator.name = name(context->name());
  for (P::ParameterContext* each : context->parameter()) indicator.parameters.push_back(parameter(each));
  parameters_ = &indicator.parameters;
  for (P::SubjectMemberContext* member : context->subjectMember()) subject_member(member, indicator.body);
  parameters_ = nullptr;
  return indicator;
}

Parameter Builder::parameter(P::ParameterContext* context) {
  Parameter parameter;
  parameter.name = name(context->name());
  if (context->CITATION_PARAMETER() != nullptr) parameter.kind = ParameterKind::citation;
  if (context->LABEL_PARAMETER() != nullptr) parameter.kind = ParameterKind::label;
  if (context->NAME_PARAMETER() != nullptr) parameter.kind = ParameterKind::name;
  return parameter;
}

IndicatorUse Builder::indicator_use(P::IndicatorUseContext* context) {
  IndicatorUse use;
  use.span = span(context);
  use.indicator = name(context->name());
  for (P::ArgumentContext* each : context->argument()) use.arguments.push_back(argument(each));
  return use;
}

Argument Builder::argument(P::ArgumentContext* context) {
  const Span where = span(context);
  if (context->CITATION() != nullptr) return {where, citation(context->CITATION())};
  ExprPtr value = expression(context->expression());
  if (value->kind == ExprKind::string && !value->parenthesised) return {where, LabelText{value->text, where, false}};
  return {where, std::move(value)};
}

}  // namespace quy::syntax
