#include "analysis/record/test_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "compiler/syntax/spelling.h"

namespace quy::analysis {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using syntax::quoted;
using syntax::spelled;

namespace {

constexpr std::size_t kWidth = 120;  ///< characters of a line of facts

std::string date_text(DayNumber day) {
  const CivilDate date = civil_date(day);
  return fmt::format("{}/{}/{}", date.day, date.month, date.year);
}

/// Several facts a line.
std::string fact_lines(const std::vector<std::string>& facts) {
  std::string all, line;
  auto finish = [&] {
    if (!line.empty()) all += "  " + line + "\n";
    line.clear();
  };
  for (const std::string& fact : facts) {
    if (!line.empty() && display_width(line) + display_width(fact) > kWidth) finish();
    line += (line.empty() ? "biết " : "; ") + fact;
  }
  finish();
  return all;
}

}  // namespace

std::string written_name(const std::string& id, const std::string& name) { return fold_id(name) == id ? name : id; }

TestWriter::TestWriter(const bytecode::Module& module, const bytecode::Subject& subject, Names names, int year,
                       std::string unit)
    : module_(module), subject_(subject), names_(std::move(names)), year_(year), unit_(std::move(unit)) {}

std::string TestWriter::text(const TestCase& test) const {
  std::vector<std::string> facts;
  std::string unit = unit_;
  for (const auto& [field, cell] : test.record.fields) {
    if (subject_.fields[field].place == FieldPlace::unit)
      unit = names_.text(cell.value);
    else
      facts.push_back(fact(field, cell));
  }
  for (const auto& [index, rows] : test.record.lists) facts.push_back(list(index, rows));
  std::string text = fmt::format("kiểm thử {} cho {} kỳ {} đơn vị {} {{\n{}", quoted(test.title), names_.subject, year_,
                                 quoted(unit), fact_lines(facts));
  for (const std::string& expectation : test.expectations) text += "  chờ " + expectation + "\n";
  return text + "}\n";
}

std::string TestWriter::fact(std::uint32_t index, const Cell& cell) const {
  const Field& field = subject_.fields[index];
  const std::string name = spelled(written_name(field.id, field.name));
  switch (field.place) {
    case FieldPlace::given_total: return "tổng điểm = " + value(field, cell);
    case FieldPlace::score: return fmt::format("điểm {} = {}", name, value(field, cell));
    case FieldPlace::maximum: return fmt::format("tối đa {} = {}", name, value(field, cell));
    case FieldPlace::decision: return fmt::format("quyết định {} = {}", field.clause, value(field, cell));
    case FieldPlace::exception:
      if (cell.value != 0) return fmt::format("trừ khi {} vì {}", name, quoted("kiểm thử"));
      break;
    default: break;
  }
  return fmt::format("{} = {}", name, value(field, cell));
}

std::string TestWriter::list(std::uint32_t index, const std::vector<Cells>& rows) const {
  const bytecode::List& list = subject_.lists[index];
  const std::string name = spelled(written_name(list.id, list.name));
  if (rows.empty()) return name + " rỗng";
  std::string text = name + " =";
  for (const Cells& row : rows) {
    std::string cells;
    for (const auto& [column, cell] : row) {
      const Field& field = subject_.fields[column];
      const bool is_level = list.of_results && field.kind == FieldKind::level;
      if (list.of_results && !is_level) continue;  // a test need not say whose result it is
      const std::string key = is_level ? "mức" : spelled(written_name(field.id, field.name));
      cells += fmt::format("{}{} = {}", cells.empty() ? "" : "; ", key, value(field, cell));
    }
    text += cells.empty() ? " {}" : " { " + cells + " }";
  }
  return text;
}

std::string TestWriter::value(const Field& field, const Cell& cell) const {
  switch (cell.state) {
    case vm::FieldState::excluded: return "không áp dụng";
    case vm::FieldState::did_not_arise: return "không phát sinh";
    case vm::FieldState::not_yet_due: return "chưa đến hạn " + date_text(*day_number(year_ + 1, 6, 30));
    case vm::FieldState::missing: return "chưa có";
    case vm::FieldState::value: break;
  }
  return known_value(field, cell.value);
}

std::string TestWriter::known_value(const Field& field, std::int64_t value) const {
  const auto index = static_cast<std::size_t>(value);
  switch (field.kind) {
    case FieldKind::boolean: return value != 0 ? "đúng" : "sai";
    case FieldKind::date: return date_text(static_cast<DayNumber>(value));
    case FieldKind::text: return quoted(std::string(names_.text(value)));
    case FieldKind::step: return spelled(names_.spell(module_.scales[field.scale].step_ids[index]));
    case FieldKind::code: return quoted(module_.tables[field.table].keys[index]);
    case FieldKind::level: return spelled(names_.spell(module_.ratings[subject_.rating].levels[index].id));
    case FieldKind::criterion: return spelled(names_.spell(subject_.criteria[index].id));
    default: break;
  }
  const std::string number = (Rational(value) / power_of_ten(field.digits)).exact_text(',');
  return field.kind == FieldKind::percentage ? number + "%" : number;
}

}  // namespace quy::analysis
