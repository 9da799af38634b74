// The four truth values, exhaustively, against the tables of docs/language.md.

#include <catch2/catch.hpp>

#include <array>

#include "runtime/vm/machine.h"
#include "tests/support/code_builder.h"
#include "tests/support/vm_oracle.h"

namespace quy::test {
namespace {

using vm::FieldState;
using vm::Machine;
using vm::Program;
using vm::Truth;

constexpr std::array kAll{Truth::yes, Truth::no, Truth::missing, Truth::left_out};

/// docs/language.md §3, rows and columns in the order of kAll.
constexpr Truth kAnd[4][4] = {{Truth::yes, Truth::no, Truth::missing, Truth::yes},
                              {Truth::no, Truth::no, Truth::no, Truth::no},
                              {Truth::missing, Truth::no, Truth::missing, Truth::missing},
                              {Truth::yes, Truth::no, Truth::missing, Truth::left_out}};
constexpr Truth kOr[4][4] = {{Truth::yes, Truth::yes, Truth::yes, Truth::yes},
                             {Truth::yes, Truth::no, Truth::missing, Truth::no},
                             {Truth::yes, Truth::missing, Truth::missing, Truth::missing},
                             {Truth::yes, Truth::no, Truth::missing, Truth::left_out}};

std::size_t index(Truth truth) { return static_cast<std::size_t>(std::find(kAll.begin(), kAll.end(), truth) - kAll.begin()); }

Truth both(Truth a, Truth b) { return kAnd[index(a)][index(b)]; }
Truth one_of(Truth a, Truth b) { return kOr[index(a)][index(b)]; }

Datum datum(Truth truth) {
  switch (truth) {
    case Truth::yes: return {FieldState::value, 1};
    case Truth::no: return {FieldState::value, 0};
    case Truth::left_out: return {FieldState::did_not_arise, 0};
    case Truth::missing: break;
  }
  return {};
}

/// All combinations of three flags, one a row.
struct Rows {
  CodeBuilder builder;
  std::array<Register, 3> flags;

  explicit Rows(bool may_be_left_out = true) {
    for (Register& flag : flags) flag = builder.field(builder.flag_field(may_be_left_out));
  }

