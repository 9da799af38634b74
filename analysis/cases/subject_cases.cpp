#include "analysis/cases/subject_cases.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "analysis/conditions.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Observable;
using bytecode::Register;
using bytecode::Role;
using vm::Truth;

namespace {

constexpr int kMostSweeps = 12;

SubjectCase read(const bytecode::Subject& subject, const Record& record, const vm::Machine& machine,
                 std::uint32_t row) {
  return {record, machine.number(subject.total, row), subject.levels == kNone ? 0 : machine.outcomes(row)};
}

/// Climbs by one place at a time. Conditions count as well, since points often come only when several hold.
class Climb {
 public:
  explicit Climb(Bench& bench) : bench_(bench), candidates_(bench, roots(bench.subject())) {
    for (const Observable& observable : subject().observables)
      if (is_open_condition(subject(), observable) && subject().code[observable.reg].domain == 0)
        conditions_.push_back(&observable);
  }

  SubjectCase run() {
    Record record = candidates_.first();
    Height height = heights({record}).front();
    sweep(record, height);
    // What does not matter hides what does: of two facts that each bar a level, neither shows until the other is gone.
    for (Height before; before < height;) {
      for (const Spot& spot : candidates_.spots(record)) simplify(record, height, spot);
      before = height;
      sweep(record, height);
    }
    std::optional<SubjectCase> reached;
    bench_.run({record}, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      reached = read(subject(), record, machine, row);
    });
    return reached.value_or(SubjectCase{});
  }

 private:
  /// Allowed, total, conditions that are as wished, goodness of the level.
  using Height = std::tuple<bool, Rational, int, int>;

  static std::vector<Register> roots(const bytecode::Subject& subject) {
    std::vector<Register> all{subject.total};
    if (subject.levels != kNone) all.push_back(subject.levels);
    return all;
  }

  const bytecode::Subject& subject() const { return bench_.subject(); }

  void sweep(Record& record, Height& height) {
    for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
      const Height before = height;
      for (const Place& place : candidates_.places()) climb(record, height, place);
      if (!(before < height)) break;
    }
  }

  void climb(Record& record, Height& height, const Place& place) {
    const std::vector<Record> changed = candidates_.alternatives(record, place);
    const std::vector<Height> all = heights(changed);
    const auto best = std::ranges::max_element(all);
    if (best == all.end() || !(height < *best)) return;
    record = changed[static_cast<std::size_t>(best - all.begin())];
    height = *best;
  }

  /// What does not matter becomes nothing: 0, no.
  void simplify(Record& record, const Height& height, const Spot& spot) {
    if (spot.list != kNone) return;
    const bool can_be_nothing = subject().fields[spot.field].kind <= bytecode::FieldKind::days;  // Booleans and numbers
    if (!can_be_nothing) return;
    for (Record& changed : candidates_.steps(record, spot))
      if (changed.fields.at(spot.field).value == 0 && !(heights({changed}).front() < height))
        record = std::move(changed);
  }

  std::vector<Height> heights(const std::vector<Record>& records) {
    std::vector<Height> all(records.size(), Height{false, Rational(0), 0, 0});
    bench_.run(records, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
      const vm::Range total = machine.number(subject().total, row);
      all[record] = {true, total.left_out ? Rational(-1) : total.low, wished(machine, row), goodness(machine, row)};
    });
    return all;
  }

  int wished(const vm::Machine& machine, std::uint32_t row) const {
    int count = 0;
    for (const Observable* observable : conditions_)
      count += wish(observable->role) * sign(machine.truth(observable->reg, row));
    return count;
  }

  /// What one hopes of a condition: that it holds, that it does not, nothing.
  static int wish(Role role) {
    if (role == Role::criterion_condition || role == Role::level_need || role == Role::level_condition) return 1;
    return role == Role::criterion_row ? 0 : -1;
  }
  static int sign(Truth truth) { return truth == Truth::yes ? 1 : truth == Truth::no ? -1 : 0; }

  /// Who is not rated shows nothing of the level behind it: nothing is worse.
  int goodness(const vm::Machine& machine, std::uint32_t row) const {
    if (subject().levels == kNone) return 0;
    const vm::OutcomeSet outcomes = machine.outcomes(row);
    const int not_rated = static_cast<int>(outcomes >> vm::kOutcomeNotRated & 1);
    return -std::countr_zero(outcomes) - 32 * (std::popcount(outcomes) - 1 + not_rated);
  }

  Bench& bench_;
  Candidates candidates_;
  std::vector<const Observable*> conditions_;
};

}  // namespace

SubjectCase all_met(Bench& bench) { return Climb(bench).run(); }

namespace {

std::optional<LeftOutCase> without_a_criterion(Bench& bench, const Record& from) {
  const bytecode::Subject& subject = bench.subject();
  const Candidates candidates(bench, {subject.total});
  std::vector<Record> changed;
  for (const Place& place : candidates.places())
    std::ranges::move(candidates.alternatives(from, place), std::back_inserter(changed));
  std::optional<LeftOutCase> found;
  bench.run(changed, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
    for (std::uint32_t criterion = 0; criterion < subject.criteria.size() && !found; ++criterion) {
      const vm::Range points = sheet_points(subject, subject.criteria[criterion].observable, machine, row);
      SubjectCase seen = read(subject, changed[record], machine, row);
      if (points.left_out && seen.total.known()) found = LeftOutCase{std::move(seen), criterion};
    }
  });
  return found;
}

std::optional<LeftOutCase> without_a_fact(Bench& bench, const Record& from) {
  std::vector<Record> changed;
  for (const auto& [field, cell] : from.fields) {
    if (!bench.subject().fields[field].may_be_left_out || cell.state != vm::FieldState::value) continue;
    changed.push_back(from);
    changed.back().fields[field] = {vm::FieldState::excluded, 0};
  }
  std::optional<LeftOutCase> found;
  bench.run(changed, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
    SubjectCase seen = read(bench.subject(), changed[record], machine, row);
    if (!found && seen.total.known() && std::popcount(seen.outcomes) <= 1) found = LeftOutCase{std::move(seen)};
  });
  return found;
}

}  // namespace

std::optional<LeftOutCase> left_out(Bench& bench, const Record& from) {
  if (auto found = without_a_criterion(bench, from)) return found;
  return without_a_fact(bench, from);
}

}  // namespace quy::analysis
