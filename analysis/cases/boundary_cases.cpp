#include "analysis/cases/boundary_cases.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <set>

#include "analysis/cases/exploration.h"
#include "analysis/conditions.h"
#include "analysis/record/pair.h"
#include "analysis/record/shorten.h"
#include "analysis/record/slice.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Observable;
using bytecode::Opcode;
using bytecode::Register;
using bytecode::Role;
using vm::Truth;

namespace {

/// What a run shows of one record.
struct Seen {
  std::vector<Truth> truths;   ///< by target
  vm::Range points;            ///< of the criterion; 0 for a rating
  vm::OutcomeSet outcome = 0;  ///< of the rating
};

bool same_points(const vm::Range& a, const vm::Range& b) {
  return a.left_out == b.left_out && a.may_be_left_out == b.may_be_left_out &&
         (a.left_out || (a.low == b.low && a.high == b.high));
}

using Kept = Exploration<Seen>::Kept;

class Search {
 public:
  Search(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t line, Targets targets,
         int year)
      : root_(line),
        targets_(std::move(targets)),
        part_(slice(module, subject, roots(subject))),
        bench_(part_, 0, {}, year),
        registers_(target_registers(bench_.subject())),
        candidates_(bench_, roots(bench_.subject())),
        exploration_(
            candidates_, [this](const std::vector<Record>& records) { return look(records); },
            is_rating() ? features_of_rating : features_of_criterion),
        shown_(registers_.size()) {}

  BoundaryCases run() {
    exploration_.run({candidates_.first(), candidates_.nothing()}, [this] { return all_sides_kept(); });
    BoundaryCases found;
    if (!exploration_.kept().empty()) {
      const Kept base = tighten(simplify(best()));
      if (stated(base.seen)) add({.kind = BoundaryCase::Kind::met}, base);
      add_boundaries(base);
      if (is_rating()) add_floors(base);
      if (!is_rating()) add_boundaries_of_comparisons();
      add_rest();
    }
    found.unseen = ask_for_the_rest();
    found.cases = std::move(cases_);
    return found;
  }

 private:
  bool is_rating() const { return root_ == kNone; }

  std::vector<std::uint32_t> all_targets() const {
    std::vector<std::uint32_t> all = targets_.conditions;
    all.insert(all.end(), targets_.comparisons.begin(), targets_.comparisons.end());
    return all;
  }

  std::vector<Register> target_registers(const bytecode::Subject& subject) const {
    std::vector<Register> all;
    for (const std::uint32_t target : all_targets()) all.push_back(subject.observables[target].reg);
    return all;
  }

  std::vector<Register> roots(const bytecode::Subject& subject) const {
    std::vector<Register> all = target_registers(subject);
    if (is_rating()) {
      all.push_back(subject.levels);
      return all;
    }
    all.push_back(subject.observables[root_].reg);
    if (subject.observables[root_].applies_left_out != kNone)
      all.push_back(subject.observables[root_].applies_left_out);
    return all;
  }

  // ---------------------------------------------------------------- trying

  std::vector<std::optional<Seen>> look(const std::vector<Record>& records) {
    std::vector<std::optional<Seen>> all(records.size());
    bench_.run(records, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
      all[record] = seen_in(machine, row);
    });
    return all;
  }

  Seen seen_in(const vm::Machine& machine, std::uint32_t row) const {
    Seen seen;
    for (const Register reg : registers_) seen.truths.push_back(machine.truth(reg, row));
    if (is_rating())
      seen.outcome = machine.outcomes(row);
    else
      seen.points = sheet_points(bench_.subject(), root_, machine, row);
    return seen;
  }

  /// A criterion has few conditions: every way in which they go together may matter.
  static std::vector<std::vector<int>> features_of_criterion(const Seen& seen) {
    std::vector<int> all{seen.points.left_out ? 1 : 0, seen.points.known() ? 1 : 0,
                         seen.points.high == Rational(0) ? 1 : 0};
    for (const Truth truth : seen.truths) all.push_back(static_cast<int>(truth));
    return {all};
  }

