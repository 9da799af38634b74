#include "runtime/waves/own_periods.h"

#include <fmt/format.h>

#include "base/numeric/date.h"

namespace quy::waves {
namespace {

using bytecode::OwnResults;
using Kind = Period::Kind;

/// Periods of one length in a year, from the first.
std::vector<std::string> parts_of_year(OwnResults length, int year) {
  std::vector<std::string> parts;
  const auto add = [&](int count, auto write) {
    for (int i = 1; i <= count; ++i) parts.push_back(write(i));
  };
  switch (length) {
    case OwnResults::each_month: add(12, [&](int i) { return fmt::format("{:04}-{:02}", year, i); }); break;
    case OwnResults::each_quarter: add(4, [&](int i) { return fmt::format("{:04}-Q{}", year, i); }); break;
    case OwnResults::each_half_year: add(2, [&](int i) { return fmt::format("{:04}-H{}", year, i); }); break;
    case OwnResults::each_year: add(1, [&](int) { return fmt::format("{:04}", year); }); break;
    case OwnResults::none:
    case OwnResults::previous_period: break;
  }
  return parts;
}

std::string before(const Period& period) {
  const CivilDate first = civil_date(period.first), last = civil_date(period.last);
  // The month before the first day decides which month, quarter or half-year it is.
  const int year = first.month == 1 ? first.year - 1 : first.year, month = first.month == 1 ? 12 : first.month - 1;
  switch (period.kind) {
    case Kind::month: return fmt::format("{:04}-{:02}", year, month);
    case Kind::quarter: return fmt::format("{:04}-Q{}", year, (month + 2) / 3);
    case Kind::half_year: return fmt::format("{:04}-H{}", year, (month + 5) / 6);
    case Kind::year: return fmt::format("{:04}", first.year - 1);
    case Kind::school_year: return fmt::format("{:04}/{:04}", first.year - 1, first.year);
    // A term begins in the year in which the one before ends.
    case Kind::term: return fmt::format("{:04}..{:04}", 2 * first.year - last.year, first.year);
  }
  return {};
}

}  // namespace

std::vector<std::string> own_periods(OwnResults own, std::string_view text) {
  const std::optional<Period> period = parse_period(text);
  if (!period || own == OwnResults::none) return {};
  if (own == OwnResults::previous_period) {
    std::string earlier = before(*period);
    return parse_period(earlier) ? std::vector<std::string>{std::move(earlier)} : std::vector<std::string>{};
  }
  std::vector<std::string> within;
  for (int year = civil_date(period->first).year; year <= civil_date(period->last).year; ++year) {
    for (std::string& part : parts_of_year(own, year)) {
      const std::optional<Period> candidate = parse_period(part);
      if (!candidate || candidate->first < period->first || candidate->last > period->last) continue;
      if (candidate->first != period->first || candidate->last != period->last) within.push_back(std::move(part));
    }
  }
  return within;
}

}  // namespace quy::waves
