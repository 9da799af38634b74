#pragma once
// Runs `kiểm thử` blocks on the machine and compares what came out with what they expect.

#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "tools/testing/condition_coverage.h"

namespace quy::tools {

struct TestFailure {
  std::string title;
  Span span;                       ///< of the expectation, or of the test when its record was rejected
  std::string expected, found;
};

struct TestReport {
  std::size_t tests = 0, failed = 0;
  std::vector<TestFailure> failures;
};

/// All tests of one checked pack; notes in `coverage` the conditions that they met.
TestReport run_tests(Compilation& compilation, const sema::Pack& pack, Language language, ConditionCoverage& coverage);

}  // namespace quy::tools
