// tests/golden/syntax: sources with the messages expected of them, and trees beside those that have one.

#include <catch2/catch.hpp>
#include <set>

#include "tests/support/golden.h"
#include "tests/unit/syntax/sources.h"

namespace quy::test {
namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

TEST_CASE("golden sources give the messages that they name") {
  for (const auto& path : golden_files(golden_folder("syntax"), ".quy")) {
    INFO(path.string());
    const Parsed parsed(read_text(path));
    CHECK(joined(compare_diagnostics(parsed.sources, parsed.file, parsed.diagnostics.all())) == "");
  }
}

TEST_CASE("golden sources give the tree that is kept beside them") {
  for (const auto& path : golden_files(golden_folder("syntax"), ".tree")) {
    const Parsed parsed(read_text(std::filesystem::path(path).replace_extension(".quy")));
    CHECK(compare_text(path, parsed.printed()) == "");
  }
}

TEST_CASE("every message of this stage is raised by a golden source") {
  std::set<std::string> raised;
  for (const auto& path : golden_files(golden_folder("syntax"), ".quy")) {
    const Parsed parsed(read_text(path));
    for (const Diagnostic& diagnostic : parsed.diagnostics.all()) raised.insert(std::string(code(diagnostic.message.id)));
  }
  for (std::size_t id = 0; id < static_cast<std::size_t>(Diag::count_); ++id) {
    const std::string own(code(static_cast<Diag>(id)));
    if (own.starts_with("Q01")) CHECK((own + (raised.contains(own) ? "" : " is never raised")) == own);
  }
}

TEST_CASE("a fix mends what its message is about") {
  for (const auto& path : golden_files(golden_folder("syntax"), ".quy")) {
    const std::string text = read_text(path);
    const Parsed before(text);
    for (const Diagnostic& diagnostic : before.diagnostics.all()) {
      if (!diagnostic.fix) continue;
      std::string mended(before.sources.text(before.file));
      mended.replace(diagnostic.fix->span.begin, diagnostic.fix->span.end - diagnostic.fix->span.begin, diagnostic.fix->replacement);
      const Parsed after(mended);
      INFO(path.string() << ": " << code(diagnostic.message.id) << " " << before.sources.text(diagnostic.span));
      const bool still_there = std::any_of(after.diagnostics.all().begin(), after.diagnostics.all().end(), [&](const Diagnostic& each) {
        return each.message.id == diagnostic.message.id && each.span.begin == diagnostic.span.begin;
      });
      CHECK_FALSE(still_there);
    }
  }
}

}  // namespace
}  // namespace quy::test
