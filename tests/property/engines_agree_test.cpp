// Typed pack → rule graph → bytecode → bytes → machine: each step gives what the reference evaluator gives.

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>

#include "tests/property/harness.h"
#include "tests/property/shrink.h"

using namespace quy;
using namespace quy::property;
using reference::Evidence;

namespace {

std::uint64_t from_environment(const char* name, std::uint64_t standard) {
  const char* text = std::getenv(name);
  return text == nullptr ? standard : std::strtoull(text, nullptr, 10);
}

/// From packs that fit on a hand to packs with everything.
Size size_of(std::uint64_t seed) {
  switch (seed % 4) {
    case 0: return {.fields = 3, .lists = 1, .rows = 2, .depth = 1, .groups = 2, .criteria = 2, .rules = 1, .levels = 3, .readings = 1};
    case 1: return {.fields = 4, .lists = 1, .rows = 2, .depth = 2, .groups = 3, .criteria = 3, .rules = 2, .levels = 3, .readings = 1};
    case 2: return {};
    default: return {.fields = 8, .lists = 2, .rows = 3, .depth = 4, .groups = 5, .criteria = 8, .rules = 4, .levels = 5, .readings = 2};
  }
}

/// A difference without its numbers: while a case shrinks it must stay the same kind of difference.
std::string kind(const Difference& difference) {
  std::string words;
  for (const char c : difference->substr(0, difference->find(" expected"))) {
    if (c < '0' || c > '9') words += c;
  }
  return words.substr(0, 60);
}

using Check = std::function<Difference(RandomPack&, const Compiled&, Evidence&)>;

/// Reports a case as small as it can be made.
void report(std::uint64_t seed, RandomPack& made, Evidence& evidence, const Difference& found, const Check& check) {
  const std::string wanted = kind(found);
  const auto again = [&]() -> Difference {
    const Compiled compiled = compile(made);
    if (compiled.problem) return compiled.problem;
    return check(made, compiled, evidence);
  };
  shrink(made, evidence, [&] {
    const Difference now = again();
    return now && kind(now) == wanted;
  });
  FAIL_CHECK("QUY_PROPERTY_SEED=" << seed << " QUY_PROPERTY_CASES=1: " << *found << "\nmade small: " << again().value_or("?") << "\n"
                                  << show(made, evidence));
}

/// Runs a check over many packs; stops after a few failures. `evidence` says what each record misses.
void for_random_packs(std::uint64_t cases, int records, const EvidenceOptions& options, const Check& check,
                      const std::function<Size(std::uint64_t seed)>& size_by_seed = size_of, const Features& features = {}) {
  const std::uint64_t first = from_environment("QUY_PROPERTY_SEED", 1);
  const std::uint64_t count = from_environment("QUY_PROPERTY_CASES", cases);
  int failures = 0;
  for (std::uint64_t seed = first; seed < first + count && failures < 3; ++seed) {
    Random random(seed);
    const Size size = size_by_seed(seed);
    RandomPack made = random_pack(random, size, features);
    const Compiled compiled = compile(made);
    Evidence evidence = random_evidence(random, made, size, options);
    if (compiled.problem) {
      report(seed, made, evidence, compiled.problem, check);
      ++failures;
      continue;
    }
    for (int i = 0; i < records; ++i) {
      if (const Difference found = check(made, compiled, evidence)) {
        report(seed, made, evidence, found, check);
        ++failures;
        break;
      }
      evidence = random_evidence(random, made, size, options);
    }
  }
}

}  // namespace

TEST_CASE("the code means what the typed pack means") {
  for_random_packs(2000, 4, {}, [](RandomPack& made, const Compiled& compiled, Evidence& evidence) { return compare_lowering(made, compiled, evidence); });
}

TEST_CASE("the machine rates complete records as the reference does") {
  for_random_packs(1200, 3, {}, [](RandomPack& made, const Compiled& compiled, Evidence& evidence) {
    // Several records side by side, so that words of the planes hold different rows.
    std::vector<Evidence> records = {evidence};
    Random random(evidence.fields.size());
    for (int i = 0; i < 5; ++i) records.push_back(random_evidence(random, made, {}, {}));
    return compare_machine(made, compiled, records);
  });
}

