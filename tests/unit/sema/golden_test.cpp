// The checker's messages and the typed form, by annotated sources; and that every message of the checker is raised by one of them.

#include <catch2/catch.hpp>

#include <cstdlib>

#include "base/diagnostics/diagnostics.h"
#include "tests/unit/sema/golden_case.h"

using namespace quy;

TEST_CASE("annotated sources say what they say", "[sema][golden]") {
  const bool update = std::getenv("QUY_UPDATE_GOLDENS") != nullptr;
  for (const test::GoldenCase& golden : test::golden_cases()) {
    const std::string output = test::actual_output(golden);
    CHECK(output.find("BROKEN INVARIANT") == std::string::npos);
    if (update && output != golden.expected) test::rewrite(golden, output);
    if (update) continue;
    INFO(golden.path << ": rewrite with QUY_UPDATE_GOLDENS=1 and read the difference");
    CHECK(output == golden.expected);
  }
}

TEST_CASE("every message of the checker is raised by some golden source", "[sema][golden]") {
  std::string all;
  for (const test::GoldenCase& golden : test::golden_cases()) all += golden.expected;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Diag::count_); ++i) {
    const Diag id = static_cast<Diag>(i);
    if (code(id) < "Q0200" || code(id) >= "Q0800") continue;
    INFO(name(id));
    CHECK(all.find("#> " + std::string(code(id))) != std::string::npos);
  }
}
