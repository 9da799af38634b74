#pragma once
// Bars of shares, as inline SVG.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tools/document/html.h"
#include "tools/report/result_row.h"

namespace quy::tools {

using Counts = std::map<Category, std::uint64_t>;

/// One bar to each name: its results by category, the widths their shares.
struct Bar {
  std::string name;
  Counts counts;
};

/// What the columns of a table of bars are called.
struct BarHeadings {
  std::string name, parts, total;
};

/// A legend, then a table with a bar a row and its total.
void write_bars(Html& html, const BarHeadings& headings, const std::vector<Bar>& bars);

/// The class that colours a category, on the page and in its script.
std::string category_class(const Category& category);

}  // namespace quy::tools
