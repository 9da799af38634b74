#pragma once
// A golden case that is checked: one annotated source (a pack), or a folder whose folders are packs with their data files. What the checker
// must say is annotated in the sources (tests/support/golden.h).

#include <filesystem>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"
#include "compiler/sema/from_syntax.h"
#include "compiler/sema/typed.h"
#include "compiler/syntax/ast.h"

namespace quy::test {

/// The cases of a folder of tests/golden, sorted.
std::vector<std::filesystem::path> checked_cases(std::string_view form);

/// One case, checked. Kept whole, because the typed form points into the trees.
struct CheckedCase {
  explicit CheckedCase(const std::filesystem::path& path);
  /// A source made up by a test.
  static CheckedCase of_text(std::string_view text);

  /// What differs from the annotations, a line each, with the file's name.
  std::vector<std::string> problems() const;
  std::string typed() const;

  SourceMap sources;
  DiagnosticSink diagnostics;
  std::list<syntax::File> trees;
  std::vector<std::filesystem::path> files;   ///< by FileId
  std::vector<std::unique_ptr<sema::Pack>> packs;

 private:
  CheckedCase() = default;
  void add_file(sema::PackSource& pack, FileId file);
  void check(const std::vector<sema::PackSource>& pack_sources);
};

}  // namespace quy::test
