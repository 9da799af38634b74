#include "runtime/api/tally.h"

#include <algorithm>
#include <map>
#include <utility>

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

OfSubject summary_row(const bytecode::Module& module, std::uint32_t index) {
  const bytecode::Subject& subject = module.subjects[index];
  OfSubject row;
  row.subject = index;
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

std::vector<std::vector<std::uint32_t>> summary_rows(const std::vector<Pack>& packs) {
  std::map<std::pair<std::string, std::vector<std::string>>, std::uint32_t> numbers;
  std::vector<std::vector<std::uint32_t>> rows(packs.size());
  for (std::size_t i = packs.size(); i-- > 0;) {
    const bytecode::Module& module = packs[i].module();
    for (std::uint32_t subject = 0; subject < module.subjects.size(); ++subject) {
      OfSubject row = summary_row(module, subject);
      rows[i].push_back(numbers.try_emplace({std::move(row.id), std::move(row.level_ids)}, numbers.size()).first->second);
    }
  }
  return rows;
}

void add(EvaluationSummary& sum, EvaluationSummary part) {
  sum.records_in += part.records_in;
  sum.results += part.results;
  sum.rejected += part.rejected;
  for (OfSubject& row : part.subjects) {
    const auto place = std::lower_bound(sum.subjects.begin(), sum.subjects.end(), row,
                                        [](const OfSubject& a, const OfSubject& b) { return a.subject < b.subject; });
    if (place == sum.subjects.end() || place->subject != row.subject) {
      sum.subjects.insert(place, std::move(row));
      continue;
    }
    for (std::size_t level = 0; level < row.by_level.size(); ++level) place->by_level[level] += row.by_level[level];
    for (const auto counter : {&OfSubject::results, &OfSubject::undecided, &OfSubject::authority, &OfSubject::gap, &OfSubject::not_rated})
      (*place).*counter += row.*counter;
  }
  for (const auto map : {&EvaluationSummary::undecided_for, &EvaluationSummary::handed_over_by, &EvaluationSummary::rejected_for})
    for (const auto& [name, count] : part.*map) (sum.*map)[name] += count;
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
