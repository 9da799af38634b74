#include "tests/reference/interpreter.h"

#include <algorithm>
#include <stdexcept>

namespace quy::reference {

using bytecode::Instruction;
using bytecode::Opcode;
using bytecode::kNone;

namespace {

Truth from_bool(bool holds) { return holds ? Truth::yes : Truth::no; }
Value number(Rational value) { return {false, std::move(value), {}}; }
Value number(std::size_t value) { return number(Rational(static_cast<std::int64_t>(value))); }
const Value kLeftOut{true, {}, {}};
const Outcome kGap{Outcome::Kind::gap, 0};

bool in_order(std::strong_ordering order, std::uint32_t sign) {
  switch (sign) {
    case 0: return order >= 0;
    case 1: return order > 0;
    case 2: return order <= 0;
    case 3: return order < 0;
    case 4: return order == 0;
    default: return order != 0;
  }
}

class Interpreter {
 public:
  Interpreter(const bytecode::Module& module, const bytecode::Subject& subject, const Evidence& evidence)
      : module_(module), subject_(subject), evidence_(evidence) {
    if (subject.rating != kNone) last_ = static_cast<std::uint32_t>(module.ratings[subject.rating].levels.size()) - 1;
  }

  std::vector<Cells> run() {
    for (const Instruction& instruction : subject_.code) {
      Cells cells;
      const std::size_t positions = instruction.domain == 0 ? 1 : rows(instruction.domain - 1).size();
      for (std::uint32_t position = 0; position < positions; ++position) cells.push_back(execute(instruction, position));
      registers_.push_back(std::move(cells));
    }
    return std::move(registers_);
  }

 private:
  const std::vector<Row>& rows(std::uint32_t list) const { return evidence_.lists[list].value(); }

  const Datum& datum(std::uint32_t field, std::uint32_t row) const {
    const std::uint32_t list = subject_.fields[field].list;
    if (list == kNone) return evidence_.fields[field];
    // A row holds the list's fields in their order.
    std::uint32_t column = 0;
    for (std::uint32_t i = 0; i < field; ++i) {
      if (subject_.fields[i].list == list) ++column;
    }
    return rows(list)[row][column];
  }

  Truth truth(const Instruction& at, std::size_t operand, std::uint32_t position) const {
    return std::get<Truth>(registers_[at.operands[operand]][position]);
  }
  bool yes(const Instruction& at, std::size_t operand, std::uint32_t position) const { return truth(at, operand, position) == Truth::yes; }
  const Value& value(const Instruction& at, std::size_t operand, std::uint32_t position) const {
    return std::get<Value>(registers_[at.operands[operand]][position]);
  }
  Outcome outcome(const Instruction& at, std::size_t operand) const { return std::get<Outcome>(registers_[at.operands[operand]].front()); }
  static bool is_level(Outcome outcome) { return outcome.kind == Outcome::Kind::level; }
  static Outcome level(std::uint32_t index) { return {Outcome::Kind::level, index}; }

  bool is_left_out(const Instruction& at, std::size_t operand, std::uint32_t position) const {
    const Cell& cell = registers_[at.operands[operand]][position];
    return std::holds_alternative<Truth>(cell) ? std::get<Truth>(cell) == Truth::left_out : std::get<Value>(cell).left_out;
  }

