#include "runtime/tabular/list_sheets.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "runtime/tabular/heading_words.h"
#include "runtime/tabular/headings.h"

namespace quy::tabular {
namespace {

using bytecode::kNone;

std::string identifier_at(const Row& row, std::size_t column) {
  return column == std::string::npos ? std::string() : identifier(row.at(column));
}

std::size_t size_of(const Row& row) {
  std::size_t bytes = sizeof(Row);
  for (const Cell& cell : row.cells) bytes += sizeof(Cell) + cell.text.size();
  return bytes;
}

}  // namespace

std::optional<Message> ListSheets::add(const std::string& name, const std::string& where, HeadingRow heading, Table& table) {
  auto sheet = std::make_unique<OneSheet>();
  sheet->name = name;
  const auto declared = heading.constants.find("list");
  sheet->list = declared == heading.constants.end() ? name : declared->second;
  sheet->heading = std::move(heading);
  sheet->record = sheet->heading.find([](const std::string& n) { return word_key(n) == kRecordHeading || word_key(n) == "ho_so"; });
  sheet->period = sheet->heading.find([](const std::string& n) { return word_key(n) == kRecordPeriodHeading || word_key(n) == "ky_cua_ho_so"; });
  if (std::optional<Message> problem = check(*sheet, where)) return problem;
  std::vector<Row> rows = std::move(sheet->heading.rows);
  Row row;
  for (std::size_t i = 0; i < rows.size() || table.next(row); ++i) {
    Row& taken = i < rows.size() ? rows[i] : row;
    bytes_ += size_of(taken);
    if (bytes_ > limits::workbook_text_bytes)
      return Message{Diag::workbook_too_large,
                     {where, Bilingual{"các danh sách", "its lists"}, std::to_string(limits::workbook_text_bytes) + " byte"},
                     {}};
    // A cell below no heading goes on under the letters of its column, for the reader to refuse.
    for (std::size_t column = 0; column < taken.cells.size(); ++column)
      if (!taken.cells[column].empty() && !sheet->heading.has_heading(column)) sheet->heading.name_headless(column + 1);
    sheet->by_record[identifier_at(taken, sheet->record)].push_back(sheet->items.size());
    sheet->items.push_back({std::move(taken), false});
  }
  sheets_.push_back(std::move(sheet));
  return table.problem();
}

/// A heading must be a column of the list in some subject that has it, of any version.
std::optional<Message> ListSheets::check(const OneSheet& sheet, const std::string& where) const {
  bool known = false;
  std::optional<std::string> nearest;
  std::vector<bool> found(sheet.heading.names.size());
  const auto look_in = [&](const bytecode::Subject& subject) {
    const std::uint32_t list = list_named(subject, sheet.list);
    if (list == kNone) return;
    known = true;
    const Headings headings(subject, list);
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (sheet.heading.names[i].empty()) continue;
      const Heading heading = headings.find(sheet.heading.names[i]);
      found[i] = found[i] || std::holds_alternative<Column>(heading);
      if (const auto* unknown = std::get_if<UnknownHeading>(&heading)) nearest = unknown->nearest;
    }
  };
  for (std::uint32_t version = 0; version < schemas_.size(); ++version)
    for (const bytecode::Subject& subject : schemas_.module(version).subjects) look_in(subject);
  if (!known) return Message{Diag::heading_unknown, {where, column_letters(sheet.record), "list=" + sheet.list, schemas_.module(0).id}, {}};
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] || sheet.heading.names[i].empty()) continue;
    return Message{Diag::heading_unknown, {where, column_letters(i), sheet.heading.names[i], sheet.list}, nearest};
  }
  return std::nullopt;
}

std::vector<std::string> ListSheets::lists_of(std::uint32_t version, std::uint32_t subject) const {
  std::vector<std::string> lists;
  for (const auto& sheet : sheets_) {
    const bytecode::Subject& of = schemas_.module(version).subjects[subject];
    if (const std::uint32_t list = list_named(of, sheet->list); list != kNone) lists.push_back(of.lists[list].id);
  }
  return lists;
}

/// Another version has the column.
bool ListSheets::has_no_place_in(std::uint32_t version, const OneSheet& sheet, const std::string& subject, const std::string& heading) const {
  for (std::uint32_t other = 0; other < schemas_.size(); ++other) {
    const std::uint32_t index = other == version ? kNone : index_of(schemas_.module(other), subject);
    if (index == kNone) continue;
    const bytecode::Subject& of = schemas_.module(other).subjects[index];
    const std::uint32_t list = list_named(of, sheet.list);
    if (list != kNone && std::holds_alternative<Column>(Headings(of, list).find(heading))) return true;
  }
  return false;
}

