#pragma once
// The packs of a run: one, or several versions of one criteria set.

#include <optional>
#include <string>
#include <vector>

#include "runtime/api/versions.h"
#include "tools/context.h"

namespace quy::tools {

struct OpenedPack {
  std::string path;
  Pack pack;
};
struct OpenedVersions {
  std::vector<OpenedPack> packs;   ///< as they were named
  PackVersions versions;
};

/// As open_pack(), one after the other. On failure prints why and sets `status`; so too when the packs cannot stand side by side.
std::optional<OpenedVersions> open_versions(const Context& context, const std::vector<std::string>& paths, int& status);

}  // namespace quy::tools
