#include "analysis/gaps/gaps.h"

#include <algorithm>
#include <bit>

#include "analysis/record/shorten.h"
#include "analysis/symbolic/encoding.h"
#include "analysis/symbolic/solver.h"
#include "runtime/trace/outcome.h"
#include "runtime/trace/subject_index.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Register;
using symbolic::both;
using symbolic::either;
using symbolic::Encoding;
using symbolic::negated;
using symbolic::Verdict;
using trace::Phases;
using trace::Rule;
using vm::Truth;

namespace {

using Kind = GapCause::Kind;

/// A cause, what it means to the solver, and what to the machine; and that it is the only one.
struct Suspect {
  GapCause cause;
  z3::expr condition;
  Shows on_machine;
  z3::expr alone;
  Shows alone_on_machine;
};

std::vector<Register> roots(const Phases& phases, const bytecode::Subject& subject) {
  std::vector<Register> all{subject.levels};
  if (phases.band != kNone) all.push_back(phases.band);
  for (const auto* rules :
       {&phases.level_conditions, &phases.needs, &phases.no_basis, &phases.forces, &phases.not_rated})
    for (const Rule& rule : *rules) all.push_back(rule.condition);
  for (const trace::HandOver& hand_over : phases.hand_overs) all.push_back(hand_over.rule.condition);
  return all;
}

class Search {
 public:
  Search(Bench& bench, std::chrono::milliseconds limit)
      : bench_(bench),
        limit_(limit),
        index_(bench.program()),
        phases_(index_.phases()),
        levels_(bench.subject().levels),
        evidence_({{&index_.module(), &index_.subject()}}, bench.year()),
        encoding_(evidence_, index_.module(), index_.subject(), bench.readings(), roots(phases_, index_.subject())) {}

  Gaps run() {
    needs();
    needs_without_basis();
    no_basis();
    level_conditions();
    forces();
    rest();
    Gaps gaps = answer();
    gaps.not_analysed = encoding_.not_analysed();
    gaps.lists_cut = evidence_.lists_cut();
    return gaps;
  }

 private:
  z3::expr yes(const Rule& rule) const { return encoding_.truth(rule.condition).yes; }
  z3::expr fails(const Rule& rule) const { return encoding_.truth(rule.condition).no(); }
  z3::expr is_gap() const { return encoding_.outcome_is(levels_, vm::kOutcomeGap); }
  /// Levels by conditions have no band: which of them a failed need belongs to shows in the conditions.
  z3::expr at_band(std::uint32_t level) const {
    return phases_.band == kNone ? evidence_.context().bool_val(true) : encoding_.outcome_is(phases_.band, level);
  }
  bool at_band(const vm::Machine& machine, std::uint32_t row, std::uint32_t level) const {
    return phases_.band == kNone || machine.outcomes(phases_.band, row) == vm::OutcomeSet{1} << level;
  }
  z3::expr none(const std::vector<Rule>& rules, const Rule* but = nullptr) const {
    z3::expr result = evidence_.context().bool_val(true);
    for (const Rule& rule : rules)
      if (&rule != but) result = both(result, negated(yes(rule)));
    return result;
  }

  void suspect(GapCause cause, z3::expr condition, Shows on_machine) {
    suspects_.push_back({cause, std::move(condition), std::move(on_machine), evidence_.context().bool_val(true), {}});
  }
  void suspect(GapCause cause, z3::expr condition, Shows on_machine, z3::expr alone, Shows alone_on_machine) {
    known_ = either(known_, condition);
    suspects_.push_back(
        {cause, std::move(condition), std::move(on_machine), std::move(alone), std::move(alone_on_machine)});
  }

  // ---------------------------------------------------------------- causes

  void needs() {
    for (const Rule& rule : phases_.needs) {
      suspect(
          {Kind::need_failed, rule.level, kNone, rule.observable, kNone},
          both(both(is_gap(), at_band(rule.level)), fails(rule)),
          [this, &rule](const vm::Machine& machine, std::uint32_t row) {
            return gap(machine, row) && at_band(machine, row, rule.level) &&
                   machine.truth(rule.condition, row) == Truth::no;
          },
          none_fails(rule.level, &rule),
          [this, &rule](const vm::Machine& machine, std::uint32_t row) {
            return !another_need_fails(machine, row, rule);
          });
    }
  }