TEST_CASE("the solver's terms mean what the typed pack means") {
  for_random_packs(300, 2, {}, [](RandomPack& made, const Compiled& compiled, Evidence& evidence) { return compare_encoding(made, compiled, evidence); });
}

TEST_CASE("no record shows what the solver excludes") {
  for_random_packs(120, 1, {}, [](RandomPack& made, const Compiled& compiled, Evidence& evidence) {
    std::vector<Evidence> records = {evidence};
    Random random(evidence.fields.size());
    for (int i = 0; i < 60; ++i) records.push_back(random_evidence(random, made, {}, {}));
    return compare_gaps(made, compiled, records);
  });
}

TEST_CASE("what the solver proves of all records holds for every record of a small pack") {
  const auto size = [](std::uint64_t seed) {
    const auto depth = static_cast<std::uint32_t>(1 + seed % 2);
    return Size{.fields = 4, .lists = 0, .rows = 0, .depth = depth, .groups = 2, .criteria = 3, .rules = 3, .levels = 3, .readings = 1};
  };
  const Features features{.hand_overs = false, .wide_fields = false};
  GridCounts counts;
  const auto check = [&](RandomPack& made, const Compiled& compiled, Evidence&) { return compare_grid(made, compiled, 1500, counts); };
  for_random_packs(150, 1, {}, check, size, features);
  WARN(counts.grids << " packs, " << counts.records << " records, " << counts.settled << " statements settled, " << counts.not_settled << " not");
  CHECK(counts.grids > 0);
}

namespace {

using ComparePair = std::function<Difference(const RandomPack&, const Compiled&, const RandomPack&, const Compiled&, GridCounts&)>;

/// Small packs, each beside a copy with one comparison turned round.
void for_changed_pairs(std::uint64_t standard_cases, const ComparePair& compare) {
  const Features features{.hand_overs = false, .wide_fields = false};
  const std::uint64_t first = from_environment("QUY_PROPERTY_SEED", 1), cases = from_environment("QUY_PROPERTY_CASES", standard_cases);
  GridCounts counts;
  for (std::uint64_t seed = first; seed < first + cases; ++seed) {
    const auto depth = static_cast<std::uint32_t>(1 + seed % 2);
    const Size size{.fields = 4, .lists = 0, .rows = 0, .depth = depth, .groups = 2, .criteria = 3, .rules = 3, .levels = 3, .readings = 1};
    Random one(seed), same(seed), change(seed);
    const RandomPack made = random_pack(one, size, features);
    RandomPack copy = random_pack(same, size, features);
    if (!change_one_rule(copy, change)) continue;
    const Compiled compiled = compile(made), changed = compile(copy);
    if (compiled.problem || changed.problem) continue;
    const Difference found = compare(made, compiled, copy, changed, counts);
    if (found) FAIL_CHECK("QUY_PROPERTY_SEED=" << seed << " QUY_PROPERTY_CASES=1: " << *found);
  }
  WARN(counts.grids << " packs, " << counts.records << " records, " << counts.settled << " statements settled, " << counts.not_settled << " not");
  CHECK(counts.grids > 0);
}

}  // namespace

TEST_CASE("what is proved of a changed pack holds for every record") {
  for_changed_pairs(150, [](const RandomPack& framework, const Compiled& compiled, const RandomPack& local, const Compiled& changed, GridCounts& counts) {
    return compare_refinement(framework, compiled, local, changed, 800, counts);
  });
}

TEST_CASE("what is said of two versions is so for every record") {
  for_changed_pairs(100, [](const RandomPack& before, const Compiled& compiled, const RandomPack& after, const Compiled& changed, GridCounts& counts) {
    return compare_diff(before, compiled, after, changed, 800, counts);
  });
}

TEST_CASE("what is missing: bounds hold, and what is called exact is") {
  const CompletionLimits limits{.product = from_environment("QUY_PROPERTY_COMPLETIONS", 100), .samples = 5};
  for_random_packs(800, 3, {.missing = 25, .missing_lists = 10, .left_out = 20}, [&](RandomPack& made, const Compiled& compiled, Evidence& evidence) {
    Random random(evidence.fields.size());
    return compare_bounds(made, compiled, evidence, limits, random);
  });
}
