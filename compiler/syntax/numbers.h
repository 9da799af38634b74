#pragma once
// Numbers as they are written in the two languages: `1.234,5` in Vietnamese files, `1,234.5` in English ones.

#include <optional>
#include <string>
#include <string_view>

#include "base/language.h"
#include "base/numeric/rational.h"

namespace quy::syntax {

enum class NumberProblem : std::uint8_t {
  none,
  wrong_mark,   ///< `1.5` in a Vietnamese file: the mark that groups thousands, not in front of three digits
  many_marks,   ///< `100,80,60`: a list, its parts to be separated by `;`
  too_long,
};

struct NumberReading {
  NumberProblem problem = NumberProblem::none;
  Rational value;
  std::string fix;  ///< for wrong_mark and many_marks
};

/// Reads digits with `,` and `.` between them.
NumberReading read_number(std::string_view text, Language language);

/// The same number with the marks of the other language. Only for what read_number accepts.
std::string swap_marks(std::string_view text);

}  // namespace quy::syntax
