#include "runtime/trace/values.h"

#include <algorithm>
#include <array>

#include "runtime/trace/numbers.h"
#include "runtime/trace/phrases.h"

namespace quy::trace {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::Instruction;
using bytecode::Opcode;

/// Units that the language itself knows; an author's own are shown as written.
constexpr std::array<std::array<std::string_view, 2>, 3> kUnits{{{"điểm", "points"}, {"ngày", "days"}, {"đồng", "dong"}}};

std::string_view unit_word(std::string_view unit, Language language) {
  for (const auto& [vi, en] : kUnits) {
    if (unit == vi) return language == Language::vi ? vi : en;
  }
  return unit;
}

/// The operand that has the same kind of value as the result, for instructions that only pass a value on; -1 for others.
int passed_operand(Opcode opcode) {
  switch (opcode) {
    case Opcode::keep:
    case Opcode::or_else:
    case Opcode::spread:
    case Opcode::minimum:
    case Opcode::maximum:
    case Opcode::round:
    case Opcode::fold_smallest:
    case Opcode::fold_largest: return 0;
    case Opcode::pick: return 1;
    default: return -1;
  }
}

/// The field whose kind a register's value has; nothing for computed numbers and constants.
const Field* field_behind(const SubjectIndex& index, Register reg) {
  while (reg != kNone) {
    const Instruction& i = index.instruction(reg);
    if (i.opcode == Opcode::field) return &index.subject().fields[i.a];
    const int operand = passed_operand(i.opcode);
    reg = operand < 0 ? kNone : i.operands[static_cast<std::size_t>(operand)];
  }
  return nullptr;
}

template <typename Items>
std::string item(const Items& items, std::int64_t at) {
  return at >= 0 && static_cast<std::size_t>(at) < items.size() ? items[static_cast<std::size_t>(at)] : std::to_string(at);
}

std::string step_text(const RecordView& view, const Field& field, std::int64_t step) {
  if (field.scale == kNone) return std::to_string(step);
  const bytecode::Scale& scale = view.index.module().scales[field.scale];
  const std::string label = item(scale.step_labels, step);
  return label.empty() ? item(scale.step_ids, step) : label;
}

std::string level_text(const RecordView& view, const Field&, std::int64_t level) {
  const bool known = level >= 0 && static_cast<std::size_t>(level) < view.index.level_count();
  return known ? view.index.level_label(static_cast<std::uint32_t>(level)) : std::to_string(level);
}

std::string date_text(const RecordView& view, const Field&, std::int64_t day) {
  const auto number = static_cast<DayNumber>(day);
  return view.language == Language::vi ? vietnamese_date(number) : iso_date(number);
}

std::string code_text(const RecordView& view, const Field& field, std::int64_t row) {
  return field.table == kNone ? std::to_string(row) : item(view.index.module().tables[field.table].keys, row);
}

std::string pooled_text(const RecordView& view, const Field&, std::int64_t id) {
  return view.texts == nullptr ? std::to_string(id) : std::string(view.texts->text(id));
}

/// Kinds whose numbers stand for something else.
struct NamedKind {
  FieldKind kind;
  std::string (*text)(const RecordView&, const Field&, std::int64_t);
};
constexpr NamedKind kNamedKinds[] = {{FieldKind::step, step_text}, {FieldKind::level, level_text}, {FieldKind::date, date_text},
                                     {FieldKind::code, code_text}, {FieldKind::text, pooled_text}};

std::string known_text(const RecordView& view, const Rational& value, const Field* field, std::string_view unit) {
  if (field != nullptr) {
    for (const NamedKind& named : kNamedKinds) {
      if (named.kind == field->kind) return named.text(view, *field, value.to_int64().value_or(0));
    }
  }
  return quantity(value, unit, view.language);
}

/// `29/100` for a ratio, so that a reader sees the counts; empty for other values.
std::string counts_text(const RecordView& view, Register reg, std::uint32_t position) {
  const Instruction& i = view.index.instruction(reg);
  if (i.opcode != Opcode::divide) return {};
  const vm::Range above = view.machine.number(i.operands[0], position);
  const vm::Range below = view.machine.number(i.operands[1], position);
  if (!above.known() || !below.known()) return {};
  return display_number(above.low, view.language).text + "/" + display_number(below.low, view.language).text;
}

}  // namespace

std::string quantity(const Rational& value, std::string_view unit, Language language) {
  const bool percent = unit == "%";
  const DisplayNumber number = display_number(percent ? value * Rational(100) : value, language);
  std::string text = number.exact ? number.text : phrase(Phrase::about, language, {number.text});
  if (percent) return text + "%";
  if (unit.empty()) return text;
  return text + " " + std::string(unit_word(unit, language));
}

std::string value_text(const RecordView& view, Register reg, std::uint32_t position, std::string_view unit, Register other) {
  const vm::Range range = view.machine.number(reg, position);
  if (range.left_out) return phrase(Phrase::value_left_out, view.language);
  if (!range.known()) return phrase(Phrase::value_missing, view.language);
  const Field* field = field_behind(view.index, reg);
  if (field == nullptr && other != kNone && view.index.instruction(reg).opcode == Opcode::constant) {
    field = field_behind(view.index, other);
  }
  const std::string counts = counts_text(view, reg, position);
  const std::string value = known_text(view, range.low, field, unit);
  if (counts.empty()) return value;
  return counts + (value.starts_with("≈") ? " " : " = ") + value;
}

std::string points_text(const Rational& value, Language language) { return display_number(value, language, 2).text; }

}  // namespace quy::trace