  Cell execute(const Instruction& at, std::uint32_t row) const {
    switch (at.opcode) {
      case Opcode::constant: return number(module_.constants[at.a]);
      case Opcode::truth: return from_bool(at.a == 1);
      case Opcode::text: return Value{false, {}, module_.strings[at.a]};
      case Opcode::field: {
        const Datum& fact = datum(at.a, row);
        if (fact.state == Datum::State::missing) return kLeftOut;   // only a decision that was not given; see hand_over
        return fact.state == Datum::State::left_out ? kLeftOut : Value{false, fact.number, fact.text};
      }
      case Opcode::flag: {
        const Datum& fact = datum(at.a, row);
        return fact.state == Datum::State::left_out ? Truth::left_out : from_bool(fact.number == Rational(1));
      }
      case Opcode::state: {
        const Datum& fact = datum(at.a, row);
        return from_bool(fact.state == Datum::State::left_out && static_cast<std::uint32_t>(fact.cause) == at.b);
      }
      case Opcode::reading: return from_bool(module_.readings[at.a].chosen == at.b);

      case Opcode::add:
      case Opcode::subtract:
      case Opcode::multiply:
      case Opcode::divide:
      case Opcode::minimum:
      case Opcode::maximum:
      case Opcode::round:
      case Opcode::working_days:
      case Opcode::column: return arithmetic(at, row);
      case Opcode::pick: {
        const Truth which = truth(at, 0, row);
        if (which == Truth::left_out) return kLeftOut;
        return value(at, which == Truth::yes ? 1 : 2, row);
      }
      case Opcode::or_else: return value(at, 0, row).left_out ? value(at, 1, row) : value(at, 0, row);
      case Opcode::keep: return yes(at, 1, row) ? value(at, 0, row) : kLeftOut;
      case Opcode::count_true: {
        std::size_t count = 0;
        for (std::size_t i = 0; i < at.operands.size(); ++i) count += yes(at, i, row) ? 1 : 0;
        return number(count);
      }

      case Opcode::compare: {
        const Value &a = value(at, 0, row), &b = value(at, 1, row);
        if (a.left_out || b.left_out) return Truth::left_out;
        const auto order = a.text == b.text ? a.number <=> b.number : std::strong_ordering::less;
        return from_bool(in_order(order, at.a));
      }
      case Opcode::compare_ratio: {
        const Value &a = value(at, 0, row), &b = value(at, 1, row);
        if (a.left_out || b.left_out || b.number == Rational(0)) return Truth::left_out;
        return from_bool(in_order(a.number / b.number <=> module_.constants[at.b], at.a));
      }
      case Opcode::member: {
        const Value& wanted = value(at, 0, row);
        if (wanted.left_out) return Truth::left_out;
        const auto first = module_.constants.begin() + at.b;
        return from_bool(std::find(first, first + at.a, wanted.number) != first + at.a);
      }

      case Opcode::conjunction:
      case Opcode::disjunction: {
        bool some_yes = false, some_no = false;
        for (std::size_t i = 0; i < at.operands.size(); ++i) {
          some_yes = some_yes || truth(at, i, row) == Truth::yes;
          some_no = some_no || truth(at, i, row) == Truth::no;
        }
        if (!some_yes && !some_no) return Truth::left_out;
        return from_bool(at.opcode == Opcode::conjunction ? !some_no : some_yes);
      }
      case Opcode::negation: {
        const Truth held = truth(at, 0, row);
        return held == Truth::left_out ? held : from_bool(held == Truth::no);
      }
      case Opcode::left_out: return from_bool(is_left_out(at, 0, row));
      case Opcode::holds: return from_bool(yes(at, 0, row));

      case Opcode::spread: return registers_[at.operands[0]].front();
      case Opcode::fold_count:
      case Opcode::fold_applicable:
      case Opcode::fold_any:
      case Opcode::fold_every:
      case Opcode::fold_sum:
      case Opcode::fold_smallest:
      case Opcode::fold_largest: return fold(at);
      default: return levels(at);
    }
  }

  Value arithmetic(const Instruction& at, std::uint32_t row) const {
    for (std::size_t i = 0; i < at.operands.size(); ++i) {
      if (value(at, i, row).left_out) return kLeftOut;
    }
    const Rational& a = value(at, 0, row).number;
    if (at.opcode == Opcode::round) {
      constexpr Rounding kModes[] = {Rounding::half_up, Rounding::down, Rounding::up};
      return number(a.round_to(module_.constants[at.a], kModes[at.b]));
    }
    if (at.opcode == Opcode::column) return number(module_.tables[at.a].columns[at.b][static_cast<std::size_t>(a.to_int64().value())]);
    const Rational& b = value(at, 1, row).number;
    switch (at.opcode) {
      case Opcode::add: return number(a + b);
      case Opcode::subtract: return number(a - b);
      case Opcode::multiply: return number(a * b);
      case Opcode::divide: return b == Rational(0) ? kLeftOut : number(a / b);
      case Opcode::minimum: return number(b < a ? b : a);
      case Opcode::maximum: return number(a < b ? b : a);
      default: {
        const auto day = [](const Rational& date) { return static_cast<DayNumber>(date.to_int64().value()); };
        return number(Rational(module_.calendar.working_days(day(a), day(b))));
      }
    }
  }

