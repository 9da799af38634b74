#include "runtime/api/tally.h"

namespace quy::api {
namespace {

using OfSubject = EvaluationSummary::OfSubject;
using trace::Status;

/// Where a status without a level is counted, in the order of Status; decided ones are counted by level.
constexpr std::uint64_t OfSubject::*kCounters[] = {nullptr, &OfSubject::undecided, &OfSubject::authority, &OfSubject::gap, &OfSubject::not_rated};

/// The clauses that hand the decision over come first among the reasons.
void count_clauses(EvaluationSummary& summary, const trace::Result& result) {
  if (result.reasons().empty()) return;
  for (const std::string& clause : *result.reasons().front().clauses) ++summary.handed_over_by[clause];
}

}  // namespace

OfSubject summary_row(const bytecode::Module& module, const bytecode::Subject& subject) {
  OfSubject row;
  row.id = subject.id;
  row.label = subject.label;
  if (subject.rating == bytecode::kNone) return row;
  for (const bytecode::LevelInfo& level : module.ratings[subject.rating].levels) {
    row.level_ids.push_back(level.id);
    row.level_labels.push_back(level.label);
  }
  row.by_level.resize(row.level_ids.size());
  return row;
}

void count_result(EvaluationSummary& summary, OfSubject& row, const trace::Result& result) {
  ++summary.results;
  ++row.results;
  const auto counter = kCounters[static_cast<std::size_t>(result.status)];
  if (counter != nullptr) ++(row.*counter);
  if (result.level < row.by_level.size()) ++row.by_level[result.level];
  if (result.status == Status::authority) count_clauses(summary, result);
}

std::string field_in_summary(const bytecode::Subject& subject, std::uint32_t field) {
  const auto named = [](const auto& thing) { return thing.label.empty() ? thing.id : thing.label + " (" + thing.id + ")"; };
  const bytecode::Field& info = subject.fields[field];
  return info.list == bytecode::kNone ? named(info) : named(subject.lists[info.list]);
}

void count_missing(std::vector<std::uint64_t>& by_field, const bytecode::Subject& subject, const trace::Result& result) {
  std::uint32_t counted_list = bytecode::kNone;
  for (const std::uint32_t field : result.influential) {
    const std::uint32_t list = subject.fields[field].list;
    if (list == bytecode::kNone || list != counted_list) ++by_field[field];
    counted_list = list;
  }
}

}  // namespace quy::api
