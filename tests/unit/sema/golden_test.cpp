// The checker's messages and the typed form, by annotated sources (tests/golden/sema); and that every message of the checker is raised.
// Where a file <case>.typed stands beside a case, that is the typed form.

#include <catch2/catch.hpp>

#include <set>

#include "base/limits.h"
#include "compiler/sema/verify.h"
#include "tests/support/checked_case.h"
#include "tests/support/golden.h"

using namespace quy;

namespace {

std::set<Diag> raised_by(const test::CheckedCase& checked) {
  std::set<Diag> raised;
  for (const Diagnostic& diagnostic : checked.diagnostics.all()) raised.insert(diagnostic.message.id);
  return raised;
}

/// More fields than a subject may have: a kept source would be thousands of lines of nothing.
std::string source_with_too_many_fields() {
  std::string text = "khung k \"Khung\" phiên bản 1.0.0\ncăn cứ qd = \"1-QĐ\" ngày 1/1/2025\n";
  text += "đối tượng s \"S\" theo D1 {\n  minh chứng {\n";
  for (std::uint64_t i = 0; i <= limits::fields_per_subject; ++i) text += "    x" + std::to_string(i) + " : số đếm\n";
  return text + "  }\n  nhóm n tối đa 1 điểm { tiêu chí c tối đa 1 điểm { người chấm } }\n}\n";
}

}  // namespace

TEST_CASE("annotated sources get the messages they expect", "[sema][golden]") {
  for (const auto& path : test::checked_cases("sema")) {
    const test::CheckedCase checked(path);
    for (const std::string& problem : checked.problems()) FAIL_CHECK(problem);
    for (const auto& pack : checked.packs)
      for (const std::string& broken : sema::verify(*pack)) FAIL_CHECK(path.string() << ": " << broken);
  }
}

TEST_CASE("the typed form of kept cases", "[sema][golden]") {
  for (const auto& path : test::checked_cases("sema")) {
    std::filesystem::path kept = path;
    kept.replace_extension(".typed");
    if (!std::filesystem::exists(kept)) continue;
    const std::string difference = test::compare_text(kept, test::CheckedCase(path).typed());
    if (!difference.empty()) FAIL_CHECK(difference);
  }
}

TEST_CASE("a subject with too many fields is refused once", "[sema]") {
  const test::CheckedCase checked = test::CheckedCase::of_text(source_with_too_many_fields());
  CHECK(raised_by(checked) == std::set{Diag::too_many_fields});
  CHECK(checked.diagnostics.all().size() == 1);
}

TEST_CASE("every message of the checker is raised by some annotated source", "[sema][golden]") {
  std::set<Diag> raised{Diag::too_many_fields};   // by the made-up source above
  for (const auto& path : test::checked_cases("sema")) raised.merge(raised_by(test::CheckedCase(path)));
  for (std::size_t i = 0; i < static_cast<std::size_t>(Diag::count_); ++i) {
    const Diag id = static_cast<Diag>(i);
    const bool of_the_proof = name(id).starts_with("refinement_");   // tests/refinement
    if (code(id) < "Q0200" || code(id) >= "Q0800" || of_the_proof || raised.contains(id)) continue;
    FAIL_CHECK(code(id) << " " << name(id) << " is raised by no source of tests/golden/sema");
  }
}
