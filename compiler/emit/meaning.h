#pragma once
// The first two of a pack's hashes. The third, of all its bytes, is the file's own.

#include <string>
#include <vector>

#include "base/source.h"
#include "runtime/bytecode/module.h"

namespace quy::emit {

/// SHA-256 of what the rules mean: code, constants, fields, levels, tables; without spans, labels, versions and texts. Equal for the same
/// rules in Vietnamese and English keywords. A closed period pins it.
std::string meaning_hash(const bytecode::Module& module);

/// SHA-256 over the files' contents, in the order of their names.
std::string sources_hash(const SourceMap& sources, std::vector<FileId> files);

}  // namespace quy::emit
