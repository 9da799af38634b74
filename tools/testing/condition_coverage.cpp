#include "tools/testing/condition_coverage.h"

#include <algorithm>

#include "analysis/cases/sides.h"
#include "analysis/conditions.h"
#include "analysis/record/slice.h"

namespace quy::tools {

using analysis::symbolic::Verdict;
using bytecode::kNone;

namespace {

/// Variants of a subject (`id#…`) share its conditions.
std::string subject_id(const bytecode::Subject& subject) { return subject.id.substr(0, subject.id.find('#')); }

bool is_impossible(const bytecode::Module& module, const bytecode::Subject& subject, int year, analysis::Side side) {
  const bytecode::Module part = analysis::slice(module, subject, {subject.observables[side.observable].reg});
  analysis::Bench bench(part, 0, {}, year);
  return analysis::find_sides(bench, {side}).front().verdict == Verdict::impossible;
}

}  // namespace

ConditionPlace condition_place(const bytecode::Module& module, const bytecode::Subject& subject,
                               std::uint32_t observable) {
  const bytecode::Observable& condition = subject.observables[observable];
  const bytecode::Origin& origin = subject.origins[condition.origin];
  const bool of_rating = analysis::is_within_rating(subject, observable);
  const std::uint32_t line = of_rating ? kNone : analysis::line_around(subject, observable);
  return {of_rating ? module.ratings[subject.rating].id : subject_id(subject),
          origin.file,
          origin.begin_line,
          origin.begin_column,
          line == kNone ? "" : subject.observables[line].id,
          condition.level};
}

void ConditionCoverage::add(const bytecode::Module& module, int year) {
  for (const bytecode::Subject& subject : module.subjects) {
    std::vector<Watched>& watched = watched_[&subject];
    for (std::uint32_t i = 0; i < subject.observables.size(); ++i) {
      const bytecode::Observable& observable = subject.observables[i];
      if (!analysis::is_open_condition(subject, observable)) continue;
      const ConditionPlace place = condition_place(module, subject, i);
      Entry& entry = entries_[place];
      const auto& clauses = subject.origins[observable.origin].clauses;
      entry.condition.place = place;
      entry.condition.clause = clauses.empty() ? "" : clauses.front();
      entry.condition.text = observable.text;
      entry.instances.push_back({&module, &subject, i, year});
      watched.push_back({observable.reg, &entry});
    }
  }
}

void ConditionCoverage::note(const bytecode::Subject& subject, const vm::Machine& machine) {
  for (const Watched& watched : watched_.at(&subject)) {
    const vm::Truth truth = machine.truth(watched.reg, 0);
    if (truth == vm::Truth::yes) watched.entry->condition.holds = SideSeen::yes;
    if (truth == vm::Truth::no) watched.entry->condition.fails = SideSeen::yes;
  }
}

bool ConditionCoverage::prove(std::size_t most_sides) {
  std::size_t sides = 0;
  for (const auto& [place, entry] : entries_)
    for (const SideSeen seen : {entry.condition.holds, entry.condition.fails}) sides += seen == SideSeen::no ? 1 : 0;
  if (sides > most_sides) return false;
  for (auto& [place, entry] : entries_)
    for (const bool holds : {true, false}) prove_side(entry, holds);
  return true;
}

/// Impossible when it is so in every subject that has the condition.
void ConditionCoverage::prove_side(Entry& entry, bool holds) {
  SideSeen& seen = holds ? entry.condition.holds : entry.condition.fails;
  if (seen != SideSeen::no) return;
  const bool impossible = std::ranges::all_of(entry.instances, [&](const Instance& instance) {
    return is_impossible(*instance.module, *instance.subject, instance.year, {instance.observable, holds});
  });
  if (impossible) seen = SideSeen::impossible;
}

std::vector<CoveredCondition> ConditionCoverage::conditions() const {
  std::vector<CoveredCondition> all;
  for (const auto& [place, entry] : entries_) all.push_back(entry.condition);
  return all;
}

}  // namespace quy::tools
