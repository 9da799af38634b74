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

Bilingual type_name(const Type& type) {
  using Kind = Type::Kind;
  switch (type.kind) {
    case Kind::boolean: return {"điều kiện", "a condition"};
    case Kind::date: return {"ngày", "a date"};
    case Kind::step: return {"bậc của thang", "a step of a scale"};
    case Kind::text: return {"chữ", "text"};
    case Kind::code: return {"mã của bảng", "a code of a table"};
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

}  // namespace quy::sema
