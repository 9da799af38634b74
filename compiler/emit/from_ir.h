#pragma once
// Rule graphs to a bytecode module: constants pooled, nodes numbered, places turned into lines and columns.

#include <set>
#include <string>

#include "base/source.h"
#include "compiler/sema/typed.h"
#include "runtime/bytecode/module.h"

namespace quy::emit {

struct Options {
  /// Adds, for each subject with a rating, a variant over a stated total; only tests of ratings need them.
  bool given_total_variants = false;
  /// Of which subjects, by id; empty: of all.
  std::set<std::string> variants_of = {};
  /// Adds what stands in place of the refined subject's fields, as values at the root of the observables with the ids of those fields; only
  /// comparisons of the two need it.
  bool replaced_fields = false;
};

/// The module of one checked pack. `ancestors` are the packs it refines, nearest first; their meaning hashes become its dependencies.
bytecode::Module from_typed(const SourceMap& sources, const sema::Pack& pack, const std::vector<const bytecode::Module*>& ancestors,
                            Options options = {});

}  // namespace quy::emit
