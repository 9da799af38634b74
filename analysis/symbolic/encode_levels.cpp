// Ratings: with complete evidence a rating has one outcome.

#include "analysis/symbolic/encoding.h"
#include "runtime/vm/machine.h"

namespace quy::analysis::symbolic {

using bytecode::Opcode;

std::uint32_t Encoding::level_count() const { return static_cast<std::uint32_t>(module_.ratings[subject_.rating].levels.size()); }

Encoding::Value Encoding::band(const At& at) {
  const Number& number = number_operand(at, 0);
  const std::uint32_t floors = at.instruction->a;
  z3::expr result = level(level_count() - 1);
  for (std::uint32_t i = floors; i-- > 0;)
    result = choose(comparison(number, constant(module_.constants[at.instruction->b + i]), 0), level(i), result);
  return outcome_value(choose(number.left_out, level(vm::kOutcomeGap), result));
}

Encoding::Value Encoding::first_level(const At& at) {
  const std::size_t count = at.instruction->operands.size();
  const z3::expr none = level(at.instruction->b == 1 ? level_count() - 1 : vm::kOutcomeGap);
  z3::expr first = none, some_later = no(), two = no();
  for (std::size_t i = count; i-- > 0;) {
    const z3::expr& yes = truth_operand(at, i).yes;
    first = choose(yes, level(static_cast<std::uint32_t>(i)), first);
    two = either(two, both(yes, some_later));
    some_later = either(some_later, yes);
  }
  return outcome_value(at.instruction->a == 1 ? first : choose(two, level(vm::kOutcomeGap), first));
}

Encoding::Value Encoding::need(const At& at) {
  enum Policy : std::uint32_t { gap, next_level, down };
  const std::uint32_t policy = at.instruction->a, last = level_count() - 1;
  const auto fails = [&](std::uint32_t level) { return level + 1 < at.instruction->operands.size() ? truth_operand(at, level + 1).no() : no(); };
  const z3::expr in = outcome_operand(at, 0);
  // From the last level up: where one who is at the level ends.
  z3::expr result = in, below = level(vm::kOutcomeGap);
  for (std::uint32_t i = last + 1; i-- > 0;) {
    z3::expr ends = level(i);
    if (policy == Policy::gap) ends = choose(fails(i), level(vm::kOutcomeGap), ends);
    if (policy == Policy::next_level) {
      const z3::expr next = i == last ? level(vm::kOutcomeGap) : choose(fails(i + 1), level(vm::kOutcomeGap), level(i + 1));
      ends = choose(fails(i), next, ends);
    }
    if (policy == Policy::down && i != last) ends = choose(fails(i), below, ends);
    below = ends;
    result = choose(in == level(i), ends, result);
  }
  return outcome_value(result);
}

Encoding::Value Encoding::gap_if(const At& at) {
  return outcome_value(choose(truth_operand(at, 1).yes, level(vm::kOutcomeGap), outcome_operand(at, 0)));
}

Encoding::Value Encoding::not_rated_if(const At& at) {
  return outcome_value(choose(truth_operand(at, 1).yes, level(vm::kOutcomeNotRated), outcome_operand(at, 0)));
}

Encoding::Value Encoding::bar(const At& at) {
  const z3::expr in = outcome_operand(at, 0), limit = level(at.instruction->a);
  return outcome_value(choose(both(truth_operand(at, 1).yes, in < limit), limit, in));
}

Encoding::Value Encoding::lower(const At& at) {
  const z3::expr in = outcome_operand(at, 0), last = level(level_count() - 1);
  const z3::expr lowered = in + level(at.instruction->a);
  return outcome_value(choose(both(truth_operand(at, 1).yes, in <= last), choose(lowered > last, last, lowered), in));
}

Encoding::Value Encoding::cap(const At& at) {
  const Number& number = number_operand(at, 1);
  const z3::expr in = outcome_operand(at, 0), last = level(level_count() - 1);
  const z3::expr limit = choose(number.linear.top > last, last, number.linear.top);
  return outcome_value(choose(both(negated(number.left_out), in < limit), limit, in));
}

/// Forces that follow one another are one chain: the worst level forced replaces whatever was reached before it.
Encoding::Value Encoding::force(const At& at) {
  const auto& before = std::get<Outcome>(operand(at, 0));
  const bool continues = subject_.code[at.instruction->operands[0]].opcode == Opcode::force;
  const z3::expr forced_so_far = continues ? before.forced : context_.int_val(-1), mine = level(at.instruction->a);
  const z3::expr& fires = truth_operand(at, 1).yes;
  const z3::expr forced = choose(both(fires, forced_so_far < mine), mine, forced_so_far);
  return Outcome{choose(fires, forced, before.value), forced};
}

Encoding::Value Encoding::hand_over(const At& at) {
  const z3::expr bound = outcome_operand(at, 1), decided = number_operand(at, 3).linear.top;
  const z3::expr given = negated(number_operand(at, 3).left_out);
  z3::expr result = level(vm::kOutcomeAuthority);
  for (std::uint32_t outcome = 0; outcome <= vm::kOutcomeAuthority; ++outcome) {
    const bool is_level = outcome < level_count();
    if ((!is_level && outcome < vm::kOutcomeGap) || ((at.instruction->a >> outcome) & 1) == 0) continue;
    const z3::expr within = is_level ? either(bound <= level(outcome), bound >= level(vm::kOutcomeGap)) : yes();
    result = choose(both(both(given, decided == level(outcome)), within), level(outcome), result);
  }
  return outcome_value(choose(truth_operand(at, 2).yes, result, outcome_operand(at, 0)));
}

Encoding::Value Encoding::pick_levels(const At& at) {
  return outcome_value(choose(truth_operand(at, 0).yes, outcome_operand(at, 1), outcome_operand(at, 2)));
}

Encoding::Value Encoding::worse_outcome(const At& at) {
  const z3::expr a = outcome_operand(at, 0), b = outcome_operand(at, 1);
  return outcome_value(choose(a >= b, a, b));
}

Encoding::Value Encoding::reached_level(const At& at) {
  return Truth{outcome_operand(at, 0) <= level(at.instruction->a), no()};
}

}  // namespace quy::analysis::symbolic
