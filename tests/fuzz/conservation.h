#pragma once
// Any bytes as evidence: what comes out of them, and the law that nothing is lost. The entry of the fuzzers and of the property tests.

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/facts/sample_pack.h"

namespace quy::fuzz {

/// All that reading an input gave.
struct Reading {
  std::vector<std::string> records;   ///< by place: the record with all its values, or why it was refused; without its line
  std::vector<std::uint64_t> lines;   ///< by place
  std::string problem;                ///< why the input could not be read to its end; empty when it was
  bool in_order = true;               ///< every place was told of once, in order
  friend bool operator==(const Reading&, const Reading&) = default;
};

/// Reads bytes of any format, at the last stage. `name` may say by its ending what they are.
Reading read(std::string_view bytes, const std::string& name = "evidence");
/// The same through a cache of columns made of the bytes; `folder` takes both files.
Reading read_cached(std::string_view bytes, const std::string& folder);
/// The bytes of a cache of them.
std::string cache_of(std::string_view bytes, const std::string& folder);
/// Reads bytes as those of a cache whose sources are unchanged.
Reading read_cache(std::string_view cache, const std::string& folder);

/// Raises std::logic_error where bytes break the law.
void check_evidence(std::string_view bytes);
void check_pack(std::string_view bytes);

std::string gzip(std::string_view bytes);
std::string zstd(std::string_view bytes);

}  // namespace quy::fuzz
