#pragma once
// A subject cut down to what some registers need, so that many records can be tried for one criterion without rating the whole sheet.

#include <vector>

#include "runtime/bytecode/module.h"

namespace quy::analysis {

/// The module with one subject, whose code holds only what `registers` depend on (those that are kNone: nothing), and the requirements on
/// that evidence. Fields, lists, criteria and the places of observables stay; observables that were cut off have no register.
bytecode::Module slice(const bytecode::Module& module, const bytecode::Subject& subject, const std::vector<bytecode::Register>& registers);

}  // namespace quy::analysis
