#include "analysis/theorems/direction.h"

#include "runtime/vm/shape.h"

namespace quy::analysis {

using bytecode::Instruction;
using bytecode::Opcode;
using bytecode::Register;

namespace {

Direction together(Direction a, Direction b) {
  if (a == Direction::none || a == b) return b;
  return b == Direction::none ? a : Direction::mixed;
}

class Form {
 public:
  Form(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t field)
      : subject_(subject), field_(field), shapes_(vm::analyse(module, subject)), known_(subject.code.size()) {}

  Direction of(Register wanted) {
    for (Register reg = 0; reg <= wanted; ++reg) known_[reg] = move(subject_.code[reg]);
    return known_[wanted];
  }

 private:
  Direction at(const Instruction& instruction, std::size_t operand) const {
    return known_[instruction.operands[operand]];
  }

  Direction all_operands(const Instruction& instruction) const {
    Direction result = Direction::none;
    for (const Register operand : instruction.operands) result = together(result, known_[operand]);
    return result;
  }

  /// Anything that depends on the field in another way than the ones below.
  Direction untold(const Instruction& instruction) const {
    return all_operands(instruction) == Direction::none ? Direction::none : Direction::mixed;
  }

  Direction move(const Instruction& instruction) const {
    switch (instruction.opcode) {
      case Opcode::field: return instruction.a == field_ ? Direction::up : Direction::none;
      case Opcode::add:
      case Opcode::minimum:
      case Opcode::maximum:
      case Opcode::round:
      case Opcode::or_else:
      case Opcode::count_true:
      case Opcode::conjunction:
      case Opcode::disjunction:
      case Opcode::holds:
      case Opcode::spread:
      case Opcode::fold_count:
      case Opcode::fold_any:
      case Opcode::fold_every:
      case Opcode::fold_sum:
      case Opcode::fold_smallest:
      case Opcode::fold_largest: return all_operands(instruction);
      case Opcode::subtract: return together(at(instruction, 0), opposite(at(instruction, 1)));
      case Opcode::negation: return opposite(at(instruction, 0));
      case Opcode::multiply: return product(instruction);
      case Opcode::divide: return at(instruction, 1) == Direction::none ? at(instruction, 0) : Direction::mixed;
      case Opcode::compare:
        return signed_comparison(instruction, together(at(instruction, 0), opposite(at(instruction, 1))));
      case Opcode::compare_ratio:
        return at(instruction, 1) == Direction::none ? signed_comparison(instruction, at(instruction, 0))
                                                     : Direction::mixed;
      case Opcode::pick: return choice(instruction);
      case Opcode::keep: return at(instruction, 1) == Direction::none ? at(instruction, 0) : Direction::mixed;
      // Nothing but divisors makes a left-out value of one that is there, and those are not told.
      case Opcode::left_out:
      case Opcode::fold_applicable:
        return all_operands(instruction) == Direction::mixed ? Direction::mixed : Direction::none;
      default: return untold(instruction);
    }
  }

  Direction product(const Instruction& instruction) const {
    Direction result = Direction::none;
    for (const std::size_t side : {0U, 1U}) {
      const Direction moves = at(instruction, side);
      if (moves == Direction::none) continue;
      const vm::Shape& factor = shapes_[instruction.operands[1 - side]];
      if (factor.low.sign() >= 0)
        result = together(result, moves);
      else
        result = together(result, factor.high.sign() <= 0 ? opposite(moves) : Direction::mixed);
    }
    return result;
  }

  Direction signed_comparison(const Instruction& instruction, Direction difference) const {
    enum Sign : std::uint32_t { at_least, greater, at_most, less };
    switch (instruction.a) {
      case Sign::at_least:
      case Sign::greater: return difference;
      case Sign::at_most:
      case Sign::less: return opposite(difference);
      default: return untold(instruction);
    }
  }

  Direction choice(const Instruction& instruction) const {
    const Direction condition = at(instruction, 0), values = together(at(instruction, 1), at(instruction, 2));
    if (condition == Direction::none) return values;
    const vm::Shape &yes = shapes_[instruction.operands[1]], &no = shapes_[instruction.operands[2]];
    if (yes.may_be_left_out || no.may_be_left_out) return Direction::mixed;
    if (yes.low >= no.high) return together(condition, values);
    return yes.high <= no.low ? together(opposite(condition), values) : Direction::mixed;
  }

  const bytecode::Subject& subject_;
  std::uint32_t field_;
  std::vector<vm::Shape> shapes_;
  std::vector<Direction> known_;
};

}  // namespace

Direction opposite(Direction direction) {
  if (direction == Direction::up) return Direction::down;
  return direction == Direction::down ? Direction::up : direction;
}

Direction direction_by_form(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t field,
                            Register reg) {
  return Form(module, subject, field).of(reg);
}

}  // namespace quy::analysis
