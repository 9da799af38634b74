#pragma once

#include "tools/context.h"
#include "tools/diff/impact.h"
#include "tools/document/html.h"

namespace quy::tools {

/// The section of the change page on people: counts, the matrix, bars by subject, cohort and unit, and who changes.
void write_impact(Html& html, const Context& context, const Impact& impact);

}  // namespace quy::tools
