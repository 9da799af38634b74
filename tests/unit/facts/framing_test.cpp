#include <catch2/catch.hpp>

#include <unistd.h>

#include <fstream>

#include "base/limits.h"
#include "sample_pack.h"

namespace quy::facts {
namespace {

using test::Bench;

std::string small(std::string_view id, std::string_view n = "1") {
  return R"({"id":")" + std::string(id) + R"(","subject":"thu.nho","period":"2025","evidence":{"n":)" + std::string(n) +
         "}}";
}

std::vector<std::string> ids(const Bench& bench) {
  std::vector<std::string> all;
  for (const test::Row& row : bench.rows) all.push_back(row.head.id);
  return all;
}

using Ids = std::vector<std::string>;

/// A file that goes away.
struct TemporaryFile {
  explicit TemporaryFile(std::string_view content) {
    path = "/tmp/quy-facts-test-" + std::to_string(::getpid());
    std::ofstream(path, std::ios::binary) << content;
  }
  ~TemporaryFile() { ::unlink(path.c_str()); }
  std::string path;
};

}  // namespace

TEST_CASE("lines: blank ones, line ends, a byte order mark, no last line break") {
  Bench bench;
  const std::string text = "\xEF\xBB\xBF\n \t\r\n" + small("a") + "\r\n\n  " + small("b") + "  \n\r\n" + small("c");
  CHECK(!bench.read(text));
  CHECK(ids(bench) == Ids{"a", "b", "c"});
  CHECK(bench.rows[0].head.line == 3);
  CHECK(bench.rows[1].head.line == 5);
  CHECK(bench.rows[2].head.line == 7);
  CHECK(bench.in_order);
  for (const char* nothing : {"", "\n", " \n\t\r\n", "\xEF\xBB\xBF"}) {
    Bench empty;
    CHECK(!empty.read(nothing));
    CHECK(empty.row_count + empty.reject_count == 0);
  }
}

TEST_CASE("a bad line takes no other with it") {
  const std::string good = small("g");
  for (const std::string bad : {R"({"id":"open)", R"({"id":"a\)", R"("\)", "\\", "{\"id\":\"\xff\"}",
                                "{\"id\":\"\x01\"}", "]", "}", "\"", "{\"a\":\"b\"\"}", "\x80"}) {
    Bench bench;
    INFO(bad);
    CHECK(!bench.read(good + "\n" + bad + "\n" + good + "\n" + bad + "\n" + bad + "\n" + good));
    CHECK(bench.row_count == 3);
    CHECK(bench.reject_count == 3);
    CHECK(bench.in_order);
    CHECK(bench.rejects[0].line == 2);
  }
}

TEST_CASE("a line with a zero byte is refused") {
  Bench bench;
  bench.read(small("a") + "\n" + std::string(3, '\0') + "\n" + small("b").insert(20, 1, '\0') + "\n" + small("c"));
  CHECK(bench.row_count == 2);
  CHECK(bench.reject_count == 2);
}

TEST_CASE("an array is read like lines") {
  Bench bench;
  CHECK(!bench.read("\xEF\xBB\xBF \n [" + small("a") + ",\n\n  " + small("b") + "\n  ,7, " + small("c") + " ] \n"));
  CHECK(ids(bench) == Ids{"a", "b", "c"});
  CHECK(bench.reject_count == 1);
  CHECK(bench.rejects[0].reason.id == Diag::record_not_object);
  CHECK(bench.rows[0].head.line == 2);
  CHECK(bench.rows[1].head.line == 4);
  CHECK(bench.rejects[0].line == 5);
  CHECK(bench.rows[2].head.sequence == 3);
  CHECK(bench.in_order);
}

TEST_CASE("arrays of nothing, and of too little") {
  const auto rejects = [](std::string_view text, Diag id) {
    Bench bench;
    CHECK(!bench.read(text));
    for (const Reject& reject : bench.rejects) CHECK(reject.reason.id == id);
    return bench.reject_count;
  };
  CHECK(rejects("[]", Diag::element_empty) == 0);
  CHECK(rejects("[ \n ]", Diag::element_empty) == 0);
  CHECK(rejects("[,]", Diag::element_empty) == 2);
  CHECK(rejects("[" + small("a") + ",]", Diag::element_empty) == 1);
  CHECK(rejects("[" + small("a") + ",," + small("b") + "]", Diag::element_empty) == 1);
  CHECK(rejects("[" + small("a") + " " + small("b") + "]", Diag::record_malformed) == 1);
}

TEST_CASE("a broken element takes no neighbour with it") {
  for (const std::string bad : {R"({"id":"x","evidence":{"n":1})"
                                "\n",
                                R"({"id":"x","x_":[1})",
                                R"({"id":"x)"
                                "\n}",
                                R"({"id":"x\)"
                                "\n}",
                                "{\"id\":\"\xff\"}", "7", "\"a\"", "tru", "}"}) {
    Bench bench;
    INFO(bad);
    const auto problem = bench.read("[" + small("a") + "," + bad + "," + small("b") + "]");
    if (bad.starts_with(R"({"id":"x","evidence")")) {
      // An object that is never closed cannot be told from what follows it; the end of the array tells.
      CHECK(problem);
      CHECK(bench.row_count == 1);
      CHECK(bench.reject_count == 1);
      continue;
    }
    CHECK(!problem);
    CHECK(ids(bench) == Ids{"a", "b"});
    CHECK(bench.reject_count == 1);
  }
}

