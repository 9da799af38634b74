#pragma once
// A subject cut down to what some registers need, so that many records can be tried for one criterion without rating the whole sheet.

#include <set>
#include <vector>

#include "runtime/bytecode/module.h"

namespace quy::analysis {

/// The module with one subject, whose code holds only what `registers` depend on (those that are kNone: nothing), and the requirements on
/// that evidence. Fields, lists, criteria and the places of observables stay; observables that were cut off have no register.
bytecode::Module slice(const bytecode::Module& module, const bytecode::Subject& subject,
                       const std::vector<bytecode::Register>& registers);

bool reads_field(bytecode::Opcode opcode);
/// By register of the subject: whether the registers (those that are kNone: nothing) depend on it.
std::vector<bool> reached(const bytecode::Subject& subject, const std::vector<bytecode::Register>& registers);
/// Fields that this code reads, and with them their wholes and parts, whose bounds hang together.
std::set<std::uint32_t> fields_read(const bytecode::Subject& subject, const std::vector<bool>& code);
/// The requirements that speak of evidence which the registers read, directly or by way of another requirement.
std::vector<bytecode::Requirement> related_requirements(const bytecode::Subject& subject,
                                                        std::vector<bytecode::Register> registers);

/// What a subject's rating depends on: its levels, the conditions of its rules, its band.
std::vector<bytecode::Register> rating_registers(const bytecode::Subject& subject);

}  // namespace quy::analysis
