// Conservation over mutated inputs. Files in inputs/ once broke the law, or nearly; they are tried first.

#include <unistd.h>

#include <catch2/catch.hpp>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/file_io.h"
#include "runtime/columns/checksum.h"
#include "runtime/columns/format.h"
#include "tests/fuzz/conservation.h"
#include "tests/fuzz/mutator.h"

namespace quy::fuzz {
namespace {

/// Tests run side by side, each in a process of its own.
std::string folder() {
  struct Own {
    std::string path = QUY_BUILD_DIR "/tests/fuzz/work-" + std::to_string(::getpid());
    Own() { std::filesystem::create_directories(path); }
    ~Own() { std::filesystem::remove_all(path); }
  };
  static const Own own;
  return own.path;
}

/// What an input gave, where its lines do not matter.
Reading without_lines(Reading reading) {
  reading.lines.clear();
  return reading;
}

void same(const Reading& a, const Reading& b) {
  CHECK(a.problem == b.problem);
  CHECK(a.records == b.records);
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("inputs that once broke the law") {
  std::size_t tried = 0;
  for (const auto& entry : std::filesystem::directory_iterator(QUY_SOURCE_DIR "/tests/fuzz/inputs")) {
    INFO(entry.path().filename().string());
    const std::string bytes = text_of(entry.path());
    CHECK_NOTHROW(check_evidence(bytes));
    CHECK_NOTHROW(check_pack(bytes));
    ++tried;
  }
  CHECK(tried > 0);
}

TEST_CASE("no record is lost, whatever the bytes") {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases(); ++seed) {
    INFO("seed " << seed);
    Mutator mutator(seed);
    const std::string good = seed % 3 == 0 ? mutator.ndjson() : seed % 3 == 1 ? mutator.json() : mutator.csv(",;\t"[seed % 4 % 3]);
    CHECK_NOTHROW(check_evidence(good));
    const std::string bad = mutator.mutate(good);
    CHECK_NOTHROW(check_evidence(bad));
    CHECK_NOTHROW(check_evidence(mutator.mutate(gzip(bad))));
    CHECK_NOTHROW(check_evidence(mutator.mutate(zstd(bad))));
  }
}

TEST_CASE("packed evidence is the evidence") {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases() / 4; ++seed) {
    INFO("seed " << seed);
    Mutator mutator(seed);
    const std::string text = mutator.mutate(mutator.ndjson());
    const Reading plain = read(text, "evidence.ndjson");
    same(read(gzip(text), "evidence.ndjson.gz"), plain);
    same(read(zstd(text), "evidence.ndjson.zst"), plain);
    const std::size_t cut = mutator.below(text.size() + 1);
    same(read(gzip(text.substr(0, cut)) + gzip(text.substr(cut)), "evidence.ndjson.gz"), plain);
  }
}

TEST_CASE("a line that is taken out takes its record along and no other") {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases() / 4; ++seed) {
    INFO("seed " << seed);
    Mutator mutator(seed);
    const std::string text = mutator.mutate(mutator.ndjson());
    const Reading whole = without_lines(read(text, "evidence.ndjson"));
    // Of an array the records are no lines.
    const std::size_t first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (first == std::string::npos || text[first] == '[') continue;
    const std::vector<std::uint64_t> lines = read(text, "evidence.ndjson").lines;
    if (lines.size() < 2) continue;
    const std::size_t taken = 1 + mutator.below(lines.size() - 1);
    std::istringstream in(text);
    std::string rest, line;
    for (std::uint64_t number = 1; std::getline(in, line); ++number)
      if (number != lines[taken]) rest += line + (in.eof() ? "" : "\n");
    Reading expected = whole;
    expected.records.erase(expected.records.begin() + static_cast<std::ptrdiff_t>(taken));
    same(without_lines(read(rest, "evidence.ndjson")), expected);
  }
}

