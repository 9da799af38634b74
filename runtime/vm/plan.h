#pragma once
// A subject's code as steps for the machine: one kernel call an instruction, operands converted on the way, constants laid out.
//
// Slots are not part of it: the machine shares them by liveness or gives each register its own, from the same plan.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/vm/constants.h"
#include "runtime/vm/program.h"
#include "runtime/vm/shape.h"

namespace quy::vm {

/// How a number register's column is held.
struct Form {
  Lane lane = Lane::none;
  int digits = 0;                     ///< integer lanes: value × 10^digits
  const void* low_bound = nullptr;    ///< of its range, one block each
  const void* high_bound = nullptr;
  const void* constant = nullptr;     ///< a constant: its block
};

struct FieldPlan {
  Lane lane = Lane::none;             ///< of the batch's column; none for Booleans
  std::int64_t least = 0;             ///< least scaled value of the range: what rows without a value hold
};

struct Plan {
  std::vector<FieldPlan> fields;
  std::vector<Shape> shapes;          ///< by register, as the next
  std::vector<Form> forms;
  std::vector<Step> steps;            ///< in order of registers; constants have none
  std::vector<std::optional<Step>> fused;   ///< by register: a step that does without registers before it, when nobody reads them
  std::uint32_t level_count = 0;
  Constants constants;
};

/// Throws Unloadable.
std::shared_ptr<const Plan> make_plan(const Program& program);

}  // namespace quy::vm
