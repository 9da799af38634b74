#include "compiler/sema/field_types.h"

#include "base/text.h"

namespace quy::sema {
namespace {

using bytecode::FieldKind;

struct Defaults {
  FieldKind kind;
  int digits;
  Rational low, high;
  std::string unit;
};

Rational million() { return Rational(1'000'000); }
Rational billion() { return Rational(1'000'000'000); }

Rational day(int year, int month, int day_of_month) { return Rational(static_cast<std::int64_t>(*day_number(year, month, day_of_month))); }

Defaults defaults_of(syntax::FieldType type) {
  using syntax::FieldType;
  switch (type) {
    case FieldType::boolean: return {FieldKind::boolean, 0, 0, 1, ""};
    case FieldType::count: return {FieldKind::count, 0, 0, billion(), ""};
    case FieldType::number: return {FieldKind::number, 4, -billion(), billion(), ""};
    case FieldType::percentage: return {FieldKind::percentage, 2, 0, 1000, kPercentUnit};
    case FieldType::points: return {FieldKind::points, 2, 0, million(), kPointsUnit};
    case FieldType::money: return {FieldKind::money, 0, 0, million() * billion(), kMoneyUnit};
    case FieldType::days: return {FieldKind::days, 0, -million(), million(), kDaysUnit};
    case FieldType::date: return {FieldKind::date, 0, day(1900, 1, 1), day(2199, 12, 31), ""};
    case FieldType::text: return {FieldKind::text, 0, 0, 0, ""};
    case FieldType::code_of: return {FieldKind::text, 0, 0, 0, ""};
    case FieldType::criterion_code: return {FieldKind::criterion, 0, 0, 0, ""};
    case FieldType::scale: return {FieldKind::step, 0, 0, 0, ""};
    case FieldType::results:
    case FieldType::list:
    case FieldType::record: break;
  }
  return {FieldKind::text, 0, 0, 0, ""};
}

}  // namespace

bool is_numeric(FieldKind kind) {
  switch (kind) {
    case FieldKind::count:
    case FieldKind::number:
    case FieldKind::percentage:
    case FieldKind::points:
    case FieldKind::money:
    case FieldKind::days: return true;
    default: return false;
  }
}

std::string_view per_id(Per per) {
  switch (per) {
    case Per::none: return "";
    case Per::year: return "year";
    case Per::quarter: return "quarter";
    case Per::month: return "month";
    case Per::week: return "week";
    case Per::term: return "term";
  }
  return "";
}

bytecode::Field field_info(const syntax::Field& field) {
  Defaults defaults = defaults_of(field.type);
  bytecode::Field info;
  info.kind = defaults.kind;
  info.digits = is_numeric(defaults.kind) && field.digits ? *field.digits : defaults.digits;
  info.low = field.from && is_numeric(defaults.kind) ? *field.from : defaults.low;
  info.high = field.to && is_numeric(defaults.kind) ? *field.to : defaults.high;
  if (field.at_most && *field.at_most < info.high) info.high = *field.at_most;
  info.unit = field.unit.empty() ? defaults.unit : unit_spelling(field.unit);
  info.source = field.source;
  info.adds_up = field.over == syntax::Field::Over::adds_up;
  info.per = std::string(per_id(field.adds_up_within));
  if (field.previously) info.previous_id = fold_id(field.previously->text);
  return info;
}

Type type_of(const bytecode::Field& info) {
  using Kind = Type::Kind;
  switch (info.kind) {
    case FieldKind::boolean: return {Kind::boolean, "", kNone};
    case FieldKind::date: return {Kind::date, "", kNone};
    case FieldKind::text: return {Kind::text, "", kNone};
    case FieldKind::step: return {Kind::step, "", info.scale};
    case FieldKind::code: return {Kind::code, "", info.table};
    case FieldKind::level: return {Kind::level, "", kNone};
    case FieldKind::criterion: return {Kind::criterion, "", kNone};
    case FieldKind::count:
    case FieldKind::number:
    case FieldKind::percentage:
    case FieldKind::points:
    case FieldKind::money:
    case FieldKind::days: break;
  }
  return {Kind::number, info.unit, kNone};
}

std::string unit_spelling(const std::string& unit) {
  std::string id = fold_id(unit);
  if (id == "diem" || id == "points" || id == "point") return kPointsUnit;
  if (id == "ngay" || id == "days" || id == "day") return kDaysUnit;
  if (id == "dong" || id == "vnd") return kMoneyUnit;
  return unit;
}

}  // namespace quy::sema
