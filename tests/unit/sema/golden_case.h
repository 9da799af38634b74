#pragma once
// A case of tests/golden/sema: one annotated source (a pack), or a folder whose folders are packs with their data files. What the checker
// must say is annotated in the sources (tests/support/golden.h); where a file <case>.typed stands beside it, that is the typed form.

#include <filesystem>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"
#include "compiler/sema/typed.h"
#include "compiler/syntax/ast.h"

namespace quy::test {

/// All cases, sorted.
std::vector<std::filesystem::path> sema_cases();

/// One case, checked. Kept whole, because the typed form points into the trees.
struct CheckedCase {
  explicit CheckedCase(const std::filesystem::path& path);

  /// What differs from the annotations, a line each, with the file's name.
  std::vector<std::string> problems() const;
  std::string typed() const;

  SourceMap sources;
  DiagnosticSink diagnostics;
  std::list<syntax::File> trees;
  std::vector<std::filesystem::path> files;   ///< by FileId
  std::vector<std::unique_ptr<sema::Pack>> packs;
};

}  // namespace quy::test
