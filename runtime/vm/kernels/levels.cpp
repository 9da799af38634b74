// Levels: for each record the set of outcomes still possible, one plane an outcome. Every kernel maps sets: exactly where the set has one
// member and the conditions are known, to a superset of what can come out otherwise.

#include <algorithm>
#include <array>

#include "runtime/vm/kernels/blocks.h"
#include "runtime/vm/kernels/planes.h"

namespace quy::vm {
namespace {

using bytecode::Opcode;

/// The outcomes of 64 records, planes in the order of a slot: levels, gap, not rated, authority.
struct Outcomes {
  std::array<std::uint64_t, kMostOutcomes> at{};
  std::uint32_t levels;

  explicit Outcomes(std::uint32_t level_count) : levels(level_count) {}
  Outcomes(const LevelSlot& slot, std::uint32_t word, std::uint32_t level_count) : levels(level_count) {
    for (std::uint32_t o = 0; o < count(); ++o) at[o] = slot.planes[o * slot.stride + word];
  }
  std::uint32_t count() const { return levels + 3; }
  std::uint32_t last() const { return levels - 1; }
  std::uint64_t& gap() { return at[levels]; }
  std::uint64_t& not_rated() { return at[levels + 1]; }
  std::uint64_t& authority() { return at[levels + 2]; }

