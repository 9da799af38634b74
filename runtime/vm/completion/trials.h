#pragma once
// Runs boxes and completions as ordinary rows of the machine.

#include <optional>
#include <vector>

#include "runtime/vm/completion/places.h"
#include "runtime/vm/machine.h"

namespace quy::vm {

/// What the machine says of one box: of a completion, exactly; of a wider box, an outer bound.
struct Verdict {
  bool allowed = true;              ///< false: it breaks a requirement on the record
  OutcomeSet outcomes = 0;
  bool has_total = false;           ///< some completion has one
  Rational total_low, total_high;
};

class Trials {
 public:
  explicit Trials(const Program& program) : program_(program), batch_(program), machine_(program) {}

  /// One verdict a box, in order. Boxes that hold nothing are not allowed.
  std::vector<Verdict> run(const Places& places, const std::vector<Box>& boxes);

 private:
  Verdict verdict(std::uint32_t row) const;

  const Program& program_;
  Batch batch_;
  Machine machine_;
};

}  // namespace quy::vm
