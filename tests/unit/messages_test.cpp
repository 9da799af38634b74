// That every message outside the compiler's stages is raised by some test. Q01xx to Q07xx are the business of the golden tests of syntax
// and sema, which see the messages themselves; here the places are read where tests say which message they wait for.

#include <catch2/catch.hpp>

#include <set>

#include "base/diagnostics/diagnostics.h"
#include "tests/support/golden.h"

using namespace quy;

namespace {

namespace fs = std::filesystem;

bool of_the_compiler(Diag id) { return code(id) >= "Q0100" && code(id) < "Q0800"; }

/// Every word that looks like a code or follows `Diag::`.
void collect(const std::string& text, std::set<std::string>& found) {
  const auto word_at = [&](std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) ++end;
    return text.substr(at, end - at);
  };
  constexpr std::string_view kPrefix = "Diag::";
  for (std::size_t at = text.find(kPrefix); at != std::string::npos; at = text.find(kPrefix, at + 1))
    found.insert(word_at(at + kPrefix.size()));
  for (std::size_t at = text.find("Q0"); at != std::string::npos; at = text.find("Q0", at + 1)) found.insert(word_at(at));
}

/// Tests that wait for messages of the running program. tests/unit/base is not among them: it only makes messages up.
std::set<std::string> awaited() {
  const fs::path tests = test::golden_folder("..");
  std::set<std::string> found;
  for (const char* folder : {"unit/facts", "unit/api", "unit/bytecode"})
    for (const fs::path& file : test::golden_files(tests / folder, ".cpp")) collect(test::read_text(file), found);
  collect(test::read_text(tests / "golden/evidence/records.rejects"), found);
  collect(test::read_text(tests / "commands/messages.sh"), found);
  collect(test::read_text(tests / "formats/formats.sh"), found);
  collect(test::read_text(tests / "unit/report_test.cpp"), found);
  for (const char* commands : {"waves.sh", "scale.sh", "ingest.sh", "versions.sh"}) collect(test::read_text(tests / "commands" / commands), found);
  for (const char* rejects : {"ket-qua.rejects.ndjson", "ket-qua-buoc.rejects.ndjson"})
    collect(test::read_text(tests / "commands/waves" / rejects), found);
  collect(test::read_text(tests / "refinement/verdicts.sh"), found);
  return found;
}

}  // namespace

TEST_CASE("every message has a test", "[messages]") {
  const std::set<std::string> found = awaited();
  for (std::size_t i = 0; i < static_cast<std::size_t>(Diag::count_); ++i) {
    const Diag id = static_cast<Diag>(i);
    if (of_the_compiler(id) || found.contains(std::string(code(id))) || found.contains(std::string(name(id)))) continue;
    FAIL_CHECK(code(id) << " " << name(id) << " is awaited by no test");
  }
}
