#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "sample_pack.h"

namespace quy::facts {
namespace {

using Json = nlohmann::json;

Json schema_of(std::uint32_t subject) { return Json::parse(json_schema(test::sample_pack(), subject)); }

/// Every reference leads somewhere, every object that names its members closes the rest out.
void check_structure(const Json& root, const Json& node) {
  if (node.is_object()) {
    if (node.contains("$ref") && node["$ref"].is_string()) {
      const std::string target = node["$ref"];
      REQUIRE(target.starts_with("#/$defs/"));
      CHECK(root["$defs"].contains(target.substr(8)));
    }
    if (node.contains("properties") && node.contains("type")) CHECK(node.contains("additionalProperties"));
    if (node.contains("required")) {
      for (const auto& name : node["required"]) CHECK(node["properties"].contains(name.get<std::string>()));
    }
    for (const char* list : {"anyOf", "oneOf", "enum"}) {
      if (node.contains(list) && node[list].is_array()) CHECK(!node[list].empty());
    }
  }
  if (node.is_structured()) {
    for (const auto& child : node) check_structure(root, child);
  }
}

}  // namespace

TEST_CASE("the schema is sound by its own structure") {
  for (std::uint32_t subject = 0; subject < 2; ++subject) {
    const Json schema = schema_of(subject);
    check_structure(schema, schema);
    CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
    CHECK(schema["required"] == Json({"id", "subject", "period"}));
  }
}

TEST_CASE("the schema says what the reader enforces") {
  const Json schema = schema_of(0);
  const Json& definitions = schema["$defs"];
  CHECK(schema["properties"]["subject"]["const"] == "thu.day_du");
  CHECK(schema["properties"]["evidence"]["additionalProperties"] == false);
  CHECK(schema["properties"]["scores"]["properties"].size() == 3);
  CHECK(schema["additionalProperties"] == false);

  const Json count = definitions["evidence.giao"]["anyOf"][0];
  CHECK(count["type"] == "integer");
  CHECK(count["minimum"] == 0);
  CHECK(count["maximum"] == 1000);
  CHECK(json_schema(test::sample_pack(), 0).find(R"("minimum":-100,"maximum":100,"multipleOf":0.01)") !=
        std::string::npos);
  CHECK(json_schema(test::sample_pack(), 0).find(R"("minimum":0,"maximum":5,"multipleOf":0.25)") != std::string::npos);
  CHECK(definitions["evidence.ngay"]["anyOf"][0]["format"] == "date");
  CHECK(definitions["evidence.muc_chu"]["anyOf"][0]["oneOf"][2] == Json({{"const", "kha"}, {"title", "Khá"}}));
  CHECK(definitions["evidence.ma"]["anyOf"][0]["enum"] == Json({"007", "A1", "B2"}));
  CHECK(definitions["evidence.tieu_chi"]["anyOf"][0]["oneOf"].size() == 3);

  const auto allows_states = [&](const std::string& name) {
    for (const Json& form : definitions[name]["anyOf"]) {
      if (form.contains("$ref") && form["$ref"] == "#/$defs/state") return true;
    }
    return false;
  };
  CHECK(allows_states("evidence.phieu"));
  CHECK(!allows_states("evidence.giao"));
  CHECK(definitions["evidence.khach_quan"]["anyOf"][2]["required"] == Json({"claimed"}));
  CHECK(definitions["list.viec"]["anyOf"][0]["maxItems"] == 10'000);
  CHECK(definitions["list.viec"]["anyOf"][0]["items"]["properties"].contains("so_luong"));
  CHECK(definitions["list.don_vi"]["anyOf"][0]["items"]["anyOf"][0]["type"] == "string");

  const Json& decisions = schema["properties"]["decisions"]["items"]["oneOf"];
  REQUIRE(decisions.size() == 2);
  CHECK(decisions[0]["properties"]["clause"]["const"] == "D11.4.3.p1");
  CHECK(decisions[0]["properties"]["outcome"]["oneOf"].size() == 2);
  CHECK(decisions[0]["required"] == Json({"clause", "outcome", "document", "reason"}));
  CHECK(schema["properties"]["maxima"]["properties"].contains("kinh_te"));
}

TEST_CASE("titles, units and sources of fields reach the schema") {
  auto pack = test::sample_pack();
  pack.subjects[0].fields[0].label = "Số \"nhiệm vụ\"";
  pack.subjects[0].fields[0].unit = "lượt";
  pack.subjects[0].fields[0].source = "Sổ theo dõi";
  const Json field = Json::parse(json_schema(pack, 0))["properties"]["evidence"]["properties"]["giao"];
  CHECK(field["title"] == "Số \"nhiệm vụ\"");
  CHECK(field["x-unit"] == "lượt");
  CHECK(field["description"] == "đơn vị tính: lượt; nguồn: Sổ theo dõi");
}

}  // namespace quy::facts
