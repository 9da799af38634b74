// The checker's messages and the typed form, by annotated sources; and that every message of the checker is raised by one of them.

#include <catch2/catch.hpp>

#include <set>

#include "compiler/sema/verify.h"
#include "tests/support/golden.h"
#include "tests/unit/sema/golden_case.h"

using namespace quy;

TEST_CASE("annotated sources get the messages they expect", "[sema][golden][!mayfail]") {
  for (const auto& path : test::sema_cases()) {
    const test::CheckedCase checked(path);
    for (const std::string& problem : checked.problems()) FAIL_CHECK(problem);
    for (const auto& pack : checked.packs)
      for (const std::string& broken : sema::verify(*pack)) FAIL_CHECK(path.string() << ": " << broken);
  }
}

TEST_CASE("the typed form of kept cases", "[sema][golden][!mayfail]") {
  for (const auto& path : test::sema_cases()) {
    std::filesystem::path kept = path;
    kept.replace_extension(".typed");
    if (!std::filesystem::exists(kept)) continue;
    const std::string difference = test::compare_text(kept, test::CheckedCase(path).typed());
    if (!difference.empty()) FAIL_CHECK(difference);
  }
}

TEST_CASE("every message of the checker is raised by some annotated source", "[sema][golden][!mayfail]") {
  std::set<Diag> raised;
  for (const auto& path : test::sema_cases()) {
    test::CheckedCase checked(path);
    for (const Diagnostic& diagnostic : checked.diagnostics.all()) raised.insert(diagnostic.message.id);
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(Diag::count_); ++i) {
    const Diag id = static_cast<Diag>(i);
    if (code(id) < "Q0200" || code(id) >= "Q0800" || raised.contains(id)) continue;
    FAIL_CHECK(code(id) << " " << name(id) << " is raised by no source of tests/golden/sema");
  }
}
