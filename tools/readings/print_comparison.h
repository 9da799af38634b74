#pragma once
// What `quy readings PACK EVIDENCE` answers, for people and for tools.

#include <ostream>

#include "tools/context.h"
#include "tools/readings/compare_readings.h"

namespace quy::tools {

void print_comparison(std::ostream& out, const Context& context, const Pack& pack, const ReadingComparison& comparison);
/// One object: {"pack", "records_in", "rejected", "differ", "subjects": […], "records": […]}.
void print_comparison_json(std::ostream& out, const Pack& pack, const ReadingComparison& comparison);

}  // namespace quy::tools
