#pragma once
// Mends sources where a rule knows how: from the end of each file to its front, never two edits in one place.

#include <map>
#include <string>
#include <vector>

#include "base/source.h"
#include "tools/lint/finding.h"
#include "tools/lint/rule.h"

namespace quy::lint {

struct FixedFiles {
  std::map<FileId, std::string> texts;  ///< the new text of each file that changes
  std::size_t mended = 0;               ///< findings
};

/// The texts after mending every finding whose fix is allowed. Of findings that overlap the first is mended; the others wait for the next
/// run. With `rewrites` rules may be written in another, equivalent way, which changes the meaning hash.
FixedFiles mend(const SourceMap& sources, const std::vector<Finding>& findings, bool rewrites);

bool is_mendable(const Finding& finding, bool rewrites);

}  // namespace quy::lint
