#pragma once
// Dates as day numbers (days since 1970-01-01, proleptic Gregorian), periods, and working days from a calendar given as data.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quy {

using DayNumber = std::int32_t;

/// A day by its parts, for print and for periods.
struct CivilDate {
  int year = 1970;
  int month = 1;
  int day = 1;
  friend bool operator==(const CivilDate&, const CivilDate&) = default;
};

std::optional<DayNumber> day_number(int year, int month,
                                    int day);  ///< nothing for a day that does not exist; years 1 to 9999
CivilDate civil_date(DayNumber day);
std::optional<DayNumber> parse_iso_date(std::string_view text);         ///< exactly yyyy-mm-dd
std::optional<DayNumber> parse_vietnamese_date(std::string_view text);  ///< d/m/yyyy, with or without leading zeros
std::string iso_date(DayNumber day);
std::string vietnamese_date(DayNumber day);  ///< dd/mm/yyyy

/// `2025`, `2025-H1`, `2025-Q3`, `2025-09`, `2026/2027` (a school year, 1 September to 31 August), `2025..2030` (a term,
/// 1 January of the first to 31 December of the last year).
struct Period {
  enum class Kind : std::uint8_t { month, quarter, half_year, year, school_year, term } kind = Kind::year;
  DayNumber first = 0;  ///< first day, inclusive
  DayNumber last = 0;   ///< last day, inclusive
  friend bool operator==(const Period&, const Period&) = default;
};
std::optional<Period> parse_period(std::string_view text);

/// Monday to Friday, less holidays, plus days worked in exchange. Both lists sorted, without repeats; a day in both is worked.
struct WorkCalendar {
  std::vector<DayNumber> holidays;
  std::vector<DayNumber> extra_workdays;
  /// Working days d with from < d <= to (so a thing due today and done today is 0 late); negative when to < from.
  std::int32_t working_days(DayNumber from, DayNumber to) const;
  bool is_working_day(DayNumber day) const;
};

}  // namespace quy