  bool another_need_fails(const vm::Machine& machine, std::uint32_t row, const Rule& rule) const {
    return std::ranges::any_of(phases_.needs, [&](const Rule& other) {
      return &other != &rule && other.level == rule.level && machine.truth(other.condition, row) == Truth::no;
    });
  }

  /// A condition that must have a basis and is left out: the level is neither granted nor refused.
  void needs_without_basis() {
    for (const Rule& rule : phases_.needs) {
      suspect(
          {Kind::no_basis, rule.level, kNone, rule.observable, kNone},
          both(both(is_gap(), encoding_.truth(rule.condition).left_out), at_band(rule.level)),
          [this, &rule](const vm::Machine& machine, std::uint32_t row) {
            return gap(machine, row) && at_band(machine, row, rule.level) &&
                   machine.truth(rule.condition, row) == Truth::left_out;
          },
          none_fails(rule.level),
          [this, &rule](const vm::Machine& machine, std::uint32_t row) {
            return !another_need_fails(machine, row, rule);
          });
    }
  }

  z3::expr none_fails(std::uint32_t level, const Rule* but = nullptr) const {
    z3::expr result = none(phases_.no_basis);
    for (const Rule& rule : phases_.needs)
      if (&rule != but && rule.level == level) result = both(result, negated(fails(rule)));
    return result;
  }

  void no_basis() {
    for (const Rule& rule : phases_.no_basis) {
      suspect(
          {Kind::no_basis, kNone, kNone, rule.observable, kNone}, both(is_gap(), yes(rule)),
          [this, &rule](const vm::Machine& machine, std::uint32_t row) {
            return gap(machine, row) && machine.truth(rule.condition, row) == Truth::yes;
          },
          none(phases_.no_basis, &rule), [](const vm::Machine&, std::uint32_t) { return true; });
    }
  }

  void level_conditions() {
    const auto& rules = phases_.level_conditions;
    if (rules.empty()) return;
    const z3::expr nothing = both(is_gap(), none(rules));
    known_ = either(known_, nothing);
    suspect({Kind::no_condition, kNone, kNone, rules.front().observable, kNone}, nothing,
            [this](const vm::Machine& machine, std::uint32_t row) {
              return gap(machine, row) && std::ranges::none_of(phases_.level_conditions, [&](const Rule& rule) {
                       return machine.truth(rule.condition, row) == Truth::yes ||
                              machine.truth(rule.condition, row) == Truth::missing;
                     });
            });
    for (std::size_t i = 0; i < rules.size(); ++i)
      for (std::size_t j = i + 1; j < rules.size(); ++j) two_conditions(rules[i], rules[j]);
  }

  void two_conditions(const Rule& one, const Rule& other) {
    const z3::expr hold = both(yes(one), yes(other));
    known_ = either(known_, hold);
    suspect({Kind::two_conditions, one.level, other.level, one.observable, other.observable}, hold,
            [&one, &other](const vm::Machine& machine, std::uint32_t row) {
              return machine.truth(one.condition, row) == Truth::yes &&
                     machine.truth(other.condition, row) == Truth::yes;
            });
  }

  /// What the points give, with every condition of that level, is better than the one level that a rule forces.
  void forces() {
    if (phases_.band == kNone) return;
    for (const Rule& rule : phases_.forces) {
      z3::expr earned = evidence_.context().bool_val(false);
      for (std::uint32_t level = 0; level < rule.level; ++level)
        earned = either(earned, both(at_band(level), none_fails(level)));
      suspect({Kind::forced_below, kNone, rule.level, rule.observable, kNone},
              both(both(yes(rule), earned), encoding_.outcome_is(levels_, rule.level)),
              [this, &rule](const vm::Machine& machine, std::uint32_t row) {
                const auto band = trace::only(machine.outcomes(phases_.band, row));
                return machine.truth(rule.condition, row) == Truth::yes &&
                       machine.outcomes(row) == vm::OutcomeSet{1} << rule.level && band && *band < rule.level &&
                       no_need_fails(machine, row, *band);
              });
    }
  }

