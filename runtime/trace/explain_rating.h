#pragma once
// The rating's part of an explanation: phase by phase, then what stood in the way of a better level.

#include <optional>
#include <vector>

#include "runtime/trace/explanation.h"
#include "runtime/trace/phrases.h"

namespace quy::trace {

std::vector<Line> why_lines(const RecordView& view, const Result& result);

/// The next better level that the record did not reach; nothing when there is none.
std::optional<std::uint32_t> next_level(const RecordView& view, const Result& result);
std::vector<Line> why_not_lines(const RecordView& view, const Result& result, std::uint32_t level);

/// Outcomes still possible, each with what it would need.
std::vector<OutcomeLine> outcome_lines(const RecordView& view, const Result& result);

/// Whether and how a result is settled.
Phrase status_phrase(Status status);

/// Points for people: `93,75`, `91,43 (đúng bằng 6583/72)`, `từ 85 đến 95`.
std::string points_for_people(const PrintedNumber& number, const PrintedRange& range, bool outer, Language language);

}  // namespace quy::trace
