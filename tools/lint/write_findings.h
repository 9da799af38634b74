#pragma once
// Findings for people and for tools.

#include <ostream>
#include <vector>

#include "base/source.h"
#include "tools/lint/finding.h"

namespace quy::lint {

/// `file:line:col: warning[rule-id]: …`, the source line with an underline, second places, what to do; a count at the end.
void write_findings(std::ostream& out, const SourceMap& sources, const std::vector<Finding>& findings,
                    Language language);
/// One JSON array of {"rule","title","level","settled","file","line","column","end_line","end_column","message","help","labels","fix","tests"}.
void write_findings_json(std::ostream& out, const SourceMap& sources, const std::vector<Finding>& findings,
                         Language language);

}  // namespace quy::lint
