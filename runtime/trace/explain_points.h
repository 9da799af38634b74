#pragma once
// The table of points: every group and criterion with its value against its maximum, and why points were lost.

#include <vector>

#include "runtime/trace/explanation.h"

namespace quy::trace {

/// Groups in order, each followed by what is in it.
std::vector<PointsRow> points_rows(const RecordView& view, const Result& result);

}  // namespace quy::trace
