#include "tools/document/value_words.h"

#include <array>

#include "runtime/trace/numbers.h"
#include "tools/document/wording.h"

namespace quy::tools {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::Instruction;
using bytecode::Opcode;
using bytecode::Register;

namespace {

constexpr std::uint32_t kAtLeast = 0, kAtMost = 2;  // signs of `compare`

/// Levels are numbered from the best, so their numbers compare the other way round.
const char* sign(std::uint32_t index, bool of_levels) {
  constexpr std::array<const char*, 6> kSigns{"≥", ">", "≤", "<", "=", "≠"}, kMirrored{"≤", "<", "≥", ">", "=", "≠"};
  return index < kSigns.size() ? (of_levels ? kMirrored : kSigns)[index] : "?";
}

/// The part of a whole that is named beside it says no more that it is one.
std::string part(std::string label) {
  constexpr std::string_view kOfWhich = "Trong đó ";
  return label.starts_with(kOfWhich) ? in_document(label.substr(kOfWhich.size())) : label;
}

std::string quoted(const std::string& label) { return "“" + label + "”"; }

}  // namespace

std::string ValueWords::label(const Field& field) const {
  switch (field.place) {  // these have no name that an author gave
    case FieldPlace::unit: return say("đơn vị này", "this unit");
    case FieldPlace::period_first: return say("ngày đầu kỳ", "the period's first day");
    case FieldPlace::period_last: return say("ngày cuối kỳ", "the period's last day");
    default: return in_document(field.label.empty() ? field.name : field.label);
  }
}

std::string ValueWords::list(std::uint32_t index) const {
  const bytecode::List& list = index_.subject().lists[index];
  return quoted(in_document(list.label.empty() ? list.name : list.label));
}

std::string ValueWords::percent_limit(const Instruction& ratio) const {
  const Rational& share = index_.module().constants[ratio.b];
  return sign(ratio.a, false) + (" " + trace::display_number(share * Rational(100), language_).text + "%");
}

std::string ValueWords::fact(const Instruction& flag) const { return label(index_.subject().fields[flag.a]); }

const Field* ValueWords::field(Register reg) const {
  const Instruction& i = index_.instruction(reg);
  if (i.opcode == Opcode::spread) return field(i.operands[0]);
  return i.opcode == Opcode::field ? &index_.subject().fields[i.a] : nullptr;
}

std::optional<Rational> ValueWords::constant(Register reg) const {
  const Instruction& i = index_.instruction(reg);
  if (i.opcode == Opcode::spread) return constant(i.operands[0]);
  return i.opcode == Opcode::constant ? std::optional(index_.module().constants[i.a]) : std::nullopt;
}

std::string ValueWords::constant_words(const Rational& value, const Field* field) const {
  const std::string number = trace::display_number(value, language_).text;
  if (field == nullptr) return number;
  const std::optional<std::int64_t> whole = value.to_int64();
  const auto day = static_cast<DayNumber>(whole.value_or(0));
  const auto item = [&](const std::vector<std::string>& names) {
    const bool known = whole && *whole >= 0 && static_cast<std::size_t>(*whole) < names.size();
    return known ? names[static_cast<std::size_t>(*whole)] : number;
  };
  const bytecode::Module& module = index_.module();
  switch (field->kind) {
    case FieldKind::percentage: return number + "%";
    case FieldKind::date: return !whole ? number : language_ == Language::vi ? vietnamese_date(day) : iso_date(day);
    case FieldKind::step: return item(module.scales[field->scale].step_labels);
    case FieldKind::code: return item(module.tables[field->table].keys);
    case FieldKind::level:
      return whole && *whole >= 0 && static_cast<std::size_t>(*whole) < index_.level_count()
                 ? index_.level_label(static_cast<std::uint32_t>(*whole))
                 : number;
    default: return field->unit.empty() ? number : number + " " + field->unit;
  }
}

std::optional<std::string> ValueWords::value(Register reg, const Field* beside) const {
  if (const Field* named = field(reg)) return label(*named);
  if (const std::optional<Rational> number = constant(reg)) return constant_words(*number, beside);
  const Instruction& i = index_.instruction(reg);
  if (i.opcode == Opcode::text) return quoted(index_.module().strings[i.a]);
  if (i.opcode == Opcode::fold_count && index_.instruction(i.operands[0]).opcode == Opcode::truth)
    return say("số trường hợp trong ", "number of entries of ") + list(i.a);
  return std::nullopt;
}

std::optional<std::string> ValueWords::comparison(const Instruction& i) const {
  if (i.opcode == Opcode::member) return member(i);
  if (i.opcode == Opcode::compare_ratio) return ratio(i);
  if (i.opcode != Opcode::compare) return std::nullopt;
  const std::optional<std::string> left = value(i.operands[0], field(i.operands[1])), right = limit(i);
  return left && right ? std::optional(*left + " " + *right) : std::nullopt;
}

std::optional<std::string> ValueWords::limit(const Instruction& i) const {
  const Field* left = field(i.operands[0]);
  const std::optional<std::string> right = value(i.operands[1], left);
  if (!right) return std::nullopt;
  return sign(i.a, left != nullptr && left->kind == FieldKind::level) + (" " + *right);
}

std::optional<std::string> ValueWords::ratio(const Instruction& i) const {
  const Field *above = field(i.operands[0]), *below = field(i.operands[1]);
  if (above == nullptr || below == nullptr || above->unit != below->unit) return std::nullopt;
  return quoted(part(label(*above))) + " / " + quoted(label(*below)) + " " + percent_limit(i);
}

std::optional<std::string> ValueWords::member(const Instruction& i) const {
  const Field* of = field(i.operands[0]);
  if (of == nullptr) return std::nullopt;
  std::string text = label(*of) + say(" là một trong: ", " is one of: ");
  for (std::uint32_t k = 0; k < i.a; ++k)
    text += (k == 0 ? "" : "; ") + constant_words(index_.module().constants[i.b + k], of);
  return text;
}

std::optional<std::string> ValueWords::within_period(const Instruction& first, const Instruction& second) const {
  const bool bounds = first.opcode == Opcode::compare && first.a == kAtLeast && second.opcode == Opcode::compare &&
                      second.a == kAtMost && first.operands[0] == second.operands[0];
  if (!bounds) return std::nullopt;
  const Field *day = field(first.operands[0]), *from = field(first.operands[1]), *to = field(second.operands[1]);
  if (day == nullptr || from == nullptr || to == nullptr || from->place != FieldPlace::period_first ||
      to->place != FieldPlace::period_last)
    return std::nullopt;
  if (!from->step) return label(*day) + say(" trong kỳ", " in the period");
  return label(*day) + say(" trong vòng ", " within the last ") + from->step->exact_text() +
         say(" năm gần nhất", " years");
}

}  // namespace quy::tools
