#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <sstream>

#include "runtime/api/evaluation.h"
#include "runtime/bytecode/codec.h"
#include "tests/unit/trace/sample_pack.h"

namespace quy::tests {
namespace {

using Json = nlohmann::json;

Pack sample_pack() { return std::get<Pack>(Pack::from_module(sample_module())); }

/// A record with nothing against the person; the given members take the place of the evidence's own.
std::string record(const std::string& id, const Json& changes = Json::object(), const std::string& subject = "mau.lanh_dao") {
  Json evidence{{"giao", 100},         {"xong", 100},      {"vuot_muc", 30}, {"luot_kiem_tra", 6}, {"sai_sot_lon", false},
                {"chu_dong", false}, {"thang_ket_nap", 100}, {"ky_luat", Json::array()}};
  for (const auto& [key, value] : changes.items()) evidence[key] = value;
  Json scores{{"tu_cham", {{"pham_chat", 20}}}, {"quyet_dinh", {{"pham_chat", 30}}}};
  return Json{{"id", id}, {"subject", subject}, {"period", "2025"}, {"evidence", evidence}, {"scores", scores}}.dump() + "\n";
}

struct Run {
  std::variant<EvaluationSummary, Message> answer;
  std::string out, rejects;

  const EvaluationSummary& summary() const { return std::get<EvaluationSummary>(answer); }
  std::vector<Json> lines() const { return lines_of(out); }
  std::vector<Json> refused() const { return lines_of(rejects); }

  static std::vector<Json> lines_of(const std::string& text) {
    std::vector<Json> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
    return lines;
  }
};

Run run(const Pack& pack, const std::string& evidence, const EvaluationOptions& options = {}) {
  std::ostringstream out, rejects;
  auto answer = evaluate_text(pack, evidence, options, out, &rejects);
  return {std::move(answer), out.str(), rejects.str()};
}

bool adds_up(const EvaluationSummary& summary) { return summary.records_in == summary.results + summary.rejected; }

}  // namespace

TEST_CASE("records come out in input order, and none is lost", "[api]") {
  std::string evidence;
  for (int i = 0; i < 3000; ++i) evidence += record(fmt::format("A{}", i), {{"vuot_muc", i % 2 == 0 ? 30 : 29}});
  evidence += record("bad", {{"xong", 101}});
  evidence += record("idle", {{"giao", 0}, {"xong", 0}, {"vuot_muc", 0}});
  const Run r = run(sample_pack(), evidence);
  const std::vector<Json> lines = r.lines();
  REQUIRE(lines.size() == 3000);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    REQUIRE(lines[i]["id"] == fmt::format("A{}", i));
    REQUIRE(lines[i]["rating"] == (i % 2 == 0 ? "xuat_sac" : "tot"));
  }
  REQUIRE(r.refused().size() == 2);
  CHECK(r.refused()[0]["id"] == "bad");
  CHECK(r.refused()[0]["line"] == 3001);
  CHECK(r.refused()[1]["id"] == "idle");
  CHECK(r.refused()[1]["code"] == "Q0836");
  CHECK(r.summary().records_in == 3002);
  CHECK(adds_up(r.summary()));
  REQUIRE(r.summary().subjects.size() == 1);
  CHECK(r.summary().subjects[0].by_level == std::vector<std::uint64_t>{1500, 1500, 0, 0});
}

TEST_CASE("many subjects, mixed: still in order, within a bounded window", "[api]") {
  Module module = sample_module();
  for (int i = 1; i < 12; ++i) {
    module.subjects.push_back(module.subjects.front());
    module.subjects.back().id = fmt::format("mau.s{}", i);
  }
  const Pack pack = std::get<Pack>(Pack::from_module(std::move(module)));
  std::string evidence = record("first", {}, "mau.s11");
  for (int i = 0; i < 9000; ++i) {
    // The first record's subject does not come again for long: its turn holds all others back.
    evidence += record(fmt::format("A{}", i), {}, i % 11 == 0 ? "mau.lanh_dao" : fmt::format("mau.s{}", i % 11));
    if (i % 1000 == 0) evidence += "{}\n";
  }
  const Run r = run(pack, evidence, {.fields = {"id"}});
  const std::vector<Json> lines = r.lines();
  REQUIRE(lines.size() == 9001);
  CHECK(lines[0]["id"] == "first");
  for (std::size_t i = 1; i < lines.size(); ++i) REQUIRE(lines[i]["id"] == fmt::format("A{}", i - 1));
  CHECK(r.refused().size() == 9);
  CHECK(adds_up(r.summary()));
  CHECK(r.summary().subjects.front().id == "mau.lanh_dao");
}

