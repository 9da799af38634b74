// Completion against trying everything.

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "runtime/vm/completion.h"
#include "tests/support/random_program.h"
#include "tests/support/random_sheet.h"

namespace quy::test {
namespace {

using vm::Completion;
using vm::FieldState;
using vm::Machine;
using vm::Program;

/// A missing place of a record, with every state that it may turn out to have.
struct Gap {
  std::uint32_t field, item;
  std::vector<Datum> states;
};

Datum& at(Record& record, const bytecode::Subject& subject, const Gap& gap) {
  const std::uint32_t list = subject.fields[gap.field].list;
  return list == kNone ? record.fields[gap.field] : (*record.lists[list])[gap.item][gap.field];
}

/// Every state, or nothing when there are too many to try.
std::vector<Datum> all_states(const bytecode::Module& module, const bytecode::Field& field, std::size_t limit) {
  const vm::Shape shape = vm::field_shape(module, module.subjects[0], field);
  const Rational scale = power_of_ten(shape.digits.value_or(0));
  const std::int64_t low = *(shape.low * scale).to_int64(), high = *(shape.high * scale).to_int64();
  const std::int64_t step = field.step ? *(*field.step * scale).to_int64() : 1;
  if ((high - low) / step >= static_cast<std::int64_t>(limit)) return {};
  std::vector<Datum> states;
  for (std::int64_t value = low; value <= high; value += step) states.push_back({FieldState::value, value});
  if (field.may_be_left_out)
    for (int cause = 2; cause <= 4; ++cause) states.push_back({static_cast<FieldState>(cause), 0});
  return states;
}

struct Truth {
  vm::OutcomeSet outcomes = 0;
  std::optional<Rational> low, high;
  std::set<std::uint32_t> influential;
  std::map<std::vector<std::size_t>, vm::OutcomeSet> outcome_of;   ///< by the states chosen for the gaps
};

/// Whether the record's own rules allow it.
bool is_allowed(const bytecode::Subject& subject, const Record& record, const Oracle::Registers& values) {
  for (const bytecode::Requirement& requirement : subject.requirements)
    if (values[requirement.condition][0].truth == false) return false;
  for (std::uint32_t f = 0; f < subject.fields.size(); ++f) {
    const std::uint32_t whole = subject.fields[f].at_most_field;
    if (whole == kNone) continue;
    const auto over = [&](const std::vector<Datum>& row) {
      if (row[f].state != FieldState::value || row[whole].state != FieldState::value) return false;
      return Rational(row[f].scaled) * power_of_ten(-subject.fields[f].digits) >
             Rational(row[whole].scaled) * power_of_ten(-subject.fields[whole].digits);
    };
    const std::uint32_t list = subject.fields[f].list;
    if (list == kNone && over(record.fields)) return false;
    if (list != kNone)
      for (const auto& row : *record.lists[list])
        if (over(row)) return false;
  }
  return true;
}

Truth try_everything(const bytecode::Module& module, Record record, const std::vector<Gap>& gaps) {
  const bytecode::Subject& subject = module.subjects[0];
  Oracle oracle(module, subject);
  Truth truth;
  std::vector<std::size_t> choice(gaps.size(), 0);
  const std::function<void(std::size_t)> choose = [&](std::size_t next) {
    if (next < gaps.size()) {
      for (choice[next] = 0; choice[next] < gaps[next].states.size(); ++choice[next]) {
        at(record, subject, gaps[next]) = gaps[next].states[choice[next]];
        choose(next + 1);
      }
      choice[next] = 0;
      return;
    }
    const Oracle::Registers values = oracle.run(record);
    if (!is_allowed(subject, record, values)) return;
    if (subject.levels != kNone) {
      const vm::OutcomeSet outcome = vm::OutcomeSet{1} << values[subject.levels][0].outcome;
      truth.outcomes |= outcome;
      truth.outcome_of[choice] = outcome;
    }
    if (subject.total == kNone || !values[subject.total][0].number) return;
    const Rational& total = *values[subject.total][0].number;
    if (!truth.low || total < *truth.low) truth.low = total;
    if (!truth.high || *truth.high < total) truth.high = total;
  };
  choose(0);
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    std::map<std::vector<std::size_t>, vm::OutcomeSet> seen;
    for (const auto& [chosen, outcome] : truth.outcome_of) {
      std::vector<std::size_t> others = chosen;
      others[i] = 0;
      const auto [found, fresh] = seen.emplace(others, outcome);
      if (!fresh && found->second != outcome) truth.influential.insert(gaps[i].field);
    }
  }
  return truth;
}

Completion complete(const Program& program, const bytecode::Subject& subject, const Record& record) {
  vm::Batch batch(program);
  Machine machine(program);
  add_record(batch, subject, record);
  machine.run(batch);
  return vm::complete(program, machine, batch, 0, {.deciding = true});
}

using Fields = std::vector<std::uint32_t>;

bool holds(const Fields& fields, std::uint32_t field) { return std::find(fields.begin(), fields.end(), field) != fields.end(); }

/// By the states of the gaps in some fields: the outcomes that there are with them.
std::map<std::vector<std::size_t>, vm::OutcomeSet> outcomes_by(const Truth& truth, const std::vector<Gap>& gaps, const Fields& fields) {
  std::map<std::vector<std::size_t>, vm::OutcomeSet> outcomes;
  for (const auto& [chosen, outcome] : truth.outcome_of) {
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < gaps.size(); ++i)
      if (holds(fields, gaps[i].field)) kept.push_back(chosen[i]);
    outcomes[kept] |= outcome;
  }
  return outcomes;
}

