#include "tools/evidence_cache.h"

#include <fmt/ostream.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "tools/output.h"

namespace quy::tools {
namespace {

bool readable(const EvidenceFile& file) { return ::access(file.path.c_str(), R_OK) == 0; }

}  // namespace

std::variant<IngestSummary, Message> write_cache(const Pack& pack, const std::vector<EvidenceFile>& sources, const std::string& path) {
  Output file(path);
  auto outcome = ingest(pack, sources, file.stream());
  if (std::holds_alternative<IngestSummary>(outcome) && !file.commit())
    return Message{Diag::file_unwritable, {path, system_error_text(file.system_error())}, {}};
  return outcome;
}

std::optional<Message> refresh_caches(const Context& context, const Pack& pack, const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    auto looked_at = find_stale_cache(pack, input);
    if (auto* damaged = std::get_if<Message>(&looked_at)) return std::move(*damaged);
    const auto& stale = std::get<std::optional<StaleCache>>(looked_at);
    if (!stale) continue;
    if (!std::all_of(stale->sources.begin(), stale->sources.end(), readable)) return Message{Diag::cache_stale, {input, stale->why}, {}};
    fmt::print(std::cerr, "{}: {}; {}\n", input, stale->why.in(context.language),
               context.say("làm lại bộ đệm từ minh chứng gốc", "the cache is made again from its sources"));
    auto outcome = write_cache(pack, stale->sources, input);
    if (auto* fault = std::get_if<Message>(&outcome)) return std::move(*fault);
  }
  return std::nullopt;
}

}  // namespace quy::tools
