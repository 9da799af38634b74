// Every record of a small pack, by brute force, beside what the solver proves of all of them.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/gaps/gaps.h"
#include "analysis/record/pair.h"
#include "analysis/theorems/sheet.h"
#include "analysis/theorems/theorems.h"
#include "runtime/vm/shape.h"
#include "tests/property/harness.h"

namespace quy::property {

using analysis::Direction;
using analysis::GapCause;
using analysis::GapFinding;
using analysis::Standing;
using analysis::Statement;
using analysis::Theorem;
using analysis::symbolic::Verdict;
using bytecode::Role;
using reference::Datum;
using reference::Evidence;
using reference::Outcome;
using reference::Result;
using reference::Truth;
using sema::kNone;

namespace {

constexpr int kYear = 2025;
constexpr std::size_t kMostStates = 12;   ///< of one field
constexpr std::chrono::seconds kLimit{5};

struct GridRecord {
  Evidence evidence;
  Result result;
};

/// Nothing when the pack is too large to try everything.
std::optional<std::vector<GridRecord>> whole_grid(const RandomPack& made, const Compiled& compiled, std::uint64_t most) {
  Evidence evidence;
  evidence.fields.resize(made.subject().fields.size());
  if (!made.subject().lists.empty()) return std::nullopt;
  set_head(compiled.subject(), evidence);
  std::vector<reference::Candidates> candidates;
  std::uint64_t product = 1;
  for (const reference::Place& place : reference::missing_places(made.subject(), evidence)) {
    auto states = reference::all_states(made.pack, made.subject(), evidence, place.field, kMostStates);
    if (!states) return std::nullopt;
    product *= states->size();
    if (product > most) return std::nullopt;
    candidates.push_back({place, std::move(*states)});
  }
  std::vector<GridRecord> grid;
  reference::complete(made.pack, made.subject(), evidence, candidates,
                      [&](const Evidence& record, const Result& result) { grid.push_back({record, result}); });
  return grid;
}

class GridOfGaps {
 public:
  GridOfGaps(const RandomPack& made, const Compiled& compiled, const std::vector<GridRecord>& grid)
      : made_(made), subject_(compiled.subject()), grid_(grid), bench_(compiled.module, 0, {}, kYear),
        gaps_(analysis::find_gaps(bench_, kLimit)) {}

  Difference run() const {
    if (const Difference found = every_gap_is_found()) return found;
    for (const GapFinding& finding : gaps_.findings)
      if (finding.verdict == Verdict::possible && is_gap(finding.cause.kind) && !some_record_shows(finding))
        return "gaps: a cause expected in some record, none has it";
    for (std::uint32_t i = 0; i < subject_.observables.size(); ++i) {
      if (subject_.observables[i].role == Role::force && !found(GapCause::Kind::forced_below, i) && some_record_is_forced_below(i))
        return "gaps: no force below the level earned expected, one found";
      if (subject_.observables[i].role != Role::level_condition) continue;
      for (std::uint32_t j = i + 1; j < subject_.observables.size(); ++j)
        if (subject_.observables[j].role == Role::level_condition && found_two(i, j) != some_record_holds_both(i, j) && all_settled())
          return fmt::format("gaps: conditions of two levels at once: expected {}, found {}", some_record_holds_both(i, j), found_two(i, j));
    }
    return std::nullopt;
  }

 private:
  static bool is_gap(GapCause::Kind kind) { return kind != GapCause::Kind::two_conditions && kind != GapCause::Kind::forced_below; }
  bool all_settled() const {
    return std::ranges::all_of(gaps_.findings, [](const GapFinding& finding) { return finding.verdict == Verdict::possible; });
  }

  bool found(GapCause::Kind kind, std::uint32_t observable) const {
    return std::ranges::any_of(gaps_.findings, [&](const GapFinding& finding) { return finding.cause.kind == kind && finding.cause.observable == observable; });
  }
  bool found_two(std::uint32_t one, std::uint32_t other) const {
    return std::ranges::any_of(gaps_.findings, [&](const GapFinding& finding) {
      return finding.cause.kind == GapCause::Kind::two_conditions && finding.cause.observable == one && finding.cause.other_observable == other;
    });
  }

  /// Formulas stand one on each line of the pack's only file. A condition that the pack does not write (`còn lại`) holds nowhere.
  Truth truth(const GridRecord& record, std::uint32_t observable) const {
    const std::uint32_t origin = subject_.observables[observable].origin;
    const std::uint32_t line = origin == kNone ? 0 : subject_.origins[origin].begin_line;
    if (line == 0 || line > record.result.exprs.size() || record.result.exprs[line - 1].truths.empty()) return Truth::no;
    return record.result.exprs[line - 1].truths.front();
  }

  static bool has_gap(const GridRecord& record) { return record.result.outcome && record.result.outcome->kind == Outcome::Kind::gap; }

