// The rating's phases: docs/language.md §6.

#include <algorithm>
#include <stdexcept>

#include "tests/reference/evaluation.h"

namespace quy::reference {

using sema::Rating;
using syntax::GapPolicy;

namespace {

constexpr Outcome kGap{Outcome::Kind::gap, 0};

/// How a record gives a decision that is no level.
constexpr std::uint32_t kDecidedGap = 16, kDecidedNotRated = 17;

bool names(const std::vector<std::string>& clauses, const sema::Clauses& rule) {
  return std::any_of(rule.ids.begin(), rule.ids.end(),
                     [&](const std::string& id) { return std::find(clauses.begin(), clauses.end(), id) != clauses.end(); });
}

}  // namespace

/// 1. Band: the first level whose floor the exact total reaches, `còn lại` below all. Or the one level whose condition holds.
std::optional<std::uint32_t> Evaluation::band() const {
  const Rating& rating = *subject_.rating;
  const std::uint32_t count = static_cast<std::uint32_t>(rating.levels.size());
  if (std::any_of(rating.levels.begin(), rating.levels.end(), [](const sema::Level& l) { return l.floor.has_value(); })) {
    const std::optional<Rational> points = total();
    for (std::uint32_t i = 0; points && i < count; ++i) {
      if (rating.levels[i].otherwise || (rating.levels[i].floor && *points >= *rating.levels[i].floor)) return i;
    }
    return std::nullopt;
  }
  std::vector<std::uint32_t> holding;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (rating.levels[i].condition != kNone && holds(rating.levels[i].condition)) holding.push_back(i);
  }
  if (holding.size() == 1) return holding.front();
  for (std::uint32_t i = 0; holding.empty() && i < count; ++i) {
    if (rating.levels[i].otherwise) return i;
  }
  return std::nullopt;
}

/// 2. Conditions of the levels. What is left out is passed over.
std::optional<std::uint32_t> Evaluation::after_conditions(std::optional<std::uint32_t> level) const {
  const Rating& rating = *subject_.rating;
  const std::uint32_t last = static_cast<std::uint32_t>(rating.levels.size()) - 1;
  const auto needs_hold = [&](std::uint32_t of) {
    return std::all_of(rating.needs.begin(), rating.needs.end(),
                       [&](const sema::Need& need) { return need.level != of || truth(need.rule.condition) != Truth::no; });
  };
  if (level && !needs_hold(*level)) {
    GapPolicy policy = GapPolicy::no_level;
    if (!rating.gap.policies.empty()) {
      policy = rating.gap.policies[rating.gap.reading == kNone ? 0 : pack_.readings[rating.gap.reading].info.chosen];
    }
    switch (policy) {
      case GapPolicy::no_level: level.reset(); break;
      case GapPolicy::next_lower:
        if (*level < last && needs_hold(*level + 1)) {
          level = *level + 1;
        } else {
          level.reset();
        }
        break;
      case GapPolicy::down_to_the_end:
        // CORNER: "down to the last": the last level takes whoever comes that far, its own conditions notwithstanding.
        while (*level < last && !needs_hold(*level)) level = *level + 1;
        break;
    }
  }
  const std::uint32_t considered = level.value_or(kNone);
  for (const sema::Need& need : rating.needs) {
    if (need.level == considered && no_basis(need.rule.condition)) return std::nullopt;
  }
  return level;
}

/// 3 to 5, without the rules whose clauses are among `rules_off`.
std::optional<std::uint32_t> Evaluation::limited(std::optional<std::uint32_t> level, const std::vector<std::string>& rules_off) const {
  const Rating& rating = *subject_.rating;
  const std::uint32_t last = static_cast<std::uint32_t>(rating.levels.size()) - 1;
  if (!level) return level;
  // 3. Bars: neither this level nor a better one.
  for (const sema::Bar& bar : rating.bars) {
    // CORNER: a bar of the last level, which leaves none, keeps the last.
    if (!names(rules_off, bar.rule.clauses) && holds(bar.rule.condition)) level = std::max(*level, std::min(bar.level + 1, last));
  }
  // 4. Lowerings add up, never below the last level.
  for (const sema::Lower& lower : rating.lowers) {
    if (!names(rules_off, lower.rule.clauses) && holds(lower.rule.condition)) level = std::min(*level + lower.by, last);
  }
  // 5. Cap: not better than that level; CORNER: a level left out caps nothing.
  for (const sema::Cap& cap : rating.caps) {
    const Value highest = value(cap.level);
    if (!highest.left_out) level = std::max(*level, static_cast<std::uint32_t>(highest.number.to_int64().value()));
  }
  return level;
}

/// Phases 1 to 6.
Outcome Evaluation::rated() const {
  const std::optional<std::uint32_t> level = limited(after_conditions(band()), {});

  // A comparison that says (phải có) and is left out: no basis, the status is a gap.
  // CORNER: wherever in points or rating it stands, whether or not it could still change anything, but for the conditions of levels other than
  // the one come to in phase 2. Forced levels win over it, as over any gap.
  const auto lacks_basis = [&](ExprId id) { return no_basis(id); };
  const std::vector<ExprId> points = conditions_of_points(), rules = conditions_of_rating();
  const bool no_basis_at_all = std::any_of(points.begin(), points.end(), lacks_basis) || std::any_of(rules.begin(), rules.end(), lacks_basis);

  // 6. Forced: wins over all before, a gap included; of several the lowest level.
  std::optional<std::uint32_t> forced;
  for (const sema::Force& force : subject_.rating->forces) {
    if (holds(force.rule.condition)) forced = std::max(forced.value_or(0), force.level);
  }
  if (forced) return {Outcome::Kind::level, *forced};
  return level && !no_basis_at_all ? Outcome{Outcome::Kind::level, *level} : kGap;
}

