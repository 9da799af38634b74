// The machine against the oracle, on random programs over all opcodes: known evidence gives exactly the oracle's values, and with evidence
// missing, no completion leaves the claimed bounds.

#include <catch2/catch.hpp>

#include <sstream>

#include "runtime/bytecode/codec.h"
#include "tests/support/random_program.h"
#include "tests/support/random_sheet.h"

namespace quy::test {
namespace {

using vm::Machine;
using vm::Program;
using vm::Range;
using vm::Truth;

struct Place {
  const vm::Machine& machine;
  Register reg;
  std::uint32_t position;
};

bool allows(const Place& at, const bytecode::Instruction& x, const Value& value) {
  switch (x.kind) {
    case ValueKind::boolean: {
      const Truth truth = at.machine.truth(at.reg, at.position);
      if (truth == Truth::missing) return true;
      if (!value.truth) return truth == Truth::left_out;
      return truth == (*value.truth ? Truth::yes : Truth::no);
    }
    case ValueKind::number: {
      const Range range = at.machine.number(at.reg, at.position);
      if (!value.number) return range.left_out || range.may_be_left_out;
      return !range.left_out && range.low <= *value.number && *value.number <= range.high;
    }
    case ValueKind::levels: return ((at.machine.outcomes(at.reg, at.position) >> value.outcome) & 1) != 0;
  }
  return false;
}

bool is_known(const Place& at, const bytecode::Instruction& x) {
  switch (x.kind) {
    case ValueKind::boolean: return at.machine.truth(at.reg, at.position) != Truth::missing;
    case ValueKind::number: {
      const Range range = at.machine.number(at.reg, at.position);
      return range.left_out || range.known();
    }
    case ValueKind::levels: {
      const vm::OutcomeSet set = at.machine.outcomes(at.reg, at.position);
      return set != 0 && (set & (set - 1)) == 0;
    }
  }
  return false;
}

std::string describe(const Place& at, const bytecode::Instruction& x, const Value& value) {
  std::ostringstream out;
  out << "register " << at.reg << " opcode " << bytecode::info(x.opcode).name << " a=" << x.a << " b=" << x.b << " domain=" << x.domain << " operands";
  for (const Register in : x.operands) out << ' ' << in;
  if (x.kind == ValueKind::number) {
    const Range range = at.machine.number(at.reg, at.position);
    out << "; machine " << (range.left_out ? "out" : range.may_be_left_out ? "maybe out " : "") << '[' << range.low.exact_text() << ", "
        << range.high.exact_text() << "] oracle " << (value.number ? value.number->exact_text() : "out");
  } else if (x.kind == ValueKind::boolean) {
    out << "; machine " << static_cast<int>(at.machine.truth(at.reg, at.position)) << " oracle " << (value.truth ? *value.truth ? "yes" : "no" : "out");
  } else {
    out << "; machine " << at.machine.outcomes(at.reg, at.position) << " oracle " << value.outcome;
  }
  return out.str();
}

bool is_decision(const bytecode::Subject& subject, const bytecode::Instruction& x) {
  return x.opcode == Opcode::field && subject.fields[x.a].place == FieldPlace::decision;
}

/// Checks all registers of one row against the oracle. `first_row`: where the record's rows of each list begin.
void check(const vm::Machine& machine, const vm::Batch& batch, std::uint32_t row, const bytecode::Subject& subject,
           const Oracle::Registers& expected, const Record& given, bool all_known) {
  for (Register reg = 0; reg < subject.code.size(); ++reg) {
    const bytecode::Instruction& x = subject.code[reg];
    if (is_decision(subject, x)) continue;  // one that is missing has not been made, which no range says
    if (x.domain != 0 && !given.lists[x.domain - 1]) continue;  // the list is missing: its rows are not there
    const std::uint32_t first = x.domain == 0 ? row : batch.list_begin(x.domain - 1, row);
    for (std::uint32_t i = 0; i < expected[reg].size(); ++i) {
      const Place at{machine, reg, first + i};
      const bool good = allows(at, x, expected[reg][i]) && (!all_known || is_known(at, x));
      if (!good) {
        FAIL(describe(at, x, expected[reg][i]));
      }
    }
  }
}

/// Loads the program, or nothing when its numbers are refused.
std::optional<Program> loaded(const bytecode::Module& module) {
  try {
    return Program::load(module, 0);
  } catch (const vm::Unloadable&) {
    return std::nullopt;
  }
}

TEST_CASE("known evidence gives exactly what the program means") {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    RandomProgram random(dice, static_cast<int>(dice.between(60, 160)));
    REQUIRE_FALSE(bytecode::verify(random.module()));
    const std::optional<Program> program = loaded(random.module());
    if (!program) continue;
    vm::Batch batch(*program);
    std::vector<Record> records;
    for (std::int64_t rows = dice.between(1, 150); rows > 0; --rows) {
      records.push_back(random.record(0));
      add_record(batch, random.subject(), records.back());
    }
    Machine machine(*program, true);
    machine.run(batch);
    Oracle oracle(random.module(), random.subject());
    for (std::uint32_t row = 0; row < records.size(); ++row) {
      CAPTURE(row);
      check(machine, batch, row, random.subject(), oracle.run(records[row]), records[row], true);
    }
  }
}

TEST_CASE("no completion of missing evidence leaves the machine's bounds") {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Dice dice(seed + 10'000);
    RandomProgram random(dice, static_cast<int>(dice.between(60, 160)));
    const std::optional<Program> program = loaded(random.module());
    if (!program) continue;
    vm::Batch batch(*program);
    std::vector<Record> records;
    for (std::int64_t rows = dice.between(1, 100); rows > 0; --rows) {
      records.push_back(random.record(dice.chance(50) ? 0 : static_cast<int>(dice.between(5, 60))));
      add_record(batch, random.subject(), records.back());
    }
    Machine machine(*program, true);
    machine.run(batch);
    Oracle oracle(random.module(), random.subject());
    for (std::uint32_t row = 0; row < records.size(); ++row) {
      CAPTURE(row);
      for (int times = 0; times < 4; ++times)
        check(machine, batch, row, random.subject(), oracle.run(random.completed(records[row])), records[row], false);
    }
  }
}

/// The results of a machine that shares slots and fuses steps are those of one that does neither.
void check_same_results(const Program& program, const vm::Batch& batch, const bytecode::Subject& subject) {
  Machine own(program, true), shared(program);
  own.run(batch);
  for (int again = 0; again < 2; ++again) {
    shared.run(batch);
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      CAPTURE(row);
      const Range one = own.number(subject.total, row), other = shared.number(subject.total, row);
      REQUIRE((one.left_out == other.left_out && one.may_be_left_out == other.may_be_left_out));
      CAPTURE(one.low.exact_text(), other.low.exact_text(), one.high.exact_text(), other.high.exact_text());
      REQUIRE((one.low == other.low && one.high == other.high));
      if (subject.levels != kNone) REQUIRE(own.outcomes(subject.levels, row) == shared.outcomes(subject.levels, row));
    }
  }
}

