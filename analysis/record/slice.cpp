#include "analysis/record/slice.h"

#include <algorithm>
#include <set>

#include "analysis/conditions.h"

namespace quy::analysis {

using bytecode::Instruction;
using bytecode::kNone;
using bytecode::Module;
using bytecode::Observable;
using bytecode::Opcode;
using bytecode::Register;
using bytecode::Subject;

namespace {

bool share_some(const std::set<std::uint32_t>& a, const std::set<std::uint32_t>& b) {
  return std::ranges::any_of(a, [&](std::uint32_t each) { return b.contains(each); });
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

bool reads_field(Opcode opcode) { return opcode == Opcode::field || opcode == Opcode::flag || opcode == Opcode::state; }

std::vector<bool> reached(const Subject& subject, const std::vector<Register>& registers) {
  std::vector<bool> all(subject.code.size(), false);
  for (const Register reg : registers)
    if (reg != kNone) all[reg] = true;
  for (std::size_t reg = all.size(); reg-- > 0;)
    if (all[reg])
      for (const Register operand : subject.code[reg].operands) all[operand] = true;
  return all;
}

std::set<std::uint32_t> fields_read(const Subject& subject, const std::vector<bool>& code) {
  std::set<std::uint32_t> all;
  for (std::size_t reg = 0; reg < code.size(); ++reg) {
    const Instruction& each = subject.code[reg];
    if (code[reg] && reads_field(each.opcode)) all.insert(each.a);
  }
  for (std::size_t before = 0; before != all.size();) {
    before = all.size();
    for (std::uint32_t part = 0; part < subject.fields.size(); ++part) {
      const std::uint32_t whole = subject.fields[part].at_most_field;
      if (whole == kNone || all.contains(part) == all.contains(whole)) continue;
      all.insert(part);
      all.insert(whole);
    }
  }
  return all;
}

/// Those that share evidence with the registers, directly or through one another; and those that ask nothing of any evidence: when such a one
/// fails, there is no record at all.
std::vector<bytecode::Requirement> related_requirements(const Subject& subject, std::vector<Register> registers) {
  std::vector<bytecode::Requirement> related, others = subject.requirements;
  for (bool found = true; found;) {
    found = false;
    const std::set<std::uint32_t> fields = fields_read(subject, reached(subject, registers));
    for (auto each = others.begin(); each != others.end();) {
      const std::set<std::uint32_t> own = fields_read(subject, reached(subject, {each->condition}));
      const bool joins = own.empty() || share_some(fields, own);
      if (joins) {
        registers.push_back(each->condition);
        related.push_back(*each);
        found = true;
      }
      each = joins ? others.erase(each) : each + 1;
    }
  }
  return related;
}

std::vector<Register> rating_registers(const Subject& subject) {
  std::vector<Register> registers{subject.levels};
  for (const Observable& observable : subject.observables)
    if (is_condition_of_rating(observable.role) || observable.role == bytecode::Role::band ||
        observable.role == bytecode::Role::cap || observable.role == bytecode::Role::no_basis)
      registers.push_back(observable.reg);
  return registers;
}

Module slice(const Module& module, const Subject& subject, const std::vector<Register>& registers) {
  Subject part = subject;
  part.requirements = related_requirements(subject, registers);
  std::vector<Register> roots = registers;
  for (const bytecode::Requirement& requirement : part.requirements) roots.push_back(requirement.condition);
  const std::vector<Register> numbers = numbered(reached(subject, roots));
  const auto renumber = [&](Register& reg) { reg = reg == kNone ? kNone : numbers[reg]; };
  part.code = cut(subject.code, numbers);
  for (bytecode::Requirement& requirement : part.requirements) renumber(requirement.condition);
  for (Observable& observable : part.observables)
    for (Register* reg :
         {&observable.reg, &observable.left, &observable.right, &observable.applies_left_out, &observable.maximum})
      renumber(*reg);
  renumber(part.total);
  renumber(part.levels);
  part.given_total_variant = kNone;
  Module result = without_subjects(module);
  result.subjects.push_back(std::move(part));
  return result;
}

}  // namespace quy::analysis
