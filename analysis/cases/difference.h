#pragma once
// A record that two versions of a subject treat differently, or the proof that no complete record is one.

#include <chrono>
#include <optional>

#include "analysis/record/record.h"
#include "analysis/symbolic/verdict.h"
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

struct Distinction {
  /// impossible: proved for every complete record that is not closed and has no decisions.
  symbolic::Verdict verdict = symbolic::Verdict::not_settled;
  std::optional<Difference> difference;  ///< when possible; it has been run on both versions
};

/// Both subjects have the same fields and lists. The solver is given `limit`; where it does not settle the matter, records are tried.
Distinction find_difference(const bytecode::Module& first, const bytecode::Subject& first_subject,
                            const bytecode::Module& second, const bytecode::Subject& second_subject,
                            const Compared& compared, int year, std::chrono::milliseconds limit);

}  // namespace quy::analysis
