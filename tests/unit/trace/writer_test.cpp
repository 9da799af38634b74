#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "runtime/trace/rejects.h"
#include "tests/unit/trace/rated.h"

namespace quy::tests {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

}  // namespace

TEST_CASE("a result line has the contract's keys and no empty ones", "[trace]") {
  Rated rated(SampleFacts{.over = 29});
  rated.head().unit = "Sở \"X\"";
  const Json json = Json::parse(rated.written(*trace::ndjson_writer(trace::default_keys(true))));
  CHECK(keys_of(json) == std::vector<std::string>{"id", "subject", "period", "unit", "pack", "total", "groups", "criteria", "rating",
                                                   "status", "reasons", "readings"});
  CHECK(json["pack"] == Json{{"id", "mau"}, {"version", "1.0.0"}, {"sha256", "ab12"}});
  CHECK(json["total"] == "100");
  CHECK(json["rating"] == "tot");
  CHECK(json["unit"] == "Sở \"X\"");
  CHECK(json["reasons"].size() == 2);
  CHECK(json["reasons"][1]["clause"] == "D11.1.2");
  CHECK(json["readings"] == Json{{"thieu_dieu_kien", "muc_duoi"}});
  CHECK(json["criteria"]["di_co_so"] == Json{{"parent", "ket_qua"}, {"points", "30"}, {"max", "30"}});
}

TEST_CASE("fields select and order", "[trace]") {
  Rated rated(SampleFacts{});
  const auto writer = trace::ndjson_writer({trace::ResultKey::rating, trace::ResultKey::id, trace::ResultKey::missing});
  CHECK(rated.written(*writer) == "{\"rating\":\"xuat_sac\",\"id\":\"A-1\"}\n");
}

TEST_CASE("an undecided result says what may come", "[trace]") {
  Rated rated(SampleFacts{.missing = {pham_chat}});
  const Json json = Json::parse(rated.written(*trace::ndjson_writer(trace::default_keys(false))));
  CHECK(json["total"].is_null());
  CHECK(json["total_range"] == Json{"70", "100"});
  CHECK(json["rating"].is_null());
  CHECK(json["status"] == "undecided");
  CHECK(json["missing"] == Json{"pham_chat"});
  CHECK(json["would_decide"]["fields"] == Json{"pham_chat"});
  CHECK(json["would_decide"]["alone"]["pham_chat"] == json["possible"]);
  CHECK_FALSE(json["would_decide"].contains("smallest"));
  CHECK_FALSE(json.contains("settled"));
}

TEST_CASE("CSV quotes what it must and gives parts their own columns", "[trace]") {
  Rated rated(SampleFacts{.over = 29});
  rated.head().unit = "Sở \"X\", phòng 1";
  const Module module = sample_module();
  const auto writer = trace::csv_writer(
      {trace::ResultKey::id, trace::ResultKey::unit, trace::ResultKey::pack, trace::ResultKey::total_range, trace::ResultKey::criteria,
       trace::ResultKey::readings, trace::ResultKey::rating},
      {&module}, Rated::kPack, {});
  CHECK(writer->head() ==
        "id,unit,pack.id,pack.version,pack.sha256,total_range.min,total_range.max,criteria.pham_chat,criteria.di_co_so,criteria.nhiem_vu,"
        "readings,rating\r\n");
  CHECK(rated.written(*writer) == "A-1,\"Sở \"\"X\"\", phòng 1\",mau,1.0.0,ab12,,,30,30,40,thieu_dieu_kien=muc_duoi,tot\r\n");
}

TEST_CASE("a reject keeps its line even when its id is no text", "[trace]") {
  std::string out;
  trace::append_reject(out, {7, 6, "A\xff", "evidence.xong", {Diag::requirement_broken, {"x"}, {}}}, Language::vi);
  const Json json = Json::parse(out);
  CHECK(keys_of(json) == std::vector<std::string>{"line", "id", "field", "code", "reason"});
  CHECK(json["line"] == 7);
  CHECK(json["code"] == "Q0836");
}

}  // namespace quy::tests
