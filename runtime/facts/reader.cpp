#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "runtime/facts/byte_source.h"
#include "runtime/facts/facts.h"
#include "runtime/facts/framing.h"
#include "runtime/facts/json_structure.h"
#include "runtime/facts/record_reader.h"

namespace quy::facts {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 18;

const Bilingual& fault_words(StructureFault fault) {
  static const Bilingual control{"có ký tự điều khiển trong chuỗi", "a control character in a string"};
  static const Bilingual open{"có chuỗi không đóng ngoặc kép", "a string is not closed"};
  return fault == StructureFault::control_character ? control : open;
}

/// Where a control character stands inside a string, or where the last string began; for the message only.
std::size_t find_fault(std::string_view text) {
  std::size_t opened = 0;
  bool in_string = false, escaped = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!in_string) {
      in_string = text[i] == '"';
      if (in_string) opened = i;
      continue;
    }
    if (static_cast<unsigned char>(text[i]) < 0x20) return i;
    in_string = escaped || text[i] != '"';
    escaped = !escaped && text[i] == '\\';
  }
  return opened;
}

}  // namespace

struct Reader::Impl : RecordSink {
  Impl(const bytecode::Module& module, vm::TextPool& texts, ReadOptions options)
      : records(module, texts, {options.stage, {}}) {
    for (const std::string& stage : options.also) stages.push_back(std::make_unique<RecordReader>(module, texts, ReadOptions{stage, {}}));
  }

  void read_record(const RecordText& record, std::uint64_t line) {
    for (std::size_t i = 0; i < stages.size(); ++i)
      if (Sink* of_stage = sink->at_stage(i)) stages[i]->read(record, line, sequence, *of_stage);
    records.read(record, line, sequence++, *sink);
  }

  std::uint64_t lines(std::string_view text, std::uint64_t first_line) override;
  void element(std::string_view text, std::uint64_t line) override;
  void too_long(std::uint64_t line) override { reject(line, {Diag::record_too_long, {limits::record_bytes}, {}}); }

  void one(std::string_view text, std::uint64_t line);
  void reject(std::uint64_t line, Message reason) { sink->reject({line, sequence++, {}, {}, std::move(reason)}); }
  void begin(Sink& into) {
    sink = &into;
    sequence = 0;
    framing = make_framing();
  }

  RecordReader records;
  std::vector<std::unique_ptr<RecordReader>> stages;
  JsonStructure structure;
  std::unique_ptr<Framing> framing;
  Sink* sink = nullptr;
  std::uint64_t sequence = 0;
};

/// All lines over one search for tokens; when that finds any fault, each line by itself, so that only the bad one is refused.
std::uint64_t Reader::Impl::lines(std::string_view text, std::uint64_t first_line) {
  const bool sound = text.size() <= limits::record_bytes && structure.find(text) == StructureFault::none;
  const bool backslashes = sound && text.find('\\') != std::string_view::npos;
  const std::uint32_t* token = structure.tokens();
  std::uint64_t breaks = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::uint64_t line = first_line + breaks;
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (sound) {
      while (*token < begin) ++token;
      const RecordText record{text.data(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), token,
                              backslashes};
      if (*token < end) read_record(record, line);
    } else {
      one(text.substr(begin, end - begin), line);
    }
    begin = end + 1;
    if (end < text.size()) ++breaks;
  }
  return breaks;
}

/// A record that stands alone; blank ones are passed over.
void Reader::Impl::one(std::string_view text, std::uint64_t line) {
  if (text.size() > limits::record_bytes) return too_long(line);
  std::size_t bad = 0;
  const StructureFault fault = structure.find(text);
  if (fault != StructureFault::none && !is_utf8(text, &bad))
    return reject(line, {Diag::record_not_utf8, {bad + 1}, {}});
  if (fault != StructureFault::none)
    return reject(line, {Diag::record_malformed, {fault_words(fault), find_fault(text) + 1}, {}});
  const auto size = static_cast<std::uint32_t>(text.size());
  if (*structure.tokens() == size) return;
  read_record({text.data(), 0, size, structure.tokens(), true}, line);
}

void Reader::Impl::element(std::string_view text, std::uint64_t line) {
  if (text.empty()) return reject(line, {Diag::element_empty, {}, {}});
  one(text, line);
}

Reader::Reader(const bytecode::Module& module, vm::TextPool& texts, ReadOptions options)
    : impl_(std::make_unique<Impl>(module, texts, std::move(options))) {}

Reader::~Reader() = default;

std::optional<Message> Reader::read_text(std::string_view text, Sink& sink) {
  impl_->begin(sink);
  impl_->framing->take(text, true, *impl_);
  return impl_->framing->problem();
}

std::optional<Message> Reader::read(const std::string& path, Sink& sink) { return read(*open_file(path), sink); }

std::optional<Message> Reader::read(ByteSource& source, Sink& sink) {
  impl_->begin(sink);
  std::string buffer;
  std::size_t filled = 0;
  bool last = false;
  while (!last) {
    // Room is made only when a record needs it, so a file of ordinary ones is read through one small buffer.
    if (buffer.size() - filled < kReadBytes) buffer.resize(std::max(buffer.size() * 2, filled + kReadBytes));
    const std::size_t count = source.read(buffer.data() + filled, kReadBytes);
    if (std::optional<Message> problem = source.problem()) return problem;
    last = count == 0;
    filled += count;
    const std::size_t done = impl_->framing->take({buffer.data(), filled}, last, *impl_);
    std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(done), buffer.begin() + static_cast<std::ptrdiff_t>(filled),
              buffer.begin());
    filled -= done;
  }
  return impl_->framing->problem();
}

}  // namespace quy::facts
