#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

#include "runtime/api/evaluation.h"
#include "tests/unit/trace/sample_pack.h"

namespace quy::tests {
namespace {

using Json = nlohmann::json;

constexpr const char* kEvidence =
    R"({"id":"A","subject":"mau.lanh_dao","period":"2025","evidence":{"giao":100,"xong":90,"vuot_muc":29,"luot_kiem_tra":5,"sai_sot_lon":false,"chu_dong":false,"thang_ket_nap":100,"ky_luat":[]},"scores":{"quyet_dinh":{"pham_chat":28}}}
{"id":"B","subject":"mau.lanh_dao","period":"2025","evidence":{"giao":100,"xong":100,"luot_kiem_tra":7,"sai_sot_lon":false,"chu_dong":false,"thang_ket_nap":100},"scores":{"quyet_dinh":{"pham_chat":28.5}}}
{"id":"C","subject":"mau.lanh_dao","period":"2025","evidence":{"giao":100,"xong":101}}
{"id":"D","subject":"mau.lanh_dao","period":"2025","evidence":{"giao":0,"xong":0,"vuot_muc":0,"luot_kiem_tra":7,"sai_sot_lon":false,"chu_dong":true,"thang_ket_nap":100,"ky_luat":[]},"scores":{"quyet_dinh":{"pham_chat":28}}}
{"id":"E","subject":"mau.lanh_dao","period":"2025","evidence":{"giao":100,"xong":100,"vuot_muc":30,"luot_kiem_tra":7,"sai_sot_lon":false,"chu_dong":false,"thang_ket_nap":100,"ky_luat":[{"cong_vu":false},{"cong_vu":true}]},"scores":{"quyet_dinh":{"pham_chat":28.5}}}
)";

struct Evidence {
  Evidence() : path(std::filesystem::temp_directory_path() / ("quy-explain-test-" + std::to_string(::getpid()))) { std::ofstream(path) << kEvidence; }
  ~Evidence() { std::filesystem::remove(path); }
  std::filesystem::path path;
};

Explanation explained(const std::string& id, Language language = Language::vi) {
  const Evidence evidence;
  const Pack pack = std::get<Pack>(Pack::from_module(sample_module()));
  return explain(pack, {evidence.path.string()}, id, {.language = language});
}

bool says(const Explanation& e, const std::string& text) {
  INFO(e.text);
  INFO(text);
  const bool found = e.text.find(text) != std::string::npos;
  CHECK(found);
  return found;
}

}  // namespace

TEST_CASE("an explanation says why, and why not the level above", "[api]") {
  const Explanation e = explained("A");
  REQUIRE(e.found);
  REQUIRE_FALSE(e.problem);
  says(e, "Hồ sơ A");
  says(e, "Lãnh đạo mẫu [mau.lanh_dao]");
  says(e, "✓ tổng điểm 64 thuộc mức Hoàn thành (tổng điểm từ 50 đến dưới 70) (D11.3)");
  says(e, "Vì sao chưa được Hoàn thành tốt");
  says(e, "✗ còn thiếu 6 điểm: có 64, cần từ 70 (D11.2)");
  says(e, "điểm mất nhiều nhất ở: Đi kiểm tra tại cơ sở (−30); Nhiệm vụ được giao (−4); Phẩm chất (−2)");
  says(e, "✗ điều kiện của mức Hoàn thành tốt: xong / giao = 90/100 = 90% < 100% (D11.2.1)");
  says(e, "✗ lượt kiểm tra = 5 lượt < 6 lượt (PL2.II.3.2.c)");
  says(e, "xét mức kế dưới (theo 73-QĐ/TU ngày 14/11/2025)");

  const Json json = Json::parse(e.json);
  CHECK(json["rating"] == "hoan_thanh");
  CHECK(json["why_not"]["rating"] == "tot");
  CHECK(json["points"].size() == 5);
  CHECK(json["points"][0]["group"] == "chung");
  CHECK(json["points"][1]["criterion"] == "pham_chat");
}

TEST_CASE("an explanation of an open record says what is missing", "[api]") {
  const Explanation e = explained("B");
  says(e, "chưa xác định: thiếu minh chứng");
  says(e, "98,5");
  says(e, "? Sổ theo dõi kỷ luật (minh chứng: ky_luat)");
  says(e, "? Trong đó vượt mức (minh chứng: vuot_muc)");
  says(e, "Mỗi khả năng cần gì");
  const Json json = Json::parse(e.json);
  CHECK(json["status"] == "undecided");
  CHECK(json["possible"].size() == 3);
}

TEST_CASE("rows of a list that decided are named", "[api]") {
  const Explanation e = explained("E");
  says(e, "✗ trường hợp xếp Không hoàn thành: có kỷ luật mà (công vụ) (D11.4.2.c)");
  says(e, "dòng 2: công vụ: có");
}

TEST_CASE("no record, a rejected record, a broken requirement", "[api]") {
  const Explanation none = explained("Z");
  CHECK_FALSE(none.found);
  CHECK(none.problem->id == Diag::no_such_record);
  const Explanation rejected = explained("C");
  CHECK(rejected.found);
  CHECK(rejected.problem->id == Diag::part_above_whole);
  CHECK(explained("D").problem->id == Diag::requirement_broken);
}

TEST_CASE("explanations speak English too", "[api]") {
  const Explanation e = explained("A", Language::en);
  says(e, "Why not Hoàn thành tốt");
  says(e, "✗ 6 points short: 64 of the 70 needed (D11.2)");
  says(e, "Points");
}

}  // namespace quy::tests
