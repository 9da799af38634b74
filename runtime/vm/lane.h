#pragma once
// How the numbers of a register are held.

#include <cstdint>

namespace quy::vm {

/// Integers at a decimal scale, pairs of 64-bit integers, rationals without bound; none for Booleans and levels.
enum class Lane : std::uint8_t { none, i32, i64, i128, fraction64, big };
inline constexpr unsigned kLanes = 6;

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 Uint128;

}  // namespace quy::vm
