#pragma once
// Small changes of a subject's rules, each of which a good set of tests should notice.

#include <cstdint>
#include <functional>
#include <vector>

#include "base/language.h"
#include "compiler/sema/typed.h"

namespace quy::tools {

struct Mutant {
  Span span;                              ///< what is changed, as its author wrote it
  Bilingual change;                       ///< in words: `≥ thành >`
  std::uint32_t criterion = sema::kNone;  ///< of a criterion's rules; kNone: of a group's or the rating's
  bool of_rating = false;
  std::function<void(sema::Subject&)> apply;  ///< to a copy of the subject
};

/// Signs (≥ ↔ >, ≤ ↔ <, = ↔ ≠), `và` ↔ `hoặc`, thresholds and floors one step up and down, parts, conditions, rules, exceptions and
/// roundings dropped, roundings turned the other way, neighbouring levels swapped. A threshold's step is that of the field it stands beside;
/// where the field has none, one unit of the last digit written. What several rules share is changed once. Of the options of an open choice
/// only the one that the pack picks is changed.
std::vector<Mutant> mutants(const sema::Pack& pack, const sema::Subject& subject);

}  // namespace quy::tools
