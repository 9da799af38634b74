#pragma once
// Zip archives as bytes.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quy::fuzz {

/// Parts of an archive: path and content.
using Parts = std::vector<std::pair<std::string, std::string>>;

/// `deflated`: packed; else stored as they are. No time and no other attribute, so the same parts give the same bytes.
std::string zip(const Parts& parts, bool deflated);

}  // namespace quy::fuzz
