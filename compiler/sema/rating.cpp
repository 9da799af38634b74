// The rating as it stands for one subject: its levels, and the rules that concern the subject's kind (docs/language.md §6).

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/citations.h"
#include "compiler/sema/ratings.h"
#include "compiler/sema/subject_checker.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {
namespace {

bool needs_reason(Proof proof) { return proof == Proof::reason || proof == Proof::reason_and_document; }
bool needs_document(Proof proof) { return proof == Proof::document || proof == Proof::reason_and_document; }

void collect(std::vector<std::string>& clauses, const Clauses& more) { clauses.insert(clauses.end(), more.ids.begin(), more.ids.end()); }

}  // namespace

void SubjectChecker::choose_rating() {
  const PackScope& home = *plan_.declared.context.pack;
  std::size_t index = home.ratings.npos;
  if (plan_.declared->rating) {
    const syntax::Name& name = *plan_.declared->rating;
    index = home.ratings.index(fold_id(name.text));
    if (index == home.ratings.npos) {
      report_.at(plan_.declared.context, name.span, Diag::unknown_rating, {name.text}).suggest(nearest(name.text, home.ratings.names()));
      return;
    }
  } else {
    index = rating_for_kind(home);
  }
  if (index == home.ratings.npos) return;
  rating_ast_ = home.ratings.rows()[index].value;
  PlanScope scope;
  scope.parent = 0;
  for (const auto& compute : (*rating_ast_)->computes) scope.computes.push_back({&compute, rating_ast_->context});
  for (const auto& choice : (*rating_ast_)->open_choices) scope.choices.push_back({&choice, rating_ast_->context});
  rating_scope_ = static_cast<std::uint32_t>(scopes_.size());
  scopes_.push_back(std::move(scope));
  declare_levels(static_cast<std::uint32_t>(index));
}

/// The rating for the subject's kind; without one, the rating for every kind.
std::size_t SubjectChecker::rating_for_kind(const PackScope& home) {
  std::vector<std::size_t> exact, general;
  const auto& rows = home.ratings.rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& kinds = rows[i].value->kinds;
    if (kinds.empty()) general.push_back(i);
    bool named = std::any_of(kinds.begin(), kinds.end(), [&](const syntax::Name& kind) { return fold_id(kind.text) == plan_.kind; });
    if (named) exact.push_back(i);
  }
  const auto& fitting = exact.empty() ? general : exact;
  const syntax::Name& subject = plan_.declared->path;
  if (fitting.size() > 1) {
    report_.at(plan_.declared.context, subject.span, Diag::ratings_ambiguous, {subject.text})
        .label(rows[fitting[0]].name.span, {"một cách xếp loại ở đây", "one rating is here"})
        .label(rows[fitting[1]].name.span, {"cách kia ở đây", "the other is here"});
    return home.ratings.npos;
  }
  if (fitting.empty() && !rows.empty()) report_.at(plan_.declared.context, subject.span, Diag::no_rating_for_kind, {subject.text});
  return fitting.empty() ? home.ratings.npos : fitting.front();
}

void SubjectChecker::declare_levels(std::uint32_t index) {
  subject_.rating.emplace();
  subject_.rating->declared = index;
  const auto& info = pack_.ratings[index].info;
  for (std::size_t i = 0; i < info.levels.size(); ++i) {
    const syntax::Level& ast = (*rating_ast_)->levels[i];
    Level level;
    level.id = info.levels[i].id;
    level.name = name_in(rating_ast_->context, ast.name).text;
    level.label = info.levels[i].label;
    level.floor = info.levels[i].floor;
    level.otherwise = ast.guard == syntax::Level::Guard::otherwise;
    level.clauses.ids = info.levels[i].clauses;
    level.clauses.span = ast.span;
    level_index_.try_emplace(level.id, static_cast<std::uint32_t>(i));
    subject_.rating->levels.push_back(std::move(level));
  }
}

