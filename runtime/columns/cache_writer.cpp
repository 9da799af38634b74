#include "runtime/columns/cache_writer.h"

#include <algorithm>
#include <ostream>

#include "runtime/columns/checksum.h"

namespace quy::columns {
namespace {

/// Where a group lies.
struct GroupEntry {
  std::uint64_t offset, size, checksum;
};

}  // namespace

/// Takes each record at the last stage, which comes after the others, and then closes the groups of all stages together: so the records of
/// a group are the same ones at each.
struct CacheWriter::Impl : facts::Reader::Sink {
  Impl(const bytecode::Module& module, const vm::TextPool& texts, std::ostream& stream)
      : names(stage_readings(module)), entries(names.size()), schema(schema_hash(module)), out(stream) {
    for (std::size_t i = 0; i < names.size(); ++i) groups.push_back(std::make_unique<GroupWriter>(module, texts));
    std::string head(kMagic);
    head.append(reinterpret_cast<const char*>(&kFormatVersion), sizeof kFormatVersion);
    head.resize(kHeadBytes);
    put(head);
  }

  vm::Batch* batch(std::string_view subject) override { return last().batch(subject); }
  void row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) override {
    last().row(batch, row, head);
    if (any_full()) close_groups();
  }
  void reject(facts::Reject reject) override {
    // A line that is no record at all is not read at other stages; it is refused there as well.
    for (const std::unique_ptr<GroupWriter>& group : groups)
      if (group.get() != &last() && group->records() == last().records()) group->reject(reject);
    ++rejects;
    last().reject(std::move(reject));
    if (any_full()) close_groups();
  }
  void cohort(facts::CohortRecord record) override {
    last().cohort(std::move(record));
    if (any_full()) close_groups();
  }
  facts::Reader::Sink* at_stage(std::size_t stage) override { return groups[stage + 1].get(); }

  GroupWriter& last() { return *groups.front(); }
  bool any_full() const {
    return std::any_of(groups.begin(), groups.end(), [](const std::unique_ptr<GroupWriter>& group) { return group->full(); });
  }

  void close_groups() {
    const std::uint64_t count = last().records();
    if (count == 0) return;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const std::string bytes = groups[i]->end_group(records);
      entries[i].push_back({offset, bytes.size(), checksum(bytes)});
      put(bytes);
    }
    records += count;
  }

  void put(std::string_view bytes) {
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    offset += bytes.size();
  }

  void write_directory() {
    Encoder directory;
    directory.text(schema);
    directory.number(static_cast<std::uint32_t>(sources.size()));
    for (const Source& source : sources) {
      for (const std::string* text : {&source.name, &source.path, &source.sha256}) directory.text(*text);
      directory.number(source.bytes);
      directory.number(source.modified);
      directory.number(source.first_record);
    }
    directory.number(records);
    directory.number(static_cast<std::uint32_t>(names.size()));
    for (std::size_t i = 0; i < names.size(); ++i) {
      directory.number(static_cast<std::uint32_t>(names[i].size()));
      for (const std::string& name : names[i]) directory.text(name);
      directory.number(static_cast<std::uint32_t>(entries[i].size()));
      for (const GroupEntry& entry : entries[i])
        for (const std::uint64_t part : {entry.offset, entry.size, entry.checksum}) directory.number(part);
    }
    directory.align(kAlignment);
    Encoder tail;
    for (const std::uint64_t part : {offset, std::uint64_t{directory.size()}, checksum(directory.result())}) tail.number(part);
    put(directory.result());
    put(tail.result());
    put(kMagic);
  }

  std::vector<std::vector<std::string>> names;             ///< by reading, as the next two
  std::vector<std::vector<GroupEntry>> entries;
  std::vector<std::unique_ptr<GroupWriter>> groups;
  std::string schema;
  std::ostream& out;
  std::uint64_t offset = 0, records = 0, rejects = 0;
  std::vector<Source> sources;
  std::uint64_t source_begin = 0;
};

CacheWriter::CacheWriter(const bytecode::Module& module, const vm::TextPool& texts, std::ostream& out)
    : impl_(std::make_unique<Impl>(module, texts, out)) {}

CacheWriter::~CacheWriter() = default;

facts::ReadOptions CacheWriter::options() const {
  facts::ReadOptions options;
  for (std::size_t i = 1; i < impl_->names.size(); ++i) options.also.push_back(impl_->names[i].front());
  return options;
}

facts::Reader::Sink& CacheWriter::sink() { return *impl_; }

void CacheWriter::end_source(Source source) {
  impl_->close_groups();
  source.first_record = impl_->source_begin;
  impl_->source_begin = impl_->records;
  impl_->sources.push_back(std::move(source));
}

void CacheWriter::finish() {
  impl_->write_directory();
  impl_->out.flush();
}

std::uint64_t CacheWriter::records() const { return impl_->records; }
std::uint64_t CacheWriter::rejects() const { return impl_->rejects; }

}  // namespace quy::columns
