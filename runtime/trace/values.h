#pragma once
// The value of a number register in words: a date as a date, a step by its label, a ratio as percent with its counts beside.

#include <string>
#include <string_view>

#include "runtime/trace/record_view.h"

namespace quy::trace {

/// A known number with its unit; `%` multiplies by a hundred.
std::string quantity(const Rational& value, std::string_view unit, Language language);

/// Text of a register's value at a row of its domain; `unit` is the observable's, with @date, @step:k, @level and @text. `other` is what it
/// is compared with: a constant identifier is of the same kind.
std::string value_text(const RecordView& view, Register reg, std::uint32_t position, std::string_view unit, Register other = kNone);

/// Text of a field as it came in, of the record or of a list's row at `position`.
std::string field_text(const RecordView& view, std::uint32_t field, std::uint32_t position);

/// Points for people: two places, exact or rounded for print.
std::string points_text(const Rational& value, Language language);

}  // namespace quy::trace