  bool shows(const GridRecord& record, const GapFinding& finding) const {
    if (!has_gap(record)) return false;
    switch (finding.cause.kind) {
      case GapCause::Kind::need_failed: return truth(record, finding.cause.observable) == Truth::no;
      case GapCause::Kind::two_conditions:
        return truth(record, finding.cause.observable) == Truth::yes && truth(record, finding.cause.other_observable) == Truth::yes;
      default: return true;
    }
  }

  Difference every_gap_is_found() const {
    for (const GridRecord& record : grid_) {
      const auto shown = [&](const GapFinding& finding) { return finding.cause.kind != GapCause::Kind::forced_below && shows(record, finding); };
      if (has_gap(record) && std::ranges::none_of(gaps_.findings, shown)) return "gaps: a cause of every record without a level expected, none found";
    }
    return std::nullopt;
  }

  bool some_record_shows(const GapFinding& finding) const {
    return std::ranges::any_of(grid_, [&](const GridRecord& record) { return shows(record, finding); });
  }

  bool some_record_holds_both(std::uint32_t one, std::uint32_t other) const {
    return std::ranges::any_of(grid_, [&](const GridRecord& record) { return truth(record, one) == Truth::yes && truth(record, other) == Truth::yes; });
  }

  bool some_record_is_forced_below(std::uint32_t rule) const {
    const std::uint32_t level = subject_.observables[rule].level;
    return std::ranges::any_of(grid_, [&](const GridRecord& record) {
      const std::uint32_t band = band_of(record);
      return truth(record, rule) == Truth::yes && record.result.outcome == Outcome{Outcome::Kind::level, level} && band < level &&
             !record.result.no_basis && no_need_fails(record, band);
    });
  }

  /// kNone for levels with conditions, and without a total.
  std::uint32_t band_of(const GridRecord& record) const {
    const std::vector<sema::Level>& levels = made_.subject().rating->levels;
    if (!record.result.total) return kNone;
    for (std::uint32_t level = 0; level < levels.size(); ++level) {
      if (levels[level].condition != kNone) return kNone;
      if (levels[level].otherwise || (levels[level].floor && *record.result.total >= *levels[level].floor)) return level;
    }
    return kNone;
  }

  bool no_need_fails(const GridRecord& record, std::uint32_t level) const {
    for (std::uint32_t i = 0; i < subject_.observables.size(); ++i)
      if (subject_.observables[i].role == Role::level_need && subject_.observables[i].level == level && truth(record, i) == Truth::no) return false;
    return true;
  }

  const RandomPack& made_;
  const bytecode::Subject& subject_;
  const std::vector<GridRecord>& grid_;
  analysis::Bench bench_;
  analysis::Gaps gaps_;
};

class GridOfTheorems {
 public:
  GridOfTheorems(const RandomPack& made, const Compiled& compiled, const std::vector<GridRecord>& grid, GridCounts& counts)
      : made_(made), compiled_(compiled), subject_(compiled.subject()), grid_(grid), counts_(counts) {}

  Difference run() {
    const vm::Program::Readings readings;
    const analysis::Inquiry inquiry{compiled_.module, 0, readings, kYear, kLimit};
    for (const auto& [prove, check] : {std::pair(&analysis::reachable_levels, &GridOfTheorems::level), std::pair(&analysis::criteria_that_count, &GridOfTheorems::counting),
                                       std::pair(&analysis::directions_of_points, &GridOfTheorems::direction), std::pair(&analysis::neutral_texts, &GridOfTheorems::text)})
      for (const Statement& statement : prove(inquiry)) {
        ++(statement.standing == Standing::not_settled ? counts_.not_settled : counts_.settled);
        if (statement.standing == Standing::not_settled) continue;
        if (const Difference found = (this->*check)(statement)) return found;
      }
    return std::nullopt;
  }

 private:
  Difference level(const Statement& statement) {
    // With open points a level is reachable if some stated total gives it; no record of the grid states one.
    if (statement.standing == Standing::proved && statement.over_stated_total && subject_.has_open_points) return std::nullopt;
    const bool shown = std::ranges::any_of(grid_, [&](const GridRecord& record) { return record.result.outcome == Outcome{Outcome::Kind::level, statement.level}; });
    if (shown == (statement.standing == Standing::proved)) return std::nullopt;
    return fmt::format("theorems: reachable expected {}, found otherwise", shown);
  }

  /// What a criterion has in a record: its points where it applies.
  static std::optional<Rational> points(const GridRecord& record, std::uint32_t criterion) {
    const reference::Part& part = record.result.criteria[criterion];
    return part.applies ? std::optional(part.points.value_or(Rational(0))) : std::nullopt;
  }