  /// A rating has too many for that.
  static std::vector<std::vector<int>> features_of_rating(const Seen& seen) {
    std::vector<std::vector<int>> all{{static_cast<int>(seen.outcome)}};
    for (std::size_t i = 0; i < seen.truths.size(); ++i)
      all.push_back({static_cast<int>(i), static_cast<int>(seen.truths[i])});
    return all;
  }

  /// Some conditions turn only when two things change at once.
  bool all_sides_kept() const {
    for (std::size_t i = 0; i < targets_.conditions.size(); ++i)
      for (const Truth side : {Truth::yes, Truth::no})
        if (std::ranges::none_of(exploration_.kept(), [&](const Kept& kept) { return kept.seen.truths[i] == side; }))
          return false;
    return true;
  }

  // ---------------------------------------------------------------- the record at the boundaries

  /// Points (where they are open, the most that they can be), then how many conditions are as one wishes, then how many comparisons of a
  /// criterion are decided at all and how many hold, then the level.
  auto rank(const Seen& seen) const {
    std::int64_t wished = 0, decided = 0, hold = 0;
    for (std::size_t i = 0; i < seen.truths.size(); ++i) {
      const std::int64_t sign = seen.truths[i] == Truth::yes ? 1 : seen.truths[i] == Truth::no ? -1 : 0;
      if (i < targets_.conditions.size()) wished += wish(i) * sign;
      if (is_rating() || i < targets_.conditions.size()) continue;
      decided += sign * sign;
      hold += sign;
    }
    const bool has_points = !seen.points.left_out && !seen.points.may_be_left_out;
    return std::tuple(has_points, has_points ? seen.points.high : Rational(0), wished, decided, hold,
                      -std::countr_zero(seen.outcome));
  }

  /// That what earns something holds, and rules that take something away do not; what levels by conditions ask excludes one another.
  std::int64_t wish(std::size_t condition) const {
    switch (bench_.subject().observables[targets_.conditions[condition]].role) {
      case Role::criterion_condition:
      case Role::criterion_row:
      case Role::exception: return is_rating() ? -1 : 1;
      case Role::level_need: return 1;
      case Role::level_condition: return 0;
      default: return -1;
    }
  }

  /// The best record kept, made better by one change at a time.
  Kept best() {
    Kept kept = *std::ranges::max_element(exploration_.kept(),
                                          [this](const Kept& a, const Kept& b) { return rank(a.seen) < rank(b.seen); });
    while (improve(kept, candidates_.changes(kept.record)) || improve(kept, with_evidence_of_others(kept))) {
    }
    return kept;
  }

  bool improve(Kept& kept, const std::vector<Record>& changed) {
    bool better = false;
    const auto seen = look(changed);
    for (std::size_t i = 0; i < changed.size(); ++i) {
      if (!seen[i] || !(rank(kept.seen) < rank(*seen[i]))) continue;
      kept = {changed[i], *seen[i]};
      better = true;
    }
    return better;
  }

  /// For each target that the record leaves out: its evidence from records that decide it. A part and its whole turn only together.
  std::vector<Record> with_evidence_of_others(const Kept& kept) const {
    std::vector<Record> all;
    for (std::size_t target = 0; target < registers_.size(); ++target) {
      if (kept.seen.truths[target] == Truth::yes || kept.seen.truths[target] == Truth::no) continue;
      const Differs read = evidence_read(bench_.subject(), {registers_[target]});
      for (const Truth side : {Truth::yes, Truth::no}) {
        const auto shows = [&](const Kept& other) { return other.seen.truths[target] == side; };
        const auto other = std::ranges::find_if(exploration_.kept(), shows);
        if (other == exploration_.kept().end()) continue;
        all.push_back(kept.record);
        for (const std::uint32_t field : read.fields)
          if (other->record.fields.contains(field)) all.back().fields[field] = other->record.fields.at(field);
        for (const std::uint32_t list : read.lists)
          if (other->record.lists.contains(list)) all.back().lists[list] = other->record.lists.at(list);
      }
    }
    return all;
  }