bool SubjectChecker::for_this_kind(const std::vector<syntax::Name>& kinds, const Place& place) {
  bool fits = kinds.empty();
  for (const syntax::Name& name : kinds) {
    std::string id = fold_id(name_in(place.context, name).text);
    fits = fits || id == plan_.kind;
    if (!place.context.pack->kinds.find(id))
      report_.at(place.context, name.span, Diag::unknown_kind, {name.text}).suggest(nearest(name.text, place.context.pack->kinds.names()));
  }
  return fits;
}

std::uint32_t SubjectChecker::find_level(const syntax::Name& written, const Place& place) {
  syntax::Name name = name_in(place.context, written);
  auto found = level_index_.find(fold_id(name.text));
  if (found != level_index_.end()) return found->second;
  std::vector<std::string> names;
  for (const Level& level : subject_.rating->levels) names.push_back(level.name);
  report_.at(place.context, name.span, Diag::unknown_level, {name.text}).suggest(nearest(name.text, names));
  return kNone;
}

Rule SubjectChecker::check_rule(const syntax::Expr& e, const std::vector<syntax::Exception>& exceptions, const syntax::Citations& citations,
                                Span span, const Place& place) {
  Rule rule;
  rule.span = span;
  rule.clauses = read_clauses(place.context, citations, report_);
  rule.condition = with_exceptions(condition(e, place), exceptions, place, rule.clauses);
  return rule;
}

void SubjectChecker::check_rating() {
  if (!subject_.rating) {
    refuse_supplements();
    return;
  }
  const syntax::Rating& ast = **rating_ast_;
  Place place{rating_ast_->context, rating_scope_, kNone, kNone, kNone};
  check_level_conditions(ast, place);
  settle_gap_rule(ast, place);
  for (const auto& need : ast.needs) add_need(need, place);
  for (const auto& force : ast.forces) add_force(force, place);
  for (const auto& bar : ast.bars) add_bar(bar, place);
  for (const auto& lower : ast.lowers) add_lower(lower, place);
  for (const auto& cap : ast.caps) add_cap(cap, place);
  for (const auto& rule : ast.not_rated) {
    if (!for_this_kind(rule.kinds, place)) continue;
    Rule typed = check_rule(*rule.condition, {}, rule.citations, rule.span, place);
    if (typed.condition != kNone) subject_.rating->not_rated.push_back(typed);
  }
  auto added = [&](const Context& context) { return Place{context, rating_scope_, kNone, kNone, kNone}; };
  for (const auto& force : plan_.forces) add_force(*force, added(force.context));
  for (const auto& bar : plan_.bars) add_bar(*bar, added(bar.context));
  for (const auto& lower : plan_.lowers) add_lower(*lower, added(lower.context));
  std::vector<std::string> suspendable = suspendable_clauses(ast);
  for (const auto& rule : ast.hand_overs) add_hand_over(rule, place, suspendable);
  check_priorities(ast, place);
}

void SubjectChecker::refuse_supplements() {
  auto refuse = [&](const Context& context, Span span) {
    report_.at(context, span, Diag::supplement_without_rating, {plan_.own->path.text});
  };
  for (const auto& force : plan_.forces) refuse(force.context, force->level.span);
  for (const auto& bar : plan_.bars) refuse(bar.context, bar->level.span);
  for (const auto& lower : plan_.lowers) refuse(lower.context, lower->by.span);
}

void SubjectChecker::check_level_conditions(const syntax::Rating& ast, const Place& place) {
  for (std::size_t i = 0; i < ast.levels.size() && i < subject_.rating->levels.size(); ++i)
    if (ast.levels[i].condition) subject_.rating->levels[i].condition = condition(*ast.levels[i].condition, place);
}

// ---------------------------------------------------------------- conditions beside points

