#pragma once
// An annotated source of tests/golden/sema: rules, then what the checker says about them as `#>` lines.
//
//   #--- folder/name.quy    begins a file; files of one folder are one pack. Other endings are data files of that folder's tables.
//   #! print                the typed packs are part of the expectation
//   #> …                    expected; at the end of the case. Rewritten when QUY_UPDATE_GOLDENS is set.
//
// Lines of messages count from the top of the case, so an editor jumps to them.

#include <string>
#include <vector>

namespace quy::test {

struct GoldenCase {
  std::string path;
  std::string source;     ///< without the expectation
  std::string expected;   ///< the `#>` lines
};

std::vector<GoldenCase> golden_cases();
/// What the checker says now, as `#>` lines.
std::string actual_output(const GoldenCase& golden);
void rewrite(const GoldenCase& golden, const std::string& output);

}  // namespace quy::test
