#pragma once
// A table as it comes out of a CSV file or a sheet: rows of cells, before anything is known of what they mean.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"

namespace quy::tabular {

struct Cell {
  enum class Kind : std::uint8_t {
    empty,
    text,    ///< without white space around it
    number,  ///< `text` is a JSON number: the decimal that the sheet stores
    truth,   ///< `true` or `false`
    day,     ///< yyyy-mm-dd
    failed   ///< a formula without a value; `text` is what stands in the cell (#REF!)
  };
  Kind kind = Kind::empty;
  bool percent = false;        ///< the number is shown as a percentage: 0.9 as 90%
  std::uint8_t zero_fill = 0;  ///< the number is shown with at least so many digits: 7 as 0007
  std::string text;

  bool empty() const { return kind == Kind::empty; }
  static Cell of_text(std::string text) { return {text.empty() ? Kind::empty : Kind::text, false, 0, std::move(text)}; }
};

struct Row {
  std::uint64_t number = 0;  ///< from 1: the line where it begins, or the sheet's own number
  std::vector<Cell> cells;   ///< by column; those behind the last are empty
  bool too_long = false;     ///< above the limit of a record; the cells were not kept

  const Cell& at(std::size_t column) const {
    static const Cell nothing;
    return column < cells.size() ? cells[column] : nothing;
  }
};

class Table {
 public:
  virtual ~Table() = default;
  /// The next row that has a cell; false at the end.
  virtual bool next(Row& row) = 0;
  /// Why the table ended before its end.
  virtual std::optional<Message> problem() const = 0;
};

/// `A`, `B` … `AA`: how spreadsheets name columns.
std::string column_letters(std::size_t column);

}  // namespace quy::tabular
