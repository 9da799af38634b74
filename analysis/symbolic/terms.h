#pragma once
// Solver terms with the plain cases folded away, so that what is asked stays as small as what it means.

#include <optional>
#include <vector>

#include "analysis/symbolic/late_z3.h"
#include "base/numeric/rational.h"

namespace quy::analysis::symbolic {

z3::expr integer(z3::context& context, const Integer& value);
/// The value of a term that is a constant.
std::optional<Integer> constant(const z3::expr& term);

z3::expr both(const z3::expr& a, const z3::expr& b);
z3::expr either(const z3::expr& a, const z3::expr& b);
z3::expr negated(const z3::expr& a);
z3::expr choose(const z3::expr& condition, const z3::expr& yes, const z3::expr& no);
z3::expr all(z3::context& context, const std::vector<z3::expr>& parts);
z3::expr any(z3::context& context, const std::vector<z3::expr>& parts);

z3::expr times(const z3::expr& term, const Integer& factor);

/// A number top ÷ divisor; the top is an integer term, linear in the evidence.
struct Linear {
  z3::expr top;
  Integer divisor = 1;   ///< > 0

  std::optional<Rational> value() const;   ///< of a constant
};

Linear linear(z3::context& context, const Rational& value);
/// Both over one divisor.
void bring_together(Linear& a, Linear& b);
Linear plus(Linear a, Linear b);
Linear minus(Linear a, Linear b);
Linear scaled(const Linear& a, const Rational& factor);
Linear choose(const z3::expr& condition, Linear yes, Linear no);

}  // namespace quy::analysis::symbolic
