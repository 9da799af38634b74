#pragma once
// Counts of a run for its summary.

#include "runtime/api/evaluation.h"
#include "runtime/trace/result.h"

namespace quy::api {

/// An empty row for a subject that has turned up.
EvaluationSummary::OfSubject summary_row(const bytecode::Module& module, std::uint32_t subject);

/// By pack, then by subject: the number of its row. Subjects of one id share a row where their levels are the same; those of the last pack
/// come first, in its order.
std::vector<std::vector<std::uint32_t>> summary_rows(const std::vector<Pack>& packs);

/// Adds the counts of a part of the run; rows stay in the order of their numbers.
void add(EvaluationSummary& sum, EvaluationSummary part);

void count_result(EvaluationSummary& summary, EvaluationSummary::OfSubject& row, const trace::Result& result);

/// A field in the summary, `label (id)`; a row's field is named by its list.
std::string field_in_summary(const bytecode::Subject& subject, std::uint32_t field);

/// Counts by field the evidence that keeps a record undecided; a list counts once.
void count_missing(std::vector<std::uint64_t>& by_field, const bytecode::Subject& subject, const trace::Result& result);

}  // namespace quy::api
