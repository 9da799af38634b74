#include "analysis/record/join.h"

#include <fmt/format.h>

#include <map>
#include <span>
#include <string>

namespace quy::analysis {

using bytecode::Instruction;
using bytecode::Module;
using bytecode::Opcode;
using bytecode::Register;

namespace {

/// The constants that an instruction names: how many, from which immediate on.
struct Constants {
  std::uint32_t Instruction::*first = nullptr;
  std::uint32_t count = 0;
};

Constants constants_of(const Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::constant:
    case Opcode::round: return {&Instruction::a, 1};
    case Opcode::compare_ratio: return {&Instruction::b, 1};
    case Opcode::member:
    case Opcode::band: return {&Instruction::b, instruction.a};
    default: return {};
  }
}

std::span<const Rational> values(const Module& module, const Instruction& instruction, const Constants& constants) {
  return std::span(module.constants).subspan(instruction.*constants.first, constants.count);
}

/// Equal for instructions that say the same, wherever their constants and texts are kept.
std::string key(const Module& module, const Instruction& instruction) {
  const Constants constants = constants_of(instruction);
  Instruction shown = instruction;
  std::string text;
  if (constants.first != nullptr) {
    for (const Rational& value : values(module, instruction, constants)) text += value.exact_text() + ' ';
    shown.*constants.first = 0;
  }
  if (instruction.opcode == Opcode::text) {
    text = module.strings[instruction.a];
    shown.a = 0;
  }
  return fmt::format("{} {} {} {} {} {}", static_cast<int>(shown.opcode), shown.a, shown.b, shown.domain,
                     fmt::join(shown.operands, ","), text);
}

class Joining {
 public:
  Joining(const Module& first, const Module& second) : second_(second), joined_{first, {}} {
    for (Register reg = 0; reg < code().size(); ++reg) known_.try_emplace(key(joined_.module, code()[reg]), reg);
  }

  Joined run() {
    for (const Instruction& each : second_.subjects.front().code) joined_.second.push_back(add(each));
    return std::move(joined_);
  }

 private:
  std::vector<Instruction>& code() { return joined_.module.subjects.front().code; }

  Register add(Instruction instruction) {
    for (Register& operand : instruction.operands) operand = joined_.second[operand];
    const auto [place, is_new] = known_.try_emplace(key(second_, instruction), static_cast<Register>(code().size()));
    if (!is_new) return place->second;
    bring_constants(instruction);
    code().push_back(std::move(instruction));
    return place->second;
  }

  void bring_constants(Instruction& instruction) {
    if (instruction.opcode == Opcode::text) {
      joined_.module.strings.push_back(second_.strings[instruction.a]);
      instruction.a = static_cast<std::uint32_t>(joined_.module.strings.size() - 1);
    }
    const Constants constants = constants_of(instruction);
    if (constants.first == nullptr) return;
    const auto run = values(second_, instruction, constants);
    const auto place = static_cast<std::uint32_t>(joined_.module.constants.size());
    joined_.module.constants.insert(joined_.module.constants.end(), run.begin(), run.end());
    instruction.*constants.first = place;
  }

  const Module& second_;
  Joined joined_;
  std::map<std::string, Register> known_;
};

}  // namespace

Joined join(const Module& first, const Module& second) { return Joining(first, second).run(); }

}  // namespace quy::analysis
