#include "analysis/record/slice.h"

namespace quy::analysis {

using bytecode::Instruction;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Observable;
using bytecode::Register;
using bytecode::Subject;

namespace {

std::vector<bool> needed(const Subject& subject, const std::vector<Register>& registers) {
  std::vector<bool> all(subject.code.size(), false);
  for (const Register reg : registers) all[reg] = true;
  for (const bytecode::Requirement& requirement : subject.requirements) all[requirement.condition] = true;
  for (std::size_t reg = all.size(); reg-- > 0;)
    if (all[reg])
      for (const Register operand : subject.code[reg].operands) all[operand] = true;
  return all;
}

/// New numbers of the registers that stay; kNone for the others.
std::vector<Register> numbered(const std::vector<bool>& stays) {
  std::vector<Register> numbers(stays.size(), kNone);
  Register next = 0;
  for (std::size_t reg = 0; reg < stays.size(); ++reg)
    if (stays[reg]) numbers[reg] = next++;
  return numbers;
}

std::vector<Instruction> cut(const std::vector<Instruction>& code, const std::vector<Register>& numbers) {
  std::vector<Instruction> all;
  for (std::size_t reg = 0; reg < code.size(); ++reg) {
    if (numbers[reg] == kNone) continue;
    all.push_back(code[reg]);
    for (Register& operand : all.back().operands) operand = numbers[operand];
  }
  return all;
}

/// Everything of the module but its subjects.
Module without_subjects(const Module& module) {
  Module copy;
  copy.id = module.id;
  copy.strings = module.strings;
  copy.constants = module.constants;
  copy.scales = module.scales;
  copy.tables = module.tables;
  copy.calendar = module.calendar;
  copy.readings = module.readings;
  copy.ratings = module.ratings;
  return copy;
}

}  // namespace

Module slice(const Module& module, const Subject& subject, const std::vector<Register>& registers) {
  const std::vector<Register> numbers = numbered(needed(subject, registers));
  const auto renumber = [&](Register& reg) { reg = reg == kNone ? kNone : numbers[reg]; };
  Subject part = subject;
  part.code = cut(subject.code, numbers);
  for (bytecode::Requirement& requirement : part.requirements) renumber(requirement.condition);
  for (Observable& observable : part.observables)
    for (Register* reg : {&observable.reg, &observable.left, &observable.right, &observable.applies_left_out, &observable.maximum}) renumber(*reg);
  renumber(part.total);
  renumber(part.levels);
  part.given_total_variant = kNone;
  Module result = without_subjects(module);
  result.subjects.push_back(std::move(part));
  return result;
}

}  // namespace quy::analysis
