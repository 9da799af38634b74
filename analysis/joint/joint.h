#pragma once
// Two subjects over the same evidence as one subject, so that one record runs through the rules of both and one set of solver terms holds both.
//
// Evidence is shared by its id. Instructions that say the same of the same evidence become one register: what the two have in common is seen
// without a proof. Readings are constants here: each side's as it was picked.

#include <map>
#include <string>
#include <vector>

#include "runtime/bytecode/module.h"
#include "runtime/vm/program.h"

namespace quy::analysis {

struct JointSide {
  const bytecode::Module* module = nullptr;
  const bytecode::Subject* subject = nullptr;
  vm::Program::Readings readings;  ///< those not named keep the module's
  std::vector<bytecode::Register>
      registers;  ///< what is asked of the side, and what that depends on; kNone is passed over
};

/// How the second side's fields are had where they are not the first's own.
struct JointFields {
  bool replaced = false;  ///< the first side's values at the root of its observables stand in for the second's fields
  std::map<std::string, Rational> open_points;  ///< by field id
};

struct Joint {
  bytecode::Module module;  ///< with one subject, its requirements those of both sides that speak of this evidence
  std::vector<bytecode::Register> first, second;  ///< by register of the side; kNone for what was not asked for
  std::vector<std::uint32_t> fields,
      lists;  ///< by field and list of the joint: the first side's; kNone for one of the second alone
  std::vector<std::string>
      incompatible;  ///< labels of evidence that the sides type differently; each side then has its own

  const bytecode::Subject& subject() const { return module.subjects.front(); }

  /// More code over the joint's registers, all of the record's domain.
  bytecode::Register make(bytecode::Opcode opcode, std::vector<bytecode::Register> operands, std::uint32_t a = 0,
                          std::uint32_t b = 0);
  bytecode::Register number(const Rational& value);
  /// Signs as in opcodes.def.
  bytecode::Register compare(bytecode::Register a, std::uint32_t sign, bytecode::Register b) {
    return make(bytecode::Opcode::compare, {a, b}, sign);
  }
  bytecode::Register sum(const std::vector<bytecode::Register>& parts);
  bytecode::Register all(const std::vector<bytecode::Register>& parts);
  bytecode::Register any(const std::vector<bytecode::Register>& parts);
  /// Not true: false or left out.
  bytecode::Register fails(bytecode::Register condition);
};

/// Where both sides have a rating, the two must have the same levels.
Joint join(const JointSide& first, const JointSide& second, const JointFields& fields);

}  // namespace quy::analysis