  static bool same(const Seen& a, const Seen& b) {
    return a.truths == b.truths && a.outcome == b.outcome && same_points(a.points, b.points);
  }

  /// What does not matter becomes nothing: 0, no.
  Kept simplify(Kept kept) {
    for (const Spot& spot : candidates_.spots(kept.record)) {
      const std::vector<Record> steps = candidates_.steps(kept.record, spot);
      const auto seen = look(steps);
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (value_at(steps[i], spot) != 0 || !seen[i] || !same(*seen[i], kept.seen)) continue;
        kept.record = steps[i];
        break;
      }
    }
    return kept;
  }

  static std::int64_t value_at(const Record& record, const Spot& spot) {
    return spot.list == kNone ? record.fields.at(spot.field).value
                              : record.lists.at(spot.list)[spot.row].at(spot.field).value;
  }

  /// Moves each number to the last value before something turns; wholes stay, their parts move.
  Kept tighten(Kept kept) {
    for (const Spot& spot : candidates_.spots(kept.record)) {
      if (candidates_.is_mere_whole(spot.field)) continue;
      const std::vector<Record> steps = candidates_.steps(kept.record, spot);
      if (std::optional<std::size_t> step = last_before_turn(kept, steps)) kept.record = steps[*step];
    }
    const auto seen = look({kept.record});
    if (seen.front()) kept.seen = *seen.front();
    return kept;
  }

  /// The step nearest to a turn on the lower side, otherwise on the upper.
  std::optional<std::size_t> last_before_turn(const Kept& kept, const std::vector<Record>& steps) {
    const auto seen = look(steps);
    const auto at = static_cast<std::size_t>(std::ranges::find(steps, kept.record) - steps.begin());
    if (at == steps.size()) return std::nullopt;
    const auto turns = [&](std::size_t i) { return seen[i] && !same(*seen[i], kept.seen); };
    for (std::size_t i = at; i-- > 0;)
      if (turns(i)) return first_allowed(seen, i + 1, at, 1);
    for (std::size_t i = at + 1; i < steps.size(); ++i)
      if (turns(i)) return first_allowed(seen, i - 1, at, -1);
    return std::nullopt;
  }

  static std::size_t first_allowed(const std::vector<std::optional<Seen>>& seen, std::size_t from, std::size_t to,
                                   int direction) {
    while (from != to && !seen[from]) from += static_cast<std::size_t>(direction);
    return from;
  }

  // ---------------------------------------------------------------- cases

  void add(BoundaryCase made, const Kept& kept) {
    if (!records_.insert(kept.record).second) return;
    for (std::size_t i = 0; i < kept.seen.truths.size(); ++i) shown_[i].insert(kept.seen.truths[i]);
    made.record = kept.record;
    made.points = kept.seen.points;
    made.outcome = kept.seen.outcome;
    cases_.push_back(std::move(made));
  }

  void add(BoundaryCase::Kind kind, std::size_t target, const Kept& kept) {
    add({.kind = kind, .condition = all_targets()[target], .holds = kept.seen.truths[target] == Truth::yes}, kept);
  }

  /// A record near the base, and the one a step nearer to it.
  struct Near {
    Record record;
    std::size_t distance = 1;           ///< steps from the base
    std::optional<std::size_t> nearer;  ///< index of the step between; nothing next to the base
    Spot spot;                          ///< the one value that differs; of no list where rows were added or taken away
  };

  std::vector<Near> near(const Record& base) const {
    std::vector<Near> all;
    for (Record& record : candidates_.longer_or_shorter(base))
      all.push_back({.record = std::move(record), .nearer = {}, .spot = {}});
    for (const Place& place : candidates_.places())
      if (place.is_list && base.lists.at(place.index).empty())
        for (Record& record : candidates_.alternatives(base, place))
          all.push_back({.record = std::move(record), .nearer = {}, .spot = {}});
    for (const Spot& spot : candidates_.spots(base)) {
      std::vector<Record> steps = candidates_.steps(base, spot);
      const auto at = static_cast<std::size_t>(std::ranges::find(steps, base) - steps.begin());
      const std::size_t before = all.size();
      for (std::size_t i = 0; i < steps.size(); ++i) {
        Near step{.record = std::move(steps[i]), .distance = i < at ? at - i : i - at, .nearer = {}, .spot = spot};
        if (step.distance > 1) step.nearer = before + (i < at ? i + 1 : i - 1);
        all.push_back(std::move(step));
      }
    }
    return all;
  }

  /// One thing changed by the least step, so that a target turns; the fewest others with it.
  void add_boundaries(const Kept& base) {
    const std::vector<Near> all = near(base.record);
    std::vector<Record> records;
    for (const Near& each : all) records.push_back(each.record);
    const auto seen = look(records);
    for (std::size_t target = 0; target < registers_.size(); ++target) {
      if (turned_.contains(target)) continue;
      const std::optional<std::size_t> nearest = nearest_turn(base, all, seen, target);
      if (!nearest) continue;
      turned_.merge(turned_with(base.seen, *seen[*nearest]));
      if (const auto nearer = all[*nearest].nearer;
          nearer && seen[*nearer] && stated(*seen[*nearer]) && !same(*seen[*nearer], base.seen))
        add(BoundaryCase::Kind::other, target, {all[*nearer].record, *seen[*nearer]});
      add(BoundaryCase::Kind::off, target, {all[*nearest].record, *seen[*nearest]});
      if (all[*nearest].spot.list != kNone) add_mixtures(base, all[*nearest], target);
    }
  }

  std::optional<std::size_t> nearest_turn(const Kept& base, const std::vector<Near>& near,
                                          const std::vector<std::optional<Seen>>& seen, std::size_t target) const {
    const Truth here = base.seen.truths[target];
    if (here != Truth::yes && here != Truth::no) return std::nullopt;
    const Truth there = here == Truth::yes ? Truth::no : Truth::yes;
    std::optional<std::size_t> nearest;
    std::tuple<std::size_t, std::size_t> least;
    for (std::size_t i = 0; i < near.size(); ++i) {
      if (!seen[i] || seen[i]->truths[target] != there || !stated(*seen[i])) continue;
      const std::tuple cost(turned_with(base.seen, *seen[i]).size(), near[i].distance);
      if (nearest && cost >= least) continue;
      nearest = i;
      least = cost;
    }
    return nearest;
  }

  /// How many rows may be as in `off` before the target turns: a share of rows is met at its boundary only by several.
  void add_mixtures(const Kept& base, const Near& off, std::size_t target) {
    const Spot& spot = off.spot;
    const Cells &good = base.record.lists.at(spot.list)[spot.row], &bad = off.record.lists.at(spot.list)[spot.row];
    const std::vector<Record> mixed = candidates_.mixtures(base.record, spot.list, good, bad);
    const auto seen = look(mixed);
    for (std::size_t i = 1; i < mixed.size(); ++i) {
      const bool longer = mixed[i].lists.at(spot.list).size() != mixed[i - 1].lists.at(spot.list).size();
      if (longer || !seen[i - 1] || !seen[i] || !stated(*seen[i - 1]) || !stated(*seen[i])) continue;
      const bool tolerates =
          mixed[i - 1].lists.at(spot.list).back() == bad && seen[i - 1]->truths[target] == base.seen.truths[target];
      if (!tolerates || seen[i]->truths[target] == base.seen.truths[target]) continue;
      add(BoundaryCase::Kind::other, target, {mixed[i - 1], *seen[i - 1]});
      add(BoundaryCase::Kind::other, target, {mixed[i], *seen[i]});
      return;
    }
  }

  static std::set<std::size_t> turned_with(const Seen& base, const Seen& seen) {
    std::set<std::size_t> all;
    for (std::size_t i = 0; i < base.truths.size(); ++i)
      if (base.truths[i] != seen.truths[i] && (seen.truths[i] == Truth::yes || seen.truths[i] == Truth::no))
        all.insert(i);
    return all;
  }

  /// The base with a total at the floor of each level, and just below.
  void add_floors(const Kept& base) {
    const bytecode::Subject& subject = bench_.subject();
    const auto& levels = part_.ratings[subject.rating].levels;
    for (const Spot& spot : candidates_.spots(base.record)) {
      const bytecode::Field& field = subject.fields[spot.field];
      if (field.place != bytecode::FieldPlace::given_total) continue;
      const std::vector<Record> steps = candidates_.steps(base.record, spot);
      const auto seen = look(steps);
      for (std::uint32_t level = 0; level < levels.size(); ++level) {
        const std::optional<std::int64_t> floor =
            levels[level].floor ? scaled(field, *levels[level].floor) : std::nullopt;
        for (std::size_t i = 1; floor && i < steps.size(); ++i) {
          if (value_at(steps[i], spot) != *floor) continue;
          for (const std::size_t at : {i, i - 1})
            if (seen[at] && stated(*seen[at]))
              add({.kind = BoundaryCase::Kind::floor, .condition = kNone, .holds = at == i, .level = level},
                  {steps[at], *seen[at]});
        }
      }
    }
  }

  /// Comparisons that do not turn near the base have a boundary of their own.
  void add_boundaries_of_comparisons() {
    for (std::size_t target = targets_.conditions.size(); target < registers_.size(); ++target) {
      if (turned_.contains(target)) continue;
      const auto holds = [&](const Kept& kept) { return kept.seen.truths[target] == Truth::yes && stated(kept.seen); };
      const auto found = std::ranges::find_if(exploration_.kept(), holds);
      if (found == exploration_.kept().end()) continue;
      const Kept at = lowest(*found, target);
      const std::vector<Near> all = near(at.record);
      std::vector<Record> records;
      for (const Near& each : all) records.push_back(each.record);
      const auto seen = look(records);
      const std::optional<std::size_t> nearest = nearest_turn(at, all, seen, target);
      if (!nearest) continue;
      turned_.insert(target);
      add(BoundaryCase::Kind::other, target, at);
      add(BoundaryCase::Kind::other, target, {all[*nearest].record, *seen[*nearest]});
    }
  }

  /// The same truth of the target with every number as low as it can be, parts before their wholes.
  Kept lowest(Kept kept, std::size_t target) {
    std::vector<Spot> spots = candidates_.spots(kept.record);
    std::ranges::reverse(spots);
    for (const Spot& spot : spots) {
      if (candidates_.is_mere_whole(spot.field)) continue;
      const std::vector<Record> steps = candidates_.steps(kept.record, spot);
      const auto seen = look(steps);
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!seen[i] || !stated(*seen[i]) || seen[i]->truths[target] != kept.seen.truths[target]) continue;
        kept = {steps[i], *seen[i]};
        break;
      }
    }
    return kept;
  }

  /// Sides that no case shows yet, from the exploration.
  void add_rest() {
    for (std::size_t target = 0; target < registers_.size(); ++target)
      for (const Truth side : {Truth::yes, Truth::no}) {
        if (shown_[target].contains(side)) continue;
        const auto shows = [&](const Kept& kept) { return kept.seen.truths[target] == side && stated(kept.seen); };
        const auto found = std::ranges::find_if(exploration_.kept(), shows);
        if (found == exploration_.kept().end()) continue;
        add(BoundaryCase::Kind::other, target, *found);
      }
  }

  /// Sides that trying has not found: cases of those that the solver finds, and the others.
  std::vector<UnseenSide> ask_for_the_rest() {
    std::vector<UnseenSide> unseen;
    std::vector<Side> sides;
    std::vector<std::size_t> of_target;
    for (std::size_t target = 0; target < targets_.conditions.size(); ++target)
      for (const bool holds : {true, false}) {
        if (shown_[target].contains(holds ? Truth::yes : Truth::no)) continue;
        sides.push_back({targets_.conditions[target], holds});
        of_target.push_back(target);
      }
    if (sides.empty()) return unseen;
    const std::vector<SideAnswer> answers = find_sides(bench_, sides);
    for (std::size_t i = 0; i < sides.size(); ++i) {
      const Truth side = sides[i].holds ? Truth::yes : Truth::no;
      if (answers[i].verdict == symbolic::Verdict::possible) add_answer(answers[i].record, of_target[i], side);
      if (!shown_[of_target[i]].contains(side)) unseen.push_back({sides[i], answers[i].verdict});
    }
    return unseen;
  }

  /// Cut down to what is needed to show the side and have a result that a test can state.
  void add_answer(const Record& complete, std::size_t target, Truth side) {
    const auto wanted = [&](const std::optional<Seen>& seen) {
      return seen && seen->truths[target] == side && stated(*seen);
    };
    if (!wanted(look({complete}).front())) return;
    const Shows shown = [&](const vm::Machine& machine, std::uint32_t row) { return wanted(seen_in(machine, row)); };
    const Record record = shorten(bench_, complete, shown);
    add(BoundaryCase::Kind::other, target, {record, *look({record}).front()});
  }

  /// A test can say what is expected.
  bool stated(const Seen& seen) const {
    return is_rating() ? std::has_single_bit(seen.outcome) : seen.points.left_out || !seen.points.may_be_left_out;
  }

  std::uint32_t root_;
  Targets targets_;
  bytecode::Module part_;
  Bench bench_;
  std::vector<Register> registers_;  ///< of the targets: conditions, then comparisons
  Candidates candidates_;
  Exploration<Seen> exploration_;
  std::vector<BoundaryCase> cases_;
  std::set<Record> records_;
  std::set<std::size_t> turned_;  ///< targets with a case of kind `off`
  std::vector<std::set<Truth>> shown_;
};

