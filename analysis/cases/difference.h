#pragma once
// A record that two versions of a subject treat differently.

#include <optional>

#include "analysis/record/record.h"
#include "runtime/vm/machine.h"

namespace quy::analysis {

/// What is compared: one criterion's points, or the whole sheet (total and outcome).
struct Compared {
  std::uint32_t criterion = bytecode::kNone;  ///< index of Subject::criteria, the same in both; kNone: the sheet
};

struct Difference {
  Record record;               ///< as short as it can be while both results are known and differ
  vm::Range points;            ///< of the criterion, or the total, in the first version
  vm::OutcomeSet outcome = 0;  ///< in the first version, when sheets with a rating are compared
};

/// Both subjects have the same fields and lists. Nothing when no record was found: they may still differ.
std::optional<Difference> find_difference(const bytecode::Module& first, const bytecode::Subject& first_subject,
                                          const bytecode::Module& second, const bytecode::Subject& second_subject,
                                          const Compared& compared, int year);

}  // namespace quy::analysis
