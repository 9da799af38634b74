// The machine beside the reference: complete records exactly, incomplete ones within its bounds.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "runtime/vm/completion.h"
#include "runtime/vm/machine.h"
#include "runtime/vm/shape.h"
#include "tests/property/harness.h"

namespace quy::property {

using reference::Datum;
using reference::Evidence;
using reference::Outcome;
using reference::Result;
using reference::Truth;
using reference::Value;
using sema::kNone;

namespace {

/// One pack loaded, and the texts of its run.
class Loaded {
 public:
  explicit Loaded(const Compiled& compiled)
      : subject_(compiled.subject()), program_(vm::Program::load(compiled.module, 0)), texts_(compiled.module) {}

  const vm::Program& program() const { return program_; }
  vm::Batch batch() const { return vm::Batch(program_); }

  void add(vm::Batch& batch, const Evidence& evidence) {
    const std::uint32_t row = batch.add_row();
    for (std::uint32_t field = 0; field < evidence.fields.size(); ++field) {
      if (subject_.fields[field].list == kNone) put(batch, field, row, evidence.fields[field]);
    }
    for (std::uint32_t list = 0; list < evidence.lists.size(); ++list) {
      if (!evidence.lists[list]) continue;
      batch.open_list(list);
      for (const reference::Row& one : *evidence.lists[list]) {
        const std::uint32_t item = batch.add_item(list);
        std::size_t column = 0;
        for (std::uint32_t field = 0; field < subject_.fields.size(); ++field) {
          if (subject_.fields[field].list == list) put(batch, field, item, one[column++]);
        }
      }
    }
  }

  /// A value of the reference as the machine numbers it.
  Rational number(const Value& value) { return value.text.empty() ? value.number : Rational(texts_.intern(value.text)); }

 private:
  void put(vm::Batch& batch, std::uint32_t field, std::uint32_t position, const Datum& datum) {
    if (datum.state == Datum::State::missing) return;
    if (datum.state == Datum::State::left_out) {
      const auto state = static_cast<vm::FieldState>(static_cast<std::uint8_t>(vm::FieldState::excluded) + static_cast<std::uint8_t>(datum.cause));
      return batch.set_left_out(field, position, state);
    }
    const bytecode::Field& info = subject_.fields[field];
    const bool is_text = info.kind == bytecode::FieldKind::text;
    batch.set_value(field, position, is_text ? texts_.intern(datum.text) : (datum.number * power_of_ten(info.digits)).to_int64().value());
  }

