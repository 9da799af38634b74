// Quotas against a count by hand: every number of places is tried, members are told off one by one.

#include "runtime/cohort/quota.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <random>

using namespace quy::cohort;
using quy::Rational;

namespace {

enum class Member { candidate, other, neither };

/// The largest number that may keep the level, and how many numbers are exactly the rate of the base that they make, cut down.
struct ByHand {
  std::uint64_t places = 0, fixpoints = 0;
};

ByHand by_hand(const Terms& terms, const std::vector<Member>& members) {
  const auto candidates = static_cast<std::uint64_t>(std::count(members.begin(), members.end(), Member::candidate));
  ByHand result;
  for (std::uint64_t kept = 0; kept <= candidates; ++kept) {
    std::uint64_t base = 0, seen = 0;
    for (const Member member : members) {
      if (member == Member::other) ++base;
      if (member == Member::candidate) base += (seen++ < kept ? terms.counts_kept : terms.counts_lost) ? 1 : 0;
    }
    const Rational allowed = terms.rate * Rational(static_cast<std::int64_t>(base));
    if (Rational(static_cast<std::int64_t>(kept)) <= allowed) result.places = kept;
    std::uint64_t cut = 0;
    while (cut < candidates && Rational(static_cast<std::int64_t>(cut + 1)) <= allowed) ++cut;
    if (kept == cut) ++result.fixpoints;
  }
  return result;
}

Census census_of(const std::vector<Member>& members) {
  return {static_cast<std::uint64_t>(std::count(members.begin(), members.end(), Member::candidate)),
          static_cast<std::uint64_t>(std::count(members.begin(), members.end(), Member::other))};
}

struct Random {
  std::mt19937_64 engine;
  std::uint64_t below(std::uint64_t n) { return engine() % n; }
  Terms terms() {
    static const char* const rates[] = {"1/5", "1/4", "3/20", "1/3", "1/2", "1", "0", "7/100"};
    Terms terms{*Rational::parse(rates[below(std::size(rates))]), below(2) == 0, below(2) == 0};
    return terms;
  }
};

}  // namespace

TEST_CASE("the example of the language's page") {
  // 40 earned the level, 60 the one below; the rate is a fifth.
  const Census census{40, 60};
  const Rational fifth(quy::Integer(1), quy::Integer(5));
  CHECK(places({fifth, false, false}, census) == 12);   // surplus nowhere
  CHECK(places({fifth, false, true}, census) == 16);    // surplus goes to the level below
  CHECK(places({fifth, true, true}, census) == 20);     // the base is the level below and above
  CHECK(places({fifth, true, false}, census) == 15);
  CHECK(places({Rational(quy::Integer(1), quy::Integer(4)), true, true}, {100, 66}) == 41);
}

TEST_CASE("places and fixpoints agree with a count by hand") {
  Random random{std::mt19937_64(20260101)};
  bool none = false, several = false;
  for (int round = 0; round < 4000; ++round) {
    const Terms terms = random.terms();
    std::vector<Member> members(random.below(14));
    for (Member& member : members) member = static_cast<Member>(random.below(3));
    const ByHand expected = by_hand(terms, members);
    const Census census = census_of(members);
    CHECK(places(terms, census) == expected.places);
    CHECK(fixpoints(terms, census) == expected.fixpoints);
    none = none || expected.fixpoints == 0;
    several = several || expected.fixpoints > 1;
  }
  CHECK(none);
  CHECK(several);
}

TEST_CASE("open records bound the places exactly") {
  Random random{std::mt19937_64(20260102)};
  const std::vector<std::vector<Member>> kinds = {{Member::candidate, Member::neither},
                                                  {Member::other, Member::neither},
                                                  {Member::candidate, Member::other},
                                                  {Member::candidate, Member::other, Member::neither}};
  for (int round = 0; round < 600; ++round) {
    const Terms terms = random.terms();
    std::vector<Member> members(random.below(8));
    for (Member& member : members) member = static_cast<Member>(random.below(3));
    const Census census = census_of(members);
    std::vector<std::size_t> open_kinds(random.below(5));
    for (std::size_t& kind : open_kinds) kind = random.below(kinds.size());
    Open open;
    std::uint64_t Open::*const counts[] = {&Open::candidate_or_neither, &Open::other_or_neither, &Open::candidate_or_other, &Open::any};
    for (const std::size_t kind : open_kinds) ++(open.*counts[kind]);

    std::uint64_t least = UINT64_MAX, most = 0;
    const std::function<void(std::size_t)> complete = [&](std::size_t at) {
      if (at == open_kinds.size()) {
        const std::uint64_t found = by_hand(terms, members).places;
        least = std::min(least, found);
        most = std::max(most, found);
        return;
      }
      for (const Member as : kinds[open_kinds[at]]) {
        members.push_back(as);
        complete(at + 1);
        members.pop_back();
      }
    };
    complete(0);
    CHECK(places_between(terms, census, open) == std::pair{least, most});
  }
}

TEST_CASE("standings hold however ties, unknown numbers and open records come out") {
  Random random{std::mt19937_64(20260103)};
  bool seen[4] = {};
  for (int round = 0; round < 2000; ++round) {
    std::vector<Priority> candidates(1 + random.below(6));
    for (Priority& one : candidates) {
      if (random.below(8) != 0) one = {Rational(static_cast<std::int64_t>(random.below(4))), Rational(static_cast<std::int64_t>(random.below(2)))};
    }
    const std::uint64_t undecided = random.below(6) == 0 ? 1 + random.below(2) : 0;
    const std::uint64_t least = random.below(candidates.size() + 2);
    const std::uint64_t most = random.below(3) == 0 ? least + random.below(2) : least;
    const std::vector<Ranked> ranked = rank(candidates, undecided, {least, most});
    std::uint64_t unknown = undecided;
    for (const Priority& one : candidates) unknown += one.empty() ? 1 : 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      seen[static_cast<std::size_t>(ranked[i].standing)] = true;
      std::uint64_t above = 0, equal = 0;
      for (const Priority& other : candidates) {
        if (other.empty() || candidates[i].empty()) continue;
        above += candidates[i] < other ? 1 : 0;
        equal += candidates[i] == other ? 1 : 0;
      }
      // The best and the worst place that this one can come to, ties against it; unknown ones may stand anywhere.
      const bool known = !candidates[i].empty();
      const std::uint64_t best = known ? above : 0;
      const std::uint64_t worst = known ? above + equal - 1 + unknown : candidates.size() + undecided - 1;
      const bool surely_in = worst < least, surely_out = best >= most;
      switch (ranked[i].standing) {
        case Standing::within: CHECK(surely_in); break;
        case Standing::beyond: CHECK(surely_out); break;
        case Standing::tied:
          CHECK((known && unknown == 0 && least == most && equal > 1));
          CHECK((above < least && above + equal > least));
          break;
        case Standing::open:
          CHECK(!surely_in);
          CHECK(!surely_out);
          break;
      }
      if (known && unknown == 0) CHECK(ranked[i].rank == above + 1);
    }
  }
  for (const bool one : seen) CHECK(one);
}
