#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "runtime/trace/json_text.h"

namespace quy::trace {

TEST_CASE("strings are escaped as JSON asks", "[trace]") {
  std::string all;
  for (int c = 1; c < 0x80; ++c) all += static_cast<char>(c);
  all += "Hoàn thành xuất sắc \u2028 𝄞";
  std::string out;
  append_json(out, all);
  CHECK(nlohmann::json::parse(out).get<std::string>() == all);

  out.clear();
  append_json(out, std::string_view("a\0b", 3));
  CHECK(out == "\"a\\u0000b\"");
}

TEST_CASE("objects and arrays place their own commas", "[trace]") {
  std::string out;
  {
    JsonObject object(out);
    object.member("a", "1");
    { JsonArray empty(object.key("b")); }
    append_json_array(object.key("c"), std::vector<std::string>{"x", "y"});
    object.flag("d", true);
  }
  CHECK(out == R"({"a":"1","b":[],"c":["x","y"],"d":true})");
}

}  // namespace quy::trace
