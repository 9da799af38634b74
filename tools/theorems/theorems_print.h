#pragma once

#include <ostream>

#include "tools/context.h"
#include "tools/theorems/theorems_report.h"

namespace quy::tools {

/// For each subject how many statements of each theorem hold, then what does not hold or is not settled.
void print_theorems(std::ostream& out, const Context& context, const std::vector<SubjectTheorems>& subjects);
/// One object: {"pack", "subjects": […]}, every statement with its witness.
void print_theorems_json(std::ostream& out, const Context& context, const std::string& pack,
                         const std::vector<SubjectTheorems>& subjects);

}  // namespace quy::tools
