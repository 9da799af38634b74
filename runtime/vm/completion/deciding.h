#pragma once
// The smallest set of missing items that decides: once they are known, whatever they are, the rest changes the outcome no more.
//
// An item that alone can change the outcome is in every such set. If no requirement and no whole ties the rest to each other, those items are the
// answer: from one completion to another that agrees in them, changing one of the rest at a time, the outcome stays. Else sets with
// more and more of what is tied are tried, each proved or refuted by Search::decides().

#include "runtime/vm/completion.h"
#include "runtime/vm/completion/search.h"

namespace quy::vm {

struct DecidingSet {
  std::vector<std::vector<std::size_t>> items;   ///< places of each, the most influential first
  std::vector<OutcomeSet> alone;                 ///< by item: Deciding::alone
  bool smallest = true;
};

/// `influential`: what search.influential() has just said.
DecidingSet find_deciding(Search& search, const Places& places, const Reach& reach, const std::vector<bool>& influential);

}  // namespace quy::vm
