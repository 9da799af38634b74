// Lanes: as narrow as the ranges allow, and every numeric instruction in every one of them against the oracle.

#include <catch2/catch.hpp>

#include "runtime/vm/machine.h"
#include "runtime/vm/shape.h"
#include "tests/support/code_builder.h"
#include "tests/support/random_program.h"

namespace quy::test {
namespace {

using vm::FieldState;
using vm::Lane;
using vm::Machine;
using vm::Program;

CodeBuilder::FieldOptions with_digits(int digits) {
  CodeBuilder::FieldOptions o;
  o.digits = digits;
  return o;
}

TEST_CASE("lanes are as narrow as the ranges allow") {
  CodeBuilder b;
  const Register count = b.field(b.number_field(0, 1'000'000'000)), points = b.field(b.number_field(0, 100, with_digits(2)));
  const Register money = b.field(b.number_field(0, Rational(1'000'000'000'000'000))), whole = b.field(b.number_field(0, 10'000));
  const Register sum = b.op(Opcode::add, {points, whole}), large_sum = b.op(Opcode::add, {count, b.op(Opcode::add, {count, count})});
  const Register spent = b.op(Opcode::multiply, {money, b.field(b.number_field(0, 100'000, with_digits(2)))});
  const Register share = b.op(Opcode::divide, {whole, count});
  const Register rounded = b.op(Opcode::round, {b.op(Opcode::multiply, {b.op(Opcode::minimum, {share, b.number(1)}), b.number(10)})},
                                b.constant_index(Rational(Integer(1), Integer(100))), 0);
  Register many = share;
  for (int i = 0; i < 8; ++i) many = b.op(Opcode::add, {many, b.op(Opcode::divide, {whole, b.field(b.number_field(0, 5000))})});
  const Register third = b.op(Opcode::divide, {whole, b.number(3)}), quarter = b.op(Opcode::divide, {whole, b.number(4)});
  const Register flag = b.op(Opcode::compare, {count, whole}, 0);
  const Program program = Program::load(b.module(), 0);
  CHECK(program.lane(count) == Lane::i32);
  CHECK(program.lane(points) == Lane::i32);
  CHECK(program.lane(money) == Lane::i64);
  CHECK(program.lane(sum) == Lane::i32);
  CHECK(program.lane(large_sum) == Lane::i64);
  CHECK(program.lane(spent) == Lane::i128);
  CHECK(program.lane(share) == Lane::fraction64);
  CHECK(program.lane(rounded) == Lane::i32);
  CHECK(program.lane(many) == Lane::big);
  CHECK(program.lane(third) == Lane::fraction64);
  CHECK(program.lane(quarter) == Lane::i32);
  CHECK(program.lane(flag) == Lane::none);
}

TEST_CASE("products without end are refused") {
  CodeBuilder b;
  Register power = b.field(b.number_field(0, 1'000'000'000));
  for (int i = 0; i < 40; ++i) power = b.op(Opcode::multiply, {power, power});
  CHECK_THROWS_AS(Program::load(b.module(), 0), vm::Unloadable);
}

/// Two operands whose lane is the wanted one, from fields of few or many digits.
struct Operands {
  CodeBuilder b;
  Register left = 0, right = 0;

  explicit Operands(Lane lane) {
    switch (lane) {
      case Lane::i32:
        left = field(-40, 60, 1);
        right = field(0, 90, 0);
        break;
      case Lane::i64:
        left = field(-40, 5'000'000'000, 1);
        right = field(0, 7'000'000'000, 0);
        break;
      case Lane::i128:
        left = b.op(Opcode::multiply, {field(-40, 1'000'000'000'000, 3), field(1, 9'000'000'000, 0)});
        right = b.op(Opcode::multiply, {field(0, 1'000'000'000'000, 2), field(1, 9'000'000'000, 1)});
        break;
      case Lane::fraction64:
        left = b.op(Opcode::divide, {field(-40, 900, 1), field(0, 30, 0)});
        right = b.op(Opcode::divide, {field(0, 90, 0), field(1, 300, 1)});
        break;
      default:
        left = sum_of_quotients();
        right = b.op(Opcode::maximum, {sum_of_quotients(), b.number(0)});
        break;
    }
  }

  Register field(std::int64_t low, std::int64_t high, int digits) {
    CodeBuilder::FieldOptions o = with_digits(digits);
    o.may_be_left_out = true;
    return b.field(b.number_field(low, high, o));
  }

  Register sum_of_quotients() {
    Register sum = b.op(Opcode::divide, {field(-40, 900'000'000, 1), field(0, 900'000'000, 0)});
    for (int i = 0; i < 3; ++i) sum = b.op(Opcode::add, {sum, b.op(Opcode::divide, {field(0, 9, 0), field(0, 900'000'000, 0)})});
    return sum;
  }

  /// Every instruction from numbers, each with the two operands, a constant, and mixed with a narrower number.
  void add_instructions() {
    const Register narrow = field(-3, 12, 0), constant = b.number(Rational(Integer(7), Integer(4))), zero = b.number(0);
    const Register flag = b.field(b.flag_field(true));
    for (const auto& [x, y] : {std::pair{left, right}, {right, left}, {left, constant}, {constant, right}, {left, narrow}, {narrow, right}}) {
      for (const Opcode opcode : {Opcode::add, Opcode::subtract, Opcode::multiply, Opcode::minimum, Opcode::maximum, Opcode::or_else})
        b.op(opcode, {x, y});
      b.op(Opcode::pick, {flag, x, y});
      b.op(Opcode::divide, {x, b.op(Opcode::maximum, {y, zero})});
      for (std::uint32_t sign = 0; sign < 6; ++sign) {
        b.op(Opcode::compare, {x, y}, sign);
        for (const Rational& q : {Rational(0), Rational(Integer(9), Integer(10)), Rational(Integer(1), Integer(3)), Rational(-2)})
          b.op(Opcode::compare_ratio, {x, b.op(Opcode::maximum, {y, zero})}, sign, b.constant_index(q));
      }
    }
    b.rating(4);
    for (const Register x : {left, right}) {
      b.op(Opcode::keep, {x, flag});
      b.op(Opcode::left_out, {x});
      for (std::uint32_t mode = 0; mode < 3; ++mode)
        for (const Rational& step : {Rational(1), Rational(Integer(1), Integer(4)), Rational(Integer(1), Integer(3)), Rational(25)})
          b.op(Opcode::round, {x}, b.constant_index(step), mode);
      b.op(Opcode::member, {x}, 4, b.constants({0, 5, Rational(Integer(5), Integer(2)), Rational(Integer(1), Integer(3))}));
      b.op(Opcode::band, {x}, 3, b.constants({Rational(Integer(61), Integer(2)), Rational(Integer(10), Integer(3)), 1}));
      b.op(Opcode::band, {x}, 3, b.constants({10, 20, 0}));
    }
  }
};

/// A record with random values at the ends, near zero and between, and the same with some taken away.
Record random_record(Dice& dice, const bytecode::Module& module, int missing_percent) {
  Record record;
  for (const bytecode::Field& field : module.subjects[0].fields) {
    if (dice.chance(missing_percent)) {
      record.fields.emplace_back();
    } else if (field.may_be_left_out && dice.chance(4)) {
      record.fields.push_back({FieldState::not_yet_due, 0});
    } else {
      const Rational scale = power_of_ten(field.digits);
      const std::int64_t low = *(field.low * scale).to_int64(), high = *(field.high * scale).to_int64();
      const std::int64_t near = std::min(high, std::max<std::int64_t>(low, 0) + 20);
      record.fields.push_back({FieldState::value, dice.chance(25) ? (dice.chance(50) ? low : high) : dice.between(low, dice.chance(50) ? near : high)});
    }
  }
  return record;
}

TEST_CASE("every numeric instruction in every lane") {
  for (const Lane lane : {Lane::i32, Lane::i64, Lane::i128, Lane::fraction64, Lane::big}) {
    CAPTURE(static_cast<int>(lane));
    Operands operands(lane);
    operands.add_instructions();
    const bytecode::Subject& subject = operands.b.subject();
    const Program program = Program::load(operands.b.module(), 0);
    REQUIRE(program.lane(operands.left) == lane);
    REQUIRE(program.lane(operands.right) == lane);
    Dice dice(static_cast<std::uint32_t>(lane) + 1);
    Oracle oracle(operands.b.module(), subject);
    Machine machine(program, true);
    for (int round = 0; round < 6; ++round) {
      vm::Batch batch(program);
      std::vector<Record> records;
      for (int row = 0; row < 70; ++row) {
        records.push_back(random_record(dice, operands.b.module(), round < 3 ? 0 : 15));
        add_record(batch, subject, records.back());
      }
      machine.run(batch);
      for (std::uint32_t row = 0; row < records.size(); ++row) {
        Record full = records[row];
        for (std::size_t f = 0; f < full.fields.size(); ++f)
          if (full.fields[f].state == FieldState::missing) full.fields[f] = random_record(dice, operands.b.module(), 0).fields[f];
        const Oracle::Registers values = oracle.run(full);
        for (Register reg = 0; reg < subject.code.size(); ++reg) {
          const bytecode::Instruction& x = subject.code[reg];
          const Value& value = values[reg][0];
          CAPTURE(row, reg, static_cast<int>(x.opcode), x.a, x.b);
          if (x.kind == ValueKind::number) {
            const vm::Range range = machine.number(reg, row);
            if (round < 3) REQUIRE((range.left_out || range.known()));
            if (!value.number) {
              if (!range.left_out && !range.may_be_left_out) FAIL("left out");
            } else if (range.left_out || *value.number < range.low || range.high < *value.number) {
              FAIL(range.low.exact_text() << " … " << range.high.exact_text() << " should hold " << value.number->exact_text());
            }
          } else if (x.kind == ValueKind::boolean) {
            const vm::Truth truth = machine.truth(reg, row);
            if (truth == vm::Truth::missing && round >= 3) continue;
            REQUIRE(truth == (!value.truth ? vm::Truth::left_out : *value.truth ? vm::Truth::yes : vm::Truth::no));
          } else {
            REQUIRE(((machine.outcomes(reg, row) >> value.outcome) & 1) == 1);
            if (round < 3) REQUIRE(machine.outcomes(reg, row) == vm::OutcomeSet{1} << value.outcome);
          }
        }
      }
    }
  }
}

TEST_CASE("ends of the ranges do not overflow") {
  // Each field at its bounds, products and sums at the edge of their lanes; the sanitizer build sees what would go wrong silently.
  CodeBuilder b;
  const Register wide = b.field(b.number_field(Rational(-2'147'483'645), Rational(2'147'483'645)));
  const Register widest = b.field(b.number_field(Rational(-9'000'000'000'000'000'000), Rational(9'000'000'000'000'000'000)));
  const Register zero = b.number(0);
  std::vector<Register> results;
  for (const Register x : {wide, widest}) {
    for (const Register y : {wide, widest}) {
      for (const Opcode opcode : {Opcode::add, Opcode::subtract, Opcode::multiply}) results.push_back(b.op(opcode, {x, y}));
      results.push_back(b.op(Opcode::divide, {x, b.op(Opcode::maximum, {y, zero})}));
    }
    for (std::uint32_t mode = 0; mode < 3; ++mode) results.push_back(b.op(Opcode::round, {x}, b.constant_index(1000), mode));
    results.push_back(b.op(Opcode::multiply, {b.op(Opcode::multiply, {x, x}), x}));
  }
  const Program program = Program::load(b.module(), 0);
  Oracle oracle(b.module(), b.subject());
  vm::Batch batch(program);
  std::vector<Record> records;
  for (const int a : {-1, 0, 1}) {
    for (const int c : {-1, 0, 1}) {
      records.push_back({{{FieldState::value, a * std::int64_t{2'147'483'645}}, {FieldState::value, c * std::int64_t{9'000'000'000'000'000'000}}}, {}});
      add_record(batch, b.subject(), records.back());
    }
  }
  batch.add_row();
  Machine machine(program, true);
  machine.run(batch);
  for (std::uint32_t row = 0; row < records.size(); ++row) {
    const Oracle::Registers values = oracle.run(records[row]);
    for (const Register reg : results) {
      const vm::Range range = machine.number(reg, row);
      CAPTURE(row, reg);
      REQUIRE(range.left_out == !values[reg][0].number);
      if (!range.left_out) REQUIRE(range.low == *values[reg][0].number);
    }
  }
}

}  // namespace
}  // namespace quy::test