  Cell fold(const Instruction& at) const {
    const std::uint32_t count = static_cast<std::uint32_t>(rows(at.a).size());
    if (at.opcode == Opcode::fold_any || at.opcode == Opcode::fold_every) {
      bool some_yes = false, some_no = false;
      for (std::uint32_t row = 0; row < count; ++row) {
        some_yes = some_yes || truth(at, 0, row) == Truth::yes;
        some_no = some_no || truth(at, 0, row) == Truth::no;
      }
      if (at.opcode == Opcode::fold_any) return from_bool(some_yes);
      return some_yes || some_no ? from_bool(!some_no) : Truth::left_out;
    }
    if (at.opcode == Opcode::fold_count || at.opcode == Opcode::fold_applicable) {
      std::size_t counted = 0;
      for (std::uint32_t row = 0; row < count; ++row) {
        counted += (at.opcode == Opcode::fold_count ? yes(at, 0, row) : !is_left_out(at, 0, row)) ? 1 : 0;
      }
      return number(counted);
    }
    std::optional<Rational> result;
    if (at.opcode == Opcode::fold_sum) result = Rational(0);
    for (std::uint32_t row = 0; row < count; ++row) {
      const Value& one = value(at, 0, row);
      if (one.left_out) continue;
      if (at.opcode == Opcode::fold_sum) {
        result = *result + one.number;
      } else if (!result || (at.opcode == Opcode::fold_smallest ? one.number < *result : one.number > *result)) {
        result = one.number;
      }
    }
    return result ? number(*result) : kLeftOut;
  }

  Cell levels(const Instruction& at) const {
    switch (at.opcode) {
      case Opcode::band: {
        const Value& points = value(at, 0, 0);
        if (points.left_out) return kGap;
        for (std::uint32_t i = 0; i < at.a; ++i) {
          if (points.number >= module_.constants[at.b + i]) return level(i);
        }
        return level(last_);
      }
      case Opcode::first_level: {
        std::vector<std::uint32_t> holding;
        for (std::uint32_t i = 0; i < at.operands.size(); ++i) {
          if (yes(at, i, 0)) holding.push_back(i);
        }
        if (holding.empty()) return at.b == 1 ? level(last_) : kGap;
        return holding.size() == 1 || at.a == 1 ? level(holding.front()) : kGap;
      }
      case Opcode::need: {
        const Outcome before = outcome(at, 0);
        if (!is_level(before)) return before;
        const auto kept = [&](std::uint32_t index) { return truth(at, index + 1, 0) != Truth::no; };
        if (kept(before.level)) return before;
        if (at.a == 0) return kGap;
        if (at.a == 1) return before.level < last_ && kept(before.level + 1) ? level(before.level + 1) : kGap;
        for (std::uint32_t i = before.level + 1; i < last_; ++i) {
          if (kept(i)) return level(i);
        }
        return level(last_);
      }
      case Opcode::gap_if: return yes(at, 1, 0) ? kGap : outcome(at, 0);
      case Opcode::bar: {
        const Outcome before = outcome(at, 0);
        return is_level(before) && yes(at, 1, 0) ? level(std::max(before.level, at.a)) : before;
      }
      case Opcode::lower: {
        const Outcome before = outcome(at, 0);
        return is_level(before) && yes(at, 1, 0) ? level(std::min(before.level + at.a, last_)) : before;
      }
      case Opcode::cap: {
        const Outcome before = outcome(at, 0);
        const Value& best = value(at, 1, 0);
        if (!is_level(before) || best.left_out) return before;
        return level(std::max(before.level, static_cast<std::uint32_t>(best.number.to_int64().value())));
      }
      case Opcode::force: return yes(at, 1, 0) ? level(at.a) : outcome(at, 0);   // the graph puts lower levels last
      case Opcode::hand_over: {
        if (!yes(at, 2, 0)) return outcome(at, 0);
        const Value& decided = value(at, 3, 0);
        const Outcome authority{Outcome::Kind::authority, 0}, bound = outcome(at, 1);
        if (decided.left_out) return authority;
        const std::uint32_t index = static_cast<std::uint32_t>(decided.number.to_int64().value());
        if ((at.a >> index & 1U) == 0) return authority;
        if (index == 16) return kGap;
        if (index == 17) return Outcome{Outcome::Kind::not_rated, 0};
        return is_level(bound) && index < bound.level ? authority : level(index);
      }
      case Opcode::not_rated_if: return yes(at, 1, 0) ? Outcome{Outcome::Kind::not_rated, 0} : outcome(at, 0);
      case Opcode::pick_levels: return outcome(at, yes(at, 0, 0) ? 1 : 2);
      case Opcode::worse_outcome: return std::max(outcome(at, 0), outcome(at, 1));
      case Opcode::reached: return from_bool(is_level(outcome(at, 0)) && outcome(at, 0).level <= at.a);
      default: throw std::logic_error("an instruction without a meaning here");
    }
  }

  const bytecode::Module& module_;
  const bytecode::Subject& subject_;
  const Evidence& evidence_;
  std::uint32_t last_ = 0;
  std::vector<Cells> registers_;
};

}  // namespace

std::vector<Cells> interpret(const bytecode::Module& module, const bytecode::Subject& subject, const Evidence& evidence) {
  return Interpreter(module, subject, evidence).run();
}

}  // namespace quy::reference
