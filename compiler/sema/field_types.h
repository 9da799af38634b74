#pragma once
// What a declared type means: kind, unit, digits, default range (docs/language.md §2).

#include "compiler/sema/typed.h"

namespace quy::sema {

/// Kind, unit, digits, bounds, period and source of a field as written; names, places, scales and tables are the caller's.
bytecode::Field field_info(const syntax::Field& field);
/// The type of a formula that reads the field.
Type type_of(const bytecode::Field& info);
bool is_numeric(bytecode::FieldKind kind);
/// One spelling for units that have several: points, days, đồng.
std::string unit_spelling(const std::string& unit);
std::string_view per_id(Per per);

inline const std::string kPointsUnit = "điểm", kDaysUnit = "ngày", kMoneyUnit = "đồng", kPercentUnit = "%";

}  // namespace quy::sema
