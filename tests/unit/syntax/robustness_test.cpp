// Any text at all is parsed in time proportional to its length, with messages and without a crash.

#include <catch2/catch.hpp>
#include <random>

#include "tests/support/golden.h"
#include "tests/unit/syntax/sources.h"

namespace quy::test {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

TEST_CASE("deep nesting is reported, not followed") {
  CHECK(Parsed("đối tượng a { yêu cầu " + repeat("(", 10'000) + "b" + repeat(")", 10'000) + " }").codes() == "Q0115");
  CHECK(Parsed("đối tượng a { yêu cầu " + repeat("không ", 10'000) + "b }").codes() == "Q0115");
  CHECK(Parsed("đối tượng a { yêu cầu " + repeat("−", 10'000) + "b }").codes() == "Q0115");
  CHECK(Parsed("đối tượng a " + repeat("{ minh chứng ", 10'000) + repeat("}", 10'000)).codes() == "Q0115");
  CHECK(Parsed("đối tượng a { yêu cầu " + repeat("(", 150) + "b" + repeat(")", 150) + " }").sound());
}

TEST_CASE("long chains are reported, not built") {
  CHECK(Parsed("đối tượng a { yêu cầu b" + repeat(" + b", 10'000) + " }").codes() == "Q0129");
  CHECK(Parsed("đối tượng a { tính b = c" + repeat(", không quá c", 10'000) + " }").codes() == "Q0129");
  CHECK(Parsed("đối tượng a { yêu cầu b" + repeat(" + b", 500) + " }").sound());
}

TEST_CASE("hostile texts end with messages") {
  const std::string texts[] = {
      "",
      "\n\n# chỉ có lời bình\n",
      std::string("\0\0\0", 3),
      "\"",
      "“",
      "`",
      "\\",
      "{",
      "}",
      repeat("}", 5'000),
      repeat("{", 5'000),
      repeat("(}", 5'000),
      repeat("\"", 10'001),
      repeat("½", 10'000),
      repeat("a:", 50'000),
      repeat("D.-.", 50'000),
      repeat("1/", 50'000),
      repeat("1,", 50'000),
      std::string(1'000'000, 'a'),
      "khung " + std::string(1'000'000, '9'),
      repeat("tiêu chí ", 20'000),
      repeat("đối tượng a {", 3'000),
      repeat("đối tượng a { tiêu chí }\n", 2'000),
      "đối tượng a {\n" + repeat("  tiêu chí b { đạt khi }\n", 2'000) + "}",
      "đối tượng a {" + repeat(" nhóm b tối đa", 5'000) + "}",
      "\xEF\xBB\xBF\xEF\xBB\xBFkhung a phiên bản 1.0.0",
      "khung a\r\nphiên bản\r1.0.0",
      "khung e\xCC\x81 phiên bản 1.0.0",
  };
  for (const std::string& text : texts) {
    INFO(text.substr(0, 40));
    CHECK_NOTHROW(Parsed(text));
    CHECK_NOTHROW(formatted(text));
  }
}

TEST_CASE("pieces of a good file, cut and shuffled, never break the parser") {
  const std::string good = read_text(golden_folder("syntax") / "all-constructs.quy");
  std::vector<std::string> words;
  for (std::size_t at = 0; at < good.size();) {
    const std::size_t end = std::min(good.find_first_of(" \n", at), good.size());
    words.push_back(good.substr(at, end - at + 1));
    at = end + 1;
  }
  std::mt19937 random(366);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    const std::size_t length = 5 + random() % 120;
    std::size_t at = random() % words.size();
    for (std::size_t i = 0; i < length; ++i) {
      // Mostly as it stands, now and then a jump: close to what an author half way through looks like.
      if (random() % 12 == 0) at = random() % words.size();
      text += words[at++ % words.size()];
    }
    INFO(text);
    CHECK_NOTHROW(Parsed(text));
    CHECK_NOTHROW(formatted(text));
  }
}

TEST_CASE("columns are right behind Vietnamese letters") {
  const Parsed parsed("căn cứ quyết_định = \"Số 1\" ngày 31/2/2025");
  REQUIRE(parsed.diagnostics.all().size() == 1);
  const Diagnostic& diagnostic = parsed.diagnostics.all().front();
  CHECK(parsed.sources.text(diagnostic.span) == "31/2/2025");
  CHECK(parsed.sources.line_column(parsed.file, diagnostic.span.begin).column == 33);
}

}  // namespace
}  // namespace quy::test
