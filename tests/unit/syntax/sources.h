#pragma once
// Sources in memory for the tests of this stage.

#include <stdexcept>
#include <string>
#include <string_view>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"

namespace quy::test {

/// One text, parsed.
struct Parsed {
  explicit Parsed(std::string_view text) {
    const auto added = sources.add("test.quy", text, nullptr);
    if (!added) throw std::runtime_error("the text of a test is no source");
    file = *added;
    tree = syntax::parse(sources, file, diagnostics);
    diagnostics.sort();
  }
  bool sound() const { return !diagnostics.has_errors(); }
  std::string printed() const { return syntax::print(tree); }
  /// Codes of all messages, in order of place.
  std::string codes() const {
    std::string list;
    for (const Diagnostic& diagnostic : diagnostics.all()) list.append(list.empty() ? "" : " ").append(code(diagnostic.message.id));
    return list;
  }

  SourceMap sources;
  DiagnosticSink diagnostics;
  FileId file = kNoFile;
  syntax::File tree;
};

inline std::string formatted(std::string_view text, std::optional<Language> keywords = {}) {
  SourceMap sources;
  const auto file = sources.add("test.quy", text, nullptr);
  if (!file) throw std::runtime_error("the text of a test is no source");
  return syntax::format(sources, *file, keywords);
}

}  // namespace quy::test
