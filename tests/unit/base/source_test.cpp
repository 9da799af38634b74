#include "base/source.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "base/file_io.h"
#include "base/limits.h"

using namespace quy;

namespace {

FileId add(SourceMap& sources, std::string_view text) {
  const auto file = sources.add("thử.quy", text, nullptr);
  REQUIRE(file);
  return *file;
}

std::uint32_t offset_of(const SourceMap& sources, FileId file, std::string_view piece) {
  const std::size_t at = sources.text(file).find(piece);
  REQUIRE(at != std::string_view::npos);
  return static_cast<std::uint32_t>(at);
}

void check_place(const SourceMap& sources, FileId file, std::uint32_t offset, std::uint32_t line,
                 std::uint32_t column) {
  const LineColumn place = sources.line_column(file, offset);
  CHECK(place.line == line);
  CHECK(place.column == column);
}

}  // namespace

TEST_CASE("columns count letters, not bytes") {
  SourceMap sources;
  const FileId file = add(sources, "gói x\ntiêu chí thể_chế điểm 5\n");
  check_place(sources, file, 0, 1, 1);
  check_place(sources, file, offset_of(sources, file, "thể_chế"), 2, 10);
  check_place(sources, file, offset_of(sources, file, "điểm"), 2, 18);
  check_place(sources, file, offset_of(sources, file, "5"), 2, 23);
}

TEST_CASE("decomposed text gives the same places as composed text") {
  SourceMap sources;
  const FileId file = add(sources, "tie\u0302u chi\u0301 x");
  CHECK(sources.text(file) == "tiêu chí x");
  check_place(sources, file, offset_of(sources, file, "x"), 1, 10);
}

TEST_CASE("a letter that has no composed form is still one column") {
  SourceMap sources;
  const FileId file = add(sources, "m\u0323\u0302x");
  check_place(sources, file, offset_of(sources, file, "x"), 1, 2);
  check_place(sources, file, 2, 1, 1);  // inside the letter
}

TEST_CASE("lines end at line feeds, with or without carriage returns") {
  SourceMap sources;
  const FileId file = add(sources, "một\r\nhai\n\nbốn");
  CHECK(sources.line_text(file, 0) == "một");
  CHECK(sources.line_text(file, offset_of(sources, file, "ai")) == "hai");
  const std::uint32_t empty = offset_of(sources, file, "\n\n") + 1;
  CHECK(sources.line_text(file, empty).empty());
  check_place(sources, file, empty, 3, 1);
  CHECK(sources.line_begin(file, offset_of(sources, file, "ốn")) == offset_of(sources, file, "bốn"));
  const auto end = static_cast<std::uint32_t>(sources.text(file).size());
  check_place(sources, file, end, 4, 4);
  CHECK(sources.line_text(file, end) == "bốn");
}

TEST_CASE("an empty file has one empty line") {
  SourceMap sources;
  const FileId file = add(sources, "");
  check_place(sources, file, 0, 1, 1);
  CHECK(sources.line_text(file, 0).empty());
}

TEST_CASE("a byte order mark is dropped") {
  SourceMap sources;
  CHECK(sources.text(add(sources, "\xEF\xBB\xBFgói")) == "gói");
}

TEST_CASE("texts stay where they are when files are added") {
  SourceMap sources;
  const std::string_view first = sources.text(add(sources, "a"));
  for (int i = 0; i < 100; ++i) add(sources, "b");
  CHECK(first == "a");
  CHECK(sources.size() == 101);
  CHECK(sources.name(0) == "thử.quy");
}

TEST_CASE("what is not UTF-8, or too large, is refused with its place") {
  SourceMap sources;
  SourceProblem problem{};
  CHECK_FALSE(sources.add("x", "abc\xFF", &problem));
  CHECK(problem.kind == SourceProblem::Kind::not_utf8);
  CHECK(problem.offset == 3);
  CHECK_FALSE(sources.add("x", std::string(limits::source_bytes + 1, ' '), &problem));
  CHECK(problem.kind == SourceProblem::Kind::too_large);
  CHECK(problem.offset == limits::source_bytes + 1);
  CHECK_FALSE(sources.load("/nowhere/at/all.quy", &problem));
  CHECK(problem.kind == SourceProblem::Kind::unreadable);
  CHECK(sources.size() == 0);
}

TEST_CASE("a file is read from disk under the name asked for") {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("quy-source-" + std::to_string(::getpid()))).string();
  REQUIRE(write_file(path, "chuẩn\n"));
  SourceMap sources;
  const auto plain = sources.load(path, nullptr);
  const auto named = sources.load(path, nullptr, "tên khác");
  std::filesystem::remove(path);
  REQUIRE(plain);
  REQUIRE(named);
  CHECK(sources.name(*plain) == path);
  CHECK(sources.name(*named) == "tên khác");
  CHECK(sources.text(*named) == "chuẩn\n");
}

TEST_CASE("covering spans ignores those without a place") {
  CHECK(cover({0, 4, 6}, {0, 1, 5}) == Span{0, 1, 6});
  CHECK(cover({}, {0, 1, 5}) == Span{0, 1, 5});
  CHECK(cover({0, 1, 5}, {}) == Span{0, 1, 5});
  CHECK_FALSE(cover({}, {}).valid());
}
