#include "analysis/record/record.h"

#include <algorithm>

namespace quy::analysis {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;

namespace {

Rational number(const Field& field, const Cell& cell) { return Rational(cell.value) / power_of_ten(field.digits); }

bool within_bounds(const Field& field, const Cell& cell) {
  const bool has_bounds = field.kind >= FieldKind::count && field.kind <= FieldKind::date;
  if (!has_bounds) return true;
  const Rational value = number(field, cell);
  return value >= field.low && value <= field.high && (!field.step || (value / *field.step).is_integer());
}

bool cells_fit(const bytecode::Subject& subject, const Cells& cells) {
  return std::ranges::all_of(cells, [&](const auto& entry) {
    const Field& field = subject.fields[entry.first];
    const Cell& cell = entry.second;
    if (cell.state != vm::FieldState::value) return field.may_be_left_out;
    if (!within_bounds(field, cell)) return false;
    const auto whole = cells.find(field.at_most_field);
    return whole == cells.end() || whole->second.state != vm::FieldState::value ||
           number(field, cell) <= number(subject.fields[whole->first], whole->second);
  });
}

}  // namespace

std::optional<std::int64_t> scaled(const Field& field, const Rational& value) { return (value * power_of_ten(field.digits)).to_int64(); }

bool fits(const bytecode::Subject& subject, const Record& record) {
  return cells_fit(subject, record.fields) && std::ranges::all_of(record.lists, [&](const auto& list) {
           return std::ranges::all_of(list.second, [&](const Cells& row) { return cells_fit(subject, row); });
         });
}

}  // namespace quy::analysis
