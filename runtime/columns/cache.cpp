#include "runtime/columns/cache.h"

#include <algorithm>
#include <array>

#include "runtime/columns/checksum.h"
#include "runtime/columns/source_state.h"

namespace quy::columns {
namespace {

const Bilingual kCut{"tệp bị cụt", "the file is cut short"};

/// What a sink gets that takes no whole groups: each record by itself, first as it stands at the other stages asked for.
class OneByOne {
 public:
  OneByOne(const bytecode::Module& module, facts::Reader::Sink& sink) : module_(module), sink_(sink) {}

  void give(const RowGroup& group, const std::vector<RowGroup>& at_stages) {
    for (std::uint32_t i = 0; i < group.places().size(); ++i) {
      for (std::size_t stage = 0; stage < at_stages.size(); ++stage)
        if (facts::Reader::Sink* of_stage = sink_.at_stage(stage)) give(at_stages[stage], i, *of_stage);
      give(group, i, sink_);
    }
  }

 private:
  void give(const RowGroup& group, std::uint32_t index, facts::Reader::Sink& sink) {
    const RowGroup::Place& place = group.places()[index];
    const std::uint64_t record = group.first_record() + index;
    if (place.block == kRefused) return sink.reject(group.reject(place, record));
    if (place.block == kOfCohort) return sink.cohort(group.cohort(place, record));
    const RowGroup::Block& block = group.blocks()[place.block];
    const std::string& subject = module_.subjects[block.subject].id;
    group.head(place, record, head_);
    vm::Batch* batch = sink.batch(subject);
    if (batch == nullptr) return sink.reject({head_.line, record, head_.id, {}, {Diag::subject_unknown, {subject}, {}}, head_.sheet});
    const std::uint32_t row = batch->append(block.rows, place.index, 1);
    sink.row(*batch, row, head_);
  }