/// A Boolean of the record that is not decided when the pack is compiled.
bool is_open(const bytecode::Subject& subject, const Observable& observable) {
  if (observable.reg == kNone) return false;
  const bytecode::Instruction& made_by = subject.code[observable.reg];
  return made_by.kind == bytecode::ValueKind::boolean && made_by.opcode != Opcode::truth && made_by.domain == 0;
}

}  // namespace

Targets targets_of_line(const bytecode::Subject& subject, std::uint32_t line) {
  Targets targets;
  for (std::uint32_t i = 0; i < subject.observables.size(); ++i) {
    const Observable& observable = subject.observables[i];
    if (!is_open(subject, observable) || line_around(subject, i) != line) continue;
    if (is_condition_of_criterion(observable.role))
      targets.conditions.push_back(i);
    else if (observable.role == Role::atom)
      targets.comparisons.push_back(i);
  }
  return targets;
}

Targets targets_of_rating(const bytecode::Subject& subject) {
  Targets targets;
  for (std::uint32_t i = 0; i < subject.observables.size(); ++i) {
    const Observable& observable = subject.observables[i];
    if (!is_open(subject, observable) || !is_within_rating(subject, i)) continue;
    if (is_condition_of_rating(observable.role) || observable.role == Role::exception)
      targets.conditions.push_back(i);
    else if (observable.role == Role::atom)
      targets.comparisons.push_back(i);
  }
  return targets;
}

BoundaryCases boundary_cases(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t line,
                             const Targets& targets, int year) {
  return Search(module, subject, line, targets, year).run();
}

}  // namespace quy::analysis
