#include "runtime/facts/spans.h"

namespace quy::facts {
namespace {

using Kind = Period::Kind;
constexpr int kMonthsOfQuarter = 3, kMonthsOfYear = 12;

PlaceInSpan among_months(const Period& period, int months) {
  return {(civil_date(period.first).month - 1) % months == 0, civil_date(period.last).month % months == 0};
}

}  // namespace

Span span_named(std::string_view per) {
  if (per == "quarter") return Span::quarter;
  return per == "term" ? Span::term : Span::year;
}

PlaceInSpan place_in(Span span, const Period& period) {
  const bool within_year = period.kind == Kind::month || period.kind == Kind::quarter || period.kind == Kind::half_year;
  switch (span) {
    case Span::quarter: return period.kind == Kind::month ? among_months(period, kMonthsOfQuarter) : PlaceInSpan{};
    case Span::year: return within_year ? among_months(period, kMonthsOfYear) : PlaceInSpan{};
    case Span::term: return {true, period.kind == Kind::term};
  }
  return {};
}

}  // namespace quy::facts
