#pragma once
// Rules that cannot matter: conditions that complete evidence leaves one way only, parts that others decide already, criteria that are met
// together or always give the same points.
//
// Records are tried first, on the machine; what none of them shows is asked of the solver. Rules that hang on an open choice are passed over:
// another option may give them a meaning.

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/symbolic/verdict.h"
#include "runtime/bytecode/module.h"

namespace quy::analysis {

struct NoEffect {
  enum class Kind : std::uint8_t {
    never_holds,           ///< a condition or comparison is never true
    never_fails,           ///< … never false
    row_not_reached,       ///< a row of a table holds only where one above it does
    part_decides_nothing,  ///< a part of `và`, `hoặc` or one of several conditions: the others give the same result
    met_together,          ///< two criteria are met by the same records
    same_points            ///< a criterion has the same points whatever the evidence
  };
  Kind kind = Kind::never_holds;
  std::uint32_t observable = bytecode::kNone;  ///< the condition, comparison, row, part or criterion
  std::uint32_t other = bytecode::kNone;       ///< met_together: the other criterion
  bool proved = false;                         ///< else not settled within the limit
};

/// Of these criteria of a subject (indexes of Subject::criteria). Records lie in `year`; each question to the solver is given `limit`.
std::vector<NoEffect> criteria_without_effect(const bytecode::Module& module, const bytecode::Subject& subject,
                                              const std::vector<std::uint32_t>& criteria, int year,
                                              std::chrono::milliseconds limit);

/// Of the conditions of its rating: never_holds and never_fails only. `subject` may be a variant over a stated total.
std::vector<NoEffect> rating_conditions_without_effect(const bytecode::Module& module, const bytecode::Subject& subject,
                                                       int year, std::chrono::milliseconds limit);

}  // namespace quy::analysis
