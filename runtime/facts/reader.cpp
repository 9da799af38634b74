#include <simdjson.h>

#include <algorithm>

#include "base/buffer.h"
#include "base/limits.h"
#include "base/text.h"
#include "runtime/facts/byte_source.h"
#include "runtime/facts/facts.h"
#include "runtime/facts/framing.h"
#include "runtime/facts/head_finder.h"
#include "runtime/facts/record_reader.h"

namespace quy::facts {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 18;

/// Records as one module reads them, at every stage that is asked for.
struct OfModule {
  OfModule(const bytecode::Module& module, vm::TextPool& texts, const ReadOptions& options, const Versions* versions)
      : records(module, texts, {options.stage, {}}, versions) {
    for (const std::string& stage : options.also) stages.push_back(std::make_unique<RecordReader>(module, texts, ReadOptions{stage, {}}, versions));
  }

  void read(const RecordText& record, std::uint64_t line, std::uint64_t sequence, Reader::Sink& sink) {
    for (std::size_t i = 0; i < stages.size(); ++i)
      if (Reader::Sink* of_stage = sink.at_stage(i)) stages[i]->read(record, line, sequence, *of_stage);
    records.read(record, line, sequence, sink);
  }

  RecordReader records;
  std::vector<std::unique_ptr<RecordReader>> stages;
};

}  // namespace

struct Reader::Impl : RecordSink {
  Impl(const bytecode::Module& module, vm::TextPool& pool, ReadOptions how) : options(std::move(how)), texts(&pool) {
    modules.push_back(std::make_unique<OfModule>(module, pool, options, nullptr));
  }
  Impl(const Versions& several, const std::vector<vm::TextPool*>& pools, ReadOptions how) : options(std::move(how)), versions(&several) {
    for (std::uint32_t i = 0; i < several.size(); ++i)
      modules.push_back(pools[i] == nullptr ? nullptr : std::make_unique<OfModule>(several.module(i), *pools[i], options, versions));
  }

  /// Blank ones are passed over.
  void read_record(std::string_view text, std::uint64_t line) {
    if (!text.starts_with('{') && text.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    const RecordText record = padded(text);
    versions == nullptr ? modules.front()->read(record, line, sequence, *sink) : read_by_version(record, line);
    ++sequence;
  }
  void read_by_version(const RecordText& record, std::uint64_t line);

  std::uint64_t lines(std::string_view text, std::uint64_t first_line) override;
  void element(std::string_view text, std::uint64_t line) override;
  void too_long(std::uint64_t line) override { reject(line, {Diag::record_too_long, {limits::record_bytes}, {}}); }

  void one(std::string_view text, std::uint64_t line);
  /// Near the end of the memory that may be read, a copy with room behind it.
  RecordText padded(std::string_view text) {
    if (text.data() + text.size() + kPadding <= readable_end) return {text.data(), text.data() + text.size()};
    copy.assign(text).append(kPadding, '\0');
    return {copy.data(), copy.data() + text.size()};
  }
  void reject(std::uint64_t line, Message reason) { sink->reject({line, sequence++, {}, {}, std::move(reason)}); }
  void begin(Sink& into, std::unique_ptr<Framing> by, std::uint64_t first_sequence = 0) {
    sink = &into;
    sequence = first_sequence;
    framing = std::move(by);
  }

  ReadOptions options;
  vm::TextPool* texts = nullptr;
  const Versions* versions = nullptr;
  std::vector<std::unique_ptr<OfModule>> modules;   ///< by version; null: its records are passed over
  HeadFinder heads;
  std::unique_ptr<Framing> framing;
  const char* readable_end = nullptr;   ///< of the memory in which the records lie
  std::string copy;
  Sink* sink = nullptr;
  std::uint64_t sequence = 0;
};

/// A record without a period is refused by any version; the oldest does it, so that a new version changes nothing.
void Reader::Impl::read_by_version(const RecordText& record, std::uint64_t line) {
  const std::optional<Period>& period = heads.period(record);
  const std::uint32_t version = period ? versions->in_force(period->last) : 0;
  if (version == bytecode::kNone) {
    Message reason = versions->none_in_force(heads.period_text(), period->last);
    return sink->reject({line, sequence, heads.id(record), "period", std::move(reason)});
  }
  if (modules[version] == nullptr) return sink->passed_over(sequence);
  modules[version]->read(record, line, sequence, sink->of_version(version));
}

/// All lines are seen to be UTF-8 at once; when they are not, each by itself, so that only the bad one is refused.
std::uint64_t Reader::Impl::lines(std::string_view text, std::uint64_t first_line) {
  const bool sound = text.size() <= limits::record_bytes && simdjson::validate_utf8(text);
  std::uint64_t breaks = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::uint64_t line = first_line + breaks;
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view record = text.substr(begin, end - begin);
    sound ? read_record(record, line) : one(record, line);
    begin = end + 1;
    if (end < text.size()) ++breaks;
  }
  return breaks;
}

