#pragma once
// Runs `kiểm thử` blocks on the machine and compares what came out with what they expect.

#include <map>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"

namespace quy::tools {

struct TestFailure {
  std::string title;
  Span span;                       ///< of the expectation, or of the test when its record was rejected
  std::string expected, found;
};

/// A condition that tests should see both ways.
struct CoveredCondition {
  std::string subject, clause, text, file;
  std::uint32_t line = 0;
  bool seen_true = false, seen_false = false;
  bool covered() const { return seen_true && seen_false; }
};

struct TestReport {
  std::size_t tests = 0, failed = 0;
  std::vector<TestFailure> failures;
  std::vector<CoveredCondition> conditions;   ///< of subjects that have a test
};

/// All tests of one checked pack.
TestReport run_tests(Compilation& compilation, const sema::Pack& pack, Language language);

}  // namespace quy::tools
