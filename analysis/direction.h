#pragma once
// How registers move when some of the evidence rises, told from the form of the code alone.

#include <functional>
#include <vector>

#include "runtime/bytecode/module.h"

namespace quy::analysis {

/// How the points move when a number rises: towards more points for the rated person, or fewer.
enum class Direction : std::uint8_t { none, up, down, mixed };

Direction opposite(Direction direction);

/// How a register differs between two records.
struct Move {
  Direction direction = Direction::none;   ///< where it has a value in both
  bool comes_and_goes = false;             ///< it may be left out in one and not in the other
};

/// `mixed` is no more than "the form does not tell". Anything else is proved of any two complete records that differ only in what moves, which
/// has a value in both or is left out in both: the register moves in that direction or stays. In a list any number of rows may move.
/// `field` says how a field moves. Levels as outcomes of a rating are not followed.
std::vector<Move> moves_by_form(const bytecode::Module& module, const bytecode::Subject& subject,
                                const std::function<Direction(std::uint32_t field)>& field);
/// The directions alone.
std::vector<Direction> directions_by_form(const bytecode::Module& module, const bytecode::Subject& subject,
                                          const std::function<Direction(std::uint32_t field)>& field);

/// The register, when one number rises.
Direction direction_by_form(const bytecode::Module& module, const bytecode::Subject& subject, std::uint32_t field,
                            bytecode::Register reg);

/// When the ratings of others rise. A level is the number of its rank, 0 the best.
std::vector<Direction> directions_with_others(const bytecode::Module& module, const bytecode::Subject& subject);

constexpr bool never_falls(Direction direction) { return direction == Direction::none || direction == Direction::up; }
constexpr bool never_rises(Direction direction) { return direction == Direction::none || direction == Direction::down; }

}  // namespace quy::analysis
