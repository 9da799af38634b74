#include "tools/progress.h"

#include <catch2/catch.hpp>
#include <sstream>

using namespace quy;
using namespace quy::tools;

namespace {

/// A line whose clock the test turns.
struct Watched {
  explicit Watched(Language language, std::optional<std::uint64_t> total) {
    context.language = language;
    line.emplace(context, out, total, [this] { return now; });
  }
  /// What the line shows after so many seconds from the start; nothing when it stays as it is.
  std::string at(double seconds, Progress progress) {
    now = ProgressLine::Clock::time_point{} + std::chrono::milliseconds(static_cast<long>(seconds * 1000));
    out.str("");
    line->show(progress);
    const std::string text = out.str();
    return text.empty() ? text : text.substr(text.find('K') + 1);
  }

  Context context;
  std::ostringstream out;
  ProgressLine::Clock::time_point now;
  std::optional<ProgressLine> line;
};

}  // namespace

TEST_CASE("the line of progress: share, records, rate, time left") {
  Watched watched(Language::vi, 1'000'000);
  CHECK(watched.at(1, {1'000, 100'000, 1}).empty());   // the first two seconds are silent
  CHECK(watched.at(4, {1'234'000, 400'000, 1}) == "[########............]  40%  1.234.000 bản ghi  308.500/giây  còn 0:06");
  CHECK(watched.at(4.1, {1'300'000, 450'000, 1}).empty());   // not more often than five times a second
}

TEST_CASE("the line of progress in English, in another reading of the evidence") {
  Watched watched(Language::en, 1'000'000);
  CHECK(watched.at(0, {0, 0, 1}).empty());
  CHECK(watched.at(10, {0, 10'000, 1}) == "[....................]   1%    left 16:30");
  CHECK(watched.at(20, {0, 0, 2}) == "[....................]   0%  reading 2  ");
  CHECK(watched.at(30, {500'000, 500'000, 2}) == "[##########..........]  50%  reading 2  500,000 records  50,000/s  left 0:10");
}

TEST_CASE("the line of progress without a known size, and its end") {
  Watched watched(Language::en, std::nullopt);
  CHECK(watched.at(5, {5'000, 70'000, 1}) == "5,000 records  1,000/s");
  watched.out.str("");
  watched.line.reset();
  CHECK(watched.out.str() == "\r\033[K");
}
