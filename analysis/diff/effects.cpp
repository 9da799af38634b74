#include "analysis/diff/effects.h"

#include <algorithm>

#include "runtime/trace/outcome.h"

namespace quy::analysis {

using bytecode::kNone;

namespace {

bool is_known(const vm::Range& points) { return points.left_out || points.known(); }

}  // namespace

std::optional<Effect> effect_of_points(const Said& before, const Said& after, bool fewer_is_better) {
  if (!is_known(before.points) || !is_known(after.points)) return std::nullopt;
  if (before.points.left_out != after.points.left_out) return Effect::other;
  if (!before.points.left_out && before.points.low != after.points.low)
    return (before.points.low < after.points.low) != fewer_is_better ? Effect::better : Effect::worse;
  if (before.left_out != after.left_out) return Effect::other;
  const bool both_known = before.maximum && after.maximum && before.maximum->known() && after.maximum->known();
  return both_known && before.maximum->low != after.maximum->low ? std::optional(Effect::other) : std::nullopt;
}

Outcomes::Outcomes(const bytecode::RatingInfo& before, const bytecode::RatingInfo& after)
    : levels_(static_cast<std::uint32_t>(before.levels.size())) {
  for (const bytecode::LevelInfo& level : after.levels) {
    const auto found = std::ranges::find(before.levels, level.id, &bytecode::LevelInfo::id);
    place_.push_back(found == before.levels.end() ? kNone : static_cast<std::uint32_t>(found - before.levels.begin()));
  }
  same_ = before.levels.size() == after.levels.size();
  for (std::uint32_t i = 0; i < place_.size(); ++i) same_ = same_ && place_[i] == i;
}

std::vector<std::uint32_t> Outcomes::all() const {
  std::vector<std::uint32_t> all;
  for (std::uint32_t level = 0; level < levels_; ++level) all.push_back(level);
  for (const std::uint32_t other : {vm::kOutcomeGap, vm::kOutcomeNotRated, vm::kOutcomeAuthority}) all.push_back(other);
  return all;
}

std::optional<Effect> Outcomes::effect(const Said& before, const Said& after) const {
  const auto was = trace::only(before.outcomes);
  auto is = trace::only(after.outcomes);
  if (!was || !is) return std::nullopt;
  if (*is < place_.size()) is = place_[*is];
  return *was == *is ? std::nullopt : std::optional(effect(*was, *is));
}

Effect Outcomes::effect(std::uint32_t before, std::uint32_t after) const {
  const bool was_level = before < levels_, is_level = after < levels_;
  if (was_level && is_level) return after < before ? Effect::better : Effect::worse;
  if (was_level && after == vm::kOutcomeGap) return Effect::worse;
  if (is_level && before == vm::kOutcomeGap) return Effect::better;
  return Effect::other;
}

}  // namespace quy::analysis
