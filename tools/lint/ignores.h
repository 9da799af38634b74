#pragma once
// `# lint: bỏ qua <rule>: <reason>` (`# lint: ignore <rule>: <reason>`): a comment line directly above what it concerns. It holds for the
// statement that begins on the next line, to the end of its braces.

#include <functional>
#include <string>
#include <vector>

#include "base/source.h"
#include "tools/lint/finding.h"

namespace quy::lint {

struct Ignore {
  Span comment;
  std::string rule, reason;
  Span scope;  ///< where findings of the rule are ignored
  bool used = false;
};

std::vector<Ignore> ignores_in(const SourceMap& sources, FileId file);

/// Takes out the findings that are ignored with a reason, and adds one for each ignore that is wrong itself. Whether an ignore ignores anything
/// can only be said of a rule that ran.
void apply_ignores(std::vector<Ignore> ignores, const std::function<bool(const Rule&)>& ran,
                   std::vector<Finding>& findings);

}  // namespace quy::lint
