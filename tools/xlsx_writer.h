#pragma once
// libxlsxwriter, opened when the first workbook is written (base/late_library.h says why).

#include <xlsxwriter.h>

#include "base/late_library.h"

// Every function of it that is used.
#define QUY_XLSX_WRITER_FUNCTIONS(X) \
  X(format_set_align)                \
  X(format_set_bg_color)             \
  X(format_set_bold)                 \
  X(format_set_border)               \
  X(format_set_font_color)           \
  X(format_set_font_size)            \
  X(format_set_italic)               \
  X(format_set_num_format)           \
  X(format_set_num_format_index)     \
  X(format_set_text_wrap)            \
  X(workbook_add_format)             \
  X(workbook_add_worksheet)          \
  X(workbook_close)                  \
  X(workbook_new_opt)                \
  X(workbook_set_properties)         \
  X(worksheet_autofilter)            \
  X(worksheet_data_validation_range) \
  X(worksheet_freeze_panes)          \
  X(worksheet_hide)                  \
  X(worksheet_repeat_rows)           \
  X(worksheet_set_column)            \
  X(worksheet_set_column_opt)        \
  X(worksheet_set_landscape)         \
  X(worksheet_set_paper)             \
  X(worksheet_set_row)               \
  X(worksheet_set_row_opt)           \
  X(worksheet_write_comment_opt)     \
  X(worksheet_write_number)          \
  X(worksheet_write_string)         

namespace quy::tools {

/// The library's functions by their names.
QUY_LATE_LIBRARY(XlsxWriter, QUY_LIBRARY_xlsxwriter, QUY_XLSX_WRITER_FUNCTIONS);

/// Raises LibraryMissing.
inline const XlsxWriter& xlsx() {
  static const XlsxWriter writer;
  return writer;
}

}  // namespace quy::tools