void SubjectChecker::settle_gap_rule(const syntax::Rating& ast, const Place& place) {
  if (!ast.gap_rule) return;
  GapRule& gap = subject_.rating->gap;
  gap.span = ast.gap_rule->span;
  gap.clauses = read_clauses(place.context, ast.gap_rule->citations, report_);
  if (ast.gap_rule->policy) {
    gap.policies = {*ast.gap_rule->policy};
    return;
  }
  syntax::Name name = name_in(place.context, ast.gap_rule->choice);
  Found found = look_up_choice(fold_id(name.text), place);
  if (found.kind != Found::Kind::reading) {
    report_.at(place.context, name.span, Diag::unknown_choice, {name.text});
    return;
  }
  gap.reading = readings_.index_of(found.choice, &plan_);
  use_reading(gap.reading);
  for (const syntax::Option& option : found.choice->options) {
    auto policy = option.policy ? option.policy : policy_by_name(option.name.text);
    if (!policy) report_.at(found.choice.context, option.name.span, Diag::option_needs_policy, {option.name.text});
    gap.policies.push_back(policy.value_or(GapPolicy::no_level));
  }
}

void SubjectChecker::add_need(const syntax::Need& need, const Place& place) {
  std::uint32_t level = find_level(need.level, place);
  if (!for_this_kind(need.rule.kinds, place)) return;
  Rule rule = check_rule(*need.rule.condition, need.rule.exceptions, need.rule.citations, need.span, place);
  if (level != kNone && rule.condition != kNone) subject_.rating->needs.push_back({level, rule});
}

// ---------------------------------------------------------------- effects

void SubjectChecker::add_force(const syntax::Force& force, const Place& place) {
  std::uint32_t level = find_level(force.level, place);
  for (const syntax::WhenRule& when : force.rules) {
    if (!for_this_kind(when.kinds, place)) continue;
    Rule rule = check_rule(*when.condition, when.exceptions, when.citations, when.span, place);
    if (level != kNone && rule.condition != kNone) subject_.rating->forces.push_back({level, rule});
  }
}

void SubjectChecker::add_bar(const syntax::Bar& bar, const Place& place) {
  std::uint32_t level = find_level(bar.level, place);
  if (!for_this_kind(bar.rule.kinds, place)) return;
  Rule rule = check_rule(*bar.rule.condition, bar.rule.exceptions, bar.rule.citations, bar.span, place);
  if (level != kNone && level + 1 == subject_.rating->levels.size())
    report_.at(place.context, bar.level.span, Diag::bar_leaves_nothing, {bar.level.text});
  if (level != kNone && rule.condition != kNone) subject_.rating->bars.push_back({level, rule});
}

void SubjectChecker::add_lower(const syntax::Lower& lower, const Place& place) {
  if (!for_this_kind(lower.rule.kinds, place)) return;
  Rule rule = check_rule(*lower.rule.condition, lower.rule.exceptions, lower.rule.citations, lower.span, place);
  auto by = plain_number(lower.by, place.context);
  if (!by) return;
  auto levels = by->to_int64();
  if (!levels || *levels < 1 || *levels >= static_cast<std::int64_t>(subject_.rating->levels.size())) {
    report_.at(place.context, lower.by.span, Diag::lower_by_range, {number_text(*by), subject_.rating->levels.size()});
    return;
  }
  if (rule.condition != kNone) subject_.rating->lowers.push_back({static_cast<std::uint32_t>(*levels), rule});
}

void SubjectChecker::add_cap(const syntax::Cap& cap, const Place& place) {
  if (!for_this_kind(cap.kinds, place)) return;
  Type wanted{Type::Kind::level, "", kNone};
  ExprId level = check(*cap.level.value, place, &wanted);
  Clauses clauses = read_clauses(place.context, cap.citations, report_);
  if (level == kNone) return;
  if (expr(level).type.kind != Type::Kind::level) {
    report_.at(place.context, cap.level.span, Diag::level_wanted, {type_name(expr(level).type, pack_)});
    return;
  }
  subject_.rating->caps.push_back({level, clauses, cap.span});
}

// ---------------------------------------------------------------- discretion

