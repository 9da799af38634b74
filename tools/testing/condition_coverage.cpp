#include "tools/testing/condition_coverage.h"

#include <fmt/format.h>

#include "analysis/conditions.h"

namespace quy::tools {

namespace {

/// Variants of a subject (`id#…`) share its conditions.
std::string subject_id(const bytecode::Subject& subject) { return subject.id.substr(0, subject.id.find('#')); }

}  // namespace

void ConditionCoverage::note(const bytecode::Module& module, const bytecode::Subject& subject,
                             const vm::Machine& machine) {
  for (const bytecode::Observable& observable : subject.observables) {
    if (!analysis::is_open_condition(subject, observable)) continue;
    const bytecode::Origin& origin = subject.origins[observable.origin];
    const std::string owner =
        analysis::is_condition_of_rating(observable.role) ? module.ratings[subject.rating].id : subject_id(subject);
    CoveredCondition& condition = by_place_[fmt::format("{}|{}|{:06}|{:06}|{}", owner, origin.file, origin.begin_line,
                                                        origin.begin_column, observable.level)];
    condition.owner = owner;
    condition.clause = origin.clauses.empty() ? "" : origin.clauses.front();
    condition.text = observable.text.in(language_);
    condition.file = origin.file;
    condition.line = origin.begin_line;
    const vm::Truth truth = machine.truth(observable.reg, 0);
    condition.seen_true |= truth == vm::Truth::yes;
    condition.seen_false |= truth == vm::Truth::no;
  }
}

std::vector<CoveredCondition> ConditionCoverage::conditions() const {
  std::vector<CoveredCondition> all;
  for (const auto& [place, condition] : by_place_) all.push_back(condition);
  return all;
}

}  // namespace quy::tools
