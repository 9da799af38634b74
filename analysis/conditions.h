#pragma once
// Which observables are conditions that tests and analyses look at from both sides.

#include "runtime/bytecode/module.h"

namespace quy::analysis {

/// Met, a row's guard, lose-all.
bool is_condition_of_criterion(bytecode::Role role);
/// Conditions of levels, bars, lowerings, forced levels, hand-overs, not rated.
bool is_condition_of_rating(bytecode::Role role);
/// Of either kind, with a truth that is not decided when the pack is compiled.
bool is_open_condition(const bytecode::Subject& subject, const bytecode::Observable& observable);

}  // namespace quy::analysis
