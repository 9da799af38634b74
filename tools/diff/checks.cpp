#include "tools/diff/checks.h"

#include <algorithm>

#include "tools/lint/lint.h"
#include "tools/refinement/refinement_report.h"
#include "tools/testing/run_tests.h"

namespace quy::tools {

using analysis::Relation;

namespace {

// ---------------------------------------------------------------- lint

std::vector<LintLine> lints(DiffSide& side, std::chrono::milliseconds limit) {
  lint::Request request;
  request.files.insert(side.source->files.begin(), side.source->files.end());
  request.settings.limit = limit;
  std::vector<LintLine> lines;
  for (const lint::Finding& finding : lint::lint(*side.compilation, request))
    lines.push_back({finding.rule->id, finding.level(), finding.message, side.place(finding.span)});
  return lines;
}

/// Lines that have no equal in `others`: of the same rule with the same words, wherever they stand.
std::vector<LintLine> not_among(std::vector<LintLine> lines, std::vector<LintLine> others) {
  std::erase_if(lines, [&](const LintLine& line) {
    const auto same = std::ranges::find_if(
        others, [&](const LintLine& other) { return other.rule == line.rule && other.message == line.message; });
    if (same == others.end()) return false;
    others.erase(same);
    return true;
  });
  return lines;
}

// ---------------------------------------------------------------- tests

/// A version's tests and the module that they run on.
struct Tested {
  const sema::Pack* pack;
  bytecode::Module module;
  explicit Tested(DiffSide& side) : pack(side.source), module(tested_module(*side.compilation, *side.source)) {}
};

class TestComparison {
 public:
  TestComparison(DiffSide& before, DiffSide& after, Language language)
      : before_(before), after_(after), on_before_(before_.module, language), on_after_(after_.module, language) {}

  void run(Checks& checks) {
    for (const sema::Test& test : before_.pack->tests) {
      TestLine& line = line_of(before_, test);
      line.before = verdict(on_before_, before_.module, before_, test, nullptr);
      line.carried = verdict(on_after_, after_.module, before_, test, &line);
      count(checks.tests_before, line.before);
    }
    for (const sema::Test& test : after_.pack->tests) {
      TestLine& line = line_of(after_, test);
      line.after = verdict(on_after_, after_.module, after_, test, line.expected.empty() ? &line : nullptr);
      count(checks.tests_after, line.after);
    }
    std::erase_if(lines_, [](const TestLine& line) { return !line.changed(); });
    checks.tests = std::move(lines_);
  }

 private:
  static const std::string& subject_of(const Tested& side, const sema::Test& test) { return side.pack->subjects[test.subject].id; }

  TestLine& line_of(const Tested& side, const sema::Test& test) {
    const std::string &title = test.source->title, &subject = subject_of(side, test);
    const auto known = std::ranges::find_if(lines_, [&](const TestLine& line) { return line.title == title && line.subject == subject; });
    if (known != lines_.end()) return *known;
    lines_.push_back({title, subject, {}, {}, {}, {}, {}});
    return lines_.back();
  }

  /// Notes the first failure in `shown`, where there is one.
  static TestVerdict verdict(TestRunner& runner, const bytecode::Module& module, const Tested& from, const sema::Test& test,
                             TestLine* shown) {
    const auto subject = std::ranges::find(module.subjects, subject_of(from, test), &bytecode::Subject::id);
    if (subject == module.subjects.end()) return TestVerdict::absent;
    const auto failures = runner.run(*test.source, static_cast<std::uint32_t>(subject - module.subjects.begin()));
    if (failures.empty()) return TestVerdict::passes;
    if (shown != nullptr) {
      shown->expected = failures.front().expected;
      shown->found = failures.front().found;
    }
    return TestVerdict::fails;
  }

  static void count(TestCounts& counts, TestVerdict verdict) {
    ++counts.all;
    counts.failed += verdict == TestVerdict::fails;
  }

  Tested before_, after_;
  TestRunner on_before_, on_after_;
  std::vector<TestLine> lines_;
};

// ---------------------------------------------------------------- refinement

Bilingual results_of(const RefinementLine& line) {
  if (line.local_result.vi.empty()) return line.reason;
  return {"ở đây: " + line.local_result.vi + "; theo khung: " + line.framework_result.vi,
          "here: " + line.local_result.en + "; by the framework: " + line.framework_result.en};
}

RefinementStatus refinement(DiffSide& side, std::chrono::milliseconds limit) {
  RefinementStatus status;
  const sema::Pack* framework = side.compilation->refined(*side.source);
  if (framework == nullptr) return status;
  const PackRefinement found =
      refine_pack({side.compilation.get(), side.source}, {side.compilation.get(), framework}, "", limit);
  status.refines = true;
  status.framework = found.framework.id + " " + found.framework.version;
  for (const SubjectRefinement& subject : found.subjects)
    for (const RefinementLine& line : subject.lines)
      if (analysis::is_finding(line.relation))
        status.findings.push_back({line.relation, subject.label, line.label, line.clauses, results_of(line)});
  return status;
}

}  // namespace

std::optional<Checks> check_versions(DiffSide& before, DiffSide& after, std::chrono::milliseconds limit, Language language) {
  if (before.source == nullptr || after.source == nullptr) return std::nullopt;
  Checks checks;
  const std::vector<LintLine> was = lints(before, limit), is = lints(after, limit);
  checks.lints_before = was.size();
  checks.lints_after = is.size();
  checks.new_lints = not_among(is, was);
  checks.gone_lints = not_among(was, is);
  TestComparison(before, after, language).run(checks);
  checks.refinement_before = refinement(before, limit);
  checks.refinement_after = refinement(after, limit);
  return checks;
}

}  // namespace quy::tools
