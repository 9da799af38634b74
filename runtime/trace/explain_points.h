#pragma once
// The table of points: every group and criterion with its value against its maximum, and why points were lost.

#include <vector>

#include "runtime/trace/explanation.h"

namespace quy::trace {

/// What was declared for a line's cause of being left out; undeclared for one that is not left out.
bytecode::Treatment treatment_of(const PointsLine& line, const bytecode::Treatments& declared);

/// Groups in order, each followed by what is in it.
std::vector<PointsRow> points_rows(const RecordView& view, const Result& result);

}  // namespace quy::trace
