#pragma once
// Results of tests for build servers: JUnit XML, one suite a file of tests, one case a test.

#include <string>
#include <vector>

#include "base/source.h"
#include "tools/testing/run_tests.h"

namespace quy::tools {

/// The document, in UTF-8. `sources` hold the tests.
std::string junit_text(const std::vector<TestReport>& reports, const SourceMap& sources, Language language);

}  // namespace quy::tools
