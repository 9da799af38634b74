#include "analysis/theorems/trial.h"

#include <algorithm>
#include <iterator>

#include "analysis/cases/subject_cases.h"

namespace quy::analysis {

using bytecode::kNone;

namespace {

std::vector<bytecode::Register> roots(const bytecode::Subject& subject) {
  std::vector<bytecode::Register> all{subject.total};
  if (subject.levels != kNone) all.push_back(subject.levels);
  return all;
}

void replace(Record& record, const Record& from, const Place& place) {
  if (place.is_list)
    record.lists[place.index] = from.lists.at(place.index);
  else
    record.fields[place.index] = from.fields.at(place.index);
}

}  // namespace

Extremes extremes(Bench& bench) {
  const Candidates candidates(bench, roots(bench.subject()));
  Extremes both{all_met(bench).record, candidates.nothing()};
  return both;
}

std::vector<Record> trial_records(const Bench& bench, const Extremes& extremes) {
  const Candidates candidates(bench, roots(bench.subject()));
  std::vector<Record> all{extremes.met, extremes.nothing};
  std::vector<Place> places = candidates.places();
  for (int way = 0; way < 2; ++way) {
    Record between = extremes.met;
    for (const Place& place : places) {
      replace(between, extremes.nothing, place);
      all.push_back(between);
    }
    std::ranges::reverse(places);
  }
  for (const Place& place : places)
    for (const Record* from : {&extremes.met, &extremes.nothing})
      std::ranges::move(candidates.alternatives(*from, place), std::back_inserter(all));
  return all;
}

}  // namespace quy::analysis
