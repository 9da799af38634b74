#pragma once
// How a value moves when the ratings of others rise: by the form of its formula alone, on the safe side.

#include "runtime/bytecode/module.h"

namespace quy::analysis {

/// Of a Boolean, up is towards true.
enum class Movement : std::uint8_t { none, up, down, mixed };

/// By register. Levels (the outcome of a rating) are not followed. Readings must be constants already.
std::vector<Movement> movements(const bytecode::Module& module, const bytecode::Subject& subject);

constexpr bool never_falls(Movement movement) { return movement == Movement::none || movement == Movement::up; }
constexpr bool never_rises(Movement movement) { return movement == Movement::none || movement == Movement::down; }

}  // namespace quy::analysis
