#pragma once
// The quotas of a run: what each group's members earned, the places that leaves, and what becomes of each.

#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "runtime/cohort/quota.h"
#include "runtime/trace/dependence.h"
#include "runtime/trace/outcome.h"
#include "runtime/vm/program.h"
#include "runtime/waves/population.h"

namespace quy::waves {

/// What a member brings to its groups.
struct Earned {
  vm::OutcomeSet outcomes = 0;      ///< of its rating; of one for the authority what that may choose
  bool decided = false;
};

/// An outcome after quotas.
struct AfterQuota {
  vm::OutcomeSet outcomes = 0;
  bool settled = true;       ///< false: the quota has not been worked out, or leaves it open
  bool provisional = false;  ///< rests on places that the run proposes and nobody has decided
};

class Cohorts {
 public:
  /// `population` is closed. `readings` says where a surplus goes that a choice leaves open.
  Cohorts(const bytecode::Module& module, const Population& population, const vm::Program::Readings& readings);

  /// A cohort's record whose decision repeats one before it; nothing when it has been taken.
  std::optional<Message> refused(RecordNumber record) const;
  /// Decisions about cohorts that no record is of, in the order of their records.
  const std::vector<Message>& warnings() const { return warnings_; }
  /// Priorities of a member that has, or may have, the level of quota `quota` of its rating; empty when one of them is not known.
  void set_priority(RecordNumber record, std::uint32_t quota, cohort::Priority priority);
  bool may_be_candidate(std::uint32_t rating, std::uint32_t quota, const Earned& earned) const;
  /// Members of the group need each other's results: those who take one must not see what the quota makes of it, at any time.
  void hide(std::uint32_t group) { settled_[group].hidden = true; }
  /// All members of the group have been rated.
  void settle(std::uint32_t group, const std::function<std::optional<Earned>(RecordNumber)>& earned);

  AfterQuota after(RecordNumber record, const Earned& earned) const;
  /// The place of a candidate under the quota that weighs most on it; nothing for anyone else.
  std::optional<trace::QuotaPlace> place(RecordNumber record) const;
  /// What each quota comes to in the group that a cohort's record speaks of.
  std::vector<trace::QuotaCount> counts(const facts::RecordHead& cohort) const;
  /// Index of the level to which those beyond a quota go; kNone for no level.
  std::uint32_t surplus(std::uint32_t rating, std::uint32_t quota) const { return terms_[rating][quota].surplus; }

 private:
  struct QuotaTerms {
    std::uint32_t level = kNone, surplus = kNone;
    vm::OutcomeSet base = 0;
    Rational rate, raised;
    bool counts_kept = false, counts_lost = false;
    std::vector<std::string> plain_clauses;   ///< without those of the raised rate
  };
  struct Settled {
    bool done = false, hidden = false;
    cohort::Terms terms;
    cohort::Census census;
    std::uint64_t may_be_candidates = 0, open_members = 0;
    std::pair<std::uint64_t, std::uint64_t> places{0, 0};
    std::uint64_t fixpoints = 1;
    cohort::Priority last_kept, first_lost;
    std::uint64_t within = 0, tied = 0, beyond = 0, open = 0;
    const facts::CohortRecord::Decision* raised = nullptr;
    const facts::CohortRecord::Decision* decided = nullptr;
  };
  struct Candidate {
    std::uint32_t group = kNone;
    cohort::Ranked ranked;
    cohort::Priority priority;
  };

  QuotaTerms terms_of(const bytecode::RatingInfo& rating, const bytecode::QuotaInfo& quota, const vm::Program::Readings& readings) const;
  void take_decisions();
  void take_decision(RecordNumber record, const facts::CohortRecord& cohort, const facts::CohortRecord::Decision& decision);
  const QuotaTerms& terms(const Group& group) const { return terms_[group.rating][group.quota]; }
  trace::QuotaPlace place_in(std::uint32_t group) const;

  const bytecode::Module& module_;
  const Population& population_;
  std::vector<std::vector<QuotaTerms>> terms_;                ///< by rating and quota
  std::vector<Settled> settled_;                              ///< by group
  std::unordered_map<RecordNumber, std::vector<Candidate>> candidates_;
  std::unordered_map<RecordNumber, Message> refused_;
  std::vector<Message> warnings_;
};

}  // namespace quy::waves
