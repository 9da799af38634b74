#pragma once
// Runs the rules on checked packs.

#include <set>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "tools/lint/finding.h"
#include "tools/lint/pack_view.h"

namespace quy::lint {

struct Request {
  std::set<FileId> files;       ///< findings elsewhere are not asked for
  std::set<std::string> only;   ///< ids of rules; empty: all
  Level least = Level::advice;  ///< rules below this level are not run
  Settings settings;
};

/// Findings by file and place, each once, those that are ignored left out. The compilation has been checked and has no errors.
std::vector<Finding> lint(Compilation& compilation, const Request& request);

}  // namespace quy::lint
