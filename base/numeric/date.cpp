#include "base/numeric/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace quy {
namespace {

constexpr int kFirstYear = 1;
constexpr int kLastYear = 9999;

/// All of `text` as a number of `least` to `most` digits.
std::optional<int> number(std::string_view text, std::size_t least, std::size_t most) {
  if (text.size() < least || text.size() > most) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<int> year_number(std::string_view text) {
  const std::optional<int> year = number(text, 4, 4);
  return year && *year >= kFirstYear ? year : std::nullopt;
}

std::optional<DayNumber> day_from_parts(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
  if (!year || !month || !day) return std::nullopt;
  return day_number(*year, *month, *day);
}

DayNumber to_day_number(std::chrono::year_month_day date) {
  return static_cast<DayNumber>(std::chrono::sys_days(date).time_since_epoch().count());
}

DayNumber first_of_month(int year, int month) {
  return to_day_number(std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / 1);
}

DayNumber last_of_month(int year, int month) {
  const auto last = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / std::chrono::last;
  return to_day_number(std::chrono::year_month_day(last));
}

Period months(Period::Kind kind, int year, int first_month, int last_month) {
  return {kind, first_of_month(year, first_month), last_of_month(year, last_month)};
}

/// `H1`, `Q3` or `09`, after the year and its hyphen.
std::optional<Period> part_of_year(int year, std::string_view part) {
  if (part.starts_with('Q')) {
    const std::optional<int> quarter = number(part.substr(1), 1, 1);
    if (!quarter || *quarter < 1 || *quarter > 4) return std::nullopt;
    return months(Period::Kind::quarter, year, *quarter * 3 - 2, *quarter * 3);
  }
  if (part.starts_with('H')) {
    const std::optional<int> half = number(part.substr(1), 1, 1);
    if (!half || *half < 1 || *half > 2) return std::nullopt;
    return months(Period::Kind::half_year, year, *half * 6 - 5, *half * 6);
  }
  const std::optional<int> month = number(part, 2, 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  return months(Period::Kind::month, year, *month, *month);
}

std::optional<Period> school_year(int first, std::string_view second_text) {
  const std::optional<int> second = year_number(second_text);
  if (!second || *second != first + 1) return std::nullopt;
  return Period{Period::Kind::school_year, first_of_month(first, 9), last_of_month(*second, 8)};
}

std::optional<Period> term(int first, std::string_view last_text) {
  const std::optional<int> last = year_number(last_text);
  if (!last || *last <= first) return std::nullopt;
  return Period{Period::Kind::term, first_of_month(first, 1), last_of_month(*last, 12)};
}

// --- working days -----------------------------------------------------------------------------------------------------------

/// 0 is Monday. Day 0 of the count, 1 January 1970, was a Thursday.
int weekday(std::int64_t day) {
  const auto of_week = static_cast<int>((day + 3) % 7);
  return of_week < 0 ? of_week + 7 : of_week;
}

bool is_weekend(DayNumber day) { return weekday(day) >= 5; }

/// Days from Monday to Friday up to and including `day`, counted from a Monday so far back that the count is never negative.
std::int64_t weekdays_through(std::int64_t day) {
  constexpr std::int64_t kLongAgo = -3 - 7LL * 400'000'000;
  const std::int64_t since = day - kLongAgo;
  return since / 7 * 5 + std::min<std::int64_t>(since % 7 + 1, 5);
}

template <typename Keep>
std::int64_t count_between(const std::vector<DayNumber>& days, DayNumber after, DayNumber through, Keep keep) {
  const auto begin = std::upper_bound(days.begin(), days.end(), after);
  const auto end = std::upper_bound(begin, days.end(), through);
  return std::count_if(begin, end, keep);
}

bool contains(const std::vector<DayNumber>& days, DayNumber day) {
  return std::binary_search(days.begin(), days.end(), day);
}

}  // namespace

std::optional<DayNumber> day_number(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  return date.ok() ? std::optional(to_day_number(date)) : std::nullopt;
}

CivilDate civil_date(DayNumber day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

std::optional<DayNumber> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  return day_from_parts(number(text.substr(0, 4), 4, 4), number(text.substr(5, 2), 2, 2), number(text.substr(8), 2, 2));
}

std::optional<DayNumber> parse_vietnamese_date(std::string_view text) {
  const std::size_t first = text.find('/');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = text.find('/', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  return day_from_parts(number(text.substr(second + 1), 4, 4), number(text.substr(first + 1, second - first - 1), 1, 2),
                        number(text.substr(0, first), 1, 2));
}

std::string iso_date(DayNumber day) {
  const CivilDate date = civil_date(day);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string vietnamese_date(DayNumber day) {
  const CivilDate date = civil_date(day);
  return fmt::format("{:02}/{:02}/{:04}", date.day, date.month, date.year);
}

std::optional<Period> parse_period(std::string_view text) {
  const std::optional<int> year = year_number(text.substr(0, 4));
  if (!year) return std::nullopt;
  const std::string_view rest = text.substr(4);
  if (rest.empty()) return months(Period::Kind::year, *year, 1, 12);
  if (rest.starts_with("..")) return term(*year, rest.substr(2));
  if (rest.starts_with('/')) return school_year(*year, rest.substr(1));
  if (rest.starts_with('-')) return part_of_year(*year, rest.substr(1));
  return std::nullopt;
}

bool WorkCalendar::is_working_day(DayNumber day) const {
  return contains(extra_workdays, day) || (!is_weekend(day) && !contains(holidays, day));
}

std::int32_t WorkCalendar::working_days(DayNumber from, DayNumber to) const {
  if (to < from) return -working_days(to, from);
  const std::int64_t ordinary = weekdays_through(to) - weekdays_through(from);
  // Only what changes an ordinary day counts: a holiday on a Sunday takes nothing away, a Tuesday worked "in exchange" adds nothing
  // unless it is a holiday.
  const std::int64_t taken = count_between(
      holidays, from, to, [&](DayNumber day) { return !is_weekend(day) && !contains(extra_workdays, day); });
  const std::int64_t added = count_between(extra_workdays, from, to, is_weekend);
  return static_cast<std::int32_t>(ordinary - taken + added);
}

}  // namespace quy
