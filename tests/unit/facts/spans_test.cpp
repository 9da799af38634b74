#include "runtime/facts/spans.h"

#include <catch2/catch.hpp>

using namespace quy;
using namespace quy::facts;

namespace {

struct Expected {
  const char* period;
  Span span;
  bool first, over;
};

}  // namespace

TEST_CASE("where periods lie in a year, a quarter and a term") {
  const Expected all[] = {
      {"2025-01", Span::year, true, false},      {"2025-12", Span::year, false, true},     {"2025-02", Span::quarter, false, false},
      {"2025-03", Span::quarter, false, true},   {"2025-04", Span::quarter, true, false},  {"2025-Q1", Span::year, true, false},
      {"2025-Q3", Span::year, false, false},     {"2025-Q4", Span::year, false, true},     {"2025-Q2", Span::quarter, true, true},
      {"2025-H1", Span::year, true, false},      {"2025-H2", Span::year, false, true},     {"2025-H2", Span::quarter, true, true},
      {"2025", Span::year, true, true},          {"2025/2026", Span::year, true, true},    {"2025..2030", Span::year, true, true},
      {"2025..2030", Span::term, true, true},    {"2030", Span::term, true, false},        {"2025-Q4", Span::term, true, false},
  };
  for (const Expected& expected : all) {
    CAPTURE(expected.period);
    const std::optional<Period> period = parse_period(expected.period);
    REQUIRE(period);
    const PlaceInSpan place = place_in(expected.span, *period);
    CHECK(place.first == expected.first);
    CHECK(place.over == expected.over);
  }
}
