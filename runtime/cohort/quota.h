#pragma once
// How many places a quota leaves in a cohort, and who takes them. Exact: no rounding rule and no rule for small cohorts is needed.
//
// A quota "at most `rate` of those counted may have the level" counts a base that itself depends on the answer: whoever loses the level may
// join the base, whoever keeps it may be in it. The places are the largest number k of candidates with k ≤ rate × base(k).

#include <cstdint>
#include <utility>
#include <vector>

#include "base/numeric/rational.h"

namespace quy::cohort {

/// What a quota counts; `rate` is within 0 and 1.
struct Terms {
  Rational rate;
  bool counts_kept = false;   ///< those who keep the level are in the base
  bool counts_lost = false;   ///< those who lose it go to a level that is in the base
};

/// Sizes of a cohort: those who earned the level, and others who are in the base whatever happens.
struct Census {
  std::uint64_t candidates = 0, others = 0;
};

/// The base when k candidates keep the level.
std::uint64_t base_with(const Terms& terms, const Census& census, std::uint64_t kept);
/// The largest k, at most all candidates, with k ≤ rate × base_with(k).
std::uint64_t places(const Terms& terms, const Census& census);
/// How many k are exactly what the rate gives of their own base, k = min(candidates, ⌊rate × base_with(k)⌋). One when the quota reads the
/// same in every order of reckoning; none or several where it does not, and places() takes the largest that keeps within the rate.
std::uint64_t fixpoints(const Terms& terms, const Census& census);

/// Records whose outcome is not known yet, by what each may still become.
struct Open {
  std::uint64_t candidate_or_neither = 0, other_or_neither = 0, candidate_or_other = 0, any = 0;
  std::uint64_t all() const { return candidate_or_neither + other_or_neither + candidate_or_other + any; }
};
/// The least and the most places over everything that the open records may become.
std::pair<std::uint64_t, std::uint64_t> places_between(const Terms& terms, const Census& census, const Open& open);

// ---------------------------------------------------------------- who takes the places

enum class Standing : std::uint8_t { within, tied, beyond, open };

/// By what a candidate is ranked: numbers in order of weight, larger goes first. Empty: not all of them are known.
using Priority = std::vector<Rational>;

struct Ranked {
  Standing standing = Standing::open;
  std::uint64_t rank = 0;   ///< from 1; of equals the first of their places; 0 when it is not known
  std::uint64_t equals = 1; ///< candidates with the same priority, this one included
};
/// By candidate. `undecided` more records may yet turn out to be candidates, of unknown priority; places lie between the two bounds.
std::vector<Ranked> rank(const std::vector<Priority>& candidates, std::uint64_t undecided, std::pair<std::uint64_t, std::uint64_t> places);

}  // namespace quy::cohort
