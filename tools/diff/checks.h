#pragma once
// What the checks of a set say of either version: findings of `quy lint`, verdicts of `quy test`, and how it stands to the framework that it
// refines. Only for versions that come with their sources.

#include <optional>
#include <string>
#include <vector>

#include "analysis/refinement/refinement.h"
#include "tools/diff/sides.h"
#include "tools/lint/rule.h"

namespace quy::tools {

struct LintLine {
  std::string rule;  ///< id
  lint::Level level = lint::Level::advice;
  Bilingual message;
  std::string place;
};

enum class TestVerdict : std::uint8_t { absent, passes, fails };

/// A test by its title and subject, in whichever versions have it.
struct TestLine {
  std::string title, subject;
  TestVerdict before = TestVerdict::absent;   ///< the older version's, run on the older version
  TestVerdict after = TestVerdict::absent;    ///< the newer version's, run on the newer
  TestVerdict carried = TestVerdict::absent;  ///< the older version's, run on the newer; absent where the subject is gone
  std::string expected, found;                ///< what first fails on the newer version

  bool changed() const { return carried != before || (after != TestVerdict::absent && after != before && before != TestVerdict::absent); }
};

struct TestCounts {
  std::size_t all = 0, failed = 0;
};

struct RefinementFinding {
  analysis::Relation relation = analysis::Relation::same;
  std::string subject;  ///< label
  Bilingual label;
  std::vector<std::string> clauses;
  Bilingual reason;  ///< or what each side makes of the witness
};

struct RefinementStatus {
  bool refines = false;
  std::string framework;  ///< `id version`
  std::vector<RefinementFinding> findings;
  bool proved() const { return refines && findings.empty(); }
};

struct Checks {
  std::vector<LintLine> new_lints, gone_lints;
  std::size_t lints_before = 0, lints_after = 0;
  TestCounts tests_before, tests_after;
  std::vector<TestLine> tests;  ///< whose verdict changed
  RefinementStatus refinement_before, refinement_after;
};

/// Nothing when a version was compiled. Each question to the solver has `limit`; `language` is that of the texts of failing tests.
std::optional<Checks> check_versions(DiffSide& before, DiffSide& after, std::chrono::milliseconds limit, Language language);

}  // namespace quy::tools
