// The rule graph of each source of tests/golden/ir, kept beside it as <case>.graph.

#include <catch2/catch.hpp>

#include "compiler/ir/from_typed.h"
#include "compiler/ir/print.h"
#include "compiler/ir/verify.h"
#include "tests/support/checked_case.h"
#include "tests/support/golden.h"

using namespace quy;

TEST_CASE("the rule graph of kept cases", "[ir][golden]") {
  for (const auto& path : test::checked_cases("ir")) {
    const test::CheckedCase checked(path);
    for (const std::string& problem : checked.problems()) FAIL_CHECK(problem);
    std::string text;
    for (const auto& pack : checked.packs)
      for (const sema::Subject& subject : pack->subjects) {
        const ir::Graph graph = ir::from_typed(*pack, subject);
        CHECK_NOTHROW(ir::verify(graph));
        text += ir::print(graph);
      }
    std::filesystem::path kept = path;
    const std::string difference = test::compare_text(kept.replace_extension(".graph"), text);
    if (!difference.empty()) FAIL_CHECK(difference);
  }
}
