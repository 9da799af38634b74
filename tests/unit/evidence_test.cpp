// What refuses a record: tests/golden/evidence/records.ndjson holds a record for each reason, records.rejects what a run says of them.

#include <catch2/catch.hpp>

#include <sstream>

#include "compiler/driver/compilation.h"
#include "runtime/api/evaluation.h"
#include "tests/support/golden.h"

using namespace quy;

TEST_CASE("records are refused for the kept reasons", "[evidence][golden]") {
  const auto folder = test::golden_folder("evidence");
  Compilation compilation;
  compilation.add_path((folder / "evidence.quy").string());
  REQUIRE(compilation.check());
  const Pack pack = std::get<Pack>(Pack::from_module(compilation.module(*compilation.packs().front())));
  std::ostringstream results, rejects;
  const auto answer = evaluate_text(pack, test::read_text(folder / "records.ndjson"), {}, results, &rejects);
  REQUIRE(std::holds_alternative<EvaluationSummary>(answer));
  CHECK(results.str().empty());
  const std::string difference = test::compare_text(folder / "records.rejects", rejects.str());
  if (!difference.empty()) FAIL_CHECK(difference);
}
