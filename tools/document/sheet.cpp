#include "tools/document/sheet.h"

#include <set>

#include "runtime/trace/numbers.h"

namespace quy::tools {

using bytecode::kNone;
using bytecode::Opcode;

std::string Sheet::number(const Rational& value) const { return trace::display_number(value, language).text; }

std::string Sheet::points(const Rational& value) const {
  return number(value) + say(" điểm", value == Rational(1) ? " point" : " points");
}

std::string Sheet::date(DayNumber day) const { return language == Language::vi ? vietnamese_date(day) : iso_date(day); }

std::optional<Rational> Sheet::maximum(std::uint32_t observable, const std::optional<Rational>& declared) const {
  const bytecode::Register reg = observable == kNone ? kNone : index.observable(observable).maximum;
  if (reg == kNone) return declared;
  const bytecode::Instruction& i = index.instruction(reg);
  return i.opcode == Opcode::constant ? std::optional(module().constants[i.a]) : std::nullopt;
}

bool Sheet::may_be_left_out(std::uint32_t observable) const {
  const bytecode::Register reg = observable == kNone ? kNone : index.observable(observable).applies_left_out;
  if (reg == kNone) return false;
  const bytecode::Instruction& i = index.instruction(reg);
  return i.opcode != Opcode::truth || i.a != 0;
}

void Sheet::clauses(const std::vector<std::string>& ids) const {
  if (!ids.empty()) html.leaf("span", joined(ids), {{"class", "clause"}});
}

void Sheet::condition(const Wording& wording) const {
  html.text(wording.text);
  reading_marks(wording);
  if (wording.parts.empty()) return;
  const Html::Element list = html.open("ul");
  for (const Wording& part : wording.parts) {
    const Html::Element item = html.open("li");
    condition(part);
  }
}

void Sheet::reading_marks(const Wording& wording) const {
  if (wording.readings.empty()) return;
  const std::set<std::size_t> places(wording.readings.begin(), wording.readings.end());
  std::vector<std::string> numbers;
  for (const std::size_t place : places) numbers.push_back(std::to_string(place + 1));
  html.text(" ");
  html.leaf("span", say("(cách hiểu ", places.size() == 1 ? "(reading " : "(readings ") + joined(numbers) + ")",
            {{"class", "detail"}});
}

void Sheet::table_head(std::initializer_list<std::pair<std::string_view, std::string_view>> columns) const {
  const Html::Element head = html.open("thead");
  const Html::Element row = html.open("tr");
  for (const auto& [name, kind] : columns) html.leaf("th", name, {{"class", kind}, {"scope", "col"}});
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

}  // namespace quy::tools
