#pragma once

#include <nlohmann/json.hpp>

#include <ostream>

#include "tools/diff/report.h"

namespace quy::tools {

void print_diff(std::ostream& out, const Context& context, const DiffReport& report);
nlohmann::ordered_json json_of(const Context& context, const DiffReport& report);

/// `a.quy:3 → b.quy:4`, one of them where both are the same or one is empty.
std::string places_text(const Change& change);

}  // namespace quy::tools