TEST_CASE("an array that does not end, or after which something comes") {
  Bench cut;
  auto problem = cut.read("[" + small("a") + "," + small("b").substr(0, 20));
  REQUIRE(problem);
  CHECK(problem->id == Diag::array_not_closed);
  CHECK(cut.row_count == 1);
  CHECK(cut.reject_count == 1);

  Bench whole;
  problem = whole.read("[" + small("a"));
  REQUIRE(problem);
  CHECK(whole.row_count == 1);

  Bench more;
  problem = more.read("[" + small("a") + "]\n\n" + small("b"));
  REQUIRE(problem);
  CHECK(problem->id == Diag::text_after_array);
  CHECK(text(*problem, Language::en).find("line 3") != std::string::npos);
  CHECK(more.row_count == 1);
}

TEST_CASE("files of many records are read in pieces, the same as text") {
  std::string lines, array = "[";
  const std::size_t count = 20'000;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string one = i % 7 == 3 ? small(std::to_string(i), "-1") : small(std::to_string(i), std::to_string(i));
    lines += one + "\n";
    array += (i ? "," : "") + one + (i % 5 ? "" : "\n");
  }
  array += "]";
  for (const std::string& text : {lines, array}) {
    Bench from_text, from_file;
    CHECK(!from_text.read(text));
    const TemporaryFile file(text);
    CHECK(!from_file.reader.read(file.path, from_file));
    CHECK(from_text.row_count + from_text.reject_count == count);
    CHECK(from_file.row_count == from_text.row_count);
    CHECK(from_file.in_order);
    CHECK(ids(from_file) == ids(from_text));
    REQUIRE(from_file.rejects.size() == from_text.rejects.size());
    CHECK(from_file.rejects.back().line == from_text.rejects.back().line);
    CHECK(from_file.rows.back().fields["n"].value == static_cast<std::int64_t>(count - 1));
  }
}

TEST_CASE("a record above the limit is refused and the rest goes on") {
  const std::string filler(limits::record_bytes, 'x');
  const std::string huge = R"({"id":"h","subject":"thu.nho","period":"2025","x_":")" + filler + "\"}";
  for (const std::string& text : {small("a") + "\n" + huge + "\n" + small("b") + "\n" + huge,
                                  "[" + small("a") + "," + huge + "," + small("b") + "," + huge + "]"}) {
    Bench from_text, from_file;
    CHECK(!from_text.read(text));
    const TemporaryFile file(text);
    CHECK(!from_file.reader.read(file.path, from_file));
    for (const Bench* bench : {&from_text, &from_file}) {
      CHECK(ids(*bench) == Ids{"a", "b"});
      REQUIRE(bench->reject_count == 2);
      CHECK(bench->rejects[0].reason.id == Diag::record_too_long);
      CHECK(quy::text(bench->rejects[0].reason, Language::en).find(std::to_string(limits::record_bytes)) !=
            std::string::npos);
      CHECK(bench->in_order);
    }
  }
  // One byte less is a record like any other.
  Bench fits;
  const std::string largest = R"({"id":"h","subject":"thu.nho","period":"2025","x_":")" + filler.substr(60) + "\"}";
  fits.read(largest);
  CHECK(fits.row_count == 1);
}

TEST_CASE("an input that cannot be read says why") {
  for (const char* path : {"/nonexistent/evidence.jsonl", "/tmp"}) {
    Bench bench;
    const auto problem = bench.reader.read(path, bench);
    REQUIRE(problem);
    CHECK(problem->id == Diag::evidence_unreadable);
    CHECK(text(*problem, Language::vi).find(path) != std::string::npos);
  }
}

TEST_CASE("a list of many items and many rows in one batch") {
  Bench bench;
  std::string items = "{\"so_luong\":1}";
  for (int i = 1; i < 9000; ++i) items += ",{\"so_luong\":" + std::to_string(i % 100) + "}";
  std::string text;
  for (int i = 0; i < 3; ++i)
    text += test::evidence("\"viec\":[" + items + "]") + "\n" + test::evidence("\"viec\":[]") + "\n";
  bench.read(text);
  REQUIRE(bench.rows.size() == 6);
  CHECK(bench.rows[4].lists["viec"]->size() == 9000);
  CHECK(bench.rows[4].lists["viec"]->at(8999).at("so_luong").value == 990);
}

}  // namespace quy::facts
