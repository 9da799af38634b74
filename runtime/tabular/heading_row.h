#pragma once
// The row of a table that names its columns, and what it says of the table as a whole.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/tabular/table.h"

namespace quy::tabular {

struct HeadingRow {
  std::vector<std::string> names;                ///< by column; empty where there is none, and for constants
  std::map<std::string, std::string> constants;  ///< `subject=…` over a column: so for every row
  bool of_list = false;                          ///< the rows are a list's: `record` says whose
  std::vector<Row> rows;                         ///< of the table, met while looking for the headings

  /// The column that a predicate on names picks first; npos when none does.
  template <typename Predicate>
  std::size_t find(Predicate&& wanted) const {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (!names[i].empty() && wanted(names[i])) return i;
    return std::string::npos;
  }
  bool is_constant(std::size_t column) const { return column < constant_columns.size() && constant_columns[column]; }
  /// A name or a constant stands above the column, or it has been named by its letters.
  bool has_heading(std::size_t column) const { return is_constant(column) || (column < names.size() && !names[column].empty()); }
  /// Names by their letters those of the first `columns` columns that have no heading.
  void name_headless(std::size_t columns);
  bool is_headless(std::size_t column) const { return column < headless_columns.size() && headless_columns[column]; }

  std::vector<bool> constant_columns, headless_columns;
};

/// Looks among the first rows: a row with the cell `id` or `record` is it, wherever it stands; otherwise the first with such a label.
/// What stands above the headings is for people and is passed over.
std::optional<HeadingRow> find_heading(Table& table);

}  // namespace quy::tabular
