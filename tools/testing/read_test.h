#pragma once
// A test in the language that a tool has just written, read back so that it can be run.

#include <string>

#include "compiler/syntax/ast.h"

namespace quy::tools {

class ReadTest {
 public:
  /// `text` holds one test; anything else is a mistake of the tool that wrote it (std::logic_error).
  explicit ReadTest(const std::string& text);
  const syntax::Test& test() const { return *test_; }

 private:
  SourceMap sources_;
  syntax::File file_;
  const syntax::Test* test_ = nullptr;
};

}  // namespace quy::tools
