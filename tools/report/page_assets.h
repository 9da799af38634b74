#pragma once
// How a report's page looks and what it does: search, filter, a view of each record.

#include <string_view>

namespace quy::tools {

extern const std::string_view kReportStyle;
/// Reads the element `data` and fills the elements with the ids `search`, `filters`, `records`, `count`, `more`, `record`.
extern const std::string_view kReportScript;

}  // namespace quy::tools