  void put(const LevelSlot& slot, std::uint32_t word) const {
    for (std::uint32_t o = 0; o < count(); ++o) slot.planes[o * slot.stride + word] = at[o];
  }
  /// `other` where `rows` may take it, besides what is here where `rows` may stay.
  void join(const Outcomes& other, std::uint64_t may_take, std::uint64_t may_stay) {
    for (std::uint32_t o = 0; o < count(); ++o) at[o] = (at[o] & may_stay) | (other.at[o] & may_take);
  }
};

/// A condition that does something where it is true, and nothing where it is false or left out.
struct Fires {
  std::uint64_t may, may_not;
};

Fires fires(const Frame& frame, std::uint32_t reg, std::uint32_t word) {
  const TruthWord c = truth_word(frame.truths[reg], word);
  return {c.yes | c.missing, ~c.yes};
}

Outcomes operand_outcomes(const Frame& frame, const Step& step, std::uint32_t operand, std::uint32_t word) {
  return {frame.levels[step.operands[operand].reg], word, step.level_count};
}

/// A kernel from the outcomes of one word.
template <Outcomes (*Of)(const Frame&, const Step&, std::uint32_t word)>
void each_word(const Frame& frame, const Step& step) {
  for (std::uint32_t w = 0; w < frame.domains[step.domain].words; ++w) Of(frame, step, w).put(frame.levels[step.result], w);
}

/// Level by level: what is still open, and the first true condition or the only one.
Outcomes first_true(const Frame& frame, const Step& step, std::uint32_t w) {
  Outcomes out(step.level_count);
  std::uint64_t open = kAllRows;  // no condition so far needs to be true
  for (std::uint32_t i = 0; i < step.operand_count; ++i) {
    const Fires c = fires(frame, step.operands[i].reg, w);
    out.at[i] = open & c.may;
    open &= c.may_not;
  }
  (step.b == 1 ? out.at[out.last()] : out.gap()) |= open;
  return out;
}

Outcomes only_true(const Frame& frame, const Step& step, std::uint32_t w) {
  Outcomes out(step.level_count);
  std::uint64_t surely_one = 0, surely_two = 0, perhaps_one = 0, perhaps_two = 0;
  for (std::uint32_t i = 0; i < step.operand_count; ++i) {
    const Fires c = fires(frame, step.operands[i].reg, w);
    surely_two |= surely_one & ~c.may_not;
    surely_one |= ~c.may_not;
    perhaps_two |= perhaps_one & c.may;
    perhaps_one |= c.may;
  }
  for (std::uint32_t i = 0; i < step.operand_count; ++i) {
    const Fires c = fires(frame, step.operands[i].reg, w);
    // Alone when no other needs to be true: one that is surely true is this one, or there are two.
    const std::uint64_t other_surely = surely_two | (surely_one & c.may_not);
    out.at[i] = c.may & ~other_surely;
  }
  (step.b == 1 ? out.at[out.last()] : out.gap()) |= ~surely_one;
  out.gap() |= perhaps_two;
  return out;
}

Outcomes first_level(const Frame& frame, const Step& step, std::uint32_t w) {
  return step.a == 1 ? first_true(frame, step, w) : only_true(frame, step, w);
}

/// Whether the condition of a level may hold and may fail; one that is left out, or not given, holds.
struct Holds {
  std::uint64_t may, may_not;
};

Holds level_holds(const Frame& frame, const Step& step, std::uint32_t level, std::uint32_t word) {
  if (level + 1 >= step.operand_count) return {kAllRows, 0};
  const TruthWord c = truth_word(frame.truths[step.operands[level + 1].reg], word);
  return {~c.no, c.no | c.missing};
}

Outcomes need(const Frame& frame, const Step& step, std::uint32_t w) {
  enum Policy : std::uint32_t { gap, next_level, down };
  const Outcomes in = operand_outcomes(frame, step, 0, w);
  Outcomes out = in;
  std::uint64_t falls = 0;  // rows that may arrive at this level from the one above
  for (std::uint32_t level = 0; level < in.levels; ++level) {
    const Holds c = level_holds(frame, step, level, w);
    const bool stays = step.a == Policy::down && level == in.last();
    out.at[level] = (in.at[level] | falls) & (stays ? kAllRows : c.may);
    if (step.a == Policy::next_level) {
      out.gap() |= falls & c.may_not;   // one step only
      falls = in.at[level] & c.may_not;
    } else {
      falls = (in.at[level] | falls) & c.may_not;
    }
    if (step.a == Policy::gap || (step.a == Policy::next_level && level == in.last())) {
      out.gap() |= falls;
      falls = 0;
    }
  }
  return out;
}

/// Where the condition is true, one outcome instead.
template <std::uint64_t& (Outcomes::*Instead)()>
Outcomes replaced(const Frame& frame, const Step& step, std::uint32_t w) {
  const Fires c = fires(frame, step.operands[1].reg, w);
  Outcomes out = operand_outcomes(frame, step, 0, w);
  out.join(Outcomes(step.level_count), 0, c.may_not);
  (out.*Instead)() |= c.may;
  return out;
}

/// `worse` where the condition is true, the outcome as it is elsewhere.
Outcomes where_true(const Frame& frame, const Step& step, std::uint32_t w, const Outcomes& in, const Outcomes& worse) {
  const Fires c = fires(frame, step.operands[1].reg, w);
  Outcomes out = in;
  out.join(worse, c.may, c.may_not);
  return out;
}

Outcomes bar(const Frame& frame, const Step& step, std::uint32_t w) {
  const Outcomes in = operand_outcomes(frame, step, 0, w);
  Outcomes barred = in;
  for (std::uint32_t level = 0; level < step.a; ++level) {
    barred.at[step.a] |= in.at[level];
    barred.at[level] = 0;
  }
  return where_true(frame, step, w, in, barred);
}

Outcomes lower(const Frame& frame, const Step& step, std::uint32_t w) {
  const Outcomes in = operand_outcomes(frame, step, 0, w);
  Outcomes lowered = in;
  for (std::uint32_t level = 0; level < in.levels; ++level) lowered.at[level] = 0;
  for (std::uint32_t level = 0; level < in.levels; ++level) lowered.at[std::min(level + step.a, in.last())] |= in.at[level];
  return where_true(frame, step, w, in, lowered);
}

/// Bits of rows whose number is at least `bound`, at both ends.
struct Reaches {
  std::uint64_t low, high;
};

Reaches reaches(Input<std::int32_t>& number, std::uint32_t word, std::int32_t bound) {
  std::array<std::int32_t, kBlock> block;
  block.fill(bound);
  return {at_least(number.low(word, kBlock), block.data(), kBlock), at_least(number.high(word, kBlock), block.data(), kBlock)};
}

Outcomes cap(const Frame& frame, const Step& step, std::uint32_t w) {
  Input<std::int32_t> number(frame, step.operands[1], 0);
  const Outcomes in = operand_outcomes(frame, step, 0, w);
  Outcomes capped = in;
  std::uint64_t better = 0;
  for (std::uint32_t level = 0; level < in.levels; ++level) {
    // A cap beyond the last level is the last level.
    const std::uint64_t at_or_below = level == in.last() ? kAllRows : ~reaches(number, w, static_cast<std::int32_t>(level) + 1).low;
    const std::uint64_t can_be = reaches(number, w, static_cast<std::int32_t>(level)).high;
    capped.at[level] = at_or_below & (in.at[level] | (better & can_be));
    better |= in.at[level];
  }
  const std::uint64_t no_cap = number.left_out(w), surely_none = number.known(w) & no_cap;
  Outcomes out = in;
  out.join(capped, ~surely_none, no_cap);
  return out;
}

/// The worst level of a chain of forces whose condition is true; `step.operands[0]` is the outcome before the chain.
Outcomes force(const Frame& frame, const Step& step, std::uint32_t w) {
  const auto& chain = *static_cast<const ForceChain*>(step.parameters);
  const Outcomes in = operand_outcomes(frame, step, 0, w);
  Outcomes forced(step.level_count);
  std::uint64_t open = kAllRows;  // no worse level is surely forced
  for (std::uint32_t i = 0; i < chain.count; ++i) {
    const Fires c = fires(frame, chain.conditions[i], w);
    forced.at[chain.levels[i]] |= open & c.may;
    open &= c.may_not;
  }
  forced.join(in, open, kAllRows);
  return forced;
}

// ---------------------------------------------------------------- discretion

/// The outcome numbers of machine.h that are no levels, and where their planes are.
constexpr std::uint32_t kFirstNoLevel = 16;

/// The bound as it matters for a decision: rows where it may allow a level, and where it may forbid one. A bound that is no level forbids none.
struct Bound {
  std::array<std::uint64_t, kMostOutcomes> allows{}, forbids{};

