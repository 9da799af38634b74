#include "runtime/tabular/heading_row.h"

#include <algorithm>

#include "runtime/tabular/heading_words.h"

namespace quy::tabular {
namespace {

/// Rows for people above the headings, at most; and between labels and ids.
constexpr std::size_t kRowsAbove = 20, kRowsBetween = 4;

bool has_cell(const Row& row, bool (*wanted)(std::string_view)) {
  return std::any_of(row.cells.begin(), row.cells.end(), [&](const Cell& cell) { return cell.kind == Cell::Kind::text && wanted(cell.text); });
}

/// `record`, or its label where no column has a record's own id: a field may be called `ho_so` too.
bool is_of_list(const HeadingRow& heading) {
  const auto has = [&](auto&& wanted) { return heading.find(wanted) != std::string::npos; };
  if (has([](const std::string& name) { return word_key(name) == "record"; })) return true;
  return has([](const std::string& name) { return word_key(name) == "ho_so"; }) &&
         !has([](const std::string& name) { return word_key(name) != "ho_so" && is_record_heading(name); });
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(' ') + 1 - first));
}

HeadingRow read(const Row& row) {
  HeadingRow heading;
  heading.names.resize(row.cells.size());
  heading.constant_columns.resize(row.cells.size());
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string& text = row.cells[i].text;
    if (const std::size_t mark = text.find('='); mark != std::string::npos) {
      heading.constants[word_key(text.substr(0, mark))] = trimmed(text.substr(mark + 1));
      heading.constant_columns[i] = true;
    } else {
      heading.names[i] = text;
    }
  }
  heading.of_list = is_of_list(heading);
  return heading;
}

}  // namespace

void HeadingRow::name_headless(std::size_t columns) {
  names.resize(std::max(names.size(), columns));
  headless_columns.resize(names.size());
  for (std::size_t i = 0; i < columns; ++i) {
    if (has_heading(i)) continue;
    names[i] = column_letters(i);
    headless_columns[i] = true;
  }
}

std::optional<HeadingRow> find_heading(Table& table) {
  std::vector<Row> rows;
  std::optional<std::size_t> labels;
  Row row;
  while (rows.size() < (labels ? *labels + 1 + kRowsBetween : kRowsAbove) && table.next(row)) {
    const bool ids = has_cell(row, is_record_heading_id);
    if (ids) return read(row);
    if (!labels && has_cell(row, is_record_heading)) labels = rows.size();
    rows.push_back(std::move(row));
  }
  if (!labels) return std::nullopt;
  HeadingRow heading = read(rows[*labels]);
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(*labels) + 1);
  heading.rows = std::move(rows);
  return heading;
}

}  // namespace quy::tabular
