#pragma once
// The theorems of a pack's subjects, with words and tests for each.

#include <string>
#include <vector>

#include "analysis/theorems/theorem.h"
#include "compiler/sema/typed.h"

namespace quy::tools {

/// One record of a witness.
struct WitnessLine {
  std::string test;      ///< in the language
  std::string evidence;  ///< JSON record
};

struct TheoremLine {
  analysis::Statement statement;
  std::string level, criterion, field;  ///< ids; empty where the statement is not about one
  std::string level_label, criterion_label, field_label;
  std::string clause;  ///< of the criterion
  std::vector<WitnessLine> witness;
};

struct SubjectTheorems {
  std::string id, label;
  std::vector<std::string> alike;  ///< ids of other subjects with the same rules
  std::vector<TheoremLine> lines;  ///< by theorem
};

struct TheoremOptions {
  std::string subject;              ///< id; empty: all
  std::chrono::milliseconds limit;  ///< of one question
};

/// `module` is the pack's, with variants over stated totals.
std::vector<SubjectTheorems> prove_theorems(const bytecode::Module& module, const sema::Pack& pack,
                                            const vm::Program::Readings& readings, const TheoremOptions& options);

}  // namespace quy::tools