bool one_outcome(vm::OutcomeSet set) { return (set & (set - 1)) == 0; }

bool decides(const Truth& truth, const std::vector<Gap>& gaps, const Fields& fields) {
  const auto outcomes = outcomes_by(truth, gaps, fields);
  return std::all_of(outcomes.begin(), outcomes.end(), [](const auto& one) { return one_outcome(one.second); });
}

/// The number of fields in the smallest set that decides.
std::size_t fewest_that_decide(const Truth& truth, const std::vector<Gap>& gaps) {
  std::set<std::uint32_t> of_gaps;
  for (const Gap& gap : gaps) of_gaps.insert(gap.field);
  const Fields all(of_gaps.begin(), of_gaps.end());
  std::size_t fewest = all.size();
  for (std::uint32_t subset = 0; subset < (1U << all.size()); ++subset) {
    Fields fields;
    for (std::size_t i = 0; i < all.size(); ++i)
      if ((subset >> i & 1U) != 0) fields.push_back(all[i]);
    if (fields.size() < fewest && decides(truth, gaps, fields)) fewest = fields.size();
  }
  return fewest;
}

void compare_deciding(const Truth& truth, const std::vector<Gap>& gaps, const Completion& answer) {
  if (one_outcome(answer.possible)) return;
  Fields fields;
  for (const vm::Deciding& item : answer.deciding) fields.insert(fields.end(), item.fields.begin(), item.fields.end());
  REQUIRE(decides(truth, gaps, fields));
  if (answer.smallest) REQUIRE(fields.size() == fewest_that_decide(truth, gaps));
  for (const vm::Deciding& item : answer.deciding) {
    vm::OutcomeSet alone = 0;
    for (const auto& [states, outcomes] : outcomes_by(truth, gaps, item.fields))
      if (one_outcome(outcomes)) alone |= outcomes;
    CAPTURE(item.fields[0], item.alone, alone);
    REQUIRE((item.alone & ~alone) == 0);
  }
}

/// How often the answer was exact, for the tests that ask for more than soundness.
struct Tally {
  int exact = 0, outer = 0, influence_exact = 0;
  int open = 0, smallest = 0;   ///< undecided; with a set that is proved to be the smallest that decides
};

