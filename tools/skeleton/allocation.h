#pragma once
// A sample allocation: what a group has to give, shared equally among the criteria that a framework leaves open in it.

#include <cstdint>
#include <vector>

#include "compiler/sema/typed.h"

namespace quy::tools {

/// The open criteria that one maximum covers. Groups without a maximum of their own count to the one around them.
struct SharedPoints {
  std::uint32_t group = 0;               ///< index of Subject::groups
  std::vector<std::uint32_t> criteria;   ///< indexes of Subject::criteria, in the order written
  Rational points;                       ///< to share: the maximum less what is fixed in the group
  Rational share;                        ///< of every criterion but the last
  Rational last;                         ///< share and remainder

  Rational remainder() const { return last - share; }
};

/// Every open criterion below a group with a maximum, in the order of the groups.
std::vector<SharedPoints> sample_allocation(const sema::Subject& subject);

}  // namespace quy::tools
