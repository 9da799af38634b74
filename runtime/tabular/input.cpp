#include "runtime/tabular/input.h"

#include <algorithm>

#include "base/limits.h"
#include "runtime/columns/cache.h"
#include "runtime/tabular/cell_json.h"
#include "runtime/tabular/csv.h"
#include "runtime/tabular/decompress.h"
#include "runtime/tabular/table_source.h"
#include "runtime/tabular/workbook.h"

namespace quy::tabular {
namespace {

constexpr std::size_t kLookedAt = std::size_t{1} << 16;

using Content = Evidence::Content;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view without_mark(std::string_view beginning) {
  if (beginning.starts_with("\xEF\xBB\xBF")) beginning.remove_prefix(3);
  return beginning;
}

/// A line that begins with a brace: what NDJSON has, even when its first line is broken.
bool has_json_line(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t first = at;
    while (first < text.size() && (text[first] == ' ' || text[first] == '\t')) ++first;
    if (first < text.size() && text[first] == '{') return true;
    const std::size_t end = text.find('\n', at);
    at = end == std::string_view::npos ? text.size() : end + 1;
  }
  return false;
}

bool ends_like_json(const std::string& name) {
  for (const char* ending : {".json", ".ndjson", ".jsonl"})
    for (const char* packed : {"", ".gz", ".zst"})
      if (name.ends_with(std::string(ending) + packed)) return true;
  return false;
}

Content content_of(std::string_view beginning, const std::string& name) {
  if (beginning.starts_with("PK\x03\x04") || beginning.starts_with("PK\x05\x06")) return Content::workbook;
  if (beginning.starts_with("\xd0\xcf\x11\xe0")) return Content::old_workbook;
  if (beginning.starts_with(columns::kMagic)) return Content::cache;
  if (beginning.starts_with("\xff\xfe") || beginning.starts_with("\xfe\xff")) return Content::utf16;
  beginning = without_mark(beginning);
  const auto first = std::find_if_not(beginning.begin(), beginning.end(), is_space);
  // Of an input that begins with white space only, what it is remains to be seen.
  if (first == beginning.end() || *first == '[') return Content::json;
  return *first == '{' || ends_like_json(name) || has_json_line(beginning) ? Content::json_lines : Content::csv;
}

/// Says where in its table a record stands.
class LocatingSink : public facts::Reader::Sink {
 public:
  LocatingSink(facts::Reader::Sink& sink, const TableSource& source, std::string sheet, const ListSheets* lists)
      : sink_(sink), source_(source), sheet_(std::move(sheet)), lists_(lists) {}

  vm::Batch* batch(std::string_view subject) override { return sink_.batch(subject); }
  void row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& read) override {
    facts::RecordHead head = read;
    head.sheet = sheet_;
    sink_.row(batch, row, head);
  }
  void reject(facts::Reject reject) override {
    const auto of_list = lists_ == nullptr ? std::nullopt : lists_->place(reject.id, reject.field);
    if (of_list) {
      reject.sheet = of_list->sheet;
      reject.line = of_list->row;
      reject.column = of_list->column;
    } else {
      reject.sheet = sheet_;
      reject.column = source_.column_of(reject.field);
    }
    sink_.reject(std::move(reject));
  }
  void cohort(facts::CohortRecord record) override {
    record.head.sheet = sheet_;
    sink_.cohort(std::move(record));
  }
  facts::Reader::Sink* at_stage(std::size_t stage) override {
    facts::Reader::Sink* of_stage = sink_.at_stage(stage);
    if (of_stage == nullptr) return nullptr;
    if (at_stages_.size() <= stage) at_stages_.resize(stage + 1);
    if (!at_stages_[stage]) at_stages_[stage] = std::make_unique<LocatingSink>(*of_stage, source_, sheet_, lists_);
    return at_stages_[stage].get();
  }
  facts::Reader::Sink& of_version(std::uint32_t version) override {
    if (of_versions_.size() <= version) of_versions_.resize(version + 1);
    if (!of_versions_[version]) of_versions_[version] = std::make_unique<LocatingSink>(sink_.of_version(version), source_, sheet_, lists_);
    return *of_versions_[version];
  }
  void passed_over(std::uint64_t sequence) override { sink_.passed_over(sequence); }

