#pragma once
// Which clauses decided, worked out from the values of the observables, never by a second evaluation.

#include <vector>

#include "runtime/trace/result.h"

namespace quy::trace {

/// For each level, the reason of a rating that points alone have given. Empty for a rating without bands.
std::vector<std::vector<Reason>> band_reasons(const SubjectIndex& index, Language language);

/// Where points alone put the record; nothing when that is open, or there are no bands.
std::optional<std::uint32_t> band_level(const RecordView& view);

/// Whether nothing but the band had a say in the decided level.
bool decided_by_points(const RecordView& view, const Result& result);

/// Levels that the authority may choose from, when clauses hand the decision over.
vm::OutcomeSet allowed_to_authority(const RecordView& view);

/// Fills result.own_reasons; the outcome and the influential fields are there already.
void add_reasons(const RecordView& view, Result& result);

/// Whether a missing field that can still change the outcome bears on an open rule.
bool can_turn(const Rule& rule, const Result& result);

/// What a cap says: the best level it allows, and by what.
std::string cap_text(const RecordView& view, const Rule& rule, std::uint32_t allowed);

/// What bounds the levels: the text of the band, such as `tổng điểm từ 70 đến dưới 90`.
std::string band_text(const SubjectIndex& index, std::uint32_t level, Language language);

}  // namespace quy::trace
