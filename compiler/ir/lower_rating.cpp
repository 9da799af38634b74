// The rating's phases, in their fixed order: band, conditions, bars, lowerings, caps, forces, discretion (docs/language.md §6).

#include <algorithm>

#include "compiler/ir/lowering.h"

namespace quy::ir {

using sema::GapPolicy;

namespace {

bool cites_any(const sema::Clauses& clauses, const std::vector<std::string>& wanted) {
  return std::any_of(clauses.ids.begin(), clauses.ids.end(),
                     [&](const std::string& id) { return std::find(wanted.begin(), wanted.end(), id) != wanted.end(); });
}

std::string listed(const std::vector<std::string>& clauses) {
  std::string text;
  for (const std::string& clause : clauses) text += (text.empty() ? "" : ", ") + clause;
  return text;
}

std::uint32_t policy_code(GapPolicy policy) {
  switch (policy) {
    case GapPolicy::no_level: return 0;
    case GapPolicy::next_lower: return 1;
    case GapPolicy::down_to_the_end: return 2;
  }
  return 0;
}

}  // namespace

void Lowering::lower_rule(const sema::Rule& rule, Role role, std::uint32_t level) {
  Condition lowered = rule_condition(rule.condition);
  NodeId fires = build_.holds(lowered.node);
  fired_[&rule] = fires;
  note_for_sheet(lowered.no_basis);
  std::uint32_t seen = observe({.role = role,
                                .node = fires,
                                .parent = rating_observable_,
                                .span = rule.span,
                                .clauses = rule.clauses.ids,
                                .id = {},
                                .label = {},
                                .text = sentence(*graph_.pack, subject(), rule.condition),
                                .unit = {},
                                .level = level});
  observe_atoms(rule.condition, seen, rule.clauses.ids);
  rule_observables_[&rule] = seen;
}

NodeId Lowering::level_condition(const sema::Level& level) {
  Condition lowered = rule_condition(level.condition);
  note_for_sheet(lowered.no_basis);
  return build_.holds(lowered.node);
}

NodeId Lowering::band_levels(const sema::Rating& rating) {
  const auto count = static_cast<std::uint32_t>(rating.levels.size());
  bool by_condition = std::any_of(rating.levels.begin(), rating.levels.end(), [](const sema::Level& level) { return level.condition != kNone; });
  NodeId levels = kNone;
  if (by_condition) {
    std::vector<NodeId> conditions;
    for (const sema::Level& level : rating.levels)
      conditions.push_back(level.condition == kNone ? build_.truth(false) : level_condition(level));
    bool otherwise = rating.levels.back().otherwise;
    levels = build_.make(Opcode::first_level, conditions, 0, otherwise ? 1 : 0);
  } else {
    std::vector<Rational> floors;
    for (const sema::Level& level : rating.levels)
      if (level.floor) floors.push_back(*level.floor);
    NodeId total = graph_.total == kNone ? build_.nothing() : graph_.total;
    const auto floor_count = static_cast<std::uint32_t>(floors.size());
    levels = build_.make(Opcode::band, {total}, floor_count, 0, std::move(floors));
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const sema::Level& level = rating.levels[i];
    std::uint32_t seen = observe({.role = level.condition == kNone ? Role::band : Role::level_condition,
                                  .node = level.condition == kNone ? levels : build_.holds(condition(level.condition)),
                                  .parent = rating_observable_,
                                  .span = level.clauses.span,
                                  .clauses = level.clauses.ids,
                                  .id = level.id,
                                  .label = level.label,
                                  .text = {},
                                  .left = level.condition == kNone ? graph_.total : kNone,
                                  .right = level.floor ? build_.number(*level.floor) : kNone,
                                  .unit = "điểm",
                                  .level = i});
    if (level.condition != kNone) observe_atoms(level.condition, seen, level.clauses.ids);
  }
  return levels;
}

NodeId Lowering::exactly(NodeId levels, std::uint32_t level) {
  NodeId here = build_.make(Opcode::reached, {levels}, level);
  return level == 0 ? here : build_.all({here, build_.negate(build_.make(Opcode::reached, {levels}, level - 1))});
}

NodeId Lowering::need_with_policy(const sema::Rating& rating, NodeId levels, const std::vector<NodeId>& conditions) {
  auto need = [&](GapPolicy policy) {
    std::vector<NodeId> inputs{levels};
    inputs.insert(inputs.end(), conditions.begin(), conditions.end());
    return build_.make(Opcode::need, inputs, policy_code(policy));
  };
  const std::vector<GapPolicy>& policies = rating.gap.policies;
  if (policies.empty()) return need(GapPolicy::no_level);
  NodeId result = need(policies.back());
  for (std::size_t option = policies.size() - 1; option-- > 0;)
    result = build_.make(Opcode::pick_levels,
                         {build_.reading(rating.gap.reading, static_cast<std::uint32_t>(option)), need(policies[option]), result});
  return result;
}

NodeId Lowering::apply_needs(const sema::Rating& rating, NodeId levels) {
  const std::size_t count = rating.levels.size();
  std::vector<std::vector<NodeId>> conditions(count), no_basis(count);
  for (const sema::Need& need : rating.needs) {
    Condition lowered = rule_condition(need.rule.condition);
    conditions[need.level].push_back(lowered.node);
    if (lowered.no_basis != kNone) no_basis[need.level].push_back(lowered.no_basis);
    std::uint32_t seen = observe({.role = Role::level_need,
                                  .node = lowered.node,
                                  .parent = rating_observable_,
                                  .span = need.rule.span,
                                  .clauses = need.rule.clauses.ids,
                                  .id = rating.levels[need.level].id,
                                  .label = rating.levels[need.level].label,
                                  .text = sentence(*graph_.pack, subject(), need.rule.condition),
                                  .unit = {},
                                  .level = need.level});
    observe_atoms(need.rule.condition, seen, need.rule.clauses.ids);
  }
  std::vector<NodeId> holding;
  for (const auto& parts : conditions) holding.push_back(build_.all(parts));
  if (std::all_of(conditions.begin(), conditions.end(), [](const auto& parts) { return parts.empty(); })) return levels;

  if (!rating.gap.policies.empty())
    observe({.role = Role::gap_policy,
             .node = levels,
             .parent = rating_observable_,
             .span = rating.gap.span,
             .clauses = rating.gap.clauses.ids,
             .id = rating.gap.reading == kNone ? "" : graph_.pack->readings[rating.gap.reading].info.id,
             .label = {},
             .text = {},
             .unit = {}});
  NodeId result = need_with_policy(rating, levels, holding);
  // A level whose own condition has no basis is neither granted nor refused.
  for (std::uint32_t i = 0; i < count; ++i)
    if (!no_basis[i].empty()) {
      NodeId gap = build_.all({exactly(result, i), build_.any(no_basis[i])});
      result = build_.make(Opcode::gap_if, {result, gap});
    }
  return result;
}

NodeId Lowering::apply_effects(const sema::Rating& rating, NodeId levels, const std::map<const sema::Rule*, NodeId>& suspended) {
  auto acting = [&](const sema::Rule& rule) {
    NodeId fires = fired_.at(&rule);
    auto off = suspended.find(&rule);
    return off == suspended.end() ? fires : build_.all({fires, build_.negate(off->second)});
  };
  for (const sema::Bar& bar : rating.bars) {
    std::uint32_t best_left = std::min<std::uint32_t>(bar.level + 1, static_cast<std::uint32_t>(rating.levels.size()) - 1);
    levels = build_.make(Opcode::bar, {levels, acting(bar.rule)}, best_left);
  }
  for (const sema::Lower& lower : rating.lowers) levels = build_.make(Opcode::lower, {levels, acting(lower.rule)}, lower.by);
  for (const sema::Cap& cap : rating.caps) levels = build_.make(Opcode::cap, {levels, number(cap.level)});
  // Worse levels last, so that the worst forced level stands.
  std::vector<const sema::Force*> forces;
  for (const sema::Force& force : rating.forces) forces.push_back(&force);
  std::stable_sort(forces.begin(), forces.end(), [](const sema::Force* a, const sema::Force* b) { return a->level < b->level; });
  for (const sema::Force* force : forces) levels = build_.make(Opcode::force, {levels, acting(force->rule)}, force->level);
  return levels;
}

NodeId Lowering::bound_by_conditions(NodeId band, NodeId after_needs, std::uint32_t last) {
  if (after_needs == band) return band;
  NodeId one_below = build_.make(Opcode::lower, {band, build_.truth(true)}, 1);
  return build_.make(Opcode::pick_levels, {build_.make(Opcode::reached, {after_needs}, last), after_needs, one_below});
}

NodeId Lowering::hand_over(const sema::Rating& rating, NodeId band, NodeId after_needs, NodeId levels) {
  if (rating.hand_overs.empty()) return levels;
  struct Effect {
    const sema::Rule* rule;
    bool force;
  };
  std::vector<Effect> effects;
  for (const sema::Force& force : rating.forces) effects.push_back({&force.rule, true});
  for (const sema::Bar& bar : rating.bars) effects.push_back({&bar.rule, false});
  for (const sema::Lower& lower : rating.lowers) effects.push_back({&lower.rule, false});

  std::vector<NodeId> open(rating.hand_overs.size());
  for (std::size_t h = 0; h < open.size(); ++h) open[h] = fired_.at(&rating.hand_overs[h].rule);

  // A rule is suspended where some hand-over that names it is open.
  std::map<const sema::Rule*, NodeId> suspended;
  for (const Effect& effect : effects) {
    std::vector<NodeId> by;
    for (std::size_t h = 0; h < open.size(); ++h)
      if (cites_any(effect.rule->clauses, rating.hand_overs[h].in_place_of)) by.push_back(open[h]);
    if (!by.empty()) suspended[effect.rule] = build_.any(by);
  }
  std::vector<NodeId> standing_forces;
  for (const Effect& effect : effects) {
    if (!effect.force) continue;
    NodeId fires = fired_.at(effect.rule);
    auto off = suspended.find(effect.rule);
    standing_forces.push_back(off == suspended.end() ? fires : build_.all({fires, build_.negate(off->second)}));
  }
  NodeId no_force_stands = build_.negate(build_.any(standing_forces));
  const auto last = static_cast<std::uint32_t>(rating.levels.size()) - 1;
  NodeId by_conditions = apply_effects(rating, bound_by_conditions(band, after_needs, last), suspended);
  NodeId by_points = apply_effects(rating, band, suspended);

  // Each clause that hands over wants its own decision, and the worst of them stands: the order of rules never matters. Where it is unknown whether a
  // clause does, what comes out is what came out without it or what the clause makes of it, and nothing else.
  std::vector<NodeId> triggers;
  for (std::size_t h = 0; h < open.size(); ++h) {
    const sema::HandOver& rule = rating.hand_overs[h];
    std::vector<NodeId> fired;
    for (const Effect& effect : effects)
      if (cites_any(effect.rule->clauses, rule.in_place_of)) fired.push_back(fired_.at(effect.rule));
    NodeId bound = rule.outcomes_stated ? by_points : by_conditions;
    // Where only the last level is left there is nothing to decide.
    NodeId trigger = build_.all({open[h], build_.any(fired), no_force_stands, build_.negate(exactly(bound, last))});
    // What an explanation must know is whether the clause handed anything over, not only whether its own condition holds.
    graph_.observables[rule_observables_.at(&rule.rule)].node = trigger;
    NodeId handed = build_.make(Opcode::hand_over, {levels, bound, trigger, build_.field(rule.decision)}, subject().fields[rule.decision].info.allowed_levels);
    if (!triggers.empty())
      handed = build_.make(Opcode::pick_levels, {build_.all({build_.any(triggers), trigger}), build_.make(Opcode::worse_outcome, {levels, handed}), handed});
    levels = handed;
    triggers.push_back(trigger);
  }
  return levels;
}

void Lowering::lower_rules(const sema::Rating& rating) {
  for (const sema::Bar& bar : rating.bars) lower_rule(bar.rule, Role::bar, bar.level);
  for (const sema::Lower& lower : rating.lowers) lower_rule(lower.rule, Role::lower, lower.by);
  for (const sema::Force& force : rating.forces) lower_rule(force.rule, Role::force, force.level);
  for (const sema::HandOver& hand_over : rating.hand_overs) {
    lower_rule(hand_over.rule, Role::hand_over, kNone);
    graph_.observables[rule_observables_.at(&hand_over.rule)].label = listed(hand_over.in_place_of);
  }
  for (const sema::Rule& rule : rating.not_rated) lower_rule(rule, Role::not_rated, kNone);
  for (const sema::Cap& cap : rating.caps) {
    Gathering parts(*this);
    NodeId level = number(cap.level);
    note_for_sheet(parts.no_basis());
    observe({.role = Role::cap,
             .node = level,
             .parent = rating_observable_,
             .span = cap.span,
             .clauses = cap.clauses.ids,
             .id = {},
             .label = {},
             .text = sentence(*graph_.pack, subject(), cap.level),
             .unit = "@level"});
  }
}

void Lowering::lower_rating() {
  if (!subject().rating) return;
  const sema::Rating& rating = *subject().rating;
  const bytecode::RatingInfo& declared = graph_.pack->ratings[rating.declared].info;
  rating_observable_ = observe({.role = Role::rating,
                                .span = graph_.pack->ratings[rating.declared].span,
                                .clauses = declared.clauses,
                                .id = declared.id,
                                .label = declared.label,
                                .text = {},
                                .unit = {}});
  NodeId band = band_levels(rating);
  NodeId after_needs = apply_needs(rating, band);
  NodeId levels = after_needs;
  // Every rule is lowered first so that its (phải có) parts are known; a force that fires wins over a missing basis.
  lower_rules(rating);
  if (!sheet_no_basis_.empty()) {
    NodeId no_basis = build_.any(sheet_no_basis_);
    observe({.role = Role::no_basis, .node = no_basis, .parent = rating_observable_, .span = {}, .clauses = {}, .id = {}, .label = {}, .text = {}, .unit = {}});
    levels = build_.make(Opcode::gap_if, {levels, no_basis});
  }
  levels = apply_effects(rating, levels, {});
  levels = hand_over(rating, band, after_needs, levels);
  for (const sema::Rule& rule : rating.not_rated) levels = build_.make(Opcode::not_rated_if, {levels, fired_.at(&rule)});
  graph_.levels = levels;
  graph_.observables[rating_observable_].node = levels;
}

}  // namespace quy::ir
