#include "analysis/refinement/level_monotony.h"

#include <algorithm>

#include "runtime/trace/outcome.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Register;
using bytecode::Subject;
using symbolic::both;
using symbolic::either;

namespace {

constexpr std::uint32_t kAtMost = 2;  ///< sign of `compare`

std::uint32_t stated_total(const Subject& subject) {
  const auto found = std::ranges::find(subject.fields, bytecode::FieldPlace::given_total, &bytecode::Field::place);
  return found == subject.fields.end() ? kNone : static_cast<std::uint32_t>(found - subject.fields.begin());
}

}  // namespace

bool states_total(const Subject& subject) { return stated_total(subject) != kNone; }

LevelMonotony::LevelMonotony(const bytecode::Module& rating, int year)
    : two_(rating, {.fields = {stated_total(rating.subjects.front())}, .lists = {}}),
      lower_(rating.subjects.front().levels),
      higher_(two_.second(lower_)),
      lower_total_(rating.subjects.front().total),
      higher_total_(two_.second(lower_total_)),
      rises_(two_.compare(lower_total_, kAtMost, higher_total_)),
      levels_(static_cast<std::uint32_t>(rating.ratings[rating.subjects.front().rating].levels.size())),
      questions_(two_.module(), year, {lower_, higher_, rises_}) {
  const z3::expr before = questions_.encoding().outcome(lower_), after = questions_.encoding().outcome(higher_),
                 rises = questions_.encoding().truth(rises_).yes;
  const int levels = static_cast<int>(levels_), gap = static_cast<int>(vm::kOutcomeGap);
  falls_ = questions_.ask(both(rises, both(before < levels, both(after > before, after <= gap))));
  const auto turns = [&](std::uint32_t kind) {
    return both(before == static_cast<int>(kind), after != static_cast<int>(kind));
  };
  const auto comes = [&](std::uint32_t kind) {
    return both(before != static_cast<int>(kind), after == static_cast<int>(kind));
  };
  z3::expr any = questions_.context().bool_val(false);
  for (const std::uint32_t kind : {vm::kOutcomeNotRated, vm::kOutcomeAuthority})
    any = either(any, either(turns(kind), comes(kind)));
  turns_ = questions_.ask(both(rises, any));
}

std::optional<LevelMonotony::Fall> LevelMonotony::fall() {
  const auto record = questions_.witness(falls_, [&](const vm::Machine& machine, std::uint32_t row) {
    const auto low = trace::only(machine.outcomes(lower_, row)), high = trace::only(machine.outcomes(higher_, row));
    return machine.truth(rises_, row) == vm::Truth::yes && low && high && *low < levels_ && *high > *low &&
           *high <= vm::kOutcomeGap;
  });
  if (!record) return std::nullopt;
  Fall made{two_.second(*record), 0, 0, {}, {}};
  questions_.bench().run({*record}, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
    made.with_less = machine.outcomes(lower_, row);
    made.with_more = machine.outcomes(higher_, row);
    made.less = machine.number(lower_total_, row);
    made.more = machine.number(higher_total_, row);
  });
  return made;
}

}  // namespace quy::analysis
