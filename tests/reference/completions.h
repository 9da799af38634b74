#pragma once
// What missing evidence could still change, by trying everything: the exact meaning of `undecided` and `possible` (docs/language.md §6).

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "tests/reference/evaluator.h"

namespace quy::reference {

/// Every state that a missing place of a record may turn out to have.
struct Candidates {
  Place place;
  std::vector<Datum> states;
};

struct Completions {
  std::uint64_t tried = 0;               ///< completions that the record's own rules allow
  std::set<Outcome> outcomes;
  std::optional<Rational> total_low, total_high;   ///< nothing: no completion has a total
  bool may_have_no_total = false;
  /// Missing fields that can change the outcome: two completions that differ there alone have different outcomes.
  std::set<std::uint32_t> influential;
};

/// Places of a record that are missing: fields, and fields of rows; not whole lists, nor decisions, which are given or not.
std::vector<Place> missing_places(const sema::Subject& subject, const Evidence& evidence);

/// All states a field may have: every value of its range at its digits, and left out for each cause where it may be. Nothing when there are
/// more than `limit`. Texts: those that the subject's rules or the record name, and two more.
std::optional<std::vector<Datum>> all_states(const sema::Pack& pack, const sema::Subject& subject, const Evidence& evidence, std::uint32_t field,
                                             std::size_t limit);

/// Whether parts are within their wholes (`không quá X`).
bool parts_fit(const sema::Subject& subject, const Evidence& evidence);

/// Tries the product of the candidates. Lists must be there; completions that break a requirement are not counted. `observe` (optional) sees
/// each.
Completions complete(const sema::Pack& pack, const sema::Subject& subject, const Evidence& evidence, const std::vector<Candidates>& candidates,
                     const std::function<void(const Evidence&, const Result&)>& observe = {});

}  // namespace quy::reference
