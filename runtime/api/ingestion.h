#pragma once
// Evidence into a .qev cache: read and checked once, for any number of runs under packs that read evidence by the same schema.

#include <cstdint>
#include <iosfwd>
#include <string>
#include <variant>
#include <vector>

#include "runtime/api/evaluation.h"

namespace quy {

/// What messages and refused records call it, and where it lies.
struct EvidenceFile {
  std::string name, path;
};

struct IngestSummary {
  std::uint64_t records_in = 0, kept = 0, rejected = 0;   ///< the first is the sum of the others
};

/// Reads the inputs, files all of them, and writes their cache to `cache`. Refused records are kept too: every run on the cache names them
/// again. A message when an input cannot be read.
std::variant<IngestSummary, Message> ingest(const Pack& pack, const std::vector<EvidenceFile>& inputs, std::ostream& cache);

/// A cache that must not be used, and the files to make it of again.
struct StaleCache {
  std::vector<EvidenceFile> sources;
  Bilingual why;
};
/// Nothing when the file at `path` is no cache, or a good one for this pack; a message when it is damaged.
std::variant<std::optional<StaleCache>, Message> find_stale_cache(const Pack& pack, const std::string& path);

}  // namespace quy