  /// Calls with every two records that differ in the fields alone.
  void each_pair(const std::set<std::uint32_t>& fields, const std::function<void(const GridRecord&, const GridRecord&)>& look) const {
    std::map<std::string, std::vector<const GridRecord*>> groups;
    for (const GridRecord& record : grid_) {
      std::string key;
      for (std::uint32_t field = 0; field < record.evidence.fields.size(); ++field)
        if (!fields.contains(field)) key += describe(record.evidence.fields[field]) + ";";
      groups[key].push_back(&record);
    }
    for (const auto& [key, records] : groups)
      for (const GridRecord* one : records)
        for (const GridRecord* other : records)
          if (one != other) look(*one, *other);
  }

  static std::string describe(const Datum& datum) {
    return fmt::format("{}{}{}{}", static_cast<int>(datum.state), datum.number.exact_text(), datum.text,
                       datum.state == Datum::State::left_out ? static_cast<int>(datum.cause) : 0);
  }

  Difference counting(const Statement& statement) {
    const std::set<std::uint32_t> own =
        analysis::evidence_read(subject_, {analysis::registers_of(subject_, statement.criterion).points}).fields;
    bool alone = false, counts_alone = false, counts = false;
    each_pair(own, [&](const GridRecord& one, const GridRecord& other) {
      const auto same = [&](std::uint32_t criterion) {
        const reference::Part &a = one.result.criteria[criterion], &b = other.result.criteria[criterion];
        return a.applies == b.applies && a.points.value_or(Rational(0)) == b.points.value_or(Rational(0));
      };
      if (same(statement.criterion)) return;
      bool is_alone = true;
      for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) is_alone = is_alone && (i == statement.criterion || same(i));
      const bool differ = one.result.total && other.result.total && *one.result.total != *other.result.total;
      alone = alone || is_alone;
      counts_alone = counts_alone || (is_alone && differ);
      counts = counts || differ;
    });
    const bool expected = counts_alone || (!alone && counts);
    if (expected == (statement.standing == Standing::proved)) return std::nullopt;
    return fmt::format("theorems: a criterion that counts expected {}, found otherwise", expected);
  }

  Difference direction(const Statement& statement) {
    bool up = false, down = false;
    each_pair({statement.field}, [&](const GridRecord& less, const GridRecord& more) {
      const Datum &before = less.evidence.fields[statement.field], &after = more.evidence.fields[statement.field];
      if (before.state != Datum::State::value || after.state != Datum::State::value || before.number >= after.number) return;
      const auto from = points(less, statement.criterion), to = points(more, statement.criterion);
      if (!from || !to) return;
      up = up || *from < *to;
      down = down || *from > *to;
    });
    if (analysis::sign_of(subject_, statement.criterion) == 1) std::swap(up, down);
    const bool may_rise = statement.direction == Direction::up || statement.direction == Direction::mixed;
    const bool may_fall = statement.direction == Direction::down || statement.direction == Direction::mixed;
    // What the form tells is an outer bound: points may stay where they could move.
    const bool agrees = statement.proof == analysis::Proof::form ? (may_rise || !up) && (may_fall || !down) : may_rise == up && may_fall == down;
    if (agrees) return std::nullopt;
    return fmt::format("theorems: direction expected (up {}, down {}), found {}", up, down, static_cast<int>(statement.direction));
  }

  Difference text(const Statement& statement) {
    if (statement.field == kNone) return std::nullopt;
    bool matters = false;
    each_pair({statement.field}, [&](const GridRecord& one, const GridRecord& other) {
      const Datum &a = one.evidence.fields[statement.field], &b = other.evidence.fields[statement.field];
      if (a.state != Datum::State::value || b.state != Datum::State::value) return;
      matters = matters || one.result.total != other.result.total || one.result.outcome != other.result.outcome;
    });
    if (statement.standing == Standing::refuted || !matters) return std::nullopt;
    return "theorems: a neutral text expected, one that matters found";
  }

  const RandomPack& made_;
  const Compiled& compiled_;
  const bytecode::Subject& subject_;
  const std::vector<GridRecord>& grid_;
  GridCounts& counts_;
};

}  // namespace

std::optional<std::vector<Evidence>> every_record(const RandomPack& made, const Compiled& compiled, std::uint64_t most) {
  const auto grid = whole_grid(made, compiled, most);
  if (!grid) return std::nullopt;
  std::vector<Evidence> records;
  for (const GridRecord& each : *grid) records.push_back(each.evidence);
  return records;
}

Difference compare_grid(const RandomPack& made, const Compiled& compiled, std::uint64_t most, GridCounts& counts) {
  if (compiled.subject().levels == kNone) return std::nullopt;
  const auto grid = whole_grid(made, compiled, most);
  if (!grid) return std::nullopt;
  ++counts.grids;
  counts.records += grid->size();
  try {
    if (const Difference found = GridOfGaps(made, compiled, *grid).run()) return found;
    return GridOfTheorems(made, compiled, *grid, counts).run();
  } catch (const vm::Unloadable&) {
    return std::nullopt;
  }
}

}  // namespace quy::property
