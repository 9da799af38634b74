// Instructions on levels, exhaustively: exact for one outcome and known conditions, and never less than the union otherwise.

#include <catch2/catch.hpp>

#include <functional>

#include "runtime/vm/machine.h"
#include "tests/support/code_builder.h"
#include "tests/support/vm_oracle.h"

namespace quy::test {
namespace {

using vm::FieldState;
using vm::Machine;
using vm::OutcomeSet;
using vm::Program;

constexpr std::uint32_t kLevels = 4;

/// A subject with two numbers in −1…5 that become levels, a decision, and four flags; then the instruction under test.
struct Bench {
  CodeBuilder builder;
  Register first, second, decision;
  std::vector<Register> flags;

  Bench() {
    builder.rating(kLevels);
    first = level_of(builder.number_field(-2, 3));
    second = level_of(builder.number_field(-2, 3));
    CodeBuilder::FieldOptions o;
    o.kind = FieldKind::level;
    o.place = FieldPlace::decision;
    decision = builder.field(builder.number_field(0, 0, o));
    for (int i = 0; i < 4; ++i) flags.push_back(builder.field(builder.flag_field(true)));
  }

  /// Level 0 for 3 … level 3 for 0; gap for −1, not rated for −2.
  Register level_of(std::uint32_t index) {
    const Register number = builder.field(index);
    Register levels = builder.op(Opcode::band, {number}, 3, builder.constants({3, 2, 1}));
    levels = builder.op(Opcode::gap_if, {levels, builder.op(Opcode::compare, {number, builder.number(-1)}, 4)});
    return builder.op(Opcode::not_rated_if, {levels, builder.op(Opcode::compare, {number, builder.number(-2)}, 4)});
  }
};

/// Runs all combinations of known flags and levels, and of missing ones; compares with the union of what the oracle says of completions.
void check_all(Bench& bench, Register result, const std::vector<std::uint32_t>& fields, bool tight) {
  const Program program = Program::load(bench.builder.module(), 0);
  const bytecode::Subject& subject = bench.builder.subject();
  Oracle oracle(bench.builder.module(), subject);
  std::vector<std::vector<Datum>> states;
  for (const std::uint32_t field : fields) {
    const bool flag = subject.fields[field].kind == FieldKind::boolean;
    std::vector<Datum> of_one;
    for (std::int64_t value = flag ? 0 : -2; value <= (flag ? 1 : 3); ++value) of_one.push_back({FieldState::value, value});
    if (flag) of_one.push_back({FieldState::did_not_arise, 0});
    states.push_back(of_one);
  }
  Record record;
  record.fields.resize(subject.fields.size());
  for (Datum& datum : record.fields) datum = {FieldState::value, 0};
  record.fields[2] = {};
  // What each assignment gives; index −1 of a field stands for missing.
  vm::Batch batch(program);
  Machine machine(program, true);
  std::vector<OutcomeSet> expected;
  const auto flush = [&] {
    machine.run(batch);
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      const OutcomeSet got = machine.outcomes(result, row);
      CAPTURE(row, got, expected[row]);
      REQUIRE((expected[row] & ~got) == 0);
      const bool one = (expected[row] & (expected[row] - 1)) == 0;
      if (tight || one) REQUIRE(got == expected[row]);
    }
    batch.clear();
    expected.clear();
  };
  const std::function<OutcomeSet(Record&, std::size_t)> completions = [&](Record& open, std::size_t next) -> OutcomeSet {
    if (next == fields.size()) return OutcomeSet{1} << oracle.run(open)[result][0].outcome;
    Datum& datum = open.fields[fields[next]];
    if (datum.state != FieldState::missing) return completions(open, next + 1);
    OutcomeSet all = 0;
    for (const Datum& state : states[next]) {
      datum = state;
      all |= completions(open, next + 1);
    }
    datum = {};
    return all;
  };
  const std::function<void(std::size_t)> assign = [&](std::size_t next) {
    if (next == fields.size()) {
      Record open = record;
      add_record(batch, subject, open);
      expected.push_back(completions(open, 0));
      if (batch.full()) flush();
      return;
    }
    for (const Datum& state : states[next]) {
      record.fields[fields[next]] = state;
      assign(next + 1);
    }
    record.fields[fields[next]] = {};
    assign(next + 1);
  };
  assign(0);
  flush();
}

// Fields by number: 0 and 1 become levels, 2 is the decision, 3 to 6 are flags.

TEST_CASE("one condition on levels") {
  for (std::uint32_t a = 0; a < kLevels; ++a) {
    for (const Opcode opcode : {Opcode::gap_if, Opcode::not_rated_if, Opcode::bar, Opcode::lower, Opcode::force}) {
      CAPTURE(a, static_cast<int>(opcode));
      if (a > 0 && (opcode == Opcode::gap_if || opcode == Opcode::not_rated_if)) continue;
      Bench bench;
      const Register result = bench.builder.op(opcode, {bench.first, bench.flags[0]}, a);
      check_all(bench, result, {0, 3}, true);
    }
  }
}

TEST_CASE("the worst of several forces stands") {
  for (std::uint32_t a = 0; a < kLevels; ++a) {
    for (std::uint32_t b = 0; b < kLevels; ++b) {
      CAPTURE(a, b);
      Bench bench;
      const Register inner = bench.builder.op(Opcode::force, {bench.first, bench.flags[0]}, a);
      const Register result = bench.builder.op(Opcode::force, {inner, bench.flags[1]}, b);
      check_all(bench, result, {0, 3, 4}, true);
    }
  }
}

TEST_CASE("conditions of levels with each policy") {
  for (std::uint32_t policy = 0; policy < 3; ++policy) {
    for (std::size_t conditions = 1; conditions <= kLevels; ++conditions) {
      CAPTURE(policy, conditions);
      Bench bench;
      std::vector<Register> operands{bench.first};
      operands.insert(operands.end(), bench.flags.begin(), bench.flags.begin() + static_cast<std::ptrdiff_t>(conditions));
      const Register result = bench.builder.op(Opcode::need, operands, policy);
      std::vector<std::uint32_t> fields{0};
      for (std::uint32_t f = 0; f < conditions; ++f) fields.push_back(3 + f);
      check_all(bench, result, fields, true);
    }
  }
}

TEST_CASE("the first true condition, or the only one") {
  for (std::uint32_t first = 0; first < 2; ++first) {
    for (std::uint32_t otherwise = 0; otherwise < 2; ++otherwise) {
      for (std::size_t conditions = 1; conditions <= kLevels; ++conditions) {
        CAPTURE(first, otherwise, conditions);
        Bench bench;
        const std::vector<Register> operands(bench.flags.begin(), bench.flags.begin() + static_cast<std::ptrdiff_t>(conditions));
        const Register result = bench.builder.op(Opcode::first_level, operands, first, otherwise);
        std::vector<std::uint32_t> fields;
        for (std::uint32_t f = 0; f < conditions; ++f) fields.push_back(3 + f);
        check_all(bench, result, fields, true);
      }
    }
  }
}

TEST_CASE("a choice between two outcomes, the worse of them, and whether one is reached") {
  Bench bench;
  const Register picked = bench.builder.op(Opcode::pick_levels, {bench.flags[0], bench.first, bench.second});
  check_all(bench, picked, {0, 1, 3}, true);
  Bench pair;
  check_all(pair, pair.builder.op(Opcode::worse_outcome, {pair.first, pair.second}), {0, 1}, true);
  for (std::uint32_t level = 0; level < kLevels; ++level) {
    Bench other;
    const Register reached = other.builder.op(Opcode::reached, {other.first}, level);
    const Register shown = other.builder.op(Opcode::first_level, {reached}, 1, 1);
    // The same condition stands in both operands, which the outer bound cannot know.
    check_all(other, shown, {0}, false);
  }
}

TEST_CASE("a cap by another's level, which may be left out or missing") {
  Bench bench;
  CodeBuilder::FieldOptions o;
  o.kind = FieldKind::level;
  o.may_be_left_out = true;
  const std::uint32_t field = bench.builder.number_field(0, 0, o);
  const Register result = bench.builder.op(Opcode::cap, {bench.first, bench.builder.field(field)});
  const Program program = Program::load(bench.builder.module(), 0);
  vm::Batch batch(program);
  for (std::uint32_t cap = 0; cap < kLevels; ++cap) {
    for (std::int64_t level = -2; level <= 3; ++level) {
      const std::uint32_t row = batch.add_row();
      batch.set_value(0, row, level);
      batch.set_value(field, row, cap);
    }
  }
  const std::uint32_t out = batch.add_row(), missing = batch.add_row();
  batch.set_value(0, out, 3);
  batch.set_left_out(field, out, FieldState::excluded);
  batch.set_value(0, missing, 2);
  Machine machine(program, true);
  machine.run(batch);
  std::uint32_t row = 0;
  for (std::uint32_t cap = 0; cap < kLevels; ++cap) {
    for (std::int64_t level = -2; level <= 3; ++level, ++row) {
      const std::uint32_t plain = static_cast<std::uint32_t>(3 - level);
      const std::uint32_t wanted = level == -1 ? vm::kOutcomeGap : level == -2 ? vm::kOutcomeNotRated : std::max(plain, cap);
      CHECK(machine.outcomes(result, row) == OutcomeSet{1} << wanted);
    }
  }
  CHECK(machine.outcomes(result, out) == 0b0001);
  CHECK(machine.outcomes(result, missing) == 0b1110);
}

TEST_CASE("what is handed over: given, allowed, not better than the bound, else for the authority") {
  constexpr OutcomeSet kMask = 0b0110 | (1U << vm::kOutcomeGap);
  Bench bench;
  const Register result = bench.builder.op(Opcode::hand_over, {bench.first, bench.second, bench.flags[0], bench.decision}, kMask);
  check_all(bench, result, {0, 1, 3}, true);   // no decision in the record
  const Program program = Program::load(bench.builder.module(), 0);
  Oracle oracle(bench.builder.module(), bench.builder.subject());
  vm::Batch batch(program);
  std::vector<Record> records;
  for (std::int64_t bound = -2; bound <= 3; ++bound) {
    for (std::int64_t decided = 0; decided <= 18; ++decided) {
      Record record;
      record.fields.resize(bench.builder.subject().fields.size(), {FieldState::value, 1});
      record.fields[1] = {FieldState::value, bound};
      record.fields[2] = {FieldState::value, decided};
      add_record(batch, bench.builder.subject(), record);
      records.push_back(record);
    }
  }
  Machine machine(program, true);
  machine.run(batch);
  for (std::uint32_t row = 0; row < records.size(); ++row)
    CHECK(machine.outcomes(result, row) == OutcomeSet{1} << oracle.run(records[row])[result][0].outcome);
}

}  // namespace
}  // namespace quy::test
