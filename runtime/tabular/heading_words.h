#pragma once
// How headings and other words of tables are compared: without tone marks, capitals, punctuation.

#include <string>
#include <string_view>

namespace quy::tabular {

/// `Số nhiệm vụ giao` → `so_nhiem_vu_giao`; dots, brackets and `=` of ids stay. Text that is no UTF-8 gives nothing.
std::string word_key(std::string_view text);

/// Whether a heading says that the column holds the id of a record: `id`, `Mã hồ sơ`, in a list `record`, `Hồ sơ` …
bool is_record_heading(std::string_view text);
/// The same by id alone, as the row of ids of a form has it.
bool is_record_heading_id(std::string_view text);

}  // namespace quy::tabular
