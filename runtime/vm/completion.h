#pragma once
// What missing evidence could still change: the exact range of the total, the outcomes still possible, and the fields that matter.
//
// Method (completion/search.h): completions are tried as ordinary rows of the same machine, and boxes (each missing field between two bounds,
// or left out) give the machine's own outer bounds for all completions within. First come the corners and what differs from them in one
// field; often that shows everything that the outer bound allows, and the answer is proved. Otherwise boxes are split, where the
// field meets a threshold given the record's known values (completion/cuts.h) or in the middle, until no box allows what was not seen. So
// `exact` needs no trust in the analysis of uses: every outcome and both ends of the total were seen, and nothing else is possible.
//
// Parts stay within their wholes, scores on their steps, rows that break a requirement are dropped. A decision that is missing has not been
// made: it is no gap in the evidence. A missing list is tried empty and with a few kinds of rows; the outer bound stays that of any list.
//
// Limits: `completions` of limits.def rows for the outcome, and half of that for each field not yet seen to matter. When they do not suffice
// (fields that enter by products of each other, or lists that must be just so) `exact` is false, `possible` and the range are what was seen
// and what the open boxes allow, a sound outer bound; fields that could not be excluded are counted as influential.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/vm/machine.h"

namespace quy::vm {

struct Completion {
  OutcomeSet possible = 0;
  std::optional<Rational> total_low, total_high;  ///< nothing when no completion has a total
  bool exact = false;                             ///< false: an outer bound
  std::vector<std::uint32_t>
      influential;  ///< missing fields that can change the outcome, in field order; empty unless asked for
};

struct CompletionNeeds {
  bool influence =
      true;  ///< to tell which of many missing fields matter takes many times as long as to tell what is possible
};

/// `machine` has just run the batch. What completing needs is kept with the machine, so machines of different threads do not meet.
Completion complete(const Program& program, const Machine& machine, const Batch& batch, std::uint32_t row,
                    CompletionNeeds needs = {});

}  // namespace quy::vm
