#include "tools/pack_versions.h"

#include <utility>

namespace quy::tools {

std::optional<OpenedVersions> open_versions(const Context& context, const std::vector<std::string>& paths, int& status) {
  std::vector<OpenedPack> opened;
  std::vector<Pack> packs;
  for (const std::string& path : paths) {
    std::optional<Pack> pack = open_pack(context, path, status);
    if (!pack) return std::nullopt;
    packs.push_back(*pack);
    opened.push_back({path, *std::move(pack)});
  }
  std::variant<PackVersions, Message> made = PackVersions::of(std::move(packs));
  if (auto* versions = std::get_if<PackVersions>(&made)) return OpenedVersions{std::move(opened), std::move(*versions)};
  status = context.fail(std::get<Message>(made), kUsage);
  return std::nullopt;
}

}  // namespace quy::tools
