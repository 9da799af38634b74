#pragma once
// The change page: what a reviewer reads and prints instead of the lines that changed.

#include <optional>
#include <string>

#include "tools/diff/changelog.h"
#include "tools/diff/checks.h"
#include "tools/diff/impact.h"
#include "tools/diff/report.h"

namespace quy::tools {

/// HTML that is well-formed XML, in one file without scripts.
std::string change_page(const Context& context, const DiffReport& report, const Changelog& changelog,
                        const std::optional<Impact>& impact, const std::optional<Checks>& checks);

}  // namespace quy::tools