TEST_CASE("stages: the last one by default, one by name, all in blocks", "[api]") {
  const Pack pack = sample_pack();
  const std::string evidence = record("A") + record("B");
  CHECK(run(pack, evidence).lines()[0]["total"] == "100");
  const Run self = run(pack, evidence, {.stage = "tu_cham"});
  CHECK(self.lines()[0]["total"] == "90");
  CHECK(self.lines()[0]["stage"] == "tu_cham");
  const Run all = run(pack, evidence, {.stage = "all"});
  REQUIRE(all.lines().size() == 4);
  CHECK(all.lines()[1]["stage"] == "tu_cham");
  CHECK(all.lines()[2]["stage"] == "quyet_dinh");
  CHECK(all.summary().results == 2);
  const Run wrong = run(pack, evidence, {.stage = "tu_chan"});
  REQUIRE(std::holds_alternative<Message>(wrong.answer));
  CHECK(std::get<Message>(wrong.answer).id == Diag::unknown_stage);
  CHECK(std::get<Message>(wrong.answer).suggestion == "tu_cham");
}

TEST_CASE("readings can be chosen for a run, by names that exist", "[api]") {
  const Pack pack = sample_pack();
  const std::string evidence = record("A", {{"vuot_muc", 29}});
  const Run literal = run(pack, evidence, {.readings = {{"thiếu_điều_kiện", "khong_muc_nao"}}});
  CHECK(literal.lines()[0]["status"] == "gap");
  CHECK(literal.lines()[0]["readings"]["thieu_dieu_kien"] == "khong_muc_nao");
  CHECK(std::get<Message>(run(pack, evidence, {.readings = {{"thieu", "x"}}}).answer).id == Diag::unknown_reading);
  CHECK(std::get<Message>(run(pack, evidence, {.readings = {{"thieu_dieu_kien", "x"}}}).answer).id == Diag::unknown_reading_option);
}

TEST_CASE("keys of results must exist", "[api]") {
  const Run r = run(sample_pack(), record("A"), {.fields = {"id", "ratin"}});
  CHECK(std::get<Message>(r.answer).id == Diag::unknown_result_key);
  CHECK(std::get<Message>(r.answer).suggestion == "rating");
}

TEST_CASE("formats: one array, one sheet", "[api]") {
  const Pack pack = sample_pack();
  const std::string evidence = record("A") + record("B");
  const Json array = Json::parse(run(pack, evidence, {.format = ResultFormat::json}).out);
  REQUIRE(array.size() == 2);
  CHECK(array[1]["id"] == "B");
  CHECK(Json::parse(run(pack, "", {.format = ResultFormat::json}).out).empty());
  CHECK(run(pack, evidence, {.format = ResultFormat::csv, .fields = {"id", "total", "rating"}}).out ==
        "id,total,rating\r\nA,100,xuat_sac\r\nB,100,xuat_sac\r\n");
}

TEST_CASE("the summary counts what is open and why", "[api]") {
  const std::string evidence = record("A", {{"vuot_muc", nullptr}}) + record("B", {{"ky_luat", nullptr}}) +
                               record("C", {{"ky_luat", nullptr}}) + record("D", {{"thang_ket_nap", 1}}) +
                               record("E", {{"chu_dong", true}, {"ky_luat", Json::array({{{"cong_vu", true}}})}}) + record("F", {{"xong", 101}});
  const Run r = run(sample_pack(), evidence, {.fields = {"id", "rating"}});
  const EvaluationSummary& s = r.summary();
  CHECK(s.subjects[0].undecided == 3);
  CHECK(s.subjects[0].not_rated == 1);
  CHECK(s.subjects[0].authority == 1);
  CHECK(s.undecided_for == std::map<std::string, std::uint64_t>{{"Sổ theo dõi kỷ luật (ky_luat)", 2}, {"Trong đó vượt mức (vuot_muc)", 1}});
  CHECK(s.handed_over_by == std::map<std::string, std::uint64_t>{{"D11.4.2.p1", 1}});
  CHECK(s.rejected_for.size() == 1);
  std::ostringstream table;
  write_summary(table, s, Language::vi);
  CHECK(table.str().find("6 bản ghi vào = 5 kết quả + 1 bị từ chối") != std::string::npos);
  CHECK(table.str().find("Sổ theo dõi kỷ luật") != std::string::npos);
  CHECK(table.str().find("D11.4.2.p1") != std::string::npos);
}

TEST_CASE("a pack comes from bytes or not at all", "[api]") {
  const std::string bytes = encode(sample_module());
  const Pack pack = std::get<Pack>(Pack::from_bytes(bytes));
  CHECK(pack.sha256() == pack_hash(bytes));
  CHECK(pack.sha256() == sample_pack().sha256());
  CHECK(pack.find_subject("mau.lanh_dao") == 0);
  CHECK_FALSE(pack.find_subject("mau").has_value());
  CHECK(std::holds_alternative<Message>(Pack::from_bytes("QPK")));
  Module broken = sample_module();
  broken.subjects[0].code[10].operands[0] = 53;
  CHECK(std::holds_alternative<Message>(Pack::from_module(broken)));
}

}  // namespace quy::tests