/// Clauses of every force, bar and lowering of the rating, whatever kind it is for, and of the set's own.
std::vector<std::string> SubjectChecker::suspendable_clauses(const syntax::Rating& ast) {
  std::vector<std::string> clauses;
  auto of_rule = [&](const syntax::WhenRule& rule, const Context& context) { collect(clauses, read_clauses(context, rule.citations, report_)); };
  auto of_force = [&](const syntax::Force& force, const Context& context) {
    for (const auto& rule : force.rules) of_rule(rule, context);
  };
  for (const auto& force : ast.forces) of_force(force, rating_ast_->context);
  for (const auto& bar : ast.bars) of_rule(bar.rule, rating_ast_->context);
  for (const auto& lower : ast.lowers) of_rule(lower.rule, rating_ast_->context);
  for (const auto& force : plan_.forces) of_force(*force, force.context);
  for (const auto& bar : plan_.bars) of_rule(bar->rule, bar.context);
  for (const auto& lower : plan_.lowers) of_rule(lower->rule, lower.context);
  return clauses;
}

void SubjectChecker::add_hand_over(const syntax::HandOver& ast, const Place& place, const std::vector<std::string>& suspendable) {
  if (!for_this_kind(ast.kinds, place)) return;
  HandOver typed;
  typed.rule = check_rule(*ast.condition, {}, ast.citations, ast.span, place);
  for (const syntax::Citation& citation : ast.in_place_of) {
    auto clause = read_clause(place.context, citation, report_);
    if (!clause) continue;
    bool found = false;
    for (const std::string& other : suspendable) {
      if (!covers(*clause, other)) continue;
      found = true;
      if (std::find(typed.in_place_of.begin(), typed.in_place_of.end(), other) == typed.in_place_of.end()) typed.in_place_of.push_back(other);
    }
    if (!found) report_.at(place.context, citation.span, Diag::hand_over_suspends_nothing, {*clause});
  }
  if (typed.rule.condition == kNone || typed.rule.clauses.ids.empty()) return;
  typed.decision = decision_field(ast, typed.rule.clauses.ids.front(), place);
  typed.outcomes_stated = !ast.allowed.empty();
  subject_.rating->hand_overs.push_back(std::move(typed));
}

std::uint32_t SubjectChecker::decision_field(const syntax::HandOver& ast, const std::string& clause, const Place& place) {
  std::uint32_t allowed = 0;
  for (const syntax::Name& name : ast.allowed) {
    std::uint32_t level = find_level(name, place);
    if (level != kNone) allowed |= 1U << level;
  }
  if (ast.allowed.empty()) allowed = 0xffffffffU;
  for (std::uint32_t i = 0; i < subject_.fields.size(); ++i) {
    bytecode::Field& known = subject_.fields[i].info;
    if (known.place != bytecode::FieldPlace::decision || known.clause != clause) continue;
    known.allowed_levels &= allowed;   // one decision answers both rules, so it must satisfy both
    known.needs_reason = known.needs_reason || needs_reason(ast.proof);
    known.needs_document = known.needs_document || needs_document(ast.proof);
    return i;
  }
  bytecode::Field info;
  info.id = fold_id(clause);
  info.name = clause;
  info.kind = bytecode::FieldKind::level;
  info.place = bytecode::FieldPlace::decision;
  info.high = Rational(static_cast<std::int64_t>(subject_.rating->levels.size())) - Rational(1);
  info.clause = clause;
  info.needs_reason = needs_reason(ast.proof);
  info.needs_document = needs_document(ast.proof);
  info.allowed_levels = allowed;
  return add_field(info, ast.span);
}

void SubjectChecker::check_priorities(const syntax::Rating& ast, const Place& place) {
  for (const syntax::Quota& quota : ast.quotas) {
    if (quota.surplus_choice) use_reading(readings_.index_of({&*quota.surplus_choice, place.context}, nullptr));
    std::vector<ExprId> priorities;
    for (const auto& priority : quota.priority) {
      ExprId value = number(*priority, place);
      if (value != kNone) priorities.push_back(value);
    }
    subject_.rating->quota_priorities.push_back(std::move(priorities));
  }
}

}  // namespace quy::sema
