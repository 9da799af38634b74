#pragma once
// The decimal that a workbook's cell stores.
//
// Spreadsheets compute in binary floating point and write a number of a cell in 17 digits where 15 would not name it exactly: 2.3 is stored
// as 2.2999999999999998. Digits that a person can have typed (15 at most) are therefore found as the shortest decimal that names the same
// binary number; it is unique, and no digit of it is rounded. Anything else stays as it is stored, and a field refuses it when it has
// too many digits.

#include <optional>
#include <string>
#include <string_view>

namespace quy::tabular {

/// A JSON number, or nothing when the text is none.
std::optional<std::string> stored_number(std::string_view text);

/// The number times a hundred, by moving the decimal point; `number` is a JSON number.
std::string times_hundred(std::string_view number);

}  // namespace quy::tabular
