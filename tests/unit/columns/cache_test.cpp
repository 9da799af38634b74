#include "runtime/columns/cache.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/unit/facts/sample_pack.h"

namespace quy::columns {
namespace {

using facts::test::Bench;

constexpr const char* kEvidence = R"({"id":"A","subject":"thu.nho","period":"2025","evidence":{"n":1}})"
                                  "\n"
                                  R"({"id":"B","subject":"thu.nho","period":"2025","evidence":{"n":2}})"
                                  "\n";

/// A cache of kEvidence in a folder of its own.
struct CacheFile {
  CacheFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "quy-cache-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    path = (folder / "two.qev").string();
    Bench bench;
    std::ofstream out(path, std::ios::binary);
    CacheWriter writer(bench.module, bench.texts, out);
    facts::Reader reader(bench.module, bench.texts, writer.options());
    REQUIRE_FALSE(reader.read_text(kEvidence, writer.sink()));
    writer.end_source({"two.ndjson", "/two.ndjson", 0, 0, "", 0});
    writer.finish();
  }
  ~CacheFile() { std::filesystem::remove_all(folder); }

  std::filesystem::path folder;
  std::string path;
};

std::string code_of(const std::optional<Message>& message) { return message ? std::string(code(message->id)) : ""; }

}  // namespace

TEST_CASE("records come back from a cache") {
  const CacheFile file;
  const auto opened = Cache::open(file.path);
  Bench bench;
  CHECK(code_of(std::get<0>(opened)->read(bench.module, {}, bench.texts, bench)) == "");
  REQUIRE(bench.rows.size() == 2);
  CHECK(bench.rows[1].head.id == "B");
  CHECK(bench.rows[1].fields.at("n").value == 2);
}

TEST_CASE("a cache that another program cuts short while it is open gives a message") {
  const CacheFile file;
  const auto opened = Cache::open(file.path);
  std::filesystem::resize_file(file.path, 24);
  Bench bench;
  CHECK(code_of(std::get<0>(opened)->read(bench.module, {}, bench.texts, bench)) == code(Diag::cache_damaged));
  CHECK(bench.rows.empty());
}

TEST_CASE("what is no regular file is no cache") {
  const CacheFile file;
  CHECK(is_cache(file.path));
  CHECK_FALSE(is_cache(file.folder.string()));
  CHECK_FALSE(is_cache("/dev/null"));
  CHECK_FALSE(is_cache((file.folder / "none.qev").string()));
  CHECK(code_of(std::get<Message>(Cache::open((file.folder / "none.qev").string()))) == code(Diag::evidence_unreadable));
}

}  // namespace quy::columns
