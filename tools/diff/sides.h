#pragma once
// A version to compare: from source, from a compiled pack, or from an earlier revision.

#include <memory>
#include <optional>
#include <string>

#include "compiler/driver/compilation.h"
#include "tools/context.h"
#include "tools/diff/revision.h"

namespace quy::tools {

struct DiffSide {
  std::string given;                         ///< as the command line names it
  std::unique_ptr<Revision> revision;        ///< of REV:PATH
  std::unique_ptr<Compilation> compilation;  ///< nothing for a compiled pack
  const sema::Pack* source = nullptr;        ///< nothing for a compiled pack
  bytecode::Module module;                   ///< its subjects in the order of the source's

  const sema::Subject* source_of(std::uint32_t subject) const {
    return source == nullptr ? nullptr : &source->subjects[subject];
  }
  /// Where something stands, as the command line names its file; empty when a pack does not say.
  std::string place(const bytecode::Origin& origin) const;
  std::string place(const Span& span) const;
};

/// Compiles or loads one version. `pack` is the id of the one that is meant where there are several. On failure prints why and sets
/// `status`.
std::optional<DiffSide> open_side(const Context& context, const std::string& path, const std::string& pack, int& status);
/// The same of sources that have been put together.
std::optional<DiffSide> open_side(const Context& context, Revision sources, const std::string& pack, int& status);

}  // namespace quy::tools
