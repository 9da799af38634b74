// Four-valued logic: left-out parts are passed over (docs/language.md), missing ones are any of true, false and left out.

#include "runtime/vm/kernels/blocks.h"
#include "runtime/vm/kernels/planes.h"

namespace quy::vm {
namespace {

using bytecode::Opcode;

struct Planes {
  std::uint64_t yes, no;
};

Planes both(Planes a, Planes b) {
  const std::uint64_t a_gone = a.yes & a.no, b_gone = b.yes & b.no;
  return {a.yes & b.yes, (a.no & ~a_gone) | (b.no & ~b_gone) | (a_gone & b_gone)};
}

Planes negated(Planes a) { return {a.no, a.yes}; }

/// The mirror of `both`.
Planes one_of(Planes a, Planes b) { return negated(both(negated(a), negated(b))); }

template <Planes (*Join)(Planes, Planes)>
void join(const Frame& frame, const Step& step) {
  const TruthSlot& out = frame.truths[step.result];
  for (std::uint32_t w = 0; w < frame.domains[step.domain].words; ++w) {
    const TruthSlot& first = frame.truths[step.operands[0].reg];
    Planes result{first.yes[w], first.no[w]};
    for (std::uint32_t o = 1; o < step.operand_count; ++o) {
      const TruthSlot& next = frame.truths[step.operands[o].reg];
      result = Join(result, {next.yes[w], next.no[w]});
    }
    out.yes[w] = result.yes;
    out.no[w] = result.no;
  }
}

void negation(const Frame& frame, const Step& step) {
  const TruthSlot &out = frame.truths[step.result], &in = frame.truths[step.operands[0].reg];
  for (std::uint32_t w = 0; w < frame.domains[step.domain].words; ++w) {
    const std::uint64_t yes = in.yes[w];
    out.yes[w] = in.no[w];
    out.no[w] = yes;
  }
}

void holds(const Frame& frame, const Step& step) {
  const TruthSlot &out = frame.truths[step.result], &in = frame.truths[step.operands[0].reg];
  for (std::uint32_t w = 0; w < frame.domains[step.domain].words; ++w) {
    out.yes[w] = in.yes[w] & ~in.no[w];
    out.no[w] = in.no[w];
  }
}

/// A missing Boolean that is never left out is not left out.
void left_out_truth(const Frame& frame, const Step& step) {
  const TruthSlot &out = frame.truths[step.result], &in = frame.truths[step.operands[0].reg];
  const std::uint64_t never = step.condition_may_be_left_out ? 0 : kAllRows;
  for (std::uint32_t w = 0; w < frame.domains[step.domain].words; ++w) {
    const TruthWord c = truth_word(in, w);
    out.yes[w] = c.left_out;
    out.no[w] = c.yes | c.no | (c.missing & never);
  }
}

void left_out_number(const Frame& frame, const Step& step) {
  const TruthSlot& out = frame.truths[step.result];
  const NumberSlot& in = frame.numbers[step.operands[0].reg];
  for (std::uint32_t w = 0; w < frame.domains[step.domain].words; ++w) {
    out.yes[w] = known_word(in, w) & left_out_word(in, w);
    out.no[w] = ~left_out_word(in, w);
  }
}

}  // namespace

Kernel logic_kernel(Opcode opcode, bool number) {
  switch (opcode) {
    case Opcode::conjunction: return &join<both>;
    case Opcode::disjunction: return &join<one_of>;
    case Opcode::negation: return &negation;
    case Opcode::holds: return &holds;
    case Opcode::left_out: return number ? &left_out_number : &left_out_truth;
    default: return nullptr;
  }
}

Kernel plane_kernel(Opcode opcode, bool number) {
  if (const Kernel leaf = leaf_kernel(opcode)) return leaf;
  if (const Kernel logic = logic_kernel(opcode, number)) return logic;
  if (const Kernel fold = fold_kernel(opcode, number)) return fold;
  return level_kernel(opcode);
}

}  // namespace quy::vm
