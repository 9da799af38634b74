#pragma once
// Words of both languages for types, units and numbers, as messages use them.

#include "base/language.h"
#include "compiler/sema/typed.h"

namespace quy::sema {

/// Steps and codes are told with the scale or table they are of.
Bilingual type_name(const Type& type, const Pack& pack);
Bilingual unit_name(const std::string& unit);
Bilingual per_name(const std::string& per);
/// With the decimal mark that each language writes.
Bilingual number_text(const Rational& number);
Bilingual percent_text(const Rational& share);

}  // namespace quy::sema
