#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

OpenChoice Builder::open_choice(P::OpenChoiceContext* context) {
  OpenChoice choice;
  choice.span = span(context);
  choice.name = name(context->name());
  choice.label = optional_label(context->label());
  choice.citations = citations(context->citations());
  for (P::OptionContext* each : context->option()) choice.options.push_back(option(each));
  return choice;
}

Option Builder::option(P::OptionContext* context) {
  Option option;
  option.span = span(context);
  option.name = name(context->name());
  option.label = optional_label(context->label());
  if (context->optionValue() == nullptr) return option;
  if (context->optionValue()->gapPolicy() != nullptr) {
    option.policy = gap_policy(context->optionValue()->gapPolicy());
  } else {
    option.value = expression(context->optionValue()->expression());
  }
  return option;
}

GapPolicy Builder::gap_policy(P::GapPolicyContext* context) const {
  if (context->NO_LEVEL() != nullptr) return GapPolicy::no_level;
  return context->NEXT_LOWER() != nullptr ? GapPolicy::next_lower : GapPolicy::down_to_the_end;
}

Choice Builder::choice(P::ChoiceContext* context) {
  Choice choice;
  choice.span = span(context);
  choice.is_profile = context->PROFILE() != nullptr;
  choice.name = name(context->name());
  if (context->expression() != nullptr) choice_value(context->expression(), choice);
  choice.citations = citations(context->citations());
  return choice;
}

/// A bare name picks the option of that name; anything else is the value itself.
void Builder::choice_value(P::ExpressionContext* context, Choice& choice) {
  ExprPtr value = expression(context);
  const bool bare = value->kind == ExprKind::name && !value->parenthesised && value->applicability == Applicability::unstated &&
                    value->text.find('.') == std::string::npos;
  if (bare) {
    choice.option = {value->text, value->text_span};
  } else {
    choice.value = std::move(value);
  }
}

}  // namespace quy::syntax
