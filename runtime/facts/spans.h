#pragma once
// Where a period lies in a span of time that a rule speaks of: a threshold "a year" is due when the year is over.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/numeric/date.h"

namespace quy::facts {

enum class Span : std::uint8_t { quarter, year, term };
inline constexpr std::size_t kSpans = 3;

/// By the id that fields carry (`per`); one that is none of them is taken for a year.
Span span_named(std::string_view per);

struct PlaceInSpan {
  bool first = true;   ///< no earlier period lies in the span: the period begins it, or covers it
  bool over = true;    ///< the period ends it, or covers it
};

/// A period at least as long as the span covers it. Which years make a term a year does not say: it never ends one.
PlaceInSpan place_in(Span span, const Period& period);

}  // namespace quy::facts
