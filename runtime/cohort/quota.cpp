#include "runtime/cohort/quota.h"

#include <algorithm>
#include <numeric>

namespace quy::cohort {
namespace {

Rational number(std::uint64_t value) { return Rational(static_cast<std::int64_t>(value)); }

std::uint64_t whole(const Rational& value) { return static_cast<std::uint64_t>(value.floor().get_ui()); }

Census with(const Census& census, std::uint64_t candidates, std::uint64_t others) {
  return {census.candidates + candidates, census.others + others};
}

}  // namespace

std::uint64_t base_with(const Terms& terms, const Census& census, std::uint64_t kept) {
  return census.others + (terms.counts_kept ? kept : 0) + (terms.counts_lost ? census.candidates - kept : 0);
}

// k ≤ r × (others + lost × (C − k) + kept × k), solved for k.
std::uint64_t places(const Terms& terms, const Census& census) {
  const Rational fixed = terms.rate * number(census.others + (terms.counts_lost ? census.candidates : 0));
  Rational slope(1);
  if (terms.counts_lost) slope = slope + terms.rate;
  if (terms.counts_kept) slope = slope - terms.rate;
  if (slope.sign() <= 0) return census.candidates;
  const Rational most = fixed / slope;
  return most >= number(census.candidates) ? census.candidates : whole(most);
}

std::uint64_t fixpoints(const Terms& terms, const Census& census) {
  std::uint64_t count = 0;
  for (std::uint64_t kept = 0; kept <= census.candidates; ++kept)
    count += kept == std::min(census.candidates, whole(terms.rate * number(base_with(terms, census, kept)))) ? 1 : 0;
  return count;
}

// Places never fall when a candidate or another of the base is added, so only the records that may be either need to be tried.
std::pair<std::uint64_t, std::uint64_t> places_between(const Terms& terms, const Census& census, const Open& open) {
  std::uint64_t least = UINT64_MAX, most = 0;
  for (std::uint64_t candidates = 0; candidates <= open.candidate_or_other; ++candidates)
    least = std::min(least, places(terms, with(census, candidates, open.candidate_or_other - candidates)));
  const Census fullest = with(census, open.candidate_or_neither, open.other_or_neither);
  const std::uint64_t either = open.candidate_or_other + open.any;
  for (std::uint64_t candidates = 0; candidates <= either; ++candidates)
    most = std::max(most, places(terms, with(fullest, candidates, either - candidates)));
  return {least, most};
}

std::vector<Ranked> rank(const std::vector<Priority>& candidates, std::uint64_t undecided, std::pair<std::uint64_t, std::uint64_t> places) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if (!candidates[i].empty()) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return candidates[b] < candidates[a]; });
  const std::uint64_t unknown = undecided + (candidates.size() - order.size());
  const auto [least, most] = places;
  std::vector<Ranked> ranked(candidates.size());
  // Every candidate keeps the level, or none does, whatever the order.
  const Standing of_unknown = candidates.size() + undecided <= least ? Standing::within : most == 0 ? Standing::beyond : Standing::open;
  for (Ranked& one : ranked) one.standing = of_unknown;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && candidates[order[end]] == candidates[order[begin]]) ++end;
    Ranked block{Standing::open, unknown == 0 ? begin + 1 : 0, end - begin};
    if (end + unknown <= least) block.standing = Standing::within;
    else if (begin >= most) block.standing = Standing::beyond;
    else if (unknown == 0 && least == most) block.standing = Standing::tied;
    for (; begin < end; ++begin) ranked[order[begin]] = block;
  }
  return ranked;
}

}  // namespace quy::cohort
