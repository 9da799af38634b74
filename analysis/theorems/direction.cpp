#include "analysis/theorems/direction.h"

#include <algorithm>

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

/// A direction holds where the register has a value in both records.
struct Move {
  Direction direction = Direction::none;
  bool comes_and_goes = false;  ///< left out in one record and not in the other, for a divisor that may be 0
};

constexpr Move kUntold{Direction::mixed, true};

class Form {
 public:
  Form(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t field)
      : subject_(subject), field_(field), shapes_(vm::analyse(module, subject)), known_(subject.code.size()) {}

  Direction of(Register wanted) {
    for (Register reg = 0; reg <= wanted; ++reg) known_[reg] = move(subject_.code[reg]);
    return known_[wanted].direction;
  }

 private:
  const Move& at(const Instruction& instruction, std::size_t operand) const {
    return known_[instruction.operands[operand]];
  }
  bool some_come_and_go(const Instruction& instruction) const {
    return std::ranges::any_of(instruction.operands, [&](Register operand) { return known_[operand].comes_and_goes; });
  }

  /// Of an instruction that has no value where an operand has none.
  Move strict(const Instruction& instruction, Direction direction) const {
    return {direction, some_come_and_go(instruction)};
  }
  /// Of one that makes do with the operands that are there.
  Move lenient(const Instruction& instruction, Direction direction) const {
    return some_come_and_go(instruction) ? kUntold : Move{direction, false};
  }
  Move untold(const Instruction& instruction) const {
    return all_operands(instruction) == Direction::none && !some_come_and_go(instruction) ? Move{} : kUntold;
  }

  Direction all_operands(const Instruction& instruction) const {
    Direction result = Direction::none;
    for (const Register operand : instruction.operands) result = together(result, known_[operand].direction);
    return result;
  }

  Move move(const Instruction& instruction) const {
    switch (instruction.opcode) {
      case Opcode::field: return {instruction.a == field_ ? Direction::up : Direction::none, false};
      case Opcode::add:
      case Opcode::minimum:
      case Opcode::maximum:
      case Opcode::round:
      case Opcode::spread: return strict(instruction, all_operands(instruction));
      case Opcode::count_true:
      case Opcode::conjunction:
      case Opcode::disjunction:
      case Opcode::holds:
      case Opcode::or_else:
      case Opcode::fold_count:
      case Opcode::fold_any:
      case Opcode::fold_every:
      case Opcode::fold_sum:
      case Opcode::fold_smallest:
      case Opcode::fold_largest: return lenient(instruction, all_operands(instruction));
      case Opcode::left_out:
      case Opcode::fold_applicable: return lenient(instruction, Direction::none);
      case Opcode::subtract:
        return strict(instruction, together(at(instruction, 0).direction, opposite(at(instruction, 1).direction)));
      case Opcode::negation: return strict(instruction, opposite(at(instruction, 0).direction));
      case Opcode::multiply: return strict(instruction, product(instruction));
      case Opcode::divide: return quotient(instruction);
      case Opcode::compare:
        return strict(instruction, signed_comparison(instruction, together(at(instruction, 0).direction,
                                                                           opposite(at(instruction, 1).direction))));
      case Opcode::compare_ratio: {
        const Move ratio = quotient(instruction);
        return {signed_comparison(instruction, ratio.direction), ratio.comes_and_goes};
      }
      case Opcode::pick: return choice(instruction);
      default: return untold(instruction);
    }
  }

  /// The direction of `moves` × a factor of this range.
  static Direction times(Direction moves, const vm::Shape& factor) {
    if (moves == Direction::none || factor.low.sign() >= 0) return moves;
    return factor.high.sign() <= 0 ? opposite(moves) : Direction::mixed;
  }

  Direction product(const Instruction& instruction) const {
    const auto side = [&](std::size_t i) {
      return times(at(instruction, i).direction, shapes_[instruction.operands[1 - i]]);
    };
    return together(side(0), side(1));
  }

  /// Divisors are never negative; at 0 there is no quotient.
  Move quotient(const Instruction& instruction) const {
    const Move &top = at(instruction, 0), &bottom = at(instruction, 1);
    const Direction by_bottom = times(opposite(bottom.direction), shapes_[instruction.operands[0]]);
    const bool may_turn_zero = bottom.direction != Direction::none;
    return {together(top.direction, by_bottom), may_turn_zero || some_come_and_go(instruction)};
  }

  Direction signed_comparison(const Instruction& instruction, Direction difference) const {
    enum Sign : std::uint32_t { at_least, greater, at_most, less };
    switch (instruction.a) {
      case Sign::at_least:
      case Sign::greater: return difference;
      case Sign::at_most:
      case Sign::less: return opposite(difference);
      default: return difference == Direction::none ? Direction::none : Direction::mixed;
    }
  }

  Move choice(const Instruction& instruction) const {
    const Move &condition = at(instruction, 0), &a = at(instruction, 1), &b = at(instruction, 2);
    const Direction values = together(a.direction, b.direction);
    const bool is_fixed = condition.direction == Direction::none;
    if (is_fixed) return strict(instruction, values);
    const vm::Shape &yes = shapes_[instruction.operands[1]], &no = shapes_[instruction.operands[2]];
    if (yes.may_be_left_out || no.may_be_left_out) return kUntold;
    if (yes.low >= no.high) return strict(instruction, together(condition.direction, values));
    return yes.high <= no.low ? strict(instruction, together(opposite(condition.direction), values)) : kUntold;
  }

  const bytecode::Subject& subject_;
  std::uint32_t field_;
  std::vector<vm::Shape> shapes_;
  std::vector<Move> known_;
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
