// The laws of the formatter, over every .quy file of the repository that parses, and its layout by example.

#include <catch2/catch.hpp>

#include "tests/support/golden.h"
#include "tests/unit/syntax/sources.h"

namespace quy::test {
namespace {

std::vector<std::filesystem::path> all_sources() {
  std::vector<std::filesystem::path> all;
  for (const char* folder : {"stdlib-rules", "examples", "tests/golden"}) {
    const auto files = golden_files(std::filesystem::path(QUY_SOURCE_DIR) / folder, ".quy");
    all.insert(all.end(), files.begin(), files.end());
  }
  return all;
}

TEST_CASE("formatting keeps the tree, is idempotent, and goes to English and back") {
  for (const auto& path : all_sources()) {
    const std::string text = read_text(path);
    const Parsed original(text);
    if (!original.sound()) continue;
    INFO(path.string());
    const Language own = original.tree.language;
    const Language other = own == Language::vi ? Language::en : Language::vi;

    const std::string canonical = formatted(text);
    CHECK(Parsed(canonical).printed() == original.printed());
    CHECK(formatted(canonical) == canonical);

    const std::string translated = formatted(canonical, other);
    const Parsed twin(translated);
    CHECK(twin.sound());
    CHECK(twin.tree.language == (twin.tree.items.empty() ? Language::vi : other));
    CHECK(twin.printed() == original.printed());
    CHECK(formatted(translated) == translated);
    CHECK(formatted(translated, own) == canonical);
  }
}

TEST_CASE("the sample of every construct is canonical") {
  const std::string text = read_text(golden_folder("syntax") / "all-constructs.quy");
  CHECK(formatted(text) == text);
}

struct Case {
  const char* written;
  const char* canonical;
};

TEST_CASE("layout") {
  const Case cases[] = {
      // Spaces, signs and spellings.
      {"căn cứ  a=\"A\"  ngày 1/1/2025", "căn cứ a = \"A\" ngày 1/1/2025\n"},
      {"khung a phiên  bản 1.0.0 cụ thể hóa b", "khung a phiên bản 1.0.0 cụ thể hoá b\n"},
      {"đối tượng a{yêu cầu b>=-3 và c*2!=d}", "đối tượng a { yêu cầu b ≥ −3 và c × 2 ≠ d }\n"},
      {"đối tượng a { }", "đối tượng a {}\n"},
      {"đối tượng a{minh chứng{b:có / không}}", "đối tượng a { minh chứng { b : có/không } }\n"},
      {"đối tượng a { dùng b (D1;c ; 5) }", "đối tượng a { dùng b(D1; c; 5) }\n"},
      // The author's lines, at most one blank one, none at the edges of a block.
      {"đối tượng a {\n\n\nyêu cầu b\n\n\n\nyêu cầu c\n\n}", "đối tượng a {\n  yêu cầu b\n\n  yêu cầu c\n}\n"},
      {"đối tượng a\n{\nyêu cầu b và\nc\n}", "đối tượng a {\n  yêu cầu b và\n    c\n}\n"},
      {"đối tượng a { yêu cầu b yêu cầu c }", "đối tượng a { yêu cầu b   yêu cầu c }\n"},
      {"đối tượng a { } đối tượng b { }", "đối tượng a {}\nđối tượng b {}\n"},
      // Comments.
      {"# một  \nđối tượng a {   # hai\n# ba\nyêu cầu b      # bốn\n}\n# năm", "# một\nđối tượng a {  # hai\n  # ba\n  yêu cầu b  # bốn\n}\n# năm\n"},
      {"đối tượng a { yêu # giữa từ khoá\ncầu b }", "đối tượng a { yêu cầu  # giữa từ khoá\n    b }\n"},
      {"đối tượng a { yêu cầu b # sau\n và c }", "đối tượng a { yêu cầu b  # sau\n    và c }\n"},
      {"để mở a theo D1 {\nb: 1 # một\n| c: 2\n}", "để mở a theo D1 {\n  b: 1  # một\n  | c: 2\n}\n"},
  };
  for (const Case& each : cases) CHECK(formatted(each.written) == each.canonical);
}

TEST_CASE("translation") {
  const Case cases[] = {
      {"đối tượng a { yêu cầu b ≥ 1.234,5 }", "subject a { require b ≥ 1,234.5 }\n"},
      {"khung a phiên bản 1.2.3", "framework a version 1.2.3\n"},
      {"kiểm thử \"1,5\" cho a kỳ 2025 { chờ tổng điểm 1,5 }", "test \"1,5\" for a period 2025 { expect total points 1.5 }\n"},
      // A word that is a keyword there stands in backquotes, one that is none here loses them.
      {"đối tượng a { yêu cầu group ≥ `mức` }", "subject a { require `group` ≥ mức }\n"},
      // Soft keywords need none.
      {"đối tượng a { yêu cầu tháng ≥ source }", "subject a { require tháng ≥ source }\n"},
      {"đối tượng a { minh chứng { b : `text` } }", "subject a { evidence { b : `text` } }\n"},
      // Names that would make a phrase with their neighbour.
      {"đối tượng a { yêu cầu end và most ≥ 5 }", "subject a { require end and most ≥ 5 }\n"},
      {"đối tượng a { yêu cầu b trừ 0 }", "đối tượng a { yêu cầu b trừ 0 }\n"},
      // Units: the word for days is not the one for a date.
      {"đối tượng a { yêu cầu b ≤ 5 ngày }", "subject a { require b ≤ 5 days }\n"},
      {"đối tượng a { yêu cầu b ≤ 5 days và c }", "subject a { require b ≤ 5 \"days\" and c }\n"},
  };
  for (const Case& each : cases) {
    if (!Parsed(each.written).sound()) continue;
    CHECK(formatted(each.written, Language::en) == each.canonical);
  }
}

}  // namespace
}  // namespace quy::test
