#include "runtime/trace/values.h"

#include <array>
#include <charconv>

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

/// An item, or its number when a pack names none.
template <typename Items>
std::string item(const Items& items, std::int64_t at) {
  return at >= 0 && static_cast<std::size_t>(at) < items.size() ? items[static_cast<std::size_t>(at)] : std::to_string(at);
}

/// The operand whose value a result may be, for instructions that only pass one on; -1 for others.
int passed_operand(Opcode opcode) {
  switch (opcode) {
    case Opcode::keep:
    case Opcode::or_else:
    case Opcode::spread:
    case Opcode::fold_smallest:
    case Opcode::fold_largest: return 0;
    case Opcode::pick: return 1;
    default: return -1;
  }
}

/// The field whose value a register has; nothing for computed numbers and constants.
const Field* field_behind(const SubjectIndex& index, Register reg) {
  while (reg != kNone) {
    const Instruction& i = index.instruction(reg);
    if (i.opcode == Opcode::field) return &index.subject().fields[i.a];
    const int operand = passed_operand(i.opcode);
    reg = operand < 0 ? kNone : i.operands[static_cast<std::size_t>(operand)];
  }
  return nullptr;
}

/// Values that stand for something else carry a unit that begins with @, some with the index of a table of the module behind a colon.
struct NamedValue {
  const RecordView& view;
  std::int64_t value = 0;
  std::size_t table = 0;
  const Field* field = nullptr;          ///< the one whose value it is, or is compared with
};

std::string date_text(const NamedValue& named) {
  const auto day = static_cast<DayNumber>(named.value);
  return named.view.language == Language::vi ? vietnamese_date(day) : iso_date(day);
}

std::string step_text(const NamedValue& named) {
  const std::vector<bytecode::Scale>& scales = named.view.index.module().scales;
  if (named.table >= scales.size()) return std::to_string(named.value);
  const std::string label = item(scales[named.table].step_labels, named.value);
  return label.empty() ? item(scales[named.table].step_ids, named.value) : label;
}

std::string level_text(const NamedValue& named) {
  const bool known = named.value >= 0 && static_cast<std::size_t>(named.value) < named.view.index.level_count();
  return known ? named.view.index.level_label(static_cast<std::uint32_t>(named.value)) : std::to_string(named.value);
}

/// `@text` is also the unit of identifiers that are held as row numbers: which of them, the field behind the value says.
std::string text_text(const NamedValue& named) {
  const SubjectIndex& index = named.view.index;
  if (named.field == nullptr) return std::to_string(named.value);
  if (named.field->kind == FieldKind::code) return item(index.module().tables[named.field->table].keys, named.value);
  if (named.field->kind == FieldKind::criterion) {
    const bool known = named.value >= 0 && static_cast<std::size_t>(named.value) < index.subject().criteria.size();
    return known ? index.subject().criteria[static_cast<std::size_t>(named.value)].id : std::to_string(named.value);
  }
  const bool shown = named.field->kind == FieldKind::text && named.view.texts != nullptr;
  return shown ? std::string(named.view.texts->text(named.value)) : std::to_string(named.value);
}

struct NamedUnit {
  std::string_view prefix;
  std::string (*text)(const NamedValue&);
};
constexpr NamedUnit kNamedUnits[] = {
    {"@date", date_text}, {"@step:", step_text}, {"@level", level_text}, {"@text", text_text}};

std::size_t table_of(std::string_view unit) {
  std::size_t table = 0;
  const std::size_t colon = unit.find(':');
  if (colon != std::string_view::npos) std::from_chars(unit.data() + colon + 1, unit.data() + unit.size(), table);
  return table;
}

std::string known_text(const RecordView& view, const Rational& value, std::string_view unit, const Field* field) {
  for (const NamedUnit& named : kNamedUnits) {
    if (unit.starts_with(named.prefix)) return named.text({view, value.to_int64().value_or(-1), table_of(unit), field});
  }
  return quantity(value, unit, view.language);
}

/// `29/100` for a ratio, so that a reader sees the counts; empty for other values.
std::string counts_text(const RecordView& view, Register reg, std::uint32_t position) {
  const Instruction& i = view.index.instruction(reg);
  if (i.opcode != Opcode::divide) return {};
  const vm::Range above = view.number(i.operands[0], position);
  const vm::Range below = view.number(i.operands[1], position);
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
  const vm::Range range = view.number(reg, position);
  if (range.left_out) return phrase(Phrase::value_left_out, view.language);
  if (!range.known()) return phrase(Phrase::value_missing, view.language);
  const std::string counts = counts_text(view, reg, position);
  const Field* field = field_behind(view.index, reg);
  const std::string value = known_text(view, range.low, unit, field != nullptr ? field : field_behind(view.index, other));
  if (counts.empty()) return value;
  return counts + (value.starts_with("≈") ? " " : " = ") + value;
}

std::string field_text(const RecordView& view, std::uint32_t index, std::uint32_t position) {
  const Field& field = view.index.subject().fields[index];
  const vm::FieldState state = view.batch.state(index, position);
  if (state == vm::FieldState::missing) return phrase(Phrase::value_missing, view.language);
  if (state != vm::FieldState::value) return phrase(Phrase::value_left_out, view.language);
  const std::int64_t value = view.batch.value(index, position);
  switch (field.kind) {
    case FieldKind::boolean: return phrase(value != 0 ? Phrase::answer_yes : Phrase::answer_no, view.language);
    case FieldKind::date: return date_text({view, value, 0, &field});
    case FieldKind::step: return step_text({view, value, field.scale, &field});
    case FieldKind::level: return level_text({view, value, 0, &field});
    case FieldKind::text:
    case FieldKind::code:
    case FieldKind::criterion: return text_text({view, value, 0, &field});
    default: return quantity(Rational(value) * power_of_ten(-field.digits), field.unit, view.language);
  }
}

std::string points_text(const Rational& value, Language language) { return display_number(value, language, 2).text; }

}  // namespace quy::trace
