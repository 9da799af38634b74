#include "base/text.h"

#include <catch2/catch.hpp>

using namespace quy;

namespace {

// The same letters, composed and decomposed.
const std::string kComposed = "nhiệm_vụ";
const std::string kDecomposed = "nhie\u0323\u0302m_vu\u0323";

}  // namespace

TEST_CASE("UTF-8 is checked strictly and the first bad byte is found") {
  std::size_t bad = 99;
  CHECK(is_utf8(""));
  CHECK(is_utf8("quy định ≥ 90%"));
  CHECK_FALSE(is_utf8("ab\xC0\x80", &bad));  // overlong
  CHECK(bad == 2);
  CHECK_FALSE(is_utf8("\xED\xA0\x80", &bad));  // a surrogate
  CHECK(bad == 0);
  CHECK_FALSE(is_utf8("đ\xF5\x80\x80\x80", &bad));  // beyond U+10FFFF
  CHECK(bad == 2);
  CHECK_FALSE(is_utf8("x\xE1\xBB", &bad));  // cut short
  CHECK(bad == 1);
  CHECK_FALSE(is_utf8("\x80"));
}

TEST_CASE("normal form C composes Vietnamese letters whatever the order of their marks") {
  CHECK(to_nfc(kDecomposed) == kComposed);
  CHECK(to_nfc("nhie\u0302\u0323m_vu\u0323") == kComposed);
  CHECK(to_nfc(kComposed) == kComposed);
  CHECK(to_nfc("plain") == "plain");
  CHECK(to_nfc(std::string_view("a\0b", 3)) == std::string("a\0b", 3));
}

TEST_CASE("names fold to ASCII ids") {
  CHECK(fold_id(kComposed) == "nhiem_vu");
  CHECK(fold_id(kDecomposed) == "nhiem_vu");
  CHECK(fold_id("hoà") == fold_id("hòa"));
  CHECK(fold_id("Đảng_uỷ") == "dang_uy");
  CHECK(fold_id("ĐẢNG_ỦY") == "dang_uy");
  CHECK(fold_id("đơn_vị.qd366") == "don_vi.qd366");
  CHECK(fold_id("ưỡng ẳ ỗ ữ ỵ") == "uong a o u y");
  CHECK(fold_id("PL2.II.3.2.đ") == "pl2.ii.3.2.d");
  CHECK(fold_id("") == "");
}

TEST_CASE("keyword spelling brings tone variants together") {
  const auto agree = [](std::string_view a, std::string_view b) {
    CAPTURE(a, b);
    CHECK(keyword_spelling(a) == keyword_spelling(b));
  };
  agree("hoá", "hóa");
  agree("khoá", "khóa");
  agree("uỷ", "ủy");
  agree("thuý", "thúy");
  agree("hoè", "hòe");
  agree("toàn", "tòan");
  agree("ngoài", "ngòai");
  agree("tỉ", "tỷ");
  agree("quý", "quí");
  agree("kỳ", "kì");
  agree("lý", "lí");
  agree("TIÊU", "tiêu");
  agree("Điểm", "điểm");
  agree(kDecomposed, kComposed);
}

TEST_CASE("keyword spelling is the party's, and keeps what is already so") {
  for (const char* word : {"hoá", "uỷ",   "khoá", "tỉ",  "lệ",   "quý",  "kỳ",    "tiêu",  "chí", "điểm",
                           "đạt", "khi",  "mức",  "nếu", "thì",  "với",  "thuỷ",  "quyền", "mùa", "của",
                           "huỷ", "nghỉ", "khí",  "kỷ",  "luật", "giữa", "every", "by",    "if",  "any"}) {
    CAPTURE(word);
    CHECK(keyword_spelling(word) == word);
  }
  CHECK(keyword_spelling("quí") == "quý");
  CHECK(keyword_spelling("TỶ") == "tỉ");
  CHECK(keyword_spelling("HÓA") == "hoá");
}

TEST_CASE("keyword spelling keeps different words apart") {
  CHECK(keyword_spelling("mùa") != keyword_spelling("muà"));
  CHECK(keyword_spelling("mức") != keyword_spelling("mục"));
  CHECK(keyword_spelling("tuy") != keyword_spelling("tui"));
  CHECK(keyword_spelling("đ") != keyword_spelling("d"));
  CHECK(keyword_spelling("tiêu") != keyword_spelling("tieu"));
}

TEST_CASE("display width counts columns, not bytes or code points") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width(kComposed) == 8);
  CHECK(display_width(kDecomposed) == 8);
  CHECK(display_width("規定") == 4);
  CHECK(display_width("a\u200Db") == 2);
}

TEST_CASE("grapheme clusters hold a letter with all its marks") {
  const std::string text = "e\u0323\u0302m";
  CHECK(next_grapheme(text, 0) == text.size() - 1);
  CHECK(next_grapheme(text, text.size() - 1) == text.size());
  CHECK(next_grapheme("\xFFx", 0) == 1);
}

TEST_CASE("printable text cannot drive a terminal") {
  CHECK(printable("tiêu chí") == "tiêu chí");
  CHECK(printable("a\tb\nc") == "a b c");
  CHECK(printable("\033[31mx") == "\uFFFD[31mx");
  CHECK(printable("a\u202Eb") == "a\uFFFDb");
  CHECK(printable("a\xFF") == "a\uFFFD");
}

TEST_CASE("the nearest name is offered when it is near enough") {
  const std::vector<std::string> names{"luot_kiem_tra", "van_ban", "van_ban_dat", "thể_chế"};
  CHECK(nearest("luot_kiemtra", names) == "luot_kiem_tra");
  CHECK(nearest("lượt_kiểm_tra", names) == "luot_kiem_tra");
  CHECK(nearest("the_che", names) == "thể_chế");
  CHECK(nearest("van_bna", names) == "van_ban");  // two letters swapped
  CHECK(nearest("van_ban", names) == "van_ban");
  CHECK_FALSE(nearest("xyz", names));
  CHECK_FALSE(nearest("ab", {"ac"}));  // a third of two letters is less than one
  CHECK_FALSE(nearest("", names));
  CHECK_FALSE(nearest("van_ban", {}));
  CHECK_FALSE(nearest(std::string(100'000, 'a'), {std::string(100'000, 'b')}));
}
