#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

Rating Builder::rating(P::RatingContext* context) {
  Rating rating;
  rating.span = span(context);
  if (context->name() != nullptr) rating.name = name(context->name());
  rating.label = optional_label(context->label());
  rating.kinds = names(context->names());
  rating.citations = citations(context->citations());
  for (P::RatingMemberContext* member : context->ratingMember()) rating_member(member, rating);
  return rating;
}

void Builder::rating_member(P::RatingMemberContext* context, Rating& rating) {
  if (context->level() != nullptr) {
    rating.levels.push_back(level(context->level()));
  } else if (context->openChoice() != nullptr) {
    rating.open_choices.push_back(open_choice(context->openChoice()));
  } else if (context->gapRule() != nullptr) {
    only_once(rating.gap_rule.has_value(), span(context));
    rating.gap_rule = gap_rule(context->gapRule());
  } else if (context->compute() != nullptr) {
    rating.computes.push_back(compute(context->compute()));
  } else if (context->quota() != nullptr) {
    rating.quotas.push_back(quota(context->quota()));
  } else {
    const std::vector<Name> kinds = names(context->names());
    for (P::RatingRuleContext* rule : context->ratingRule()) rating_rule(rule, kinds, rating);
  }
}

void Builder::rating_rule(P::RatingRuleContext* context, const std::vector<Name>& kinds, Rating& rating) {
  if (context->toReach() != nullptr) {
    to_reach(context->toReach(), kinds, rating);
  } else if (context->force() != nullptr) {
    rating.forces.push_back(force(context->force(), kinds));
  } else if (context->bar() != nullptr) {
    rating.bars.push_back(bar(context->bar(), kinds));
  } else if (context->lower() != nullptr) {
    rating.lowers.push_back(lower(context->lower(), kinds));
  } else if (context->cap() != nullptr) {
    rating.caps.push_back({span(context), formula(context->cap()->formula()), citations(context->cap()->citations()), kinds});
  } else if (context->handOver() != nullptr) {
    rating.hand_overs.push_back(hand_over(context->handOver(), kinds));
  } else {
    P::NotRatedContext* rule = context->notRated();
    rating.not_rated.push_back({span(rule), expression(rule->expression()), citations(rule->citations()), kinds});
  }
}

Level Builder::level(P::LevelContext* context) {
  Level level;
  level.span = span(context);
  level.name = name(context->name());
  level.label = optional_label(context->label());
  if (context->FROM() != nullptr) {
    level.guard = Level::Guard::from;
    level.floor = number_text(context->number());
  } else if (context->WHEN() != nullptr) {
    level.guard = Level::Guard::when;
    level.condition = expression(context->expression());
  }
  level.citations = citations(context->citations());
  return level;
}

GapRule Builder::gap_rule(P::GapRuleContext* context) {
  GapRule rule;
  rule.span = span(context);
  if (context->gapPolicy() != nullptr) rule.policy = gap_policy(context->gapPolicy());
  if (context->name() != nullptr) rule.choice = name(context->name());
  rule.citations = citations(context->citations());
  return rule;
}

std::vector<Name> Builder::inner_kinds(P::NamesContext* context, const std::vector<Name>& outer) {
  if (!outer.empty()) {
    report(span(context), Diag::kinds_inside_kinds).label(cover(outer.front().span, outer.back().span), {"khối ngoài", "the outer block"});
  }
  return names(context);
}

void Builder::to_reach(P::ToReachContext* context, const std::vector<Name>& kinds, Rating& rating) {
  const Name level = name(context->name());
  for (P::ReachMemberContext* member : context->reachMember()) {
    const bool narrowed = member->names() != nullptr;
    const std::vector<Name> narrower = narrowed ? inner_kinds(member->names(), kinds) : kinds;
    for (P::NeedContext* each : member->need()) rating.needs.push_back(need(each, level, narrower));
  }
}

Need Builder::need(P::NeedContext* context, const Name& level, const std::vector<Name>& kinds) {
  Need need;
  need.span = span(context);
  need.level = level;
  need.rule.span = need.span;
  need.rule.condition = expression(context->expression());
  need.rule.exceptions = exceptions(context->exceptionClause());
  need.rule.citations = citations(context->citations());
  need.rule.kinds = kinds;
  return need;
}

Force Builder::force(P::ForceContext* context, const std::vector<Name>& kinds) {
  Force force;
  force.span = span(context);
  force.level = name(context->name());
  if (context->whenRule() != nullptr) force.rules.push_back(when_rule(context->whenRule(), kinds));
  for (P::ForceMemberContext* member : context->forceMember()) {
    const bool narrowed = member->names() != nullptr;
    const std::vector<Name> narrower = narrowed ? inner_kinds(member->names(), kinds) : kinds;
    for (P::WhenRuleContext* rule : member->whenRule()) force.rules.push_back(when_rule(rule, narrower));
  }
  return force;
}

WhenRule Builder::when_rule(P::WhenRuleContext* context, const std::vector<Name>& kinds) {
  WhenRule rule;
  rule.span = span(context);
  rule.condition = expression(context->expression());
  rule.exceptions = exceptions(context->exceptionClause());
  rule.citations = citations(context->citations());
  rule.kinds = kinds;
  return rule;
}

Bar Builder::bar(P::BarContext* context, const std::vector<Name>& kinds) {
  return {span(context), name(context->name()), when_rule(context->whenRule(), kinds)};
}

Lower Builder::lower(P::LowerContext* context, const std::vector<Name>& kinds) {
  return {span(context), number_text(context->number()), when_rule(context->whenRule(), kinds)};
}

HandOver Builder::hand_over(P::HandOverContext* context, const std::vector<Name>& kinds) {
  HandOver hand_over;
  hand_over.span = span(context);
  hand_over.condition = expression(context->expression());
  hand_over.in_place_of = citations(context->CITATION());
  hand_over.allowed = names(context->names());
  hand_over.proof = proof(context->proof());
  hand_over.citations = citations(context->citations());
  hand_over.kinds = kinds;
  return hand_over;
}

}  // namespace quy::syntax
