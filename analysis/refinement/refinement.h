#pragma once
// Whether a criteria set's subject stays inside the subject that it refines: the obligations of docs/refinement.md, clause by clause.
//
// Both sides run on one record (analysis/joint/joint.h). What the two have in common is the same register and needs no proof; what differs is
// asked of the solver over all complete evidence, before quotas. Every witness has been run on the machine.

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analysis/joint/joint.h"
#include "analysis/record/record.h"
#include "analysis/symbolic/verdict.h"
#include "base/language.h"
#include "runtime/trace/subject_index.h"
#include "runtime/vm/machine.h"

namespace quy::analysis {

/// How a clause of the framework stands in the local set, from harmless to harmful.
enum class Relation : std::uint8_t {
  same,
  free,  ///< the framework leaves it open
  tighter,
  not_proved,  ///< a finding like `looser`
  looser,
  contradicts,
  missing
};
/// Whether it stops the set from refining the framework.
constexpr bool is_finding(Relation relation) { return relation >= Relation::not_proved; }

/// One subject of each side. Modules carry given-total variants, and the local one its replaced fields.
struct Link {
  const bytecode::Module *local = nullptr, *framework = nullptr;
  std::uint32_t local_subject = 0, framework_subject = 0;
  vm::Program::Readings local_readings, framework_readings;  ///< the framework's as the local set picked them
  /// By criterion of the framework: the criteria of the local set that stand for it.
  std::vector<std::vector<std::uint32_t>> parts;
  int year = 0;  ///< that made-up records lie in
};

/// A record that shows a difference, in the fields of the local subject, and what each side makes of it.
struct Witness {
  Record record;
  vm::OutcomeSet local_outcome = 0, framework_outcome = 0;  ///< of a rating; 0 for a criterion
  vm::Range local_points, framework_points;                 ///< of a criterion
};

struct ClauseVerdict {
  enum class What : std::uint8_t {
    criterion,    ///< index: of the framework's criteria
    rule,         ///< index: of the framework's observables (of its given-total variant)
    own_rule,     ///< index: of the local set's observables (of its given-total variant)
    level_floor,  ///< index: level
    gap_policy,
    rating,          ///< as a whole: level sets, what no single rule explains
    level_monotony,  ///< the level must not fall when the total rises
    signed_group,    ///< of bonuses or deductions; index: of the local set's groups
    presumption,     ///< index: of the local set's criteria
    reading,         ///< index: of the framework's readings
    quota            ///< index: of the framework's quotas
  };
  What what = What::criterion;
  std::uint32_t index = 0;
  Relation relation = Relation::same;
  Bilingual reason;  ///< where the relation alone does not say it
  std::optional<Witness> witness;
};

/// With open points: how little of a framework criterion a full sheet may hold.
struct Dilution {
  std::uint32_t criterion = 0;  ///< of the framework
  Rational total;               ///< the most that a sheet can have while it is not met
};

struct Refinement {
  std::vector<ClauseVerdict> verdicts;
  std::vector<Dilution> dilution;     ///< only where the framework leaves points open
  std::optional<Rational> all_unmet;  ///< the same with no criterion of the framework met
  std::vector<symbolic::NotAnalysed> not_analysed;
};

/// Ratings whose level is proved never to fall when the total rises, by their rules: many subjects share one.
using MonotoneRatings = std::set<std::string>;

/// Each question to the solver has `limit`. What is proved of a rating is kept in `monotone` for the next subject.
Refinement refine(const Link& link, std::chrono::milliseconds limit, MonotoneRatings& monotone);

}  // namespace quy::analysis
