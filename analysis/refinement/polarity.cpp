#include "analysis/refinement/polarity.h"

#include <algorithm>
#include <optional>

#include "runtime/vm/shape.h"

namespace quy::analysis {

using bytecode::FieldKind;
using bytecode::Instruction;
using bytecode::kNone;
using bytecode::Opcode;
using bytecode::Register;
using bytecode::Subject;

namespace {

enum Sign : std::uint32_t { at_least, greater, at_most, less, equal, not_equal };

Movement flipped(Movement movement) {
  if (movement == Movement::up) return Movement::down;
  return movement == Movement::down ? Movement::up : movement;
}

Movement joined(Movement a, Movement b) {
  if (a == Movement::none) return b;
  if (b == Movement::none || a == b) return a;
  return Movement::mixed;
}

class Analysis {
 public:
  Analysis(const bytecode::Module& module, const Subject& subject)
      : module_(module), subject_(subject), shapes_(vm::analyse(module, subject)), movements_(subject.code.size(), Movement::none),
        settled_(subject.code.size()) {}

  std::vector<Movement> run() {
    for (Register reg = 0; reg < subject_.code.size(); ++reg) {
      settled_[reg] = settled(subject_.code[reg]);
      if (!settled_[reg]) movements_[reg] = movement(reg);
    }
    return std::move(movements_);
  }

 private:
  Movement of(const Instruction& at, std::size_t operand) const { return movements_[at.operands[operand]]; }

  Movement all_operands(const Instruction& at, std::size_t from = 0) const {
    Movement result = Movement::none;
    for (std::size_t i = from; i < at.operands.size(); ++i) result = joined(result, of(at, i));
    return result;
  }

  /// What a Boolean is in every record, where that follows from readings.
  std::optional<bool> settled(const Instruction& at) const {
    const auto some = [&](bool value) {
      return std::ranges::any_of(at.operands, [&](Register operand) { return settled_[operand] == std::optional(value); });
    };
    const auto every = [&](bool value) {
      return std::ranges::all_of(at.operands, [&](Register operand) { return settled_[operand] == std::optional(value); });
    };
    switch (at.opcode) {
      case Opcode::truth: return at.a == 1;
      case Opcode::conjunction: return some(false) ? std::optional(false) : every(true) ? std::optional(true) : std::nullopt;
      case Opcode::disjunction: return some(true) ? std::optional(true) : every(false) ? std::optional(false) : std::nullopt;
      case Opcode::negation: return settled_[at.operands[0]] ? std::optional(!*settled_[at.operands[0]]) : std::nullopt;
      case Opcode::holds:
      case Opcode::spread: return settled_[at.operands[0]];
      default: return std::nullopt;
    }
  }

  /// Where nothing moves nothing follows; else no claim.
  Movement unknown(const Instruction& at) const { return all_operands(at) == Movement::none ? Movement::none : Movement::mixed; }

  Movement movement(Register reg) const {
    const Instruction& at = subject_.code[reg];
    switch (at.opcode) {
      case Opcode::field: return field(at);
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
      case Opcode::fold_largest: return all_operands(at);
      case Opcode::negation: return flipped(of(at, 0));
      case Opcode::subtract: return joined(of(at, 0), flipped(of(at, 1)));
      case Opcode::multiply: return not_negative(at, 0) && not_negative(at, 1) ? all_operands(at) : unknown(at);
      case Opcode::divide: return quotient(at);
      case Opcode::compare: return comparison(at);
      case Opcode::compare_ratio: return at.a == equal || at.a == not_equal ? unknown(at) : by_sign(quotient(at), at.a);
      case Opcode::pick: return pick(at);
      case Opcode::keep: return of(at, 1) == Movement::none ? of(at, 0) : Movement::mixed;
      // Whether a row counts as left out hangs on its evidence, and on `keep`, which is mixed when its condition moves.
      case Opcode::left_out:
      case Opcode::fold_applicable: return all_operands(at) == Movement::mixed ? Movement::mixed : Movement::none;
      default: return unknown(at);
    }
  }

  /// A level is the number of its rank, 0 the best: it falls when the rating rises.
  Movement field(const Instruction& at) const {
    const bytecode::Field& field = subject_.fields[at.a];
    const bool of_others = field.kind == FieldKind::level && field.list != kNone && subject_.lists[field.list].of_results;
    return of_others ? Movement::down : Movement::none;
  }

  bool not_negative(const Instruction& at, std::size_t operand) const { return shapes_[at.operands[operand]].low.sign() >= 0; }

  Movement quotient(const Instruction& at) const {
    const Movement bottom = of(at, 1);
    if (bottom == Movement::none) return of(at, 0);
    return not_negative(at, 0) ? joined(of(at, 0), flipped(bottom)) : Movement::mixed;
  }

  static Movement by_sign(Movement left_less_right, std::uint32_t sign) {
    return sign == at_least || sign == greater ? left_less_right : flipped(left_less_right);
  }

  Movement comparison(const Instruction& at) const {
    if (at.a != equal && at.a != not_equal) return by_sign(joined(of(at, 0), flipped(of(at, 1))), at.a);
    const Movement same = equality(at);
    return at.a == equal ? same : flipped(same);
  }

  /// `= worst` is `≥ worst`, `= best` is `≤ best`; in between, a rise may make it true or false.
  Movement equality(const Instruction& at) const {
    if (all_operands(at) == Movement::none) return Movement::none;
    const vm::Shape &left = shapes_[at.operands[0]], &right = shapes_[at.operands[1]];
    if (of(at, 1) != Movement::none || right.low != right.high) return Movement::mixed;
    if (right.low >= left.high) return of(at, 0);
    return right.low <= left.low ? flipped(of(at, 0)) : Movement::mixed;
  }

  Movement pick(const Instruction& at) const {
    if (const auto chosen = settled_[at.operands[0]]) return of(at, *chosen ? 1 : 2);
    const Movement values = joined(of(at, 1), of(at, 2));
    if (of(at, 0) == Movement::none) return values;
    const vm::Shape &yes = shapes_[at.operands[1]], &no = shapes_[at.operands[2]];
    if (yes.low >= no.high) return joined(values, of(at, 0));
    return yes.high <= no.low ? joined(values, flipped(of(at, 0))) : Movement::mixed;
  }

  const bytecode::Module& module_;
  const Subject& subject_;
  std::vector<vm::Shape> shapes_;
  std::vector<Movement> movements_;
  std::vector<std::optional<bool>> settled_;
};

}  // namespace

std::vector<Movement> movements(const bytecode::Module& module, const Subject& subject) { return Analysis(module, subject).run(); }

}  // namespace quy::analysis