 private:
  facts::Reader::Sink& sink_;
  const TableSource& source_;
  std::string sheet_;
  const ListSheets* lists_;
  // A sink's for a stage, and for a version, is the same for all records.
  std::vector<std::unique_ptr<LocatingSink>> at_stages_, of_versions_;
};

class Input {
 public:
  Input(const bytecode::Module& module, facts::Reader& reader, std::string name, facts::Reader::Sink& sink)
      : module_(module), schemas_(module, reader.versions()), reader_(reader), name_(std::move(name)), sink_(sink) {}

  std::optional<Message> read(std::unique_ptr<PeekedSource> source, Content content) {
    switch (content) {
      case Content::json_lines:
      case Content::json: return reader_.read(*source, sink_);
      case Content::csv: return read_csv(std::move(source));
      case Content::workbook: return read_workbook(*source);
      case Content::old_workbook:
        return Message{Diag::workbook_unreadable, {name_, Bilingual{"tệp theo định dạng .xls cũ, hoặc có mật khẩu", "it has the old .xls format, or a password"}}, {}};
      case Content::cache: return read_cache();
      case Content::utf16: break;
    }
    return Message{Diag::table_not_utf8, {name_}, {}};
  }

 private:
  /// A cache is read from its file by place, so its bytes from anywhere else are of no use.
  std::optional<Message> read_cache() {
    if (!columns::is_cache(name_)) return Message{Diag::cache_not_file, {name_}, {}};
    static const Bilingual one_schema{"nó theo một phiên bản bộ tiêu chí, lần chạy này có nhiều", "it is made for one version of the criteria set, and this run has several"};
    if (reader_.versions() != nullptr) return Message{Diag::cache_stale, {name_, one_schema}, {}};
    auto opened = columns::Cache::open(name_);
    if (auto* fault = std::get_if<Message>(&opened)) return std::move(*fault);
    const columns::Cache& cache = *std::get<std::unique_ptr<columns::Cache>>(opened);
    if (std::optional<Bilingual> why = cache.stale(module_)) return Message{Diag::cache_stale, {name_, std::move(*why)}, {}};
    return cache.read(module_, reader_.options(), reader_.texts(), sink_);
  }

  std::optional<Message> read_csv(std::unique_ptr<PeekedSource> source) {
    const std::unique_ptr<Table> table = csv_table(std::move(source), name_);
    std::optional<HeadingRow> heading = find_heading(*table);
    if (heading) return read_records(*table, std::move(*heading), {}, {}, nullptr);
    if (std::optional<Message> problem = table->problem()) return problem;
    return Message{Diag::heading_missing, {name_}, {}};
  }

  std::optional<Message> read_workbook(PeekedSource& source) {
    std::string bytes;
    if (std::optional<Message> problem = slurp(source, bytes)) return problem;
    auto opened = Workbook::open(std::move(bytes), name_);
    if (auto* problem = std::get_if<Message>(&opened)) return std::move(*problem);
    return read_sheets(*std::get<std::unique_ptr<Workbook>>(opened));
  }

  std::optional<Message> slurp(PeekedSource& source, std::string& bytes) {
    std::size_t count = 0;
    do {
      const std::size_t had = bytes.size();
      bytes.resize(had + kLookedAt);
      count = source.read(bytes.data() + had, kLookedAt);
      bytes.resize(had + count);
      if (bytes.size() > limits::workbook_bytes)
        return Message{Diag::workbook_too_large, {name_, Bilingual{"tệp", "the file"}, std::to_string(limits::workbook_bytes) + " byte"}, {}};
    } while (count > 0);
    return source.problem();
  }

