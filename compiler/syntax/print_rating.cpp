#include "compiler/syntax/print_text.h"

namespace quy::syntax {
namespace {

void print(TreeText& out, const Level& level) {
  const Scope scope(out, "level");
  out.name(level.name);
  out.label(level.label);
  if (level.guard == Level::Guard::from) {
    out.word("from");
    out.number(level.floor);
  }
  out.expr("when", level.condition);
  out.flag("otherwise", level.guard == Level::Guard::otherwise);
  out.citations(level.citations);
}

void print(TreeText& out, const HandOver& rule) {
  const Scope scope(out, "hand-over");
  out.names("kinds", rule.kinds);
  out.expr("when", rule.condition);
  out.citations(rule.in_place_of, "in-place-of");
  out.names("allowed", rule.allowed);
  out.entry("needs", word_of(rule.proof));
  out.citations(rule.citations);
}

void print(TreeText& out, const Quota& quota) {
  const Scope scope(out, "quota");
  out.name(quota.level);
  out.entry("rate", quota.rate.value.exact_text());
  out.entry("of", quota.base.text);
  out.flag("and-above", quota.base_and_above);
  out.citations(quota.citations);
  out.names("cohort", quota.cohort);
  if (quota.raised_to) out.entry("raised-to", quota.raised_to->value.exact_text());
  out.citations(quota.raised_citations, "raised-cites");
  out.name("surplus", quota.surplus_level);
  for (const ExprPtr& each : quota.priority) out.expr("by", each);
  if (quota.surplus_choice) print(out, *quota.surplus_choice);
}

}  // namespace

void print(TreeText& out, const OpenChoice& choice) {
  const Scope scope(out, "open");
  out.name(choice.name);
  out.label(choice.label);
  out.citations(choice.citations);
  for (const Option& option : choice.options) {
    const Scope inner(out, "option");
    out.name(option.name);
    out.label(option.label);
    if (option.policy) out.word(word_of(*option.policy));
    out.expr("value", option.value);
  }
}

void print(TreeText& out, const Choice& choice) {
  const Scope scope(out, choice.is_profile ? "choose-profile" : "choose");
  out.name(choice.name);
  out.entry("option", choice.option.text);
  out.expr("value", choice.value);
  out.citations(choice.citations);
}

void print(TreeText& out, const WhenRule& rule, std::string_view head) {
  const Scope scope(out, head);
  out.names("kinds", rule.kinds);
  out.expr(rule.condition);
  out.citations(rule.citations);
  print(out, rule.exceptions);
}

void print(TreeText& out, const Force& force) {
  const Scope scope(out, "force");
  out.name(force.level);
  for (const WhenRule& rule : force.rules) print(out, rule, "when");
}

void print(TreeText& out, const Bar& bar) {
  const Scope scope(out, "bar");
  out.name(bar.level);
  print(out, bar.rule, "when");
}

void print(TreeText& out, const Lower& lower) {
  const Scope scope(out, "lower");
  out.number(lower.by);
  print(out, lower.rule, "when");
}

void print(TreeText& out, const Rating& rating) {
  const Scope scope(out, "rating");
  out.name(rating.name);
  out.label(rating.label);
  out.names("kinds", rating.kinds);
  out.citations(rating.citations);
  for (const Level& level : rating.levels) print(out, level);
  for (const OpenChoice& choice : rating.open_choices) print(out, choice);
  if (rating.gap_rule) {
    const Scope inner(out, "gap");
    if (rating.gap_rule->policy) out.word(word_of(*rating.gap_rule->policy));
    out.entry("choice", rating.gap_rule->choice.text);
    out.citations(rating.gap_rule->citations);
  }
  for (const Need& need : rating.needs) print(out, need.rule, "need " + need.level.text);
  for (const Compute& compute : rating.computes) print(out, compute);
  for (const Force& force : rating.forces) print(out, force);
  for (const Bar& bar : rating.bars) print(out, bar);
  for (const Lower& lower : rating.lowers) print(out, lower);
  for (const Cap& cap : rating.caps) {
    const Scope inner(out, "cap");
    out.names("kinds", cap.kinds);
    out.expr(cap.level.value);
    out.citations(cap.citations);
  }
  for (const HandOver& rule : rating.hand_overs) print(out, rule);
  for (const NotRated& rule : rating.not_rated) {
    const Scope inner(out, "not-rated");
    out.names("kinds", rule.kinds);
    out.expr(rule.condition);
    out.citations(rule.citations);
  }
  for (const Quota& quota : rating.quotas) print(out, quota);
}

}  // namespace quy::syntax
