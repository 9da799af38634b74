#pragma once
// Compressed inputs, recognised by how they begin.

#include <memory>
#include <string>

#include "runtime/tabular/peeked_source.h"

namespace quy::tabular {

/// What gzip or zstd packed, unpacked while it is read; any other source as it is. `name` is for messages.
std::unique_ptr<PeekedSource> decompressed(std::unique_ptr<PeekedSource> source, const std::string& name);

}  // namespace quy::tabular