void compare(const Truth& truth, const std::vector<Gap>& gaps, const Completion& answer, Tally& tally) {
  CAPTURE(truth.outcomes, answer.possible, answer.exact);
  REQUIRE((truth.outcomes & ~answer.possible) == 0);
  if (truth.low) {
    REQUIRE(answer.total_low);
    CAPTURE(truth.low->exact_text(), answer.total_low->exact_text(), truth.high->exact_text(), answer.total_high->exact_text());
    REQUIRE(*answer.total_low <= *truth.low);
    REQUIRE(*truth.high <= *answer.total_high);
  }
  const std::set<std::uint32_t> influential(answer.influential.begin(), answer.influential.end());
  for (const std::uint32_t field : truth.influential) {
    CAPTURE(field);
    REQUIRE(influential.count(field) == 1);
  }
  tally.influence_exact += influential == truth.influential;
  compare_deciding(truth, gaps, answer);
  tally.open += !one_outcome(answer.possible);
  tally.smallest += !one_outcome(answer.possible) && answer.smallest;
  if (!answer.exact) {
    ++tally.outer;
    return;
  }
  ++tally.exact;
  REQUIRE(answer.possible == truth.outcomes);
  REQUIRE(answer.total_low == truth.low);
  REQUIRE(answer.total_high == truth.high);
}

TEST_CASE("completion of small random programs against trying everything") {
  Tally tally;
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    Dice dice(seed + 50'000);
    RandomProgram random(dice, static_cast<int>(dice.between(60, 140)));
    std::optional<Program> program;
    try {
      program = Program::load(random.module(), 0);
    } catch (const vm::Unloadable&) {
      continue;
    }
    const bytecode::Subject& subject = random.subject();
    Record record = random.record(0);
    std::vector<Gap> gaps;
    std::size_t product = 1;
    for (int tries = 0; tries < 12 && gaps.size() < 4; ++tries) {
      const std::uint32_t field = dice.below(subject.fields.size());
      if (subject.fields[field].place == FieldPlace::decision) continue;
      Gap gap{field, 0, all_states(random.module(), subject.fields[field], 60)};
      const std::uint32_t list = subject.fields[field].list;
      if (list != kNone && record.lists[list]->empty()) continue;
      if (list != kNone) gap.item = dice.below(record.lists[list]->size());
      if (gap.states.empty() || product * gap.states.size() > 1500 || at(record, subject, gap).state == FieldState::missing) continue;
      product *= gap.states.size();
      at(record, subject, gap) = {};
      gaps.push_back(gap);
    }
    compare(try_everything(random.module(), record, gaps), gaps, complete(*program, subject, record), tally);
  }
  CAPTURE(tally.exact, tally.outer, tally.influence_exact);
  WARN("exact " << tally.exact << " outer " << tally.outer << " influence exact " << tally.influence_exact << " open " << tally.open
               << " smallest " << tally.smallest);
}

/// Takes some values of the record away.
std::vector<Gap> make_gaps(Dice& dice, const bytecode::Module& module, Record& record, std::size_t most, std::size_t limit) {
  const bytecode::Subject& subject = module.subjects[0];
  std::vector<Gap> gaps;
  std::size_t product = 1;
  for (int tries = 0; tries < 16 && gaps.size() < most; ++tries) {
    const std::uint32_t field = dice.below(subject.fields.size());
    Gap gap{field, 0, all_states(module, subject.fields[field], 60)};
    const std::uint32_t list = subject.fields[field].list;
    if (list != kNone && record.lists[list]->empty()) continue;
    if (list != kNone) gap.item = dice.below(record.lists[list]->size());
    if (gap.states.empty() || product * gap.states.size() > limit || at(record, subject, gap).state == FieldState::missing) continue;
    product *= gap.states.size();
    at(record, subject, gap) = {};
    gaps.push_back(gap);
  }
  return gaps;
}

TEST_CASE("completion of rating sheets against trying everything") {
  Tally tally;
  for (std::uint32_t seed = 1; seed <= 600; ++seed) {
    CAPTURE(seed);
    Dice dice(seed + 90'000);
    SheetOptions options;
    options.criteria = static_cast<int>(dice.between(2, 7));
    options.rescale = dice.chance(50);
    options.proportional_without_rounding = dice.chance(30);
    RandomSheet sheet(dice, options);
    const Program program = Program::load(sheet.module(), 0);
    Record record = sheet.record();
    const std::vector<Gap> gaps = make_gaps(dice, sheet.module(), record, 5, 3000);
    compare(try_everything(sheet.module(), record, gaps), gaps, complete(program, sheet.subject(), record), tally);
  }
  WARN("exact " << tally.exact << " outer " << tally.outer << " influence exact " << tally.influence_exact << " open " << tally.open
               << " smallest " << tally.smallest);
}

}  // namespace
}  // namespace quy::test