  const bytecode::Subject& subject_;
  vm::Program program_;
  vm::TextPool texts_;
};

vm::OutcomeSet bit(const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::level: return 1U << outcome.level;
    case Outcome::Kind::gap: return 1U << vm::kOutcomeGap;
    case Outcome::Kind::not_rated: return 1U << vm::kOutcomeNotRated;
    case Outcome::Kind::authority: return 1U << vm::kOutcomeAuthority;
  }
  return 0;
}

std::string describe_set(vm::OutcomeSet set) {
  std::string words;
  for (std::uint32_t i = 0; i < 32; ++i) {
    if ((set >> i & 1U) == 0) continue;
    words += words.empty() ? "" : ", ";
    words += i == vm::kOutcomeGap ? "gap" : i == vm::kOutcomeNotRated ? "not rated" : i == vm::kOutcomeAuthority ? "authority" : fmt::format("level {}", i);
  }
  return "{" + words + "}";
}

bool within(const vm::Range& range, bool left_out, const Rational& number) {
  if (left_out) return range.left_out || range.may_be_left_out;
  return !range.left_out && range.low <= number && number <= range.high;
}

/// The machine's registers of one row. `exact`: nothing may stay open.
Answers answers_of(Loaded& loaded, const Compiled& compiled, const vm::Machine& machine, std::uint32_t row, bool exact) {
  Answers answers;
  answers.truth = [&machine, row, exact](bytecode::Register reg, Truth truth) {
    switch (machine.truth(reg, row)) {
      case vm::Truth::missing: return !exact;
      case vm::Truth::yes: return truth == Truth::yes;
      case vm::Truth::no: return truth == Truth::no;
      case vm::Truth::left_out: return truth == Truth::left_out;
    }
    return false;
  };
  answers.number = [&loaded, &machine, row, exact](bytecode::Register reg, const Value& value) {
    const vm::Range range = machine.number(reg, row);
    if (exact && !range.left_out && !range.known()) return false;
    return within(range, value.left_out, loaded.number(value));
  };
  answers.outcome = [&machine, row, exact](bytecode::Register reg, const Outcome& outcome) {
    const vm::OutcomeSet set = machine.outcomes(reg, row);
    return exact ? set == bit(outcome) : (set & bit(outcome)) != 0;
  };
  answers.found = [&compiled, &machine, row](bytecode::Register reg) -> std::string {
    static const char* const truths[] = {"missing", "true", "false", "left out"};
    switch (compiled.subject().code[reg].kind) {
      case bytecode::ValueKind::boolean: return truths[static_cast<int>(machine.truth(reg, row))];
      case bytecode::ValueKind::levels: return describe_set(machine.outcomes(reg, row));
      case bytecode::ValueKind::number: {
        const vm::Range range = machine.number(reg, row);
        if (range.left_out) return "left out";
        const std::string values = range.low == range.high ? range.low.exact_text() : range.low.exact_text() + " … " + range.high.exact_text();
        return range.may_be_left_out ? values + " or left out" : values;
      }
    }
    return "?";
  };
  return answers;
}

/// A pack whose numbers are too large for any machine is refused when it is loaded; nothing is left to compare.
template <typename Work>
Difference unless_unloadable(const Work& work) {
  try {
    return work();
  } catch (const vm::Unloadable&) {
    return std::nullopt;
  }
}

// ---------------------------------------------------------------- complete

Difference compare_loaded(const RandomPack& made, const Compiled& compiled, const std::vector<Evidence>& records) {
  Loaded loaded(compiled);
  vm::Batch batch = loaded.batch();
  for (const Evidence& evidence : records) loaded.add(batch, evidence);
  vm::Machine keeping(loaded.program(), true), sharing(loaded.program(), false);
  keeping.run(batch);
  sharing.run(batch);
  for (std::uint32_t row = 0; row < records.size(); ++row) {
    const Result expected = reference::evaluate(made.pack, made.subject(), records[row]);
    const Answers answers = answers_of(loaded, compiled, keeping, row, true);
    if (Difference found = compare(made, compiled, expected, answers)) return fmt::format("machine, record {}: {}", row, *found);
    const bytecode::Subject& subject = compiled.subject();
    const Answers shared = answers_of(loaded, compiled, sharing, row, true);
    const Value total = expected.total ? Value{false, *expected.total, {}} : Value{true, {}, {}};
    if (subject.total != kNone && !shared.number(subject.total, total)) {
      return fmt::format("machine with shared registers, record {}: total {} expected, {} found", row, describe(total), shared.found(subject.total));
    }
    if (expected.outcome && sharing.outcomes(row) != bit(*expected.outcome)) {
      return fmt::format("machine with shared registers, record {}: outcome {} expected, {} found", row, describe(*expected.outcome),
                         describe_set(sharing.outcomes(row)));
    }
    if (!expected.meets_requirements) continue;   // such a record is rejected before it is rated
    const vm::Completion completion = vm::complete(loaded.program(), keeping, batch, row);
    if (!completion.exact || (expected.outcome && completion.possible != bit(*expected.outcome))) {
      return fmt::format("complete() of a complete record, {}: {} expected, {}{} found", row, expected.outcome ? describe(*expected.outcome) : "",
                         completion.exact ? "" : "outer ", describe_set(completion.possible));
    }
  }
  return std::nullopt;
}

// ---------------------------------------------------------------- incomplete

/// Candidates for every missing place, and whether they are all there are.
struct AllCandidates {
  std::vector<reference::Candidates> each;
  bool full = true;
  std::uint64_t product = 1;
};

AllCandidates candidates_of(const RandomPack& made, const Evidence& evidence) {
  constexpr std::size_t kMostStates = 40;
  AllCandidates all;
  for (const reference::Place place : reference::missing_places(made.subject(), evidence)) {
    std::optional<std::vector<Datum>> states = reference::all_states(made.pack, made.subject(), evidence, place.field, kMostStates);
    if (!states) {
      // Too many to try: the ends, and some near them.
      all.full = false;
      const bytecode::Field& info = made.subject().fields[place.field].info;
      states = std::vector<Datum>{Datum::of(info.low), Datum::of(info.high), Datum::of(info.low + Rational(1)), Datum::of(info.high - Rational(1))};
      if (info.may_be_left_out) states->push_back(Datum::left_out(syntax::NaCause::did_not_arise));
    }
    all.product *= states->size();
    if (all.product > 1'000'000'000) all.product = 1'000'000'000;
    all.each.push_back({place, std::move(*states)});
  }
  return all;
}

std::string describe_completion(const vm::Completion& completion) {
  return fmt::format("{} total {} … {}{}", describe_set(completion.possible), describe(completion.total_low), describe(completion.total_high),
                     completion.exact ? " exact" : " outer");
}

/// What complete() says, against the completions that were tried.
Difference compare_completion(const RandomPack& made, const vm::Completion& said, const reference::Completions& tried, bool full) {
  vm::OutcomeSet outcomes = 0;
  for (const Outcome& outcome : tried.outcomes) outcomes |= bit(outcome);
  const std::string both = fmt::format("{} … {} {} tried, {} said", describe(tried.total_low), describe(tried.total_high), describe_set(outcomes),
                                       describe_completion(said));
  if ((outcomes & ~said.possible) != 0) return "complete(): an outcome is missing: " + both;
  const bool low_fits = !tried.total_low || (said.total_low && *said.total_low <= *tried.total_low);
  const bool high_fits = !tried.total_high || (said.total_high && *said.total_high >= *tried.total_high);
  if (!low_fits || !high_fits) return "complete(): a total is missing: " + both;
  if (!full || !said.exact) return std::nullopt;
  if (made.subject().rating && outcomes != said.possible) return "complete(): an outcome too many, and exact: " + both;
  if (said.total_low != tried.total_low || said.total_high != tried.total_high) return "complete(): a total too many, and exact: " + both;
  // Which fields matter is settled within a budget; a field too many may be named, none may be forgotten.
  for (const std::uint32_t field : tried.influential) {
    const bool named = std::find(said.influential.begin(), said.influential.end(), field) != said.influential.end();
    if (made.subject().rating && !named) return fmt::format("complete(): field {} is not called influential: ", field) + both;
  }
  return std::nullopt;
}

/// All completions of a record, by the fields that were missing.
class EveryCompletion {
 public:
  EveryCompletion(const sema::Subject& subject, const std::vector<reference::Candidates>& candidates) : subject_(subject) {
    for (const reference::Candidates& one : candidates) {
      places_.push_back(one.place);
      if (std::find(fields_.begin(), fields_.end(), one.place.field) == fields_.end()) fields_.push_back(one.place.field);
    }
  }

  void note(const Evidence& completed, const Result& result) {
    if (!result.outcome) return;
    std::vector<std::string> values;
    for (const reference::Place& place : places_) {
      const Datum& datum = reference::at(subject_, completed, place);
      values.push_back(fmt::format("{} {} {} {}", static_cast<int>(datum.state), static_cast<int>(datum.cause), datum.number.exact_text(), datum.text));
    }
    completions_.emplace_back(std::move(values), bit(*result.outcome));
  }

  /// By the values of some fields: the outcomes that there are with them.
  std::map<std::vector<std::string>, vm::OutcomeSet> outcomes_by(const std::vector<std::uint32_t>& fields) const {
    std::map<std::vector<std::string>, vm::OutcomeSet> outcomes;
    for (const auto& [values, outcome] : completions_) {
      std::vector<std::string> kept;
      for (std::size_t i = 0; i < places_.size(); ++i)
        if (std::find(fields.begin(), fields.end(), places_[i].field) != fields.end()) kept.push_back(values[i]);
      outcomes[kept] |= outcome;
    }
    return outcomes;
  }
  bool decides(const std::vector<std::uint32_t>& fields) const {
    const auto outcomes = outcomes_by(fields);
    return std::all_of(outcomes.begin(), outcomes.end(), [](const auto& one) { return (one.second & (one.second - 1)) == 0; });
  }
  /// Some set of so many fields does.
  bool decided_by(std::size_t count) const {
    std::vector<bool> take(fields_.size(), false);
    if (count > fields_.size()) return false;
    std::fill(take.begin(), take.begin() + static_cast<std::ptrdiff_t>(count), true);
    do {
      std::vector<std::uint32_t> set;
      for (std::size_t i = 0; i < fields_.size(); ++i)
        if (take[i]) set.push_back(fields_[i]);
      if (decides(set)) return true;
    } while (std::prev_permutation(take.begin(), take.end()));
    return false;
  }

 private:
  const sema::Subject& subject_;
  std::vector<reference::Place> places_;
  std::vector<std::uint32_t> fields_;
  std::vector<std::pair<std::vector<std::string>, vm::OutcomeSet>> completions_;
};

/// The set that complete() says decides, against all sets over all completions.
Difference compare_deciding(const vm::Completion& said, const EveryCompletion& every) {
  if ((said.possible & (said.possible - 1)) == 0) return std::nullopt;
  std::vector<std::uint32_t> fields;
  for (const vm::Deciding& item : said.deciding) fields.insert(fields.end(), item.fields.begin(), item.fields.end());
  const std::string named = fmt::format("{} fields named, {}", fields.size(), said.smallest ? "smallest" : "perhaps not the smallest");
  if (!every.decides(fields)) return "complete(): what would decide does not: " + named;
  if (said.smallest && !fields.empty() && every.decided_by(fields.size() - 1)) return "complete(): fewer decide: " + named;
  for (const vm::Deciding& item : said.deciding) {
    vm::OutcomeSet alone = 0;
    for (const auto& [values, outcomes] : every.outcomes_by(item.fields))
      if ((outcomes & (outcomes - 1)) == 0) alone |= outcomes;
    if ((item.alone & ~alone) != 0) return fmt::format("complete(): field {} alone decides {}, tried {}", item.fields[0], describe_set(item.alone), describe_set(alone));
  }
  return std::nullopt;
}

Difference compare_incomplete(const RandomPack& made, const Compiled& compiled, const Evidence& evidence, const CompletionLimits& limits,
                              Random& random) {
  Loaded loaded(compiled);
  vm::Batch batch = loaded.batch();
  loaded.add(batch, evidence);
  vm::Machine machine(loaded.program(), true);
  machine.run(batch);
  const vm::Completion said = vm::complete(loaded.program(), machine, batch, 0, {.deciding = true});
  const Answers answers = answers_of(loaded, compiled, machine, 0, false);

  Evidence with_lists = evidence;
  bool full = true;
  for (std::uint32_t list = 0; list < with_lists.lists.size(); ++list) {
    if (with_lists.lists[list]) continue;
    // A list that is missing may hold anything; one row of missing fields, or none, stands for what it might be.
    full = false;
    with_lists.lists[list].emplace();
    if (random.percent(60)) with_lists.lists[list]->emplace_back(made.subject().lists[list].fields.size());
  }
  AllCandidates candidates = candidates_of(made, with_lists);
  full = full && candidates.full && candidates.product <= limits.product;

  Difference outside;
  const auto observe = [&](const Evidence&, const Result& result) {
    if (!outside) outside = compare(made, compiled, result, answers);
  };
  if (candidates.product <= limits.product) {
    EveryCompletion every(made.subject(), candidates.each);
    const auto observe_all = [&](const Evidence& completed, const Result& result) {
      observe(completed, result);
      every.note(completed, result);
    };
    const reference::Completions tried = reference::complete(made.pack, made.subject(), with_lists, candidates.each, observe_all);
    if (outside) return "machine, outer bounds: " + *outside;
    if (tried.tried == 0) return std::nullopt;
    if (Difference found = compare_completion(made, said, tried, full)) return found;
    return full && made.subject().rating ? compare_deciding(said, every) : std::nullopt;
  }
  for (std::uint32_t i = 0; i < limits.samples; ++i) {
    std::vector<reference::Candidates> one = candidates.each;
    for (reference::Candidates& place : one) place.states = {random.of(place.states)};
    const reference::Completions tried = reference::complete(made.pack, made.subject(), with_lists, one, observe);
    if (outside) return "machine, outer bounds: " + *outside;
    if (tried.tried == 0) continue;
    if (Difference found = compare_completion(made, said, tried, false)) return found;
  }
  return std::nullopt;
}

}  // namespace

Difference compare_machine(const RandomPack& made, const Compiled& compiled, const std::vector<Evidence>& records) {
  return unless_unloadable([&] { return compare_loaded(made, compiled, records); });
}

Difference compare_bounds(const RandomPack& made, const Compiled& compiled, const Evidence& evidence, const CompletionLimits& limits,
                          Random& random) {
  return unless_unloadable([&] { return compare_incomplete(made, compiled, evidence, limits, random); });
}

}  // namespace quy::property
