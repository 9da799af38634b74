#include "runtime/api/versions.h"

#include <algorithm>

#include "runtime/facts/versions.h"

namespace quy {

std::variant<PackVersions, Message> PackVersions::of(std::vector<Pack> packs) {
  std::stable_sort(packs.begin(), packs.end(), [](const Pack& a, const Pack& b) { return facts::Versions::before(a.module(), b.module()); });
  std::vector<const bytecode::Module*> modules;
  for (const Pack& pack : packs) modules.push_back(&pack.module());
  if (std::optional<Message> fault = facts::Versions(std::move(modules)).fault()) return std::move(*fault);
  return PackVersions(std::move(packs));
}

}  // namespace quy
