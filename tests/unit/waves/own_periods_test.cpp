#include "runtime/waves/own_periods.h"

#include <catch2/catch.hpp>

using quy::bytecode::OwnResults;
using quy::waves::own_periods;
using Periods = std::vector<std::string>;

TEST_CASE("parts of a period lie wholly within it and are shorter") {
  CHECK(own_periods(OwnResults::each_quarter, "2025") == Periods{"2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"});
  CHECK(own_periods(OwnResults::each_month, "2025-Q3") == Periods{"2025-07", "2025-08", "2025-09"});
  CHECK(own_periods(OwnResults::each_half_year, "2025") == Periods{"2025-H1", "2025-H2"});
  CHECK(own_periods(OwnResults::each_quarter, "2025-H2") == Periods{"2025-Q3", "2025-Q4"});
  CHECK(own_periods(OwnResults::each_year, "2025..2027") == Periods{"2025", "2026", "2027"});
  CHECK(own_periods(OwnResults::each_month, "2025/2026").size() == 12);
  CHECK(own_periods(OwnResults::each_month, "2025/2026").front() == "2025-09");
  CHECK(own_periods(OwnResults::each_quarter, "2025/2026") == Periods{"2025-Q4", "2026-Q1", "2026-Q2"});
  CHECK(own_periods(OwnResults::each_quarter, "2025-Q3").empty());
  CHECK(own_periods(OwnResults::each_year, "2025-Q3").empty());
  CHECK(own_periods(OwnResults::none, "2025").empty());
  CHECK(own_periods(OwnResults::each_month, "no period").empty());
}

TEST_CASE("the period before has the same length") {
  CHECK(own_periods(OwnResults::previous_period, "2025-01") == Periods{"2024-12"});
  CHECK(own_periods(OwnResults::previous_period, "2025-10") == Periods{"2025-09"});
  CHECK(own_periods(OwnResults::previous_period, "2025-Q1") == Periods{"2024-Q4"});
  CHECK(own_periods(OwnResults::previous_period, "2025-Q3") == Periods{"2025-Q2"});
  CHECK(own_periods(OwnResults::previous_period, "2025-H1") == Periods{"2024-H2"});
  CHECK(own_periods(OwnResults::previous_period, "2025-H2") == Periods{"2025-H1"});
  CHECK(own_periods(OwnResults::previous_period, "2025") == Periods{"2024"});
  CHECK(own_periods(OwnResults::previous_period, "2025/2026") == Periods{"2024/2025"});
  CHECK(own_periods(OwnResults::previous_period, "2025..2030") == Periods{"2020..2025"});
}
