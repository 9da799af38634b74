#include "compiler/sema/type_names.h"

#include "compiler/sema/field_types.h"

namespace quy::sema {

Bilingual unit_name(const std::string& unit) {
  if (unit.empty()) return {"số không đơn vị", "a number without unit"};
  if (unit == kPercentUnit) return {"phần trăm", "percent"};
  if (unit == kPointsUnit) return {"điểm", "points"};
  if (unit == kDaysUnit) return {"ngày", "days"};
  if (unit == kMoneyUnit) return {"đồng", "đồng"};
  return {"`" + unit + "`", "`" + unit + "`"};
}

namespace {

Bilingual of_named(const Bilingual& what, const std::string& label) {
  return {what.vi + " `" + label + "`", what.en + " `" + label + "`"};
}

}  // namespace

Bilingual type_name(const Type& type, const Pack& pack) {
  using Kind = Type::Kind;
  switch (type.kind) {
    case Kind::boolean: return {"điều kiện", "a condition"};
    case Kind::date: return {"ngày", "a date"};
    case Kind::step: return of_named({"bậc của thang", "a step of the scale"}, pack.scales[type.scale].label);
    case Kind::text: return {"chữ", "text"};
    case Kind::code: return of_named({"mã của bảng", "a code of the table"}, pack.tables[type.scale].label);
    case Kind::level: return {"mức xếp loại", "a level"};
    case Kind::criterion: return {"mã tiêu chí", "a criterion's code"};
    case Kind::number: break;
  }
  if (type.unit.empty()) return {"số", "a number"};
  Bilingual unit = unit_name(type.unit);
  return {"số (" + unit.vi + ")", "a number (" + unit.en + ")"};
}

Bilingual per_name(const std::string& per) {
  if (per == "year") return {"năm", "year"};
  if (per == "quarter") return {"quý", "quarter"};
  if (per == "month") return {"tháng", "month"};
  if (per == "week") return {"tuần", "week"};
  return {"nhiệm kỳ", "term"};
}

Bilingual number_text(const Rational& number) { return {number.exact_text(','), number.exact_text('.')}; }

Bilingual percent_text(const Rational& share) {
  Bilingual number = number_text(share * Rational(100));
  return {number.vi + "%", number.en + "%"};
}

}  // namespace quy::sema