TEST_CASE("rating sheets: known evidence exactly, shared slots and fused steps alike") {
  for (std::uint32_t seed = 1; seed <= 120; ++seed) {
    CAPTURE(seed);
    Dice dice(seed + 70'000);
    SheetOptions options;
    options.criteria = static_cast<int>(dice.between(3, 14));
    options.most_count = dice.chance(50) ? 9 : 1'000'000'000;
    options.rescale = dice.chance(50);
    options.proportional_without_rounding = dice.chance(20);
    RandomSheet sheet(dice, options);
    REQUIRE_FALSE(bytecode::verify(sheet.module()));
    const Program program = Program::load(sheet.module(), 0);
    vm::Batch known(program), open(program);
    std::vector<Record> records;
    for (int row = 0; row < 100; ++row) {
      records.push_back(sheet.record());
      add_record(known, sheet.subject(), records.back());
      Record gaps = records.back();
      for (Datum& datum : gaps.fields)
        if (dice.chance(8)) datum = {};
      add_record(open, sheet.subject(), gaps);
    }
    Machine machine(program, true);
    machine.run(known);
    Oracle oracle(sheet.module(), sheet.subject());
    for (std::uint32_t row = 0; row < records.size(); ++row) {
      CAPTURE(row);
      check(machine, known, row, sheet.subject(), oracle.run(records[row]), records[row], true);
    }
    check_same_results(program, known, sheet.subject());
    check_same_results(program, open, sheet.subject());
  }
}

TEST_CASE("slots shared by liveness give what slots of their own give") {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    Dice dice(seed + 20'000);
    RandomProgram random(dice, static_cast<int>(dice.between(60, 200)));
    const std::optional<Program> program = loaded(random.module());
    if (!program) continue;
    vm::Batch batch(*program);
    for (std::int64_t rows = dice.between(1, 100); rows > 0; --rows) add_record(batch, random.subject(), random.record(static_cast<int>(dice.between(0, 30))));
    check_same_results(*program, batch, random.subject());
  }
}

}  // namespace
}  // namespace quy::test
