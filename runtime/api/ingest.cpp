#include "runtime/api/ingestion.h"

#include <array>
#include <filesystem>
#include <memory>
#include <ostream>

#include "base/sha256.h"
#include "runtime/columns/cache.h"
#include "runtime/columns/source_state.h"
#include "runtime/tabular/input.h"
#include "runtime/vm/shape.h"

namespace quy {
namespace {

/// Hashes all bytes of a file on their way to whoever reads them.
class HashedFile : public facts::ByteSource {
 public:
  HashedFile(const std::string& path, Sha256& hash) : file_(facts::open_file(path)), hash_(hash) {}
  ~HashedFile() override {
    // What nobody asked for is part of the file too.
    std::array<char, 1 << 14> rest;
    while (read(rest.data(), rest.size()) > 0) {
    }
  }
  HashedFile(const HashedFile&) = delete;
  HashedFile& operator=(const HashedFile&) = delete;

  std::size_t read(char* into, std::size_t size) override {
    const std::size_t count = file_->read(into, size);
    hash_.update({into, count});
    return count;
  }
  std::optional<Message> problem() const override { return file_->problem(); }

 private:
  std::unique_ptr<facts::ByteSource> file_;
  Sha256& hash_;
};

std::optional<Message> not_a_source(const std::string& input) {
  const Bilingual standard_input{"đầu vào chuẩn không đọc lại được để biết bộ đệm còn đúng không", "standard input cannot be read again to see whether the cache still holds"};
  const Bilingual cache{"đây đã là một bộ đệm", "it is a cache already"};
  const Bilingual no_file{"không phải một tệp thường, không đọc lại được", "it is no ordinary file and cannot be read again"};
  if (input == "-") return Message{Diag::ingest_needs_sources, {input, standard_input}, {}};
  std::error_code unknown;
  const std::filesystem::file_type type = std::filesystem::status(input, unknown).type();
  if (type == std::filesystem::file_type::fifo || type == std::filesystem::file_type::character)
    return Message{Diag::ingest_needs_sources, {input, no_file}, {}};
  if (columns::is_cache(input)) return Message{Diag::ingest_needs_sources, {input, cache}, {}};
  return std::nullopt;
}

std::optional<Message> ingest_source(const Pack& pack, const EvidenceFile& input, facts::Reader& reader, columns::CacheWriter& writer) {
  if (std::optional<Message> fault = not_a_source(input.path)) return fault;
  std::variant<columns::Source, Message> found = columns::source_now(input.path);
  if (auto* fault = std::get_if<Message>(&found)) return std::move(*fault);
  columns::Source source = std::get<columns::Source>(std::move(found));
  source.name = input.name;
  Sha256 hash;
  auto bytes = std::make_unique<HashedFile>(input.path, hash);
  if (std::optional<Message> fault = tabular::read_evidence(pack.module(), reader, std::move(bytes), input.name, writer.sink())) return fault;
  source.sha256 = hex(hash.finish());
  writer.end_source(std::move(source));
  return std::nullopt;
}

}  // namespace

std::variant<IngestSummary, Message> ingest(const Pack& pack, const std::vector<EvidenceFile>& inputs, std::ostream& cache) {
  try {
    vm::TextPool texts(pack.module());
    columns::CacheWriter writer(pack.module(), texts, cache);
    facts::Reader reader(pack.module(), texts, writer.options());
    for (const EvidenceFile& input : inputs)
      if (std::optional<Message> fault = ingest_source(pack, input, reader, writer)) return std::move(*fault);
    writer.finish();
    return IngestSummary{writer.records(), writer.records() - writer.rejects(), writer.rejects()};
  } catch (const vm::Unloadable& fault) {
    return Message{Diag::pack_not_runnable, {fault.what()}, {}};
  }
}

std::variant<std::optional<StaleCache>, Message> find_stale_cache(const Pack& pack, const std::string& path) {
  std::optional<StaleCache> stale;
  if (!columns::is_cache(path)) return stale;
  auto opened = columns::Cache::open(path);
  if (auto* fault = std::get_if<Message>(&opened)) return std::move(*fault);
  const columns::Cache& cache = *std::get<std::unique_ptr<columns::Cache>>(opened);
  std::optional<Bilingual> why = cache.stale(pack.module());
  if (!why) return stale;
  stale.emplace().why = std::move(*why);
  for (const columns::Source& source : cache.sources()) stale->sources.push_back({source.name, source.path});
  return stale;
}

}  // namespace quy
