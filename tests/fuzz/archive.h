#pragma once
// Zip archives as bytes, and what is packed in them.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quy::fuzz {

/// Parts of an archive: path and content.
using Parts = std::vector<std::pair<std::string, std::string>>;

/// By zlib, whose `window_bits` choose the wrapping: below 0 none, above 15 that of gzip.
std::string deflated(std::string_view content, int window_bits);

/// `packs`: deflated; else stored as they are. No time and no other attribute, so the same parts give the same bytes.
std::string zip(const Parts& parts, bool packs);

}  // namespace quy::fuzz