const RecordShape& ListSheets::shape(OneSheet& sheet, std::uint32_t version, std::uint32_t subject, std::uint32_t list) {
  const bytecode::Module& module = schemas_.module(version);
  const bytecode::Subject& of = module.subjects[subject];
  const auto [place, fresh] = sheet.shapes.try_emplace({version, subject}, of.stages.empty() ? std::string() : of.stages.front());
  if (!fresh) return place->second;
  const Headings headings(of, list);
  for (std::size_t i = 0; i < sheet.heading.names.size(); ++i) {
    const std::string& name = sheet.heading.names[i];
    if (name.empty()) continue;
    const Heading heading = sheet.heading.is_headless(i) ? Heading(UnknownHeading{}) : headings.find(name);
    const Column* column = std::get_if<Column>(&heading);
    if (column == nullptr && !sheet.heading.is_headless(i) && has_no_place_in(version, sheet, of.id, name)) continue;
    // A column of the list in another subject goes on under its own name, for the reader to refuse where it is filled in.
    const Column as_it_is{name, {}, {name}, CellForm::text};
    if (column == nullptr) column = &as_it_is;
    if (!column->path.empty()) place->second.add(*column, i, CellWriter(module, of, *column));
  }
  return place->second;
}

std::string ListSheets::items(std::uint32_t version, std::uint32_t subject, const std::string& list, const std::string& id,
                              const std::string& period) {
  std::string items;
  const bytecode::Subject& of = schemas_.module(version).subjects[subject];
  for (const auto& sheet : sheets_) {
    const std::uint32_t index = list_named(of, sheet->list);
    const auto found = sheet->by_record.find(id);
    if (index == kNone || of.lists[index].id != list || found == sheet->by_record.end()) continue;
    for (const std::size_t at : found->second) {
      Item& item = sheet->items[at];
      const std::string wanted = identifier_at(item.row, sheet->period);
      if (!wanted.empty() && wanted != period) continue;
      item.claimed = true;
      if (!items.empty()) items += ',';
      shape(*sheet, version, subject, index).write(item.row, nullptr, items);
    }
  }
  return items;
}

std::optional<ListSheets::Place> ListSheets::place(const std::string& id, const std::string& field) const {
  constexpr std::string_view kEvidence = "evidence.";
  const std::size_t open = field.find('['), close = field.find(']');
  if (!field.starts_with(kEvidence) || open == std::string::npos || close == std::string::npos) return std::nullopt;
  const std::string list = field.substr(kEvidence.size(), open - kEvidence.size());
  std::size_t at = 0;
  std::from_chars(field.data() + open + 1, field.data() + close, at);
  for (const auto& sheet : sheets_) {
    if (word_key(sheet->list) != word_key(list) || sheet->period != std::string::npos) continue;
    const auto found = sheet->by_record.find(id);
    if (found == sheet->by_record.end() || at >= found->second.size()) continue;
    Place place{sheet->name, {}, sheet->items[found->second[at]].row.number};
    const std::string part = close + 2 < field.size() ? field.substr(close + 2) : std::string();
    const std::size_t column = sheet->heading.find([&](const std::string& name) { return name == part || word_key(name) == part; });
    if (column != std::string::npos) place.column = column_letters(column);
    return place;
  }
  return std::nullopt;
}

void ListSheets::reject_rest(std::uint64_t sequence, facts::Reader::Sink& sink) const {
  for (const auto& sheet : sheets_) {
    for (const Item& item : sheet->items) {
      if (item.claimed) continue;
      const std::string id = identifier_at(item.row, sheet->record);
      static const Bilingual nobody{"bảng tính không có bản ghi nào như thế nhận dòng này", "the workbook has no such record that takes it"};
      static const Bilingual unnamed{"dòng không ghi mã hồ sơ", "the row names no record"};
      sink.reject({item.row.number, sequence++, id, {}, {Diag::list_row_without_record, {sheet->list, id, id.empty() ? unnamed : nobody}, {}},
                   sheet->name, column_letters(sheet->record)});
    }
  }
}

}  // namespace quy::tabular