/// A record that stands alone.
void Reader::Impl::one(std::string_view text, std::uint64_t line) {
  if (text.size() > limits::record_bytes) return too_long(line);
  std::size_t bad = 0;
  if (!is_utf8(text, &bad)) return reject(line, {Diag::record_not_utf8, {bad + 1}, {}});
  read_record(text, line);
}

void Reader::Impl::element(std::string_view text, std::uint64_t line) {
  if (text.empty()) return reject(line, {Diag::element_empty, {}, {}});
  one(text, line);
}

Reader::Reader(const bytecode::Module& module, vm::TextPool& texts, ReadOptions options)
    : impl_(std::make_unique<Impl>(module, texts, std::move(options))) {}

Reader::Reader(const Versions& versions, const std::vector<vm::TextPool*>& texts, ReadOptions options)
    : impl_(std::make_unique<Impl>(versions, texts, std::move(options))) {}

Reader::~Reader() = default;

const ReadOptions& Reader::options() const { return impl_->options; }
vm::TextPool& Reader::texts() const { return *impl_->texts; }
const Versions* Reader::versions() const { return impl_->versions; }

std::optional<Message> Reader::read_text(std::string_view text, Sink& sink) {
  impl_->begin(sink, make_framing());
  impl_->readable_end = text.data() + text.size();
  impl_->framing->take(text, true, *impl_);
  return impl_->framing->problem();
}

void Reader::read_lines(std::string_view text, std::uint64_t line, std::uint64_t sequence, Sink& sink) {
  impl_->begin(sink, make_line_framing(line), sequence);
  impl_->readable_end = text.data() + text.size();
  impl_->framing->take(text, true, *impl_);
}

std::optional<Message> Reader::read(const std::string& path, Sink& sink) { return read(*open_file(path), sink); }

std::uint64_t Reader::next_sequence() const { return impl_->sequence; }

std::optional<Message> Reader::read(ByteSource& source, Sink& sink, std::uint64_t sequence) {
  impl_->begin(sink, make_framing(), sequence);
  Buffer buffer;
  std::size_t filled = 0;
  bool last = false;
  while (!last) {
    // Room is made only when a record needs it, so a file of ordinary ones is read through one small buffer.
    if (buffer.size() - filled < kReadBytes) buffer.grow(std::max(buffer.size() * 2, filled + kReadBytes), filled);
    const std::size_t count = source.read(buffer.data() + filled, kReadBytes);
    if (std::optional<Message> problem = source.problem()) return problem;
    last = count == 0;
    filled += count;
    impl_->readable_end = buffer.data() + buffer.size();
    const std::size_t done = impl_->framing->take(buffer.view(0, filled), last, *impl_);
    std::copy(buffer.data() + done, buffer.data() + filled, buffer.data());
    filled -= done;
  }
  return impl_->framing->problem();
}

}  // namespace quy::facts
