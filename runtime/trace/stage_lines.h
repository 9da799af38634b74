#pragma once
// The stages' part of an explanation: outcomes side by side, and what later stages changed.

#include <vector>

#include "runtime/trace/explanation.h"

namespace quy::trace {

/// One line a stage; below it what explains that its outcome is not that of the stage before.
std::vector<Line> stage_lines(const RecordView& view, const Result& result);

/// One line an override, its reason and document below.
std::vector<Line> override_lines(const RecordView& view, const Result& result);

}  // namespace quy::trace
