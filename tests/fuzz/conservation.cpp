#include "tests/fuzz/conservation.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>

#include "base/sha256.h"
#include "runtime/columns/cache.h"
#include "runtime/columns/schema.h"
#include "runtime/columns/source_state.h"
#include "runtime/tabular/input.h"
#include "tests/fuzz/archive.h"

namespace quy::fuzz {
namespace {

const bytecode::Module& module() {
  static const bytecode::Module pack = facts::test::sample_pack();
  return pack;
}

class Collector : public facts::Reader::Sink {
 public:
  explicit Collector(Reading& reading) : reading_(reading) {
    for (std::uint32_t i = 0; i < module().subjects.size(); ++i) batches_.push_back(std::make_unique<vm::Batch>(vm::Program::load(module(), i)));
  }

  vm::Batch* batch(std::string_view subject) override {
    for (std::size_t i = 0; i < batches_.size(); ++i) {
      if (module().subjects[i].id != subject) continue;
      if (batches_[i]->full()) batches_[i]->clear();
      return batches_[i].get();
    }
    return nullptr;
  }
  void row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) override {
    std::ostringstream text;
    text << head.id << '|' << head.subject << '|' << head.period << '|' << head.unit << '|' << head.cohort << '|' << head.sheet << '|' << head.closed
         << head.closed_by << head.closed_date;
    for (const std::string& criterion : head.presumed) text << "|presumed " << criterion;
    for (const std::uint32_t field : head.decisions) text << "|decided " << field;
    const bytecode::Subject& subject = batch.program().subject();
    for (std::uint32_t field = 0; field < subject.fields.size(); ++field)
      if (subject.fields[field].list == bytecode::kNone) write(text, batch, field, row);
    for (std::uint32_t list = 0; list < subject.lists.size(); ++list) {
      text << (batch.list_present(list, row) ? "|list" : "|no list");
      for (std::uint32_t item = batch.list_begin(list, row); item < batch.list_end(list, row); ++item)
        for (std::uint32_t field = 0; field < subject.fields.size(); ++field)
          if (subject.fields[field].list == list) write(text, batch, field, item);
    }
    note(head.sequence, head.line, text.str());
  }
  void reject(facts::Reject reject) override {
    const std::string id = reject.id, field = reject.field;
    note(reject.sequence, reject.line,
         "refused " + id + '|' + field + '|' + reject.sheet + '|' + reject.column + '|' + text(reject.reason, Language::en) + '|' + help(reject.reason, Language::vi));
  }
  void cohort(facts::CohortRecord record) override {
    std::string text = "cohort " + record.head.id + '|' + record.head.cohort;
    for (const auto& decision : record.decisions) text += '|' + decision.clause + decision.document + decision.date + decision.reason;
    note(record.head.sequence, record.head.line, text);
  }

 private:
  void write(std::ostream& text, const vm::Batch& batch, std::uint32_t field, std::uint32_t position) const {
    const vm::FieldState state = batch.state(field, position);
    text << '|' << static_cast<int>(state);
    if (state != vm::FieldState::value) return;
    if (module().subjects[batch.program().subject_index()].fields[field].kind == bytecode::FieldKind::text) text << pool->text(batch.value(field, position));
    else text << ' ' << batch.value(field, position);
  }
  void note(std::uint64_t sequence, std::uint64_t line, std::string text) {
    reading_.in_order = reading_.in_order && sequence == reading_.records.size();
    reading_.records.push_back(std::move(text));
    reading_.lines.push_back(line);
  }

  Reading& reading_;
  std::vector<std::unique_ptr<vm::Batch>> batches_;

 public:
  const vm::TextPool* pool = nullptr;
};

Reading read_from(const std::function<std::optional<Message>(facts::Reader&, facts::Reader::Sink&)>& feed, facts::ReadOptions options = {}) {
  Reading reading;
  Collector collector(reading);
  vm::TextPool pool(module());
  collector.pool = &pool;
  facts::Reader reader(module(), pool, std::move(options));
  if (const std::optional<Message> problem = feed(reader, collector)) reading.problem = code(problem->id);
  return reading;
}

std::string put(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

void demand(bool holds, const char* law) {
  if (!holds) throw std::logic_error(law);
}

bool is_blank(std::string_view line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
}

}  // namespace

Reading read(std::string_view bytes, const std::string& name) {
  return read_from([&](facts::Reader& reader, facts::Reader::Sink& sink) {
    return tabular::read_evidence(module(), reader, std::make_unique<facts::MemorySource>(bytes), name, sink);
  });
}

std::string cache_of(std::string_view bytes, const std::string& folder) {
  const std::string path = put(folder + "/evidence.ndjson", bytes);
  std::ostringstream out;
  vm::TextPool pool(module());
  columns::CacheWriter writer(module(), pool, out);
  facts::Reader reader(module(), pool, writer.options());
  if (tabular::read_evidence(module(), reader, std::make_unique<facts::MemorySource>(bytes), path, writer.sink())) return {};
  columns::Source source = std::get<columns::Source>(columns::source_now(path));
  source.sha256 = sha256_hex(bytes);
  writer.end_source(std::move(source));
  writer.finish();
  return out.str();
}

Reading read_cache(std::string_view cache, const std::string& folder) {
  const std::string path = put(folder + "/evidence.qev", cache);
  // What is not read is not checked: every stage is, though the last one alone is told of.
  facts::ReadOptions options;
  const auto stages = columns::stage_readings(module());
  for (std::size_t i = 1; i < stages.size(); ++i) options.also.push_back(stages[i].front());
  return read_from([&](facts::Reader& reader, facts::Reader::Sink& sink) { return tabular::read_evidence(module(), reader, path, sink); },
                   std::move(options));
}

Reading read_cached(std::string_view bytes, const std::string& folder) { return read_cache(cache_of(bytes, folder), folder); }

void check_evidence(std::string_view bytes) {
  const Reading reading = read(bytes);
  demand(reading.in_order, "a record was told of twice, not at all, or out of order");
  const Reading lines = read(bytes, "evidence.ndjson");
  demand(lines.in_order, "a line was told of twice, not at all, or out of order");
  // Text that is no array has as many records as lines with anything in them.
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || bytes[first] != '{' || !lines.problem.empty()) return;
  std::size_t expected = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    if (!is_blank(bytes.substr(at, end - at))) ++expected;
    at = end + 1;
  }
  demand(lines.records.size() == expected, "as many records as lines");
}

void check_pack(std::string_view bytes) {
  const auto decoded = bytecode::decode(bytes);
  if (const auto* pack = std::get_if<bytecode::Module>(&decoded)) static_cast<void>(bytecode::verify(*pack));
}

std::string gzip(std::string_view bytes) {
  constexpr int kGzip = 16;
  return deflated(bytes, MAX_WBITS + kGzip);
}

std::string zstd(std::string_view bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 1));
  return packed;
}

}  // namespace quy::fuzz
