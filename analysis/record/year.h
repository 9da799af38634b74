#pragma once
// The records that analysis looks at are of one whole year.

#include "runtime/bytecode/module.h"

namespace quy::analysis {

/// Whether the span of a field with place span_over is over then: which years make a term, a year does not say (runtime/facts/spans.h).
inline bool is_over_with_the_year(const bytecode::Field& span_over) { return span_over.per != "term"; }

}  // namespace quy::analysis
