#include "tools/skeleton/allocation.h"

#include <algorithm>
#include <array>

namespace quy::tools {
namespace {

using sema::kNone;

/// Steps that shares are multiples of, the one that people like best first.
const std::array<Rational, 4>& steps() {
  static const std::array<Rational, 4> all{Rational(1, 4), Rational(1, 10), Rational(1, 20), Rational(1, 100)};
  return all;
}

/// The nearest group from here outwards that states a maximum.
std::uint32_t covering_group(const sema::Subject& subject, std::uint32_t group) {
  while (group != kNone && !subject.groups[group].maximum) group = subject.groups[group].parent;
  return group;
}

Rational points_to_share(const sema::Subject& subject, std::uint32_t group) {
  Rational points = *subject.groups[group].maximum;
  for (const sema::Criterion& criterion : subject.criteria)
    if (criterion.maximum && covering_group(subject, criterion.group) == group) points = points - *criterion.maximum * criterion.coefficient;
  for (const sema::Group& inner : subject.groups)
    if (inner.maximum && covering_group(subject, inner.parent) == group) points = points - *inner.maximum;
  return points;
}

/// The first step whose remainder leaves the last criterion at most twice what the others have; a quarter of a point would give the last
/// of 31 criteria in 30 points ten times as much.
void share_out(SharedPoints& shared) {
  const Rational count(static_cast<std::int64_t>(shared.criteria.size()));
  for (const Rational& step : steps()) {
    shared.share = (shared.points / count).round_to(step, Rounding::floor);
    shared.last = shared.points - shared.share * (count - Rational(1));
    if (shared.remainder() <= shared.share) return;
  }
}

}  // namespace

std::vector<SharedPoints> sample_allocation(const sema::Subject& subject) {
  std::vector<SharedPoints> all;
  for (std::uint32_t group = 0; group < subject.groups.size(); ++group) {
    if (!subject.groups[group].maximum) continue;
    SharedPoints shared;
    shared.group = group;
    for (std::uint32_t i = 0; i < subject.criteria.size(); ++i)
      if (!subject.criteria[i].maximum && covering_group(subject, subject.criteria[i].group) == group) shared.criteria.push_back(i);
    if (shared.criteria.empty()) continue;
    shared.points = points_to_share(subject, group);
    share_out(shared);
    all.push_back(std::move(shared));
  }
  return all;
}

}  // namespace quy::tools
