#pragma once
// What `--write-test FILE` does, whichever command found the tests.

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/language.h"
#include "base/source.h"

namespace quy::tools {

/// Made-up tests for one file. Tests of several packs may come together; each is written with the keywords of its pack.
class WrittenTests {
 public:
  /// `text` is one test in canonical layout.
  void add(const std::string& text, Language keywords);

  /// Makes the file, or adds what it does not hold yet to the end of one that was made here. Nothing happens without tests. Otherwise why not:
  /// a file that people began is not touched.
  std::optional<Message> write(const std::string& path) const;

 private:
  std::vector<std::string> tests_;
};

/// The keywords that the pack of this source file is written with.
Language keywords_of(const SourceMap& sources, FileId file);

}  // namespace quy::tools