  explicit Bound(const Outcomes& bound) {
    std::uint64_t better_or_same = 0, worse = 0;
    for (std::uint32_t o = bound.levels; o < bound.count(); ++o) better_or_same |= bound.at[o];
    for (std::uint32_t o = bound.levels; o < bound.count(); ++o) allows[o] = kAllRows;
    for (std::uint32_t level = 0; level < bound.levels; ++level) allows[level] = better_or_same |= bound.at[level];
    for (std::uint32_t level = bound.levels; level-- > 0; worse |= bound.at[level]) forbids[level] = worse;
  }
};

/// What comes out where the matter is handed over: decided outcomes that mask and bound allow, else for the authority.
Outcomes handed_over(const Frame& frame, const Step& step, std::uint32_t w) {
  Input<std::int32_t> decision(frame, step.operands[3], 0);
  const Bound bound(operand_outcomes(frame, step, 1, w));
  const std::uint64_t known = decision.known(w), given = known & ~decision.left_out(w);
  // A decision that is not in the record has not been made; only one that is computed can be unknown.
  const std::uint64_t unknown = step.condition_may_be_left_out ? ~known : 0;
  Outcomes out(step.level_count);
  std::uint64_t surely_taken = 0;
  for (std::uint32_t o = 0; o < out.count(); ++o) {
    const std::uint32_t number = o < out.levels ? o : o - out.levels + kFirstNoLevel;
    if (((step.a >> number) & 1) == 0) continue;
    const Reaches from = reaches(decision, w, static_cast<std::int32_t>(number));
    const Reaches above = reaches(decision, w, static_cast<std::int32_t>(number) + 1);
    const std::uint64_t is_it = given & from.low & ~above.low, may_be_it = unknown & from.high & ~above.low;
    out.at[o] = (is_it | may_be_it) & bound.allows[o];
    surely_taken |= is_it & ~bound.forbids[o];
  }
  out.authority() |= ~surely_taken;
  return out;
}

Outcomes hand_over(const Frame& frame, const Step& step, std::uint32_t w) {
  const Fires c = fires(frame, step.operands[2].reg, w);
  Outcomes out = operand_outcomes(frame, step, 0, w);
  out.join(handed_over(frame, step, w), c.may, c.may_not);
  return out;
}

Outcomes pick_levels(const Frame& frame, const Step& step, std::uint32_t w) {
  const Fires c = fires(frame, step.operands[0].reg, w);
  Outcomes out = operand_outcomes(frame, step, 2, w);
  out.join(operand_outcomes(frame, step, 1, w), c.may, c.may_not);
  return out;
}

Outcomes worse_outcome(const Frame& frame, const Step& step, std::uint32_t w) {
  const Outcomes a = operand_outcomes(frame, step, 0, w), b = operand_outcomes(frame, step, 1, w);
  Outcomes out(step.level_count);
  std::uint64_t a_so_far = 0, b_so_far = 0;
  for (std::uint32_t o = 0; o < out.count(); ++o) {
    a_so_far |= a.at[o], b_so_far |= b.at[o];
    out.at[o] = (a.at[o] & b_so_far) | (b.at[o] & a_so_far);
  }
  return out;
}

void reached(const Frame& frame, const Step& step) {
  const TruthSlot& out = frame.truths[step.result];
  for (std::uint32_t w = 0; w < frame.domains[step.domain].words; ++w) {
    const Outcomes in = operand_outcomes(frame, step, 0, w);
    std::uint64_t inside = 0, outside = 0;
    for (std::uint32_t o = 0; o < in.count(); ++o) (o <= step.a ? inside : outside) |= in.at[o];
    out.yes[w] = ~outside;
    out.no[w] = ~inside & outside;  // rows that pad the block have no outcome at all
  }
}

}  // namespace

Kernel level_kernel(Opcode opcode) {
  switch (opcode) {
    case Opcode::first_level: return &each_word<first_level>;
    case Opcode::need: return &each_word<need>;
    case Opcode::gap_if: return &each_word<replaced<&Outcomes::gap>>;
    case Opcode::not_rated_if: return &each_word<replaced<&Outcomes::not_rated>>;
    case Opcode::bar: return &each_word<bar>;
    case Opcode::lower: return &each_word<lower>;
    case Opcode::cap: return &each_word<cap>;
    case Opcode::force: return &each_word<force>;
    case Opcode::hand_over: return &each_word<hand_over>;
    case Opcode::pick_levels: return &each_word<pick_levels>;
    case Opcode::worse_outcome: return &each_word<worse_outcome>;
    case Opcode::reached: return &reached;
    default: return nullptr;
  }
}

}  // namespace quy::vm