TEST_CASE("what separates the cells of a table says nothing") {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases() / 4; ++seed) {
    INFO("seed " << seed);
    const Reading commas = read(Mutator(seed).csv(','));
    CHECK(commas.problem.empty());
    same(read(Mutator(seed).csv(';')), commas);
    same(read(Mutator(seed).csv('\t')), commas);
    same(read("\xef\xbb\xbf" + Mutator(seed).csv(';')), commas);
  }
}

TEST_CASE("a cache gives what its sources give") {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases() / 10; ++seed) {
    INFO("seed " << seed);
    Mutator mutator(seed);
    std::string text;
    // Some inputs are larger than a batch and than a group of records.
    for (std::uint64_t repeats = seed % 20 == 0 ? 1200 : 1; repeats > 0; --repeats) text += mutator.ndjson() + "\n";
    text = mutator.mutate(text);
    const Reading plain = read(text, "evidence.ndjson");
    const Reading cached = read_cached(text, folder());
    if (plain.problem.empty()) CHECK(cached == plain);
  }
}

TEST_CASE("a damaged cache is refused") {
  Mutator mutator(first_seed());
  std::string text;
  for (int i = 0; i < 20; ++i) text += mutator.ndjson() + "\n";
  const std::string good = cache_of(text, folder());
  REQUIRE(read_cache(good, folder()).problem.empty());
  for (std::uint64_t i = 0; i < cases(); ++i) {
    std::string bad = good;
    if (i % 4 == 0) bad.resize(mutator.below(bad.size()));
    else bad[mutator.below(bad.size())] ^= static_cast<char>(1U << mutator.below(8));
    if (!bad.starts_with(columns::kMagic)) continue;   // then it is taken for evidence of another format
    INFO("case " << i);
    const std::string problem = read_cache(bad, folder()).problem;
    CAPTURE(problem);
    CHECK((problem == "Q0871" || problem == "Q0872"));
  }
}

TEST_CASE("a cache that was altered on purpose is refused or safe") {
  Mutator mutator(first_seed());
  std::string text;
  for (int i = 0; i < 6; ++i) text += mutator.ndjson() + "\n";
  const std::string good = cache_of(text, folder());
  const auto number = [](const std::string& bytes, std::size_t at) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
  };
  const auto put = [](std::string& bytes, std::size_t at, std::uint64_t value) { std::memcpy(bytes.data() + at, &value, sizeof value); };
  const std::size_t directory = number(good, good.size() - columns::kTailBytes);
  std::size_t accepted = 0;
  for (std::uint64_t i = 0; i < cases(); ++i) {
    std::string bad = good;
    // Entries of the directory (offset, size, checksum) are known by their checksum being right; they are set right again.
    for (std::uint64_t changes = 1 + mutator.below(3); changes > 0; --changes)
      bad[columns::kHeadBytes + mutator.below(directory - columns::kHeadBytes)] ^= static_cast<char>(1U << mutator.below(8));
    for (std::size_t at = directory; at + 24 <= bad.size() - columns::kTailBytes; at += 8) {
      const std::uint64_t offset = number(good, at), size = number(good, at + 8);
      if (offset < columns::kHeadBytes || offset > directory || size > directory - offset || size == 0) continue;
      if (columns::checksum(std::string_view(good).substr(offset, size)) != number(good, at + 16)) continue;
      put(bad, at + 16, columns::checksum(std::string_view(bad).substr(offset, size)));
    }
    const std::size_t end = bad.size() - columns::kTailBytes;
    put(bad, end + 16, columns::checksum(std::string_view(bad).substr(directory, end - directory)));
    INFO("case " << i);
    const Reading reading = read_cache(bad, folder());
    CHECK(reading.in_order);
    if (reading.problem.empty()) ++accepted;
  }
  CHECK(accepted > 0);   // else the checksums were not set right
}

TEST_CASE("a damaged pack is refused or safe") {
  const std::string good = bytecode::encode(facts::test::sample_pack());
  REQUIRE(std::holds_alternative<bytecode::Module>(bytecode::decode(good)));
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases(); ++seed) {
    INFO("seed " << seed);
    CHECK_NOTHROW(check_pack(Mutator(seed).mutate(good)));
  }
}

}  // namespace quy::fuzz
