#pragma once
// Syntax trees to typed packs.

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "compiler/sema/typed.h"
#include "compiler/syntax/ast.h"

namespace quy::sema {

/// The files of one pack: one of them holds its header. Trees must outlive the typed pack (tests point into them).
struct PackSource {
  std::vector<const syntax::File*> files;
  std::string directory;                ///< where tables' files are looked for; empty for the embedded library
};

/// Reads a data file named by `bảng … từ tệp`; nothing when it cannot be read.
using DataReader = std::optional<std::string> (*)(const std::string& directory, const std::string& file);

/// Checks packs that depend on each other (a set, its guidance, its framework), parents first in the result. Problems are reported; a pack
/// with errors is left out, and so are those that refine it.
std::vector<std::unique_ptr<Pack>> from_syntax(const std::vector<PackSource>& sources, DataReader read_data, DiagnosticSink& diagnostics);

}  // namespace quy::sema
