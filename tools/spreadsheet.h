#pragma once
// An .xlsx workbook that is being written: formats made once, sheet names that spreadsheets take, bytes at the end.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "tools/xlsx_writer.h"

namespace quy::tools {

class Spreadsheet {
 public:
  /// With `streamed`, rows are not kept once the next one is begun, so they must be written in order.
  explicit Spreadsheet(bool streamed);
  ~Spreadsheet();
  Spreadsheet(const Spreadsheet&) = delete;
  Spreadsheet& operator=(const Spreadsheet&) = delete;

  /// A new sheet; of the name what a sheet may be called, made different from the others.
  lxw_worksheet* sheet(std::string_view name);
  /// The name that the last sheet got.
  const std::string& last_name() const { return last_name_; }
  lxw_format* format() { return xlsx().workbook_add_format(book_); }

  /// The whole file. Nothing when it could not be written; system_error() then says why, if the system knows.
  std::optional<std::string> finish();
  int system_error() const { return error_; }

 private:
  std::optional<std::string> read_back();

  int memory_ = -1;  ///< a file that exists in memory only, because the library writes to files
  lxw_workbook* book_ = nullptr;
  std::set<std::string> names_;
  std::string last_name_;
  int error_ = 0;
};

/// Text that a cell can hold: without control characters, cut at the limit of cells.
std::string cell_text(std::string_view text);

}  // namespace quy::tools
