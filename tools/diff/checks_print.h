#pragma once

#include <nlohmann/json.hpp>

#include <ostream>

#include "tools/diff/checks.h"
#include "tools/diff/words.h"
#include "tools/document/html.h"

namespace quy::tools {

/// Lints new and gone, tests whose verdict changed, and how each version stands to its framework: as text, as a section of the change page.
void print_checks(std::ostream& out, const Context& context, const Checks& checks);
void write_checks(Html& html, const Context& context, const Checks& checks);
nlohmann::ordered_json json_of(const Context& context, const Checks& checks);

/// `đã chứng minh: nằm trong khung qd366 1.0.0`.
Bilingual refinement_text(const RefinementStatus& status);

}  // namespace quy::tools
