#pragma once
// A typed subject to its rule graph.

#include "compiler/ir/graph.h"

namespace quy::ir {

struct Options {
  /// The rating over a stated total: points are not worked out (tests of a rating, `biết tổng điểm = …`).
  bool given_total = false;
  /// With what stands in place of the refined subject's fields, as observables of role `value` at the root.
  bool replaced_fields = false;
};

Graph from_typed(const sema::Pack& pack, const sema::Subject& subject, Options options = {});

}  // namespace quy::ir
