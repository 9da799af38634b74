// The short ways of the reader (record_pattern.h, quick_members.h) and its walk over bytes (json_cursor.h), by laws: what a record is read as
// does not depend on the records before it, and what is passed over is JSON exactly where another parser says so.

#include <catch2/catch.hpp>
#include <random>
#include <simdjson.h>

#include "tests/unit/facts/sample_pack.h"

using namespace quy;
using namespace quy::facts;
using namespace quy::facts::test;

namespace {

class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {}

  /// Some lines written alike, as a program writes them, with values of their own.
  std::vector<std::string> alike() {
    shape_ = random_();
    std::vector<std::string> lines;
    for (std::uint32_t left = 1 + below(6); left > 0; --left) lines.push_back(spoilt(line()));
    return lines;
  }

 private:
  std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(random_() % count); }
  bool chance(std::uint32_t one_in) { return below(one_in) == 0; }
  std::string pick(std::initializer_list<const char*> of) { return *(of.begin() + below(static_cast<std::uint32_t>(of.size()))); }
  std::string number(std::uint32_t bound) { return std::to_string(below(bound)); }

  std::string colon() const { return spaced_ ? "\": " : "\":"; }
  std::string comma() const { return spaced_ ? ", " : ","; }
  std::string member(const std::string& key, const std::string& value) const { return "\"" + key + colon() + value; }
  std::string object(const std::vector<std::string>& members) const {
    std::string text = "{";
    for (const std::string& m : members) text += (text.size() > 1 ? comma() : "") + m;
    return text + "}";
  }
  std::string text(std::string content) {
    if (chance(20)) content += pick({"\\n", "é", "\\u0041", "\\\"", ""});
    return "\"" + content + "\"";
  }

  std::string odd_value() { return pick({"null", "{\"none\":true}", "{\"value\":3,\"source\":\"x\"}", "-1", "1e1", "\"kha\"", "[]", "9999999999", "07", "3.", "true"}); }

  std::vector<std::string> evidence(std::mt19937_64& shape) {
    std::vector<std::string> members;
    const auto add = [&](const char* key, const std::string& value) {
      if (shape() % 3 != 0) members.push_back(member(key, chance(60) ? odd_value() : value));
    };
    add("he_so", number(100) + pick({"", ".5", ".25", ".75"}));
    add("ti_le", number(1000));
    add("tien", number(1000000) + pick({"", "000", "000000000", "00000000"}));
    add("so_ngay", number(30));
    add("dat", pick({"true", "false"}));
    add("ngay", "\"2025-0" + std::to_string(1 + below(9)) + "-15\"");
    add("ghi_chu", text("xong"));
    add("muc_chu", pick({"\"yeu\"", "\"kha\"", "\"tot\"", "\"khá\""}));
    add("ma", pick({"\"007\"", "\"A1\""}));
    add("phieu", number(500));
    add("viec", pick({"[]", "[]", "[]", R"([{"so_luong":3,"hoan_thanh":2.5}])"}));
    if (shape() % 2 == 0) std::reverse(members.begin(), members.end());
    if (!members.empty() && chance(40)) members.push_back(members.front());
    return members;
  }

  std::string line() {
    std::mt19937_64 shape(shape_);   // what stays the same from line to line
    spaced_ = shape() % 2 == 0;
    const bool small = shape() % 4 == 0;
    std::vector<std::string> members{member("id", text("A-" + number(1000))),
                                     member("subject", small ? "\"thu.nho\"" : "\"thu.day_du\"")};
    const std::string period = member("period", chance(15) ? "\"2025-Q2\"" : "\"2025\"");
    if (shape() % 3 == 0) {
      members.insert(members.begin() + 1, period);
    } else {
      members.push_back(period);
    }
    if (shape() % 4 == 0) std::swap(members[0], members[1]);
    if (shape() % 2 == 0) members.push_back(member("unit", text("U" + number(20))));
    if (shape() % 4 == 0) members.insert(members.begin() + static_cast<std::ptrdiff_t>(shape() % 2), member("cohort", text("nhom")));
    members.push_back(member("evidence", small ? object({member("n", number(1000000000))}) : object(evidence(shape))));
    if (!small && shape() % 2 == 0)
      members.push_back(member("scores", object({member(pick({"decision", "decision", "decision", "self"}),
                                                         object({member("pham_chat", number(5) + pick({"", ".25", ".5", ".75"})),
                                                                 member("ky_luat", number(10))}))})));
    if (shape() % 8 == 0) members.push_back(member("x_a", odd_value()));
    return object(members);
  }

  /// Now and then a byte is another one, or missing, or there twice.
  std::string spoilt(std::string line) {
    if (!chance(6)) return line;
    const std::size_t at = below(static_cast<std::uint32_t>(line.size()));
    switch (below(3)) {
      case 0: line[at] = pick({"\"", ",", "}", "{", ":", "0", "9", ".", " ", "\\", "x", "\x01", "["})[0]; break;
      case 1: line.erase(at, 1); break;
      default: line.insert(at, 1, line[at]); break;
    }
    return line;
  }

  std::mt19937_64 random_;
  std::uint64_t shape_ = 0;
  bool spaced_ = false;
};

