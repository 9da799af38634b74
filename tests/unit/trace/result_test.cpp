#include <catch2/catch.hpp>

#include "runtime/trace/outcome_ids.h"
#include "tests/unit/trace/rated.h"

namespace quy::tests {
namespace {

using trace::Status;
using Clauses = std::vector<std::string>;

std::vector<std::string> possible(Rated& rated) {
  std::vector<std::string> ids;
  const Module module = rated.module();
  const vm::Program program = vm::Program::load(module, 0);
  const trace::SubjectIndex index(program);
  trace::for_each_outcome(index, rated.result().possible, [&](std::string_view id) { ids.emplace_back(id); });
  return ids;
}

}  // namespace

TEST_CASE("points alone decide", "[trace]") {
  Rated rated(SampleFacts{});
  CHECK(rated.result().status == Status::decided);
  CHECK(rated.rating() == "xuat_sac");
  CHECK(rated.result().total.decimal == "100");
  CHECK(rated.result().total.fraction.empty());
  CHECK(rated.clauses() == Clauses{"D11.1"});
  CHECK(rated.reasons() == "tổng điểm từ 90 trở lên");
  CHECK(rated.result().missing.empty());
}

TEST_CASE("enough points but a condition fails: the answer is one line", "[trace]") {
  Rated rated(SampleFacts{.over = 29});
  CHECK(rated.rating() == "tot");
  CHECK(rated.clauses() == Clauses{"D11.1.1", "D11.1.2"});
  CHECK(rated.reasons() ==
        "đủ 90 điểm trở lên nhưng thiếu điều kiện của mức Hoàn thành xuất sắc: vượt_mức / giao = 29/100 = 29% < 30%");
  Rated english(SampleFacts{.over = 29}, Language::en);
  CHECK(english.reasons() ==
        "90 points or more, but a condition of Hoàn thành xuất sắc is not met: vượt_mức / giao = 29/100 = 29% < 30%");
}

TEST_CASE("a ratio that does not end is said to be rounded", "[trace]") {
  Rated rated(SampleFacts{.assigned = 99, .done = 99, .over = 29});
  CHECK(rated.reasons().ends_with("vượt_mức / giao = 29/99 ≈ 29,29% < 30%"));
}

TEST_CASE("no level fits: the nearest level and its condition", "[trace]") {
  Rated rated(SampleFacts{.over = 29}, Language::vi, {{0, 0}});
  CHECK(rated.result().status == Status::gap);
  CHECK(rated.result().level == kNone);
  CHECK(rated.clauses() == Clauses{"D11.1.1", "D11.1.2"});
  CHECK(rated.written(*trace::ndjson_writer(trace::default_keys(false))).find("\"rating\":null,\"status\":\"gap\"") != std::string::npos);
}

TEST_CASE("a total that is no decimal carries its fraction", "[trace]") {
  Rated rated(SampleFacts{.assigned = 9, .done = 8, .over = 3});
  CHECK(rated.result().total.decimal == "95.56");
  CHECK(rated.result().total.fraction == "860/9");
}

TEST_CASE("bars, forced cases, not rated", "[trace]") {
  Rated barred(SampleFacts{.mistake = true});
  CHECK(barred.rating() == "tot");
  CHECK(barred.clauses() == Clauses{"D12.1"});
  CHECK(barred.reasons() == "không được xếp từ Hoàn thành xuất sắc trở lên: sai_sót_lớn: có");

  Rated forced(SampleFacts{.acts = {false, true}});
  CHECK(forced.rating() == "khong_hoan_thanh");
  CHECK(forced.clauses() == Clauses{"D11.4.2.c"});
  CHECK(forced.reasons() == "thuộc trường hợp xếp Không hoàn thành: có kỷ_luật mà (công_vụ)");

  Rated few(SampleFacts{.visits = 1});
  CHECK(few.clauses() == Clauses{"D11.4.2.a"});
  CHECK(few.reasons() == "thuộc trường hợp xếp Không hoàn thành: lượt_kiểm_tra = 1 lượt < 2 lượt");

  Rated fresh(SampleFacts{.months = 5});
  CHECK(fresh.result().status == Status::not_rated);
  CHECK(fresh.clauses() == Clauses{"D5.2.1"});
}

TEST_CASE("the authority decides, within bounds", "[trace]") {
  Rated open(SampleFacts{.over = 29, .owned = true, .acts = {true}});
  CHECK(open.result().status == Status::authority);
  CHECK(open.clauses() == Clauses{"D11.4.2.p1", "D11.4.2.c"});
  CHECK(possible(open) == Clauses{"tot", "hoan_thanh", "khong_hoan_thanh"});

  Rated taken(SampleFacts{.owned = true, .acts = {true}, .decision = 2});
  CHECK(taken.result().status == Status::decided);
  CHECK(taken.rating() == "hoan_thanh");
  CHECK(taken.clauses() == Clauses{"D11.4.2.p1"});

  Rated firm(SampleFacts{.visits = 0, .owned = true, .acts = {true}});
  CHECK(firm.rating() == "khong_hoan_thanh");
  CHECK(firm.clauses() == Clauses{"D11.4.2.a", "D11.4.2.c"});
}

TEST_CASE("undecided names what is missing and what can come", "[trace]") {
  Rated rated(SampleFacts{.missing = {vuot_muc}});
  CHECK(rated.result().status == Status::undecided);
  CHECK(possible(rated) == Clauses{"xuat_sac", "tot"});
  CHECK(rated.result().missing == Clauses{"vuot_muc"});
  CHECK(rated.result().total.decimal == "100");
  CHECK(rated.clauses() == Clauses{"D11.1.1", "D11.1.2"});

  Rated list(SampleFacts{.list_missing = true});
  CHECK(list.result().missing == Clauses{"ky_luat"});
  CHECK(possible(list) == Clauses{"xuat_sac", "khong_hoan_thanh"});

  Rated score(SampleFacts{.missing = {pham_chat}});
  CHECK(score.result().missing == Clauses{"pham_chat"});
  CHECK(score.result().total.decimal.empty());
  CHECK(score.result().total_range.low == "70");
  CHECK(score.result().total_range.high == "100");
  CHECK_FALSE(score.result().outer);
}

TEST_CASE("missing evidence that changes nothing leaves a result decided", "[trace]") {
  Rated rated(SampleFacts{.visits = 1, .missing = {pham_chat, vuot_muc}});
  CHECK(rated.result().status == Status::decided);
  CHECK(rated.rating() == "khong_hoan_thanh");
  CHECK(rated.result().missing.empty());
  CHECK(rated.result().total_range.low == "40");
}

TEST_CASE("points by group and criterion", "[trace]") {
  Rated rated(SampleFacts{.visits = 5});
  REQUIRE(rated.result().criteria.size() == 3);
  CHECK(rated.result().criteria[1].points.decimal == "0");
  CHECK(rated.result().criteria[1].maximum.decimal == "30");
  CHECK(rated.result().groups[1].points.decimal == "40");
  CHECK(rated.result().criteria[2].left_out == vm::FieldState::value);
  Rated nothing(SampleFacts{.assigned = 0, .done = 0, .over = 0});
  CHECK(nothing.result().criteria[2].left_out == vm::FieldState::did_not_arise);
  CHECK(nothing.result().criteria[2].points.decimal == "0");
}

}  // namespace quy::tests
