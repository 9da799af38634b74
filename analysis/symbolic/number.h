#pragma once
// What one register of a subject is, for complete evidence.

#include <vector>

#include "analysis/symbolic/terms.h"

namespace quy::analysis::symbolic {

struct Truth {
  z3::expr yes;        ///< never together with `left_out`
  z3::expr left_out;

  z3::expr no() const { return both(negated(yes), negated(left_out)); }
};

/// top ÷ bottom where `when` holds; bottom > 0 there.
struct Quotient {
  z3::expr when, top, bottom;
};

/// Where no quotient's condition holds, the linear part; at most one of them holds.
struct Number {
  Linear linear;
  std::vector<Quotient> quotients;
  z3::expr left_out;

  bool is_linear() const { return quotients.empty(); }
};

/// Outcomes as in vm/machine.h: levels from 0, the best, then kOutcomeGap and the others.
struct Outcome {
  z3::expr value;
  z3::expr forced;     ///< the worst level forced so far by a chain of forces, -1 before any
};

}  // namespace quy::analysis::symbolic
