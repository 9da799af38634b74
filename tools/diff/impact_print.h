#pragma once

#include <nlohmann/json.hpp>

#include <ostream>

#include "tools/diff/impact.h"

namespace quy::tools {

/// The matrix, the counts, and the first of those who are rated otherwise.
void print_impact(std::ostream& out, const Context& context, const Impact& impact);
/// Everybody who is rated otherwise too.
nlohmann::ordered_json json_of(const Context& context, const Impact& impact);

const Name& name_of(QuotaStanding standing);
/// The label of an outcome.
std::string outcome_label(const Context& context, const Impact& impact, const std::string& outcome);

}  // namespace quy::tools
