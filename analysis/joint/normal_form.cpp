#include "analysis/joint/normal_form.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace quy::analysis {

using bytecode::Instruction;
using bytecode::Opcode;
using bytecode::Register;

namespace {

/// How parts of an instruction may be put together otherwise without another result.
enum class Order : std::uint8_t {
  fixed,
  any,           ///< operands in any order
  chain,         ///< and an operand that is itself such an instruction may be opened
  chain_of_set,  ///< and a part that comes twice counts once
  rules          ///< operand 0 is what the rule acts on; rules of one kind that follow one another may change places
};

Order order_of(Opcode opcode) {
  switch (opcode) {
    case Opcode::count_true: return Order::any;
    case Opcode::add:
    case Opcode::multiply: return Order::chain;
    case Opcode::minimum:
    case Opcode::maximum:
    case Opcode::conjunction:
    case Opcode::disjunction: return Order::chain_of_set;
    case Opcode::force:
    case Opcode::bar:
    case Opcode::lower:
    case Opcode::gap_if:
    case Opcode::not_rated_if: return Order::rules;
    default: return Order::fixed;
  }
}

// Signs as in opcodes.def: ≥ > ≤ < = ≠.
constexpr std::uint32_t kOpposite[] = {3, 2, 1, 0, 5, 4};
constexpr std::uint32_t kTurned[] = {2, 3, 0, 1, 4, 5};
constexpr std::uint32_t kAtMost = 2, kEqual = 4;

bool is_comparison(Opcode opcode) { return opcode == Opcode::compare || opcode == Opcode::compare_ratio; }

}  // namespace

void NormalForm::equate(const std::vector<std::pair<Register, Register>>& pairs) {
  for (const auto& [a, b] : pairs) {
    if (a == bytecode::kNone || b == bytecode::kNone || same(a, b)) continue;
    equal_[std::max(of(a), of(b))] = std::min(of(a), of(b));
  }
  compute();
}

void NormalForm::compute() {
  const std::vector<Instruction>& code = joint_->subject().code;
  known_.clear();
  first_.assign(code.size(), bytecode::kNone);
  parts_.assign(code.size(), {});
  for (Register reg = 0; reg < code.size(); ++reg) first_[reg] = find(reg);
}

Register NormalForm::find(Register reg) {
  const Instruction& instruction = joint_->subject().code[reg];
  if (const auto equal = equal_.find(reg); equal != equal_.end()) {
    const Register first = first_[equal->second];
    known_.try_emplace(key(reg, instruction), first);
    return first;
  }
  if (instruction.opcode == Opcode::negation) {
    const Register inner = first_[instruction.operands[0]];
    const Instruction& negated = joint_->subject().code[inner];
    if (negated.opcode == Opcode::negation) return first_[negated.operands[0]];
  }
  std::string form = key(reg, instruction);
  if (order_of(instruction.opcode) == Order::chain_of_set && parts_[reg].size() == 1)
    return static_cast<Register>(std::stoul(parts_[reg].front()));
  return known_.try_emplace(std::move(form), reg).first->second;
}

std::string NormalForm::key(Register reg, const Instruction& instruction) {
  if (instruction.opcode == Opcode::negation) {
    const Instruction& inner = joint_->subject().code[first_[instruction.operands[0]]];
    if (is_comparison(inner.opcode)) return comparison_key(inner, true);
  }
  if (is_comparison(instruction.opcode)) return comparison_key(instruction, false);
  const Order order = order_of(instruction.opcode);
  const bool of_rules = order == Order::rules;
  std::vector<std::string> operands;
  if (order == Order::chain || order == Order::chain_of_set || of_rules) {
    operands = parts(reg, instruction);
  } else {
    for (const Register operand : instruction.operands) operands.push_back(std::to_string(first_[operand]));
    if (order == Order::any) std::ranges::sort(operands);
  }
  return fmt::format("{},{},{},{},{}:{}", static_cast<int>(instruction.opcode), of_rules ? 0 : instruction.a,
                     instruction.b, instruction.domain, static_cast<int>(instruction.kind), fmt::join(operands, "."));
}

std::string NormalForm::comparison_key(const Instruction& comparison, bool negated) const {
  std::uint32_t sign = negated ? kOpposite[comparison.a] : comparison.a;
  Register left = first_[comparison.operands[0]], right = first_[comparison.operands[1]];
  const bool of_ratio = comparison.opcode == Opcode::compare_ratio;
  const bool turned = !of_ratio && (sign >= kEqual ? right < left : sign >= kAtMost);
  if (turned) {
    std::swap(left, right);
    sign = kTurned[sign];
  }
  return fmt::format("{},{},{},{}:{}.{}", static_cast<int>(comparison.opcode), sign, of_ratio ? comparison.b : 0,
                     comparison.domain, left, right);
}

const std::vector<std::string>& NormalForm::parts(Register reg, const Instruction& instruction) {
  const Order order = order_of(instruction.opcode);
  std::vector<std::string> all;
  const auto open = [&](Register operand) {
    const Register first = first_[operand];
    const Instruction& inner = joint_->subject().code[first];
    const bool goes_on = inner.opcode == instruction.opcode && inner.domain == instruction.domain;
    if (goes_on && !parts_[first].empty())
      all.insert(all.end(), parts_[first].begin(), parts_[first].end());
    else
      all.push_back(order == Order::rules ? fmt::format("on {}", first) : std::to_string(first));
  };
  if (order == Order::rules) {
    open(instruction.operands[0]);
    all.push_back(fmt::format("{} if {}", instruction.a, first_[instruction.operands[1]]));
  } else {
    for (const Register operand : instruction.operands) open(operand);
  }
  std::ranges::sort(all);
  if (order == Order::chain_of_set) all.erase(std::unique(all.begin(), all.end()), all.end());
  return parts_[reg] = std::move(all);
}

Joint NormalForm::rewritten() const {
  Joint result = *joint_;
  bytecode::Subject& subject = result.module.subjects.front();
  for (Instruction& instruction : subject.code)
    for (Register& operand : instruction.operands) operand = of(operand);
  for (bytecode::Requirement& requirement : subject.requirements) requirement.condition = of(requirement.condition);
  for (auto* side : {&result.first, &result.second})
    for (Register& reg : *side) reg = of(reg);
  return result;
}

}  // namespace quy::analysis
