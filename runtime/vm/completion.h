#pragma once
// What missing evidence could still change: the exact range of the total, the outcomes still possible, the fields that matter, and the smallest
// set of them that decides.
//
// Method (completion/search.h): completions are tried as ordinary rows of the same machine, and boxes (each missing field between two bounds,
// or left out) give the machine's own outer bounds for all completions within. First come the corners and what differs from them in one
// field; often that shows everything that the outer bound allows, and the answer is proved. Otherwise boxes are split, where the
// field meets a threshold given the record's known values (completion/cuts.h) or in the middle, until no box allows what was not seen. So
// `exact` needs no trust in the analysis of uses: every outcome and both ends of the total were seen, and nothing else is possible.
//
// Parts stay within their wholes, scores on their steps, rows that break a requirement are dropped. A decision that is missing has not been
// made: it is no gap in the evidence. A missing list is tried empty and with rows that differ in what the rules take of them
// (completion/contents.h); the outer bound stays that of any list.
//
// Limits: `completions` of limits.def rows for the outcome, and half of that for each field not yet seen to matter. When they do not suffice
// (fields that enter by products of each other, or lists that must be just so) `exact` is false, `possible` and the range are what was seen
// and what the open boxes allow, a sound outer bound; fields that could not be excluded are counted as influential.
//
// What decides. A set that decides holds every field that matters where the others are the same. Where no requirement or whole binds what is
// left, that is enough, and the set is the smallest. Else two fields may matter only together (a + b = 70): sets are tried by their size
// (completion/deciding.h), so many at most; past that the answer is a set from which nothing was seen to be superfluous.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/vm/machine.h"

namespace quy::vm {

/// Something that the record lacks: a field (in all rows that lack it), or a whole list.
struct Deciding {
  std::vector<std::uint32_t> fields;   ///< the field; of a list, those of its rows that matter
  /// Outcomes that it brings about whatever the rest turns out to be, for some value of its own. Each was proved; there may be more.
  OutcomeSet alone = 0;
};

struct Completion {
  OutcomeSet possible = 0;
  std::optional<Rational> total_low, total_high;  ///< nothing when no completion has a total
  bool exact = false;                             ///< false: an outer bound
  std::vector<std::uint32_t>
      influential;  ///< missing fields that can change the outcome, in field order; empty unless asked for
  /// Once these are known, whatever they are, the rest changes the outcome no more. Those that can decide the most outcomes alone come first,
  /// then those that move the total the most. Empty unless asked for, or when there is one outcome only.
  std::vector<Deciding> deciding;
  bool smallest = true;  ///< no smaller set does; false: that was not shown
};

struct CompletionNeeds {
  bool influence =
      true;  ///< to tell which of many missing fields matter takes many times as long as to tell what is possible
  bool deciding = false;  ///< needs influence
};

/// `machine` has just run the batch. What completing needs is kept with the machine, so machines of different threads do not meet.
Completion complete(const Program& program, const Machine& machine, const Batch& batch, std::uint32_t row,
                    CompletionNeeds needs = {});

}  // namespace quy::vm
