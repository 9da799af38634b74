#pragma once

#include <nlohmann/json.hpp>

#include <ostream>
#include <vector>

#include "tools/context.h"
#include "tools/refinement/refinement_report.h"

namespace quy::tools {

struct RelationName {
  const char* id;
  Bilingual text;
};
const RelationName& name_of(analysis::Relation relation);

/// Findings in full, then what is tighter, then how many clauses are the same or free; every clause with `all`.
void print_refinement(std::ostream& out, const Context& context, const PackRefinement& refinement, bool all);

/// What a reviewer can keep: hashes, readings, a verdict for each clause, witnesses, dilution.
nlohmann::ordered_json certificate(const Context& context, const std::vector<PackRefinement>& chain,
                                   std::chrono::milliseconds limit);

}  // namespace quy::tools
