#pragma once
// Runs `kiểm thử` blocks on the machine and compares what came out with what they expect.

#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "tools/testing/condition_coverage.h"

namespace quy::tools {

struct TestFailure {
  std::string title;
  Span span;  ///< of the expectation, or of the test when its record was rejected
  std::string expected, found;
};

struct TestOutcome {
  std::string subject;                 ///< id
  const syntax::Test* test = nullptr;  ///< of the compilation
  std::vector<TestFailure> failures;
};

/// Of one pack.
struct TestReport {
  std::string pack;                   ///< id
  std::vector<TestOutcome> outcomes;  ///< in the order of the pack's tests

  std::size_t failed() const;
};

/// Tests of one module, one after the other. The module, the coverage and the tests' sources must outlive the runner.
class TestRunner {
 public:
  TestRunner(const bytecode::Module& module, Language language, ConditionCoverage* coverage = nullptr);
  ~TestRunner();

  /// What did not come out as the test expects, on the module's subject of that index; nothing when the test passes.
  std::vector<TestFailure> run(const syntax::Test& test, std::uint32_t subject);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The module that a checked pack's tests run on.
bytecode::Module tested_module(Compilation& compilation, const sema::Pack& pack);

/// All tests of one checked pack; notes in `coverage`, which has the module, the conditions that they met.
TestReport run_tests(const sema::Pack& pack, const bytecode::Module& module, Language language,
                     ConditionCoverage& coverage);

}  // namespace quy::tools
