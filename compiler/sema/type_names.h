#pragma once
// Words of both languages for types and units, as messages use them.

#include "base/language.h"
#include "compiler/sema/typed.h"

namespace quy::sema {

Bilingual type_name(const Type& type);
Bilingual unit_name(const std::string& unit);
Bilingual per_name(const std::string& per);

}  // namespace quy::sema
