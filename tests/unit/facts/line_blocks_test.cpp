#include "runtime/facts/line_blocks.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "base/limits.h"

using namespace quy;
using namespace quy::facts;

namespace {

/// Gives its bytes in small pieces of changing size, as a pipe does.
class Trickle : public ByteSource {
 public:
  explicit Trickle(std::string_view bytes) : bytes_(bytes) {}
  std::size_t read(char* into, std::size_t size) override {
    turn_ = turn_ % 7 + 1;
    return bytes_.read(into, std::min(size, std::size_t{40'000} * turn_));
  }

 private:
  MemorySource bytes_;
  std::size_t turn_ = 0;
};

struct Cut {
  std::string text;
  LinePosition first, after;
};

std::vector<Cut> cut(std::string_view text, LinePosition from = {}) {
  Trickle source(text);
  LineBlocks blocks(source, from);
  std::vector<Cut> cuts;
  for (LineBlock block; blocks.next(block);) cuts.push_back({std::string(block.text()), block.first, block.after});
  CHECK(blocks.at_end());
  return cuts;
}

/// Lines of all lengths, some of them blank, the last without its break.
std::string many_lines() {
  std::string text = "\xEF\xBB\xBF";
  for (std::size_t i = 0; text.size() < 11'000'000; ++i) text += i % 50 == 7 ? " \t\r\n" : "{\"id\":\"" + std::string(i % 3000, 'x') + "\"}\n";
  return text + "{\"id\":\"last\"}";
}

}  // namespace

TEST_CASE("blocks of lines are all of the text, each beginning where the last one ended") {
  const std::string text = many_lines();
  const std::vector<Cut> cuts = cut(text);
  REQUIRE(cuts.size() >= 3);
  std::string joined = "\xEF\xBB\xBF";
  LinePosition at{3, 1, 0};
  for (const Cut& block : cuts) {
    joined += block.text;
    CHECK(block.first.byte == at.byte);
    CHECK(block.first.line == at.line);
    CHECK(block.first.records == at.records);
    at = block.after;
  }
  CHECK(joined == text);
  CHECK(at.byte == text.size());
  const auto breaks = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  CHECK(at.line == breaks + 1);
  const auto records = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '{'));
  CHECK(at.records == records);
}

TEST_CASE("cutting goes on from any block as it would have gone on") {
  const std::string text = many_lines();
  const std::vector<Cut> cuts = cut(text);
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const std::vector<Cut> rest = cut(text, cuts[i].after);
    REQUIRE(rest.size() == cuts.size() - i - 1);
    for (std::size_t k = 0; k < rest.size(); ++k) {
      CHECK(rest[k].text == cuts[i + 1 + k].text);
      CHECK(rest[k].after.records == cuts[i + 1 + k].after.records);
    }
  }
}

TEST_CASE("of a line beyond the limit no more than the limit is held") {
  const std::string text = "{}\n" + std::string(limits::record_bytes * 2 + 5, 'x') + "\n{}\n\n{}";
  const std::vector<Cut> cuts = cut(text);
  REQUIRE(cuts.size() == 3);
  CHECK(cuts[0].text == "{}\n");
  CHECK(cuts[1].text.size() == limits::record_bytes + 1);
  CHECK(cuts[1].first.line == 2);
  CHECK(cuts[1].after.line == 3);
  CHECK(cuts[2].text == "{}\n\n{}");
  CHECK(cuts[2].after.records == 4);
  CHECK(cuts[2].after.byte == text.size());
}

TEST_CASE("there is no block in nothing") {
  CHECK(cut("").empty());
  CHECK(cut("\n\n").size() == 1);
}