/// The best level that a decision may give, nothing when nothing bounds it. "By default not above the level reached without those rules":
/// CORNER: where none is reached, the level below the band; where outcomes are stated, the band alone.
std::optional<std::uint32_t> Evaluation::best_decision(const sema::HandOver& hand_over, const std::vector<std::string>& suspended) const {
  const std::optional<std::uint32_t> by_points = band();
  if (!by_points || hand_over.outcomes_stated) return limited(by_points, suspended);
  const std::uint32_t last = static_cast<std::uint32_t>(subject_.rating->levels.size()) - 1;
  return limited(after_conditions(by_points).value_or(std::min(*by_points + 1, last)), suspended);
}

Outcome Evaluation::outcome() const {
  const Rating& rating = *subject_.rating;
  const std::uint32_t last = static_cast<std::uint32_t>(rating.levels.size()) - 1;
  // `không xếp loại khi` comes before all.
  for (const sema::Rule& rule : rating.not_rated) {
    if (holds(rule.condition)) return {Outcome::Kind::not_rated, 0};
  }

  // 7. Discretion: where C holds, a named rule fired and no other force did.
  // CORNER: a force that any such clause suspends is not another force; the bound is the level without all that is suspended.
  std::vector<std::string> suspended;
  for (const sema::HandOver& hand_over : rating.hand_overs) {
    if (!holds(hand_over.rule.condition)) continue;
    suspended.insert(suspended.end(), hand_over.in_place_of.begin(), hand_over.in_place_of.end());
  }
  const bool force_stands = std::any_of(rating.forces.begin(), rating.forces.end(), [&](const sema::Force& force) {
    return holds(force.rule.condition) && !names(suspended, force.rule.clauses);
  });

  std::optional<Outcome> worst;
  for (const sema::HandOver& hand_over : rating.hand_overs) {
    // CORNER: bars and lowerings can be named as well as forced levels.
    const auto named_fired = [&](const sema::Rule& rule) { return names(hand_over.in_place_of, rule.clauses) && holds(rule.condition); };
    bool fired = false;
    for (const sema::Force& force : rating.forces) fired = fired || named_fired(force.rule);
    for (const sema::Bar& bar : rating.bars) fired = fired || named_fired(bar.rule);
    for (const sema::Lower& lower : rating.lowers) fired = fired || named_fired(lower.rule);
    if (!fired || force_stands || !holds(hand_over.rule.condition)) continue;
    const std::optional<std::uint32_t> best = best_decision(hand_over, suspended);
    // CORNER: where only the last level is left there is nothing to decide, and the rules act as if nothing were handed over.
    if (best == last) continue;

    // CORNER: each clause that hands over wants its own decision; a decision that is not allowed decides nothing; the worst stands.
    const Outcome decided = decision_of(hand_over, best);
    worst = std::max(worst.value_or(decided), decided);
  }
  return worst ? *worst : rated();
}

/// What the record's decision gives where the clause hands over, and `best` bounds it.
Outcome Evaluation::decision_of(const sema::HandOver& hand_over, std::optional<std::uint32_t> best) const {
  const Outcome authority{Outcome::Kind::authority, 0};
  const Datum& decision = evidence_.fields[hand_over.decision];
  if (decision.state != Datum::State::value) return authority;
  const std::uint32_t given = static_cast<std::uint32_t>(decision.number.to_int64().value());
  const std::uint32_t allowed = subject_.fields[hand_over.decision].info.allowed_levels;
  if ((allowed >> given & 1U) == 0) return authority;
  if (given == kDecidedGap) return kGap;
  if (given == kDecidedNotRated) return {Outcome::Kind::not_rated, 0};
  return best && given < *best ? authority : Outcome{Outcome::Kind::level, given};
}

/// Every condition that the rating comes from, but for those of single levels.
std::vector<ExprId> Evaluation::conditions_of_rating() const {
  std::vector<ExprId> conditions;
  if (!subject_.rating) return conditions;
  const Rating& rating = *subject_.rating;
  for (const sema::Level& level : rating.levels) {
    if (level.condition != kNone) conditions.push_back(level.condition);
  }
  for (const sema::Bar& bar : rating.bars) conditions.push_back(bar.rule.condition);
  for (const sema::Lower& lower : rating.lowers) conditions.push_back(lower.rule.condition);
  for (const sema::Cap& cap : rating.caps) conditions.push_back(cap.level);
  for (const sema::Force& force : rating.forces) conditions.push_back(force.rule.condition);
  for (const sema::HandOver& hand_over : rating.hand_overs) conditions.push_back(hand_over.rule.condition);
  for (const sema::Rule& rule : rating.not_rated) conditions.push_back(rule.condition);
  return conditions;
}

}  // namespace quy::reference
