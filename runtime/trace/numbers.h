#pragma once
// Numbers as results and reports print them. Nothing here decides anything: values stay exact, only their text is shortened.

#include <string>

#include "base/language.h"
#include "base/numeric/rational.h"
#include "runtime/vm/lane.h"

namespace quy::trace {

using Wide = vm::Int128;
using UnsignedWide = vm::Uint128;

/// Appends the contract's decimal: a point as mark, no trailing zeros when `digits` places hold the value exactly, otherwise rounded half
/// up to `digits` places. Returns whether the text is exact.
bool append_decimal(std::string& out, const Rational& value, int digits);

/// The same for value × 10^-places, without leaving machine integers when the text is exact.
bool append_decimal(std::string& out, Wide value, int places, int digits);

/// Always a fraction, `6583/72`; what `total_exact` holds.
std::string fraction_text(const Rational& value);

/// A number for people: the language's decimal mark and thousands mark, at most `digits` places, never trailing zeros.
struct DisplayNumber {
  std::string text;
  bool exact = true;
};
DisplayNumber display_number(const Rational& value, Language language, int digits = 4);

}  // namespace quy::trace
