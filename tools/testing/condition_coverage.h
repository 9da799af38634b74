#pragma once
// Which sides of each condition the tests have seen.
//
// A condition of a criterion counts for every subject that has the criterion: an indicator's parameters differ from use to use. A condition
// of a rating counts once, because all its subjects share it.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/language.h"
#include "runtime/bytecode/module.h"
#include "runtime/vm/machine.h"

namespace quy::tools {

struct CoveredCondition {
  std::string owner;  ///< id of the subject, or of the rating
  std::string clause, text, file;
  std::uint32_t line = 0;
  bool seen_true = false, seen_false = false;
  bool covered() const { return seen_true && seen_false; }
};

class ConditionCoverage {
 public:
  explicit ConditionCoverage(Language language) : language_(language) {}

  /// Notes what record 0 of the machine's last run shows of the subject's conditions.
  void note(const bytecode::Module& module, const bytecode::Subject& subject, const vm::Machine& machine);

  /// By owner, file and line.
  std::vector<CoveredCondition> conditions() const;

 private:
  Language language_;
  std::map<std::string, CoveredCondition> by_place_;
};

}  // namespace quy::tools
