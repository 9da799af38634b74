#pragma once
// Which observables are conditions that tests and analyses look at from both sides.

#include "runtime/bytecode/module.h"

namespace quy::analysis {

/// Met, a row's guard, lose-all, an exception claimed with its proof.
bool is_condition_of_criterion(bytecode::Role role);
/// Conditions of levels, bars, lowerings, forced levels, hand-overs, not rated.
bool is_condition_of_rating(bytecode::Role role);
/// Whether the observable is of the rating, or stands in a condition of it.
bool is_within_rating(const bytecode::Subject& subject, std::uint32_t observable);
/// The observable of the criterion or group that the observable is or stands in, the innermost; kNone: in none.
std::uint32_t line_around(const bytecode::Subject& subject, std::uint32_t observable);
/// Of either kind, with a truth that is not decided when the pack is compiled.
bool is_open_condition(const bytecode::Subject& subject, const bytecode::Observable& observable);

}  // namespace quy::analysis
