#pragma once
// Sets of outcomes, and the status that a result takes from one.

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/vm/machine.h"

namespace quy::trace {

enum class Status : std::uint8_t { decided, undecided, authority, gap, not_rated };

inline constexpr std::string_view kStatusIds[] = {"decided", "undecided", "authority", "gap", "not_rated"};
inline std::string_view status_id(Status status) { return kStatusIds[static_cast<std::size_t>(status)]; }

inline constexpr vm::OutcomeSet kLevelsMask = (vm::OutcomeSet{1} << vm::kOutcomeGap) - 1;

inline bool contains(vm::OutcomeSet set, std::uint32_t outcome) { return ((set >> outcome) & 1U) != 0; }

/// The outcome of a set with just one.
inline std::optional<std::uint32_t> only(vm::OutcomeSet set) {
  if (!std::has_single_bit(set)) return std::nullopt;
  return static_cast<std::uint32_t>(std::countr_zero(set));
}

inline Status status_of(vm::OutcomeSet set) {
  const std::optional<std::uint32_t> outcome = only(set);
  if (!outcome) return Status::undecided;
  if (*outcome == vm::kOutcomeGap) return Status::gap;
  if (*outcome == vm::kOutcomeNotRated) return Status::not_rated;
  if (*outcome == vm::kOutcomeAuthority) return Status::authority;
  return Status::decided;
}

}  // namespace quy::trace
