#include "tools/testing/read_test.h"

#include <stdexcept>

#include "compiler/syntax/parse.h"

namespace quy::tools {

ReadTest::ReadTest(const std::string& text) {
  DiagnosticSink diagnostics;
  const std::optional<FileId> file = sources_.add("test.quy", text, nullptr);
  if (file) file_ = syntax::parse(sources_, *file, diagnostics);
  for (const syntax::Item& each : file_.items)
    if (const auto* test = std::get_if<syntax::Test>(&each)) test_ = test;
  if (test_ == nullptr) throw std::logic_error("a test that cannot be read back: " + text);
}

}  // namespace quy::tools
