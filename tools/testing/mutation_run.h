#pragma once
// How much of a pack its tests hold fast: each small change of the rules that no test notices is a survivor.

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "analysis/symbolic/verdict.h"
#include "compiler/driver/compilation.h"

namespace quy::tools {

struct Survivor {
  std::string owner;  ///< id of the subject, or of the rating that several subjects share
  Span span;
  std::string source;  ///< what is changed, as written
  Bilingual change;
  /// possible: some record has another result; impossible: proved that no complete record has; or the time was not enough.
  analysis::symbolic::Verdict differs = analysis::symbolic::Verdict::not_settled;
  std::string test;  ///< when possible: in the language; it passes, and fails with the change
};

struct MutationReport {
  std::size_t made = 0, killed = 0;
  std::vector<Survivor> survivors;
  std::vector<std::string> untested;  ///< ids of subjects without a test, whose rules were not changed
};

/// A rating's rules are changed once, and noticed by a test of any of its subjects. The solver is given `limit` for each survivor. `progress`
/// is told how many of all changes are done.
MutationReport run_mutations(Compilation& compilation, const sema::Pack& pack, std::chrono::milliseconds limit,
                             const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace quy::tools
