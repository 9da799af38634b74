#pragma once
// What shows that bytes of a cache are no longer those that were written; not proof against intent.

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdint>
#include <string_view>

namespace quy::columns {

inline std::uint64_t checksum(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

}  // namespace quy::columns
