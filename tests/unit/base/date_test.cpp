#include "base/numeric/date.h"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

using namespace quy;

namespace {

DayNumber day(std::string_view iso) {
  const auto parsed = parse_iso_date(iso);
  REQUIRE(parsed);
  return *parsed;
}

void check_period(std::string_view text, Period::Kind kind, std::string_view first, std::string_view last) {
  CAPTURE(text);
  const auto period = parse_period(text);
  REQUIRE(period);
  CHECK(period->kind == kind);
  CHECK(iso_date(period->first) == first);
  CHECK(iso_date(period->last) == last);
}

/// Day by day, as one would count on a wall calendar.
std::int32_t count_slowly(const WorkCalendar& calendar, DayNumber from, DayNumber to) {
  std::int32_t count = 0;
  for (DayNumber d = from + 1; d <= to; ++d) count += calendar.is_working_day(d) ? 1 : 0;
  return count;
}

std::vector<DayNumber> sorted_days(std::vector<DayNumber> days) {
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace

TEST_CASE("day numbers count from 1 January 1970") {
  CHECK(day("1970-01-01") == 0);
  CHECK(day("1969-12-31") == -1);
  CHECK(day("2000-03-01") == 11017);
  CHECK(day("2025-12-20") == 20442);
}

TEST_CASE("every day from 1900 to 2100 goes out and comes back") {
  const DayNumber last = day("2100-12-31");
  DayNumber expected = day("1900-01-01");
  CHECK(expected == -25567);
  for (int year = 1900; year <= 2100; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int of_month = 1; of_month <= 31; ++of_month) {
        const auto found = day_number(year, month, of_month);
        if (!found) continue;
        // Plain comparisons first: seventy thousand assertions would be slow.
        const bool same = *found == expected && parse_iso_date(iso_date(*found)) == found &&
                          parse_vietnamese_date(vietnamese_date(*found)) == found &&
                          civil_date(*found) == CivilDate{year, month, of_month};
        if (!same) FAIL_CHECK(year << '-' << month << '-' << of_month);
        ++expected;
      }
    }
  }
  CHECK(expected == last + 1);
}

TEST_CASE("days that do not exist are refused") {
  CHECK_FALSE(day_number(2025, 2, 29));
  CHECK(day_number(2024, 2, 29));
  CHECK_FALSE(day_number(1900, 2, 29));
  CHECK(day_number(2000, 2, 29));
  CHECK_FALSE(day_number(2025, 4, 31));
  CHECK_FALSE(day_number(2025, 0, 1));
  CHECK_FALSE(day_number(2025, 13, 1));
  CHECK_FALSE(day_number(2025, 1, 0));
  CHECK_FALSE(day_number(0, 1, 1));
  CHECK_FALSE(day_number(10000, 1, 1));
}

TEST_CASE("dates are read in one form for each language") {
  CHECK(parse_vietnamese_date("2/9/2025") == parse_iso_date("2025-09-02"));
  CHECK(parse_vietnamese_date("02/09/2025") == parse_iso_date("2025-09-02"));
  CHECK(vietnamese_date(day("2025-09-02")) == "02/09/2025");
  for (const char* text : {"2025-9-2", "2025/09/02", "2025-09-02 ", "20250902", "2025-02-30", "-025-09-02", ""}) {
    CAPTURE(text);
    CHECK_FALSE(parse_iso_date(text));
  }
  for (const char* text :
       {"2/9/25", "2-9-2025", "31/2/2025", "/9/2025", "2//2025", "002/9/2025", "2/9", "2/9/2025/1", ""}) {
    CAPTURE(text);
    CHECK_FALSE(parse_vietnamese_date(text));
  }
}

TEST_CASE("periods") {
  check_period("2025", Period::Kind::year, "2025-01-01", "2025-12-31");
  check_period("2025-H1", Period::Kind::half_year, "2025-01-01", "2025-06-30");
  check_period("2025-H2", Period::Kind::half_year, "2025-07-01", "2025-12-31");
  check_period("2025-Q1", Period::Kind::quarter, "2025-01-01", "2025-03-31");
  check_period("2025-Q3", Period::Kind::quarter, "2025-07-01", "2025-09-30");
  check_period("2024-02", Period::Kind::month, "2024-02-01", "2024-02-29");
  check_period("2025-09", Period::Kind::month, "2025-09-01", "2025-09-30");
  check_period("2026/2027", Period::Kind::school_year, "2026-09-01", "2027-08-31");
  check_period("2025..2030", Period::Kind::term, "2025-01-01", "2030-12-31");
  for (const char* text : {"",           "25",         "20255",  "2025-",     "2025-Q0",    "2025-Q5",   "2025-H3",
                           "2025-13",    "2025-00",    "2025-9", "2025-q1",   "2025/2027",  "2025/2025", "2025/26",
                           "2025..2025", "2030..2025", "2025..", "2025.2030", "2025-09-01", " 2025",     "0000"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_period(text));
  }
}

TEST_CASE("the quarters of a year join without hole or overlap") {
  const Period year = *parse_period("2025");
  DayNumber next = year.first;
  for (const char* quarter : {"2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"}) {
    const Period period = *parse_period(quarter);
    CHECK(period.first == next);
    next = period.last + 1;
  }
  CHECK(next == year.last + 1);
}

TEST_CASE("working days of a real week with a holiday worked off on a Saturday") {
  // Tuesday 2 September 2025 and the Monday before are holidays; Saturday 6 September is worked in exchange.
  const WorkCalendar calendar{{day("2025-09-01"), day("2025-09-02")}, {day("2025-09-06")}};
  CHECK(calendar.working_days(day("2025-08-29"), day("2025-08-29")) == 0);
  CHECK(calendar.working_days(day("2025-08-29"), day("2025-09-02")) == 0);
  CHECK(calendar.working_days(day("2025-08-29"), day("2025-09-03")) == 1);
  CHECK(calendar.working_days(day("2025-08-29"), day("2025-09-07")) == 4);
  CHECK(calendar.working_days(day("2025-09-03"), day("2025-08-29")) == -1);
  CHECK(calendar.is_working_day(day("2025-09-06")));
  CHECK_FALSE(calendar.is_working_day(day("2025-09-07")));
}

TEST_CASE("working days agree with counting day by day") {
  const bool passed = rc::check("fast count = slow count", [] {
    const auto days = rc::gen::container<std::vector<DayNumber>>(rc::gen::inRange<DayNumber>(-60, 60));
    const WorkCalendar calendar{sorted_days(*days), sorted_days(*days)};
    const auto from = *rc::gen::inRange<DayNumber>(-80, 80);
    const auto to = *rc::gen::inRange<DayNumber>(from, 81);
    RC_ASSERT(calendar.working_days(from, to) == count_slowly(calendar, from, to));
    RC_ASSERT(calendar.working_days(to, from) == -calendar.working_days(from, to));
  });
  CHECK(passed);
}
