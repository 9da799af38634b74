// Batches: states, lists, rows taken back and copied.

#include <catch2/catch.hpp>

#include "runtime/vm/machine.h"
#include "tests/support/code_builder.h"
#include "tests/support/random_program.h"

namespace quy::test {
namespace {

using vm::Batch;
using vm::FieldState;
using vm::Machine;
using vm::Program;

struct Sample {
  CodeBuilder b;
  std::uint32_t count, money, flag, list, item, item_flag;
  Register sum, any;

  Sample() {
    CodeBuilder::FieldOptions may;
    may.may_be_left_out = true;
    count = b.number_field(5, 50, may);
    money = b.number_field(0, Rational(1'000'000'000'000'000), may);
    flag = b.flag_field(true);
    list = b.list();
    CodeBuilder::FieldOptions in_list;
    in_list.list = list;
    item = b.number_field(-3, 30, in_list);
    item_flag = b.flag_field(false, list);
    sum = b.op(Opcode::fold_sum, {b.field(item)}, list);
    any = b.op(Opcode::fold_any, {b.field(item_flag)}, list);
  }
};

TEST_CASE("a fresh row has everything missing") {
  const Sample s;
  const Program program = Program::load(const_cast<Sample&>(s).b.module(), 0);
  Batch batch(program);
  const std::uint32_t row = batch.add_row();
  for (const std::uint32_t field : {s.count, s.money, s.flag}) CHECK(batch.state(field, row) == FieldState::missing);
  CHECK_FALSE(batch.list_present(s.list, row));
  CHECK(batch.list_begin(s.list, row) == batch.list_end(s.list, row));
}

TEST_CASE("values, states and lists come back as they were set") {
  Sample s;
  const Program program = Program::load(s.b.module(), 0);
  Batch batch(program);
  for (std::uint32_t i = 0; i < 200; ++i) {
    const std::uint32_t row = batch.add_row();
    batch.set_value(s.count, row, 5 + i % 46);
    batch.set_value(s.money, row, 1'000'000'000'000LL * i);
    batch.set_value(s.flag, row, i % 2);
    if (i % 3 == 0) batch.set_left_out(s.money, row, FieldState::not_yet_due);
    if (i % 5 == 0) batch.set_missing(s.count, row);
    if (i % 2 == 0) batch.open_list(s.list);
    for (std::uint32_t k = 0; i % 4 == 0 && k < 3; ++k) batch.set_value(s.item, batch.add_item(s.list), k);
  }
  for (std::uint32_t row = 0; row < 200; ++row) {
    CHECK(batch.state(s.count, row) == (row % 5 == 0 ? FieldState::missing : FieldState::value));
    if (row % 5 != 0) CHECK(batch.value(s.count, row) == 5 + row % 46);
    CHECK(batch.state(s.money, row) == (row % 3 == 0 ? FieldState::not_yet_due : FieldState::value));
    CHECK(batch.value(s.flag, row) == row % 2);
    CHECK(batch.list_present(s.list, row) == (row % 2 == 0));
    CHECK(batch.list_end(s.list, row) - batch.list_begin(s.list, row) == (row % 4 == 0 ? 3U : 0U));
  }
}

TEST_CASE("a row taken back leaves nothing behind") {
  Sample s;
  const Program program = Program::load(s.b.module(), 0);
  Batch batch(program);
  const auto fill = [&] {
    const std::uint32_t row = batch.add_row();
    batch.set_value(s.count, row, 50);
    batch.set_left_out(s.flag, row, FieldState::excluded);
    for (int k = 0; k < 5; ++k) {
      const std::uint32_t item = batch.add_item(s.list);
      batch.set_value(s.item, item, 30);
      batch.set_value(s.item_flag, item, 1);
    }
  };
  fill();
  fill();
  batch.drop_row();
  CHECK(batch.rows() == 1);
  const std::uint32_t row = batch.add_row();
  CHECK(batch.state(s.count, row) == FieldState::missing);
  CHECK(batch.state(s.flag, row) == FieldState::missing);
  CHECK_FALSE(batch.list_present(s.list, row));
  const std::uint32_t item = batch.add_item(s.list);
  CHECK(batch.state(s.item, item) == FieldState::missing);
  CHECK(batch.state(s.item_flag, item) == FieldState::missing);
  batch.clear();
  CHECK(batch.rows() == 0);
  CHECK(batch.add_row() == 0);
  CHECK(batch.state(s.count, 0) == FieldState::missing);
}

TEST_CASE("copied rows are the same rows") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    Dice dice(seed);
    RandomProgram random(dice, 40);
    const Program program = Program::load(random.module(), 0);
    Batch from(program), to(program);
    for (int rows = 0; rows < 30; ++rows) add_record(from, random.subject(), random.record(25));
    to.add_row();
    for (std::uint32_t row = 0; row < from.rows(); ++row) {
      const std::uint32_t copy = to.copy_row(from, row);
      for (std::uint32_t f = 0; f < random.subject().fields.size(); ++f) {
        const std::uint32_t list = random.subject().fields[f].list;
        const std::uint32_t count = list == kNone ? 1 : from.list_end(list, row) - from.list_begin(list, row);
        if (list != kNone) {
          REQUIRE(to.list_present(list, copy) == from.list_present(list, row));
          REQUIRE(to.list_end(list, copy) - to.list_begin(list, copy) == count);
        }
        for (std::uint32_t i = 0; i < count; ++i) {
          const std::uint32_t a = list == kNone ? row : from.list_begin(list, row) + i, b = list == kNone ? copy : to.list_begin(list, copy) + i;
          REQUIRE(to.state(f, b) == from.state(f, a));
          if (from.state(f, a) == FieldState::value) REQUIRE(to.value(f, b) == from.value(f, a));
        }
      }
    }
  }
}

TEST_CASE("long lists end a batch and make room as they grow") {
  Sample s;
  const Program program = Program::load(s.b.module(), 0);
  Batch batch(program);
  Machine machine(program, true);
  int rows = 0;
  while (!batch.full()) {
    batch.add_row();
    batch.open_list(s.list);
    for (int k = 0; k < 3000; ++k) {
      const std::uint32_t item = batch.add_item(s.list);
      batch.set_value(s.item, item, k % 4);
      batch.set_value(s.item_flag, item, k == 2999 ? 1 : 0);
    }
    ++rows;
  }
  CHECK(rows == 3);
  machine.run(batch);
  for (std::uint32_t row = 0; row < 3; ++row) {
    CHECK(machine.number(s.sum, row).low == Rational(4500));
    CHECK(machine.truth(s.any, row) == vm::Truth::yes);
  }
}

TEST_CASE("an empty list is known, a list that is not there is missing") {
  Sample s;
  const Register every = s.b.op(Opcode::fold_every, {s.b.field(s.item_flag)}, s.list);
  const Register smallest = s.b.op(Opcode::fold_smallest, {s.b.field(s.item)}, s.list);
  const Register counted = s.b.op(Opcode::fold_count, {s.b.field(s.item_flag)}, s.list);
  const Program program = Program::load(s.b.module(), 0);
  Batch batch(program);
  batch.add_row();
  batch.open_list(s.list);
  batch.add_row();
  Machine machine(program, true);
  machine.run(batch);
  CHECK(machine.truth(s.any, 0) == vm::Truth::no);
  CHECK(machine.truth(every, 0) == vm::Truth::left_out);
  CHECK(machine.number(smallest, 0).left_out);
  CHECK(machine.number(s.sum, 0).low == Rational(0));
  CHECK(machine.truth(s.any, 1) == vm::Truth::missing);
  CHECK(machine.truth(every, 1) == vm::Truth::missing);
  const vm::Range range = machine.number(smallest, 1), sum = machine.number(s.sum, 1), count = machine.number(counted, 1);
  CHECK((range.may_be_left_out && range.low == Rational(-3) && range.high == Rational(30)));
  CHECK((sum.low == Rational(-30'000) && sum.high == Rational(300'000)));
  CHECK((count.low == Rational(0) && count.high == Rational(10'000)));
}

TEST_CASE("texts keep their identity during a run") {
  bytecode::Module module;
  module.strings = {"alpha", "beta"};
  vm::TextPool pool(module);
  CHECK(pool.intern("beta") == 1);
  const std::int64_t other = pool.intern("gamma");
  CHECK(other == 2);
  CHECK(pool.intern(std::string("gam") + "ma") == other);
  CHECK(pool.text(other) == "gamma");
  CHECK(pool.text(0) == "alpha");
}

}  // namespace
}  // namespace quy::test
