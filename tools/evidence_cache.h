#pragma once
// Caches of evidence (.qev): made, and made again when they are stale.

#include <string>
#include <vector>

#include "runtime/api/ingestion.h"
#include "tools/context.h"

namespace quy::tools {

/// Writes the cache of `sources` to `path`, whole or not at all.
std::variant<IngestSummary, Message> write_cache(const Pack& pack, const std::vector<EvidenceFile>& sources, const std::string& path);

/// Makes those of `inputs` again that are stale caches, with a line on stderr for each; a message when one is damaged, or its sources
/// cannot be read.
std::optional<Message> refresh_caches(const Context& context, const Pack& pack, const std::vector<std::string>& inputs);

}  // namespace quy::tools