  /// Lists first, because records need theirs; sheets without headings are for people.
  std::optional<Message> read_sheets(const Workbook& book) {
    ListSheets lists(schemas_);
    bool any_list = false;
    std::vector<std::size_t> of_records;
    for (std::size_t i = 0; i < book.sheet_names().size(); ++i) {
      const std::unique_ptr<Table> table = book.sheet(i);
      std::optional<HeadingRow> heading = find_heading(*table);
      if (std::optional<Message> problem = table->problem()) return problem;
      if (!heading) continue;
      if (!heading->of_list) {
        of_records.push_back(i);
        continue;
      }
      any_list = true;
      if (std::optional<Message> problem = lists.add(book.sheet_names()[i], where(book, i), std::move(*heading), *table)) return problem;
    }
    if (of_records.empty()) return Message{Diag::heading_missing, {name_}, {}};
    for (const std::size_t i : of_records) {
      const std::unique_ptr<Table> table = book.sheet(i);
      const std::string& sheet = book.sheet_names()[i];
      std::optional<HeadingRow> heading = find_heading(*table);
      std::string subject = schemas_.subject_named(0, sheet);
      if (subject == sheet) subject.clear();
      if (std::optional<Message> problem = read_records(*table, std::move(*heading), sheet, subject, any_list ? &lists : nullptr)) return problem;
    }
    lists.reject_rest(next_, sink_);
    return std::nullopt;
  }

  std::string where(const Workbook& book, std::size_t sheet) const { return name_ + " [" + book.sheet_names()[sheet] + "]"; }

  std::optional<Message> read_records(Table& table, HeadingRow heading, const std::string& sheet, const std::string& subject, ListSheets* lists) {
    TableSource source(schemas_, table, std::move(heading), sheet.empty() ? name_ : name_ + " [" + sheet + "]", subject, lists);
    LocatingSink located(sink_, source, sheet, lists);
    std::optional<Message> problem = reader_.read(source, located, next_);
    next_ = reader_.next_sequence();
    return problem;
  }

  const bytecode::Module& module_;
  Schemas schemas_;
  facts::Reader& reader_;
  std::string name_;
  facts::Reader::Sink& sink_;
  std::uint64_t next_ = 0;   ///< number of the input's next record, whatever its sheet
};

}  // namespace

Evidence::Evidence(std::unique_ptr<PeekedSource> source, std::string name, Content content)
    : source_(std::move(source)), name_(std::move(name)), content_(content) {}
Evidence::Evidence(Evidence&&) noexcept = default;
Evidence& Evidence::operator=(Evidence&&) noexcept = default;
Evidence::~Evidence() = default;

std::variant<Evidence, Message> Evidence::open(std::unique_ptr<facts::ByteSource> bytes, std::string name) {
  std::unique_ptr<PeekedSource> source = decompressed(std::make_unique<PeekedSource>(std::move(bytes)), name);
  const Content content = content_of(source->peek(kLookedAt), name);
  if (std::optional<Message> problem = source->problem()) return std::move(*problem);
  return Evidence(std::move(source), std::move(name), content);
}

facts::ByteSource* Evidence::lines() { return content_ == Content::json_lines ? source_.get() : nullptr; }

std::optional<Message> Evidence::read(const bytecode::Module& module, facts::Reader& reader, facts::Reader::Sink& sink) {
  return Input(module, reader, name_, sink).read(std::move(source_), content_);
}

std::optional<Message> read_evidence(const bytecode::Module& module, facts::Reader& reader, const std::string& path, facts::Reader::Sink& sink) {
  return read_evidence(module, reader, facts::open_file(path), path, sink);
}

std::optional<Message> read_evidence(const bytecode::Module& module, facts::Reader& reader, std::unique_ptr<facts::ByteSource> source,
                                     const std::string& name, facts::Reader::Sink& sink) {
  std::variant<Evidence, Message> opened = Evidence::open(std::move(source), name);
  if (auto* problem = std::get_if<Message>(&opened)) return std::move(*problem);
  return std::get<Evidence>(opened).read(module, reader, sink);
}

}  // namespace quy::tabular
