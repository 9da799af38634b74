#include "analysis/direction.h"

#include <algorithm>
#include <optional>

#include "analysis/record/year.h"
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

constexpr Move kUntold{Direction::mixed, true};

class Form {
 public:
  Form(const bytecode::Module& module, const bytecode::Subject& subject,
       const std::function<Direction(std::uint32_t)>& field)
      : module_(module),
        subject_(subject),
        field_(field),
        shapes_(vm::analyse(module, subject)),
        known_(subject.code.size()),
        value_(subject.code.size()),
        settled_(subject.code.size()),
        left_out_with_(subject.code.size()) {}

  std::vector<Move> run() {
    for (Register reg = 0; reg < subject_.code.size(); ++reg) {
      value_[reg] = value(subject_.code[reg]);
      settled_[reg] = settled(subject_.code[reg]);
      left_out_with_[reg] = left_out_with(reg);
      if (!settled_[reg]) known_[reg] = move(subject_.code[reg]);
    }
    return std::move(known_);
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

  /// What a number is in every record, where that follows from readings, or from what is proved being of whole years.
  std::optional<Rational> value(const Instruction& instruction) const {
    if (instruction.opcode == Opcode::constant) return module_.constants[instruction.a];
    if (instruction.opcode == Opcode::field && subject_.fields[instruction.a].place == bytecode::FieldPlace::earlier_in_span) return Rational(0);
    if (instruction.opcode != Opcode::pick) return std::nullopt;
    const std::optional<bool>& chosen = settled_[instruction.operands[0]];
    return chosen ? value_[instruction.operands[*chosen ? 1 : 2]] : std::nullopt;
  }

  /// What a Boolean is in every record, where that follows from the same.
  std::optional<bool> settled(const Instruction& instruction) const {
    const auto is = [&](bool value) {
      return [this, value](Register operand) { return settled_[operand] == std::optional(value); };
    };
    switch (instruction.opcode) {
      case Opcode::truth: return instruction.a == 1;
      case Opcode::flag:
        if (subject_.fields[instruction.a].place != bytecode::FieldPlace::span_over) return std::nullopt;
        return is_over_with_the_year(subject_.fields[instruction.a]);
      case Opcode::conjunction:
        if (std::ranges::any_of(instruction.operands, is(false))) return false;
        return std::ranges::all_of(instruction.operands, is(true)) ? std::optional(true) : std::nullopt;
      case Opcode::disjunction:
        if (std::ranges::any_of(instruction.operands, is(true))) return true;
        return std::ranges::all_of(instruction.operands, is(false)) ? std::optional(false) : std::nullopt;
      case Opcode::negation: {
        const std::optional<bool>& of = settled_[instruction.operands[0]];
        return of ? std::optional(!*of) : std::nullopt;
      }
      case Opcode::holds:
      case Opcode::spread: return settled_[instruction.operands[0]];
      case Opcode::left_out: return settled_[instruction.operands[0]] ? std::optional(false) : std::nullopt;
      // A choice between conditions is one between 1 and 0, compared with 1 (ir::Builder::choose).
      case Opcode::compare: {
        const std::optional<Rational>&a = value_[instruction.operands[0]], &b = value_[instruction.operands[1]];
        constexpr std::uint32_t kAtLeast = 0;
        return instruction.a == kAtLeast && a && b ? std::optional(*a >= *b) : std::nullopt;
      }
      default: return std::nullopt;
    }
  }

  /// What a register is left out together with: never (`kNever`), with these two registers, or the form does not tell (nothing).
  using LeftOutWith = std::optional<std::pair<Register, Register>>;
  static constexpr std::pair<Register, Register> kNever{bytecode::kNone, bytecode::kNone};

  LeftOutWith left_out_with(Register reg) const {
    const Instruction& instruction = subject_.code[reg];
    if (!shapes_[reg].may_be_left_out) return kNever;
    switch (instruction.opcode) {
      case Opcode::compare:
        return joined(left_out_with_[instruction.operands[0]], left_out_with_[instruction.operands[1]]);
      case Opcode::compare_ratio: return std::pair(instruction.operands[0], instruction.operands[1]);
      case Opcode::pick: return left_out_with(instruction);
      default:
        return instruction.kind == bytecode::ValueKind::number ? std::optional(std::pair(reg, bytecode::kNone))
                                                               : std::nullopt;
    }
  }

  LeftOutWith left_out_with(const Instruction& pick) const {
    return joined(left_out_with_[pick.operands[0]],
                  joined(left_out_with_[pick.operands[1]], left_out_with_[pick.operands[2]]));
  }

  static LeftOutWith joined(const LeftOutWith& a, const LeftOutWith& b) {
    if (a == kNever || a == b) return b;
    return b == kNever ? a : std::nullopt;
  }

  Direction all_operands(const Instruction& instruction) const {
    Direction result = Direction::none;
    for (const Register operand : instruction.operands) result = together(result, known_[operand].direction);
    return result;
  }

  Move move(const Instruction& instruction) const {
    switch (instruction.opcode) {
      case Opcode::field: return {field_(instruction.a), false};
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
      case Opcode::keep:
        return {at(instruction, 0).direction,
                at(instruction, 1).direction != Direction::none || some_come_and_go(instruction)};
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
    enum Sign : std::uint32_t { at_least, greater, at_most, less, equal };
    switch (instruction.a) {
      case Sign::at_least:
      case Sign::greater: return difference;
      case Sign::at_most:
      case Sign::less: return opposite(difference);
      case Sign::equal: return equality(instruction);
      default: return opposite(equality(instruction));
    }
  }

  /// `= the most` is `≥ the most`, `= the least` is `≤ the least`; in between, a rise may make it true or false.
  Direction equality(const Instruction& instruction) const {
    if (all_operands(instruction) == Direction::none) return Direction::none;
    if (instruction.opcode == Opcode::compare_ratio) return equal_share(instruction);
    const vm::Shape &left = shapes_[instruction.operands[0]], &right = shapes_[instruction.operands[1]];
    if (at(instruction, 1).direction != Direction::none || right.low != right.high) return Direction::mixed;
    if (right.low >= left.high) return at(instruction, 0).direction;
    return right.low <= left.low ? opposite(at(instruction, 0).direction) : Direction::mixed;
  }

  /// Of the rows that count, all or none are those that are counted.
  Direction equal_share(const Instruction& instruction) const {
    const Instruction &top = subject_.code[instruction.operands[0]], &bottom = subject_.code[instruction.operands[1]];
    const bool share =
        top.opcode == Opcode::fold_count && bottom.opcode == Opcode::fold_applicable && top.operands == bottom.operands;
    if (!share || at(instruction, 1).direction != Direction::none) return Direction::mixed;
    const Rational& wanted = module_.constants[instruction.b];
    if (wanted == Rational(1)) return at(instruction, 0).direction;
    return wanted == Rational(0) ? opposite(at(instruction, 0).direction) : Direction::mixed;
  }

  Move choice(const Instruction& instruction) const {
    const Move &condition = at(instruction, 0), &a = at(instruction, 1), &b = at(instruction, 2);
    const Direction values = together(a.direction, b.direction);
    if (const auto& chosen = settled_[instruction.operands[0]]) return *chosen ? a : b;
    const bool is_fixed = condition.direction == Direction::none;
    if (is_fixed) return strict(instruction, values);
    const vm::Shape &yes = shapes_[instruction.operands[1]], &no = shapes_[instruction.operands[2]];
    if ((yes.may_be_left_out || no.may_be_left_out) && !left_out_with(instruction)) return kUntold;
    if (yes.low >= no.high) return strict(instruction, together(condition.direction, values));
    return yes.high <= no.low ? strict(instruction, together(opposite(condition.direction), values)) : kUntold;
  }

  const bytecode::Module& module_;
  const bytecode::Subject& subject_;
  const std::function<Direction(std::uint32_t)>& field_;
  std::vector<vm::Shape> shapes_;
  std::vector<Move> known_;
  std::vector<std::optional<Rational>> value_;
  std::vector<std::optional<bool>> settled_;
  std::vector<LeftOutWith> left_out_with_;
};

}  // namespace

Direction opposite(Direction direction) {
  if (direction == Direction::up) return Direction::down;
  return direction == Direction::down ? Direction::up : direction;
}

std::vector<Move> moves_by_form(const bytecode::Module& module, const bytecode::Subject& subject,
                                const std::function<Direction(std::uint32_t)>& field) {
  return Form(module, subject, field).run();
}

std::vector<Direction> directions_by_form(const bytecode::Module& module, const bytecode::Subject& subject,
                                          const std::function<Direction(std::uint32_t)>& field) {
  std::vector<Direction> directions;
  for (const Move& move : moves_by_form(module, subject, field)) directions.push_back(move.direction);
  return directions;
}

Direction direction_by_form(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t field,
                            Register reg) {
  return directions_by_form(module, subject,
                            [&](std::uint32_t each) { return each == field ? Direction::up : Direction::none; })[reg];
}

std::vector<Direction> directions_with_others(const bytecode::Module& module, const bytecode::Subject& subject) {
  return directions_by_form(module, subject, [&](std::uint32_t index) {
    const bytecode::Field& field = subject.fields[index];
    const bool of_others = field.kind == bytecode::FieldKind::level && field.list != bytecode::kNone &&
                           subject.lists[field.list].of_results;
    return of_others ? Direction::down : Direction::none;
  });
}

}  // namespace quy::analysis