  template <class Check>
  void each(Check check) {
    const Program program = Program::load(builder.module(), 0);
    vm::Batch batch(program);
    std::vector<std::array<Truth, 3>> given;
    for (const Truth a : kAll)
      for (const Truth b : kAll)
        for (const Truth c : kAll) {
          add_record(batch, builder.subject(), {{datum(a), datum(b), datum(c)}, {}});
          given.push_back({a, b, c});
        }
    Machine machine(program, true);
    machine.run(batch);
    for (std::uint32_t row = 0; row < given.size(); ++row) {
      CAPTURE(row);
      check(machine, row, given[row]);
    }
  }
};

TEST_CASE("conjunction, disjunction, negation and holds follow the tables") {
  Rows rows;
  const auto [x, y, z] = rows.flags;
  const Register and2 = rows.builder.op(Opcode::conjunction, {x, y}), or2 = rows.builder.op(Opcode::disjunction, {x, y});
  const Register and3 = rows.builder.op(Opcode::conjunction, {x, y, z}), or3 = rows.builder.op(Opcode::disjunction, {x, y, z});
  const Register not1 = rows.builder.op(Opcode::negation, {x}), holds = rows.builder.op(Opcode::holds, {x});
  const Register gone = rows.builder.op(Opcode::left_out, {x});
  rows.each([&](const Machine& machine, std::uint32_t row, const std::array<Truth, 3>& given) {
    const auto [a, b, c] = given;
    CHECK(machine.truth(x, row) == a);
    CHECK(machine.truth(and2, row) == both(a, b));
    CHECK(machine.truth(or2, row) == one_of(a, b));
    CHECK(machine.truth(and3, row) == both(both(a, b), c));
    CHECK(machine.truth(or3, row) == one_of(one_of(a, b), c));
    constexpr Truth kNot[] = {Truth::no, Truth::yes, Truth::missing, Truth::left_out};
    constexpr Truth kHolds[] = {Truth::yes, Truth::no, Truth::missing, Truth::no};
    constexpr Truth kGone[] = {Truth::no, Truth::no, Truth::missing, Truth::yes};
    CHECK(machine.truth(not1, row) == kNot[index(a)]);
    CHECK(machine.truth(holds, row) == kHolds[index(a)]);
    CHECK(machine.truth(gone, row) == kGone[index(a)]);
  });
}

TEST_CASE("what can never be left out is not left out, missing or not") {
  CodeBuilder builder;
  const std::uint32_t flag = builder.flag_field(false), number = builder.number_field(0, 9);
  const Register flag_gone = builder.op(Opcode::left_out, {builder.field(flag)});
  const Register number_gone = builder.op(Opcode::left_out, {builder.field(number)});
  const Register state = builder.state(number, 1);
  const Program program = Program::load(builder.module(), 0);
  vm::Batch batch(program);
  batch.add_row();
  Machine machine(program, true);
  machine.run(batch);
  CHECK(machine.truth(flag_gone, 0) == Truth::no);
  CHECK(machine.truth(number_gone, 0) == Truth::no);
  CHECK(machine.truth(state, 0) == Truth::no);
}

TEST_CASE("a comparison that may be left out is missing even where its range decides it") {
  CodeBuilder builder;
  CodeBuilder::FieldOptions may;
  may.may_be_left_out = true;
  const Register may_go = builder.field(builder.number_field(0, 9, may)), stays = builder.field(builder.number_field(0, 9));
  const Register ten = builder.number(10);
  const Register open = builder.op(Opcode::compare, {may_go, ten}, 3), decided = builder.op(Opcode::compare, {stays, ten}, 3);
  const Register not_ten = builder.op(Opcode::compare, {stays, ten}, 5), at_least = builder.op(Opcode::compare, {stays, ten}, 0);
  const Program program = Program::load(builder.module(), 0);
  vm::Batch batch(program);
  batch.add_row();
  Machine machine(program, true);
  machine.run(batch);
  CHECK(machine.truth(open, 0) == Truth::missing);
  CHECK(machine.truth(decided, 0) == Truth::yes);
  CHECK(machine.truth(not_ten, 0) == Truth::yes);
  CHECK(machine.truth(at_least, 0) == Truth::no);
}

TEST_CASE("pick, or_else and keep by the state of their condition") {
  Rows rows;
  CodeBuilder::FieldOptions may;
  may.may_be_left_out = true;
  const Register three = rows.builder.number(3), seven = rows.builder.number(7);
  const Register picked = rows.builder.op(Opcode::pick, {rows.flags[0], three, seven});
  const Register kept = rows.builder.op(Opcode::keep, {three, rows.flags[0]});
  const Register otherwise = rows.builder.op(Opcode::or_else, {kept, seven});
  const Register counted = rows.builder.op(Opcode::count_true, {rows.flags[0], rows.flags[1], rows.flags[2]});
  rows.each([&](const Machine& machine, std::uint32_t row, const std::array<Truth, 3>& given) {
    const vm::Range p = machine.number(picked, row), k = machine.number(kept, row), o = machine.number(otherwise, row);
    switch (given[0]) {
      case Truth::yes:
        CHECK((p.known() && p.low == Rational(3)));
        CHECK((k.known() && k.low == Rational(3)));
        CHECK((o.known() && o.low == Rational(3)));
        break;
      case Truth::no:
        CHECK((p.known() && p.low == Rational(7)));
        CHECK(k.left_out);
        CHECK((o.known() && o.low == Rational(7)));
        break;
      case Truth::left_out:
        CHECK(p.left_out);
        CHECK(k.left_out);
        CHECK((o.known() && o.low == Rational(7)));
        break;
      case Truth::missing:
        CHECK((p.may_be_left_out && p.low == Rational(3) && p.high == Rational(7)));
        CHECK((k.may_be_left_out && k.low == Rational(3) && k.high == Rational(3)));
        CHECK((!o.may_be_left_out && o.low == Rational(3) && o.high == Rational(7)));
        break;
    }
    const auto among = [&](Truth truth) { return static_cast<int>(std::count(given.begin(), given.end(), truth)); };
    const vm::Range count = machine.number(counted, row);
    CHECK(count.low == Rational(among(Truth::yes)));
    CHECK(count.high == Rational(among(Truth::yes) + among(Truth::missing)));
  });
}

}  // namespace
}  // namespace quy::test