  const bytecode::Module& module_;
  facts::Reader::Sink& sink_;
  facts::RecordHead head_;
};

}  // namespace

bool is_cache(const std::string& path) {
  const RandomAccessFile file(path);
  std::array<char, kMagic.size()> beginning{};
  return !file.error() && file.read(0, beginning.data(), beginning.size(), nullptr) == beginning.size() &&
         std::string_view(beginning.data(), beginning.size()) == kMagic;
}

std::variant<std::unique_ptr<Cache>, Message> Cache::open(const std::string& path) {
  std::unique_ptr<Cache> cache(new Cache(path));
  if (const std::optional<FileError>& error = cache->file_.error()) return cache->unreadable(*error);
  if (std::optional<Message> fault = cache->parse()) return std::move(*fault);
  return cache;
}

Message Cache::unreadable(const FileError& error) const { return {Diag::evidence_unreadable, {path_, system_error_text(error.system_error)}, {}}; }

// Read and not mapped: a file that another program cuts short meanwhile then gives a message, and a mapped page costs more than its copy.
std::optional<Message> Cache::bring_in(std::uint64_t offset, std::uint64_t size, Buffer& into) const {
  into.grow(size, 0);
  FileError error;
  if (file_.read(offset, into.data(), size, &error) == size) return std::nullopt;
  return error.system_error == 0 ? damaged(kCut) : unreadable(error);
}

Message Cache::damaged(const Bilingual& what) const { return {Diag::cache_damaged, {path_, what}, {}}; }

std::optional<Message> Cache::parse() {
  const Bilingual directory_bad{"mục lục không đúng", "its directory is wrong"};
  if (file_.size() < kHeadBytes + kTailBytes || file_.size() % kAlignment != 0) return damaged(kCut);
  const std::uint64_t most = file_.size() - kTailBytes;
  Buffer head_bytes, tail_bytes, directory_bytes;
  if (std::optional<Message> fault = bring_in(0, kHeadBytes, head_bytes)) return fault;
  if (std::optional<Message> fault = bring_in(most, kTailBytes, tail_bytes)) return fault;
  Decoder head(head_bytes.view(0, kHeadBytes)), tail(tail_bytes.view(0, kTailBytes));
  const std::string_view magic = head.raw(kMagic.size());
  const auto version = head.number<std::uint32_t>(), rest = head.number<std::uint32_t>();
  if (magic == kMagic && version != kFormatVersion) return Message{Diag::cache_version, {path_, version, kFormatVersion}, {}};
  if (magic != kMagic || rest != 0) return damaged({"phần đầu không đúng", "its head is wrong"});
  const auto offset = tail.number<std::uint64_t>(), size = tail.number<std::uint64_t>(), sum = tail.number<std::uint64_t>();
  if (tail.raw(kMagic.size()) != kMagic) return damaged(kCut);
  if (offset % kAlignment != 0 || offset > most || size != most - offset) return damaged(directory_bad);
  if (std::optional<Message> fault = bring_in(offset, size, directory_bytes)) return fault;
  const std::string_view directory = directory_bytes.view(0, size);
  if (checksum(directory) != sum || !parse_directory(directory) || !groups_fill(offset)) return damaged(directory_bad);
  return std::nullopt;
}

bool Cache::parse_directory(std::string_view directory) {
  Decoder in(directory);
  schema_ = in.text();
  const std::uint32_t sources = in.count(6 * sizeof(std::uint32_t));
  for (std::uint32_t i = 0; i < sources && !in.failed(); ++i) {
    Source& source = sources_.emplace_back();
    for (std::string* text : {&source.name, &source.path, &source.sha256}) *text = in.text();
    source.bytes = in.number<std::uint64_t>();
    source.modified = in.number<std::int64_t>();
    source.first_record = in.number<std::uint64_t>();
    in.expect(source.first_record >= (i == 0 ? 0 : sources_[i - 1].first_record));
  }
  records_ = in.number<std::uint64_t>();
  const std::uint32_t readings = in.count(2 * sizeof(std::uint32_t));
  for (std::uint32_t i = 0; i < readings && !in.failed(); ++i) {
    Reading& reading = readings_.emplace_back();
    const std::uint32_t names = in.count(sizeof(std::uint32_t));
    for (std::uint32_t k = 0; k < names && !in.failed(); ++k) reading.names.emplace_back(in.text());
    const std::uint32_t groups = in.count(sizeof(GroupEntry));
    for (std::uint32_t k = 0; k < groups && !in.failed(); ++k) {
      GroupEntry& entry = reading.groups.emplace_back();
      for (std::uint64_t* part : {&entry.offset, &entry.size, &entry.checksum}) *part = in.number<std::uint64_t>();
    }
    in.expect(reading.groups.size() == readings_.front().groups.size());
  }
  in.align(kAlignment);
  return !in.failed() && in.at_end();
}

/// Groups lie one after the other, those of one stretch of records together, from the head to the directory.
bool Cache::groups_fill(std::uint64_t end) const {
  if (readings_.empty()) return false;
  std::uint64_t at = kHeadBytes;
  for (std::size_t i = 0; i < readings_.front().groups.size(); ++i) {
    for (const Reading& reading : readings_) {
      const GroupEntry& entry = reading.groups[i];
      if (entry.offset != at || entry.size % kAlignment != 0 || entry.size > end - at) return false;
      at += entry.size;
    }
  }
  return at == end;
}

const Cache::Reading* Cache::find_reading(const std::string& stage) const {
  for (const Reading& reading : readings_)
    if (std::find(reading.names.begin(), reading.names.end(), stage) != reading.names.end()) return &reading;
  return nullptr;
}

std::optional<Bilingual> Cache::stale(const bytecode::Module& module) const {
  if (schema_ != schema_hash(module)) return Bilingual{"gói này đọc minh chứng theo cấu trúc khác", "this pack reads evidence by another schema"};
  for (const Source& source : sources_)
    if (std::optional<Bilingual> change = source_change(source)) return change;
  return std::nullopt;
}

std::optional<Message> Cache::read(const bytecode::Module& module, const facts::ReadOptions& options, vm::TextPool& pool,
                                   facts::Reader::Sink& sink) const {
  std::vector<const Reading*> readings{find_reading(options.stage)};
  for (const std::string& stage : options.also) readings.push_back(find_reading(stage));
  if (std::find(readings.begin(), readings.end(), nullptr) != readings.end()) return damaged({"thiếu một bước chấm", "it lacks a stage"});
  std::vector<std::vector<FieldForm>> forms;
  for (const bytecode::Subject& subject : module.subjects) forms.push_back(field_forms(module, subject));
  std::vector<Buffer> bytes(readings.size());   // of the groups at hand
  std::size_t source = 0;
  std::uint64_t next = 0;
  for (std::size_t i = 0; i < readings.front()->groups.size(); ++i) {
    std::vector<RowGroup> groups;
    for (std::size_t stage = 0; stage < readings.size(); ++stage) {
      const GroupEntry& entry = readings[stage]->groups[i];
      if (std::optional<Message> fault = bring_in(entry.offset, entry.size, bytes[stage])) return fault;
      const std::string_view group = bytes[stage].view(0, entry.size);
      std::optional<RowGroup> parsed;
      if (checksum(group) == entry.checksum) parsed = RowGroup::parse(group, module, forms, pool);
      const bool fits = parsed && parsed->first_record() == next && (groups.empty() || parsed->places().size() == groups.front().places().size());
      if (!fits) return damaged({"nhóm bản ghi thứ " + std::to_string(i + 1) + " không đúng", "group " + std::to_string(i + 1) + " of its records is wrong"});
      groups.push_back(std::move(*parsed));
    }
    // Only where there are several are they told apart: one is known by the name of the cache.
    for (; sources_.size() > 1 && source < sources_.size() && sources_[source].first_record <= next; ++source) sink.source(sources_[source].name);
    next += groups.front().places().size();
    const RowGroup main = std::move(groups.front());
    groups.erase(groups.begin());
    if (groups.empty() && sink.take(main)) continue;
    OneByOne(module, sink).give(main, groups);
  }
  return next == records_ ? std::nullopt : std::optional(damaged({"thiếu bản ghi", "records are missing"}));
}

}  // namespace quy::columns