void check_same(const Row& a, const Row& b) {
  CHECK(a.head.id == b.head.id);
  CHECK(a.head.subject == b.head.subject);
  CHECK(a.head.period == b.head.period);
  CHECK(a.head.unit == b.head.unit);
  CHECK(a.head.cohort == b.head.cohort);
  CHECK(a.fields == b.fields);
  CHECK(a.lists == b.lists);
}

}  // namespace

TEST_CASE("a record is read alike whatever came before it") {
  const Module pack = sample_pack();
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Writer writer(seed);
    Bench together(pack), alone(pack);
    std::vector<std::string> lines;
    for (int i = 0; i < 12; ++i)
      for (std::string& line : writer.alike()) lines.push_back(std::move(line));
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    together.read(all);
    for (const std::string& line : lines) Reader(together.module, together.texts, {}).read_text(line, alone);
    INFO("seed " << seed);
    REQUIRE(together.rows.size() == alone.rows.size());
    REQUIRE(together.rejects.size() == alone.rejects.size());
    for (std::size_t i = 0; i < alone.rows.size(); ++i) {
      INFO("row " << i << ", " << alone.rows[i].head.id);
      check_same(together.rows[i], alone.rows[i]);
    }
    for (std::size_t i = 0; i < alone.rejects.size(); ++i) {
      INFO(lines[together.rejects[i].line - 1]);
      CHECK(together.rejects[i].reason.id == alone.rejects[i].reason.id);
      CHECK(together.rejects[i].field == alone.rejects[i].field);
      CHECK(together.rejects[i].id == alone.rejects[i].id);
    }
  }
}

TEST_CASE("what is passed over is JSON exactly where another parser says so") {
  const std::string_view pieces[] = {"{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\":", "1", "0", "-", ".", "25", "true", "false", "null",
                                     " ", "\t", "\\", "\\n", "\\/", "x", "\x7f", "é", "\x01", "\r"};
  Bench bench;
  simdjson::dom::parser parser;
  std::size_t accepted = 0;
  std::mt19937_64 random(366);
  for (int round = 0; round < 60000; ++round) {
    // A value of a few pieces, often a sound one with a piece changed.
    std::vector<std::string_view> value;
    if (random() % 2 == 0) value = {"[", "{", "\"b\":", "1", "}", ",", "\"a\"", ",", "true", "]"};
    for (std::uint64_t left = random() % 3; left > 0; --left)
      value.insert(value.begin() + static_cast<std::ptrdiff_t>(random() % (value.size() + 1)), pieces[random() % std::size(pieces)]);
    if (value.size() > 4 && random() % 2 == 0) value.erase(value.begin() + static_cast<std::ptrdiff_t>(random() % value.size()));
    std::string line = R"({"id":"a","subject":"thu.nho","period":"2025","x_":)";
    for (const std::string_view piece : value) line += piece;
    line += "}";
    bench.rows.clear();
    bench.rejects.clear();
    bench.read(line);
    const bool is_json = parser.parse(line).error() == simdjson::SUCCESS;
    // A key of another name, or there twice, ends the walk before the rest has been seen.
    const bool ended = !bench.rejects.empty() && (bench.rejects[0].reason.id == Diag::key_unknown || bench.rejects[0].reason.id == Diag::key_repeated);
    if (ended) continue;
    const bool accepts = bench.rejects.empty();
    INFO(line);
    CHECK(accepts == is_json);
    accepted += is_json ? 1 : 0;
  }
  CHECK(accepted > 5000);
}
