#pragma once
// Which sides of each condition the tests have seen, and which of the others cannot occur.
//
// A condition of a criterion counts for every subject that has the criterion: an indicator's parameters differ from use to use. A condition
// of a rating counts once, because all its subjects share it. Conditions of subjects without a test count too.

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/language.h"
#include "runtime/bytecode/module.h"
#include "runtime/vm/machine.h"

namespace quy::tools {

/// What one condition is told by, in every module and every variant of a subject.
struct ConditionPlace {
  std::string owner;  ///< id of the subject, or of the rating
  std::string file;
  std::uint32_t line = 0, column = 0;
  std::string line_id;  ///< of the criterion or group; empty for a rating's
  std::uint32_t level = bytecode::kNone;
  friend auto operator<=>(const ConditionPlace&, const ConditionPlace&) = default;
};
ConditionPlace condition_place(const bytecode::Module& module, const bytecode::Subject& subject,
                               std::uint32_t observable);

enum class SideSeen : std::uint8_t {
  yes,
  no,
  impossible  ///< proved: no complete evidence shows it, under the pack's readings
};

struct CoveredCondition {
  ConditionPlace place;
  std::string clause;
  Bilingual text;
  SideSeen holds = SideSeen::no, fails = SideSeen::no;

  bool seen_both() const { return holds == SideSeen::yes && fails == SideSeen::yes; }
  /// Nothing is left to be tested.
  bool settled() const { return holds != SideSeen::no && fails != SideSeen::no; }
};

class ConditionCoverage {
 public:
  /// All conditions of the module's subjects, not seen yet. Records that prove something lie in `year`. The module must outlive the coverage.
  void add(const bytecode::Module& module, int year);
  /// Notes what record 0 of the machine's last run shows of the conditions of the subject, which is one of an added module.
  void note(const bytecode::Subject& subject, const vm::Machine& machine);
  /// Asks the solver about the sides not seen. Of more than `most_sides` none is asked: tests are then still being written. False then.
  bool prove(std::size_t most_sides);

  /// By owner, file and line.
  std::vector<CoveredCondition> conditions() const;

 private:
  /// One subject's observable of a condition.
  struct Instance {
    const bytecode::Module* module;
    const bytecode::Subject* subject;
    std::uint32_t observable;
    int year;
  };
  struct Entry {
    CoveredCondition condition;
    std::vector<Instance> instances;
  };
  struct Watched {
    bytecode::Register reg;
    Entry* entry;
  };

  void prove_side(Entry& entry, bool holds);

  std::map<ConditionPlace, Entry> entries_;
  std::map<const bytecode::Subject*, std::vector<Watched>> watched_;
};

}  // namespace quy::tools