  bool no_need_fails(const vm::Machine& machine, std::uint32_t row, std::uint32_t level) const {
    return std::ranges::none_of(phases_.needs, [&](const Rule& rule) {
      const Truth truth = machine.truth(rule.condition, row);
      return rule.level == level && (truth == Truth::no || truth == Truth::missing);
    });
  }

  void rest() {
    suspect({}, both(is_gap(), negated(known_)),
            [](const vm::Machine& machine, std::uint32_t row) { return gap(machine, row); });
  }

  static bool gap(const vm::Machine& machine, std::uint32_t row) {
    return machine.outcomes(row) == vm::OutcomeSet{1} << vm::kOutcomeGap;
  }

  // ---------------------------------------------------------------- answers

  Gaps answer() {
    std::vector<z3::expr> alone;
    for (const Suspect& suspect : suspects_) alone.push_back(both(suspect.condition, suspect.alone));
    const std::vector<symbolic::Answer> answers = symbolic::ask(evidence_, alone, limit_);
    std::vector<std::size_t> never_alone;
    z3::expr explained = evidence_.context().bool_val(false);
    for (std::size_t i = 0; i < suspects_.size(); ++i) {
      if (answers[i].verdict != Verdict::impossible)
        explained = either(explained, suspects_[i].condition);
      else if (!suspects_[i].alone.is_true())
        never_alone.push_back(i);
    }
    const std::vector<symbolic::Answer> joint = ask_together(never_alone, negated(explained));
    Gaps gaps;
    for (std::size_t i = 0; i < suspects_.size(); ++i) {
      const auto at = std::ranges::find(never_alone, i);
      const bool is_joint = at != never_alone.end();
      const symbolic::Answer& answer =
          is_joint ? joint[static_cast<std::size_t>(at - never_alone.begin())] : answers[i];
      if (answer.verdict == Verdict::impossible)
        ++gaps.excluded;
      else
        gaps.findings.push_back(finding(suspects_[i], answer, !is_joint));
    }
    return gaps;
  }

  std::vector<symbolic::Answer> ask_together(const std::vector<std::size_t>& which,
                                             const z3::expr& not_explained) const {
    std::vector<z3::expr> conditions;
    for (const std::size_t i : which) conditions.push_back(both(suspects_[i].condition, not_explained));
    return symbolic::ask(evidence_, conditions, limit_);
  }

  GapFinding finding(const Suspect& suspect, const symbolic::Answer& answer, bool alone) {
    GapFinding finding{suspect.cause, Verdict::not_settled, {}, {}, 0};
    if (answer.verdict != Verdict::possible) return finding;
    const Shows wanted = [&](const vm::Machine& machine, std::uint32_t row) {
      return suspect.on_machine(machine, row) &&
             (!alone || !suspect.alone_on_machine || suspect.alone_on_machine(machine, row));
    };
    RecordTexts texts = bench_.texts();
    finding.complete = evidence_.record(answer.values, index_.subject(), texts);
    if (!shows(bench_, finding.complete, wanted)) return finding;
    finding.verdict = Verdict::possible;
    finding.witness = shorten(bench_, finding.complete, wanted);
    bench_.run({finding.witness}, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      finding.outcome = machine.outcomes(row);
      if (phases_.band != kNone && finding.cause.level == kNone)
        if (const auto band = trace::only(machine.outcomes(phases_.band, row))) finding.cause.level = *band;
    });
    return finding;
  }

  Bench& bench_;
  std::chrono::milliseconds limit_;
  trace::SubjectIndex index_;
  const Phases& phases_;
  Register levels_;
  symbolic::Evidence evidence_;
  Encoding encoding_;
  z3::expr known_ = evidence_.context().bool_val(false);  ///< some cause of a gap holds
  std::vector<Suspect> suspects_;
};

}  // namespace

Gaps find_gaps(Bench& bench, std::chrono::milliseconds limit) { return Search(bench, limit).run(); }

}  // namespace quy::analysis
