#pragma once

#include <ostream>

#include "tools/context.h"
#include "tools/gaps/gaps_report.h"

namespace quy::tools {

void print_gaps(std::ostream& out, const Context& context, const std::vector<RatingGaps>& ratings);
/// One object: {"pack", "ratings": […]}.
void print_gaps_json(std::ostream& out, const Context& context, const std::string& pack, const std::vector<RatingGaps>& ratings);

}  // namespace quy::tools
