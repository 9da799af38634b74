#include "runtime/tabular/workbook.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <map>

#include "base/limits.h"
#include "base/numeric/date.h"
#include "runtime/tabular/number_format.h"
#include "runtime/tabular/stored_number.h"
#include "runtime/tabular/xml_part.h"
#include "runtime/tabular/zip_library.h"

namespace quy::tabular {
namespace {

constexpr const char* kWorkbookPart = "xl/workbook.xml";
/// About what an entry of a map takes beside its texts.
constexpr std::size_t kEntryBytes = 128;

/// A whole number of a file, or nothing.
std::optional<unsigned> whole(std::string_view text) {
  unsigned value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kSpace) - first + 1));
}

// ---------------------------------------------------------------- the parts beside the sheets

struct NamedSheet {
  std::string name, relation;
};

/// A part that is kept as a whole, as far as it goes within the limit.
class KeptPart : public XmlSink {
 public:
  bool done() const override { return bytes_ > limits::workbook_text_bytes; }

 protected:
  void keep(std::size_t bytes) { bytes_ += bytes; }

 private:
  std::size_t bytes_ = 0;
};

class WorkbookPart : public KeptPart {
 public:
  void begin(std::string_view name, const Attributes& attributes) override {
    if (name == "sheet") {
      const NamedSheet& sheet = sheets.emplace_back(NamedSheet{std::string(attributes.get("name")), std::string(attributes.get("id"))});
      keep(sizeof sheet + sheet.name.size() + sheet.relation.size());
    }
    if (name == "workbookPr") from_1904 = attributes.get("date1904") == "1" || attributes.get("date1904") == "true";
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::vector<NamedSheet> sheets;
  bool from_1904 = false;
};

/// Which part of the archive a relation of the workbook means.
class RelationsPart : public KeptPart {
 public:
  void begin(std::string_view name, const Attributes& attributes) override {
    if (name != "Relationship") return;
    const std::string_view target = attributes.get("Target");
    const std::string path = target.starts_with('/') ? std::string(target.substr(1)) : "xl/" + std::string(target);
    by_id[std::string(attributes.get("Id"))] = path;
    keep(kEntryBytes + attributes.get("Id").size() + path.size());
    const std::string_view type = attributes.get("Type");
    if (type.ends_with("/sharedStrings")) texts = path;
    if (type.ends_with("/styles")) styles = path;
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::map<std::string, std::string> by_id;
  std::string texts, styles;
};

class StylesPart : public KeptPart {
 public:
  void begin(std::string_view name, const Attributes& attributes) override {
    if (name == "numFmt") {
      if (const auto id = whole(attributes.get("numFmtId"))) codes_[*id] = format_of_code(attributes.get("formatCode"));
      keep(kEntryBytes);
    }
    if (name == "cellXfs") within_ = true;
    if (name == "xf" && within_ && formats.size() < kMostFormats) formats.push_back(format(attributes.get("numFmtId")));
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") within_ = false;
  }
  void text(std::string_view) override {}

  std::vector<NumberFormat> formats;  ///< by a cell's `s`

 private:
  static constexpr std::size_t kMostFormats = 1 << 16;

  NumberFormat format(std::string_view text) const {
    const unsigned id = whole(text).value_or(0);
    const auto found = codes_.find(id);
    return found == codes_.end() ? built_in_format(id) : found->second;
  }

  std::map<unsigned, NumberFormat> codes_;
  bool within_ = false;
};

/// The texts that cells share; readings aids (rPh) are not among them.
class TextsPart : public KeptPart {
 public:
  void begin(std::string_view name, const Attributes&) override {
    if (name == "si") {
      texts.emplace_back();
      keep(sizeof(std::string));
    }
    if (name == "rPh") aside_ = true;
    if (name == "t") within_ = !aside_;
  }
  void end(std::string_view name) override {
    if (name == "rPh") aside_ = false;
    if (name == "t") within_ = false;
  }
  void text(std::string_view text) override {
    if (!within_ || texts.empty() || done()) return;
    keep(text.size());
    texts.back() += text;
    longest_ = std::max(longest_, texts.back().size());
  }
  bool done() const override { return KeptPart::done() || longest_ > limits::cell_bytes; }

  std::deque<std::string> texts;   // grows without moving what it has

 private:
  std::size_t longest_ = 0;
  bool within_ = false, aside_ = false;
};

}  // namespace

struct Workbook::Impl {
  explicit Impl(std::string file, std::string name_for_messages) : bytes(std::move(file)), name(std::move(name_for_messages)) {}
  ~Impl() {
    if (archive != nullptr) zip_library().zip_discard(archive);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Message unreadable(Bilingual why) const { return {Diag::workbook_unreadable, {name, std::move(why)}, {}}; }
  Message too_large(Bilingual what, Argument limit) const { return {Diag::workbook_too_large, {name, std::move(what), std::move(limit)}, {}}; }
  /// What is wrong with a part as far as it has been read.
  std::optional<Message> problem_of(const XmlPart& part) const {
    if (part.problem()) return unreadable(*part.problem());
    if (part.too_large())
      return too_large({"nội dung giải nén ra", "what it unpacks to"}, std::to_string(limits::workbook_unpacked_bytes) + " byte");
    return std::nullopt;
  }

  std::optional<Message> load();
  std::optional<Message> load_part(const std::string& path, XmlSink& sink) {
    XmlPart part(archive, path, bytes_left, sink);
    part.parse_all();
    if (std::optional<Message> problem = problem_of(part)) return problem;
    if (sink.done())
      return too_large({"chữ trong các ô và tên các phần", "the text of its cells and the names of its parts"},
                       Bilingual{std::to_string(limits::workbook_text_bytes) + " byte, mỗi ô " + std::to_string(limits::cell_bytes),
                                 std::to_string(limits::workbook_text_bytes) + " bytes, " + std::to_string(limits::cell_bytes) + " a cell"});
    return std::nullopt;
  }

  std::string bytes, name;
  zip_t* archive = nullptr;
  std::vector<std::string> sheet_names, sheet_parts;
  std::deque<std::string> texts;
  std::vector<NumberFormat> formats;
  bool from_1904 = false;
  std::uint64_t bytes_left = limits::workbook_unpacked_bytes;   ///< of what may be unpacked, however often its parts are read
};

std::optional<Message> Workbook::Impl::load() {
  zip_source_t* source = zip_library().zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  archive = source == nullptr ? nullptr : zip_library().zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
  if (archive == nullptr) {
    if (source != nullptr) zip_library().zip_source_free(source);
    return unreadable({"tệp nén (zip) bị hỏng hoặc bị cụt", "its archive (zip) is damaged or cut short"});
  }
  WorkbookPart workbook;
  RelationsPart relations;
  if (auto problem = load_part(kWorkbookPart, workbook)) return problem;
  if (auto problem = load_part("xl/_rels/workbook.xml.rels", relations)) return problem;
  from_1904 = workbook.from_1904;
  for (const NamedSheet& sheet : workbook.sheets) {
    sheet_names.push_back(sheet.name);
    sheet_parts.push_back(relations.by_id[sheet.relation]);
  }
  if (!relations.styles.empty()) {
    StylesPart styles;
    if (auto problem = load_part(relations.styles, styles)) return problem;
    formats = std::move(styles.formats);
  }
  if (relations.texts.empty()) return std::nullopt;
  TextsPart shared;
  auto problem = load_part(relations.texts, shared);
  texts = std::move(shared.texts);
  return problem;
}

namespace {

/// A cell as it is written: what kind its value is said to be, and the value's text.
struct WrittenCell {
  std::size_t column = 0;
  std::string kind, value;
  NumberFormat format;
  bool formula = false;
};

/// Whole days between the first day of the sheet's calendar and 1970-01-01. The calendar of 1900 has a 29 February that never was.
std::optional<DayNumber> day_of_serial(std::int64_t serial, bool from_1904) {
  constexpr std::int64_t kEpoch1900 = 25569, kEpoch1904 = 24107, kDayThatNeverWas = 60, kLast = 2'958'465;
  if (serial < 0 || serial > kLast) return std::nullopt;
  if (from_1904) return static_cast<DayNumber>(serial - kEpoch1904);
  if (serial == kDayThatNeverWas) return std::nullopt;
  return static_cast<DayNumber>(serial - kEpoch1900 + (serial < kDayThatNeverWas ? 1 : 0));
}

std::optional<std::int64_t> whole_serial(std::string_view number) {
  if (number.ends_with(".0")) number.remove_suffix(2);
  std::int64_t value = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec != std::errc() || read.ptr != number.data() + number.size()) return std::nullopt;
  return value;
}

}  // namespace

/// Rows as the parser meets them.
class SheetTable : public Table, private XmlSink {
 public:
  SheetTable(Workbook::Impl& book, const std::string& part) : book_(book), part_(book.archive, part, book.bytes_left, *this) {}

  bool next(Row& row) override {
    while (ready_.empty() && part_.advance()) {
    }
    if (ready_.empty()) return false;
    row = std::move(ready_.front());
    ready_.pop_front();
    return true;
  }

  std::optional<Message> problem() const override {
    if (std::optional<Message> problem = book_.problem_of(part_)) return problem;
    if (malformed_) return book_.unreadable(*malformed_);
    if (done()) return book_.too_large({"số dòng", "its number of rows"}, std::to_string(limits::sheet_rows));
    return std::nullopt;
  }

 private:
  /// A row is a row within the sheet's data only: what else a sheet has (where its buttons stand, say) has elements of these names too.
  void begin(std::string_view name, const Attributes& attributes) override {
    if (done()) return;
    if (name == "sheetData") within_data_ = true;
    if (!within_data_) return;
    if (name == "row") begin_row(attributes);
    if (name == "c") begin_cell(attributes);
    if (name == "f") cell_.formula = true;
    if (name == "rPh") aside_ = true;
    if (name == "v" || name == "t") within_value_ = !aside_;
  }

  void end(std::string_view name) override {
    if (done()) return;
    if (name == "v" || name == "t") within_value_ = false;
    if (name == "rPh") aside_ = false;
    if (name == "c" && within_cell_) end_cell();
    if (name == "row" && within_row_) end_row();
    if (name == "sheetData") within_data_ = false;
  }

  void text(std::string_view text) override {
    if (!within_value_ || row_.too_long) return;
    row_bytes_ += text.size();
    if (row_bytes_ > limits::record_bytes) {
      row_.too_long = true;
      row_.cells.clear();
      cell_.value.clear();
    } else {
      cell_.value += text;
    }
  }

  bool done() const override { return malformed_ || last_row_ > limits::sheet_rows; }

  /// Rows one below the other, each cell once, and nothing of a table elsewhere: else there would be values that no record has.
  void refuse(std::uint64_t row) {
    const std::string number = std::to_string(row);
    malformed_ = Bilingual{"có dòng hoặc ô đặt sai chỗ, ở dòng " + number, "a row or a cell stands where none can, in row " + number};
  }

  void begin_row(const Attributes& attributes) {
    const std::uint64_t number = whole(attributes.get("r")).value_or(static_cast<unsigned>(last_row_ + 1));
    if (within_row_ || number <= last_row_) return refuse(number);
    within_row_ = true;
    last_row_ = number;
    row_ = {};
    row_.number = last_row_;
    row_bytes_ = 0;
    next_column_ = 0;
  }

  void begin_cell(const Attributes& attributes) {
    const std::string_view reference = attributes.get("r");
    const std::optional<std::size_t> column = reference.empty() ? next_column_ : column_of(reference);
    if (!within_row_ || within_cell_ || !column) return refuse(last_row_);
    within_cell_ = true;
    cell_ = {};
    cell_.column = *column;
    next_column_ = cell_.column + 1;
    cell_.kind = attributes.get("t");
    const unsigned style = whole(attributes.get("s")).value_or(0);
    if (style < book_.formats.size()) cell_.format = book_.formats[style];
  }

  /// `AB12` is column 27; nothing for what names no column of a sheet.
  static std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
      if (c < 'A' || c > 'Z') break;
      column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
      if (column > limits::sheet_columns) return std::nullopt;
    }
    return column == 0 ? std::nullopt : std::optional(column - 1);
  }

  void end_cell() {
    within_cell_ = false;
    if (cell_.column >= limits::sheet_columns) row_.too_long = true;
    if (row_.too_long) return;
    Cell cell = read_cell();
    if (cell.empty()) return;
    row_bytes_ += cell.text.size();
    if (row_bytes_ > limits::record_bytes) {
      row_.too_long = true;
      return row_.cells.clear();
    }
    if (row_.cells.size() <= cell_.column) row_.cells.resize(cell_.column + 1);
    if (!row_.cells[cell_.column].empty()) return refuse(last_row_);
    row_.cells[cell_.column] = std::move(cell);
  }

  void end_row() {
    within_row_ = false;
    if (row_.too_long || !row_.cells.empty()) ready_.push_back(std::move(row_));
    row_ = {};
  }

  Cell read_cell() {
    const std::string& kind = cell_.kind;
    if (kind == "s") return shared_text();
    if (kind == "inlineStr" || kind == "str") return Cell::of_text(trimmed(cell_.value));
    if (cell_.value.empty()) return cell_.formula ? Cell{Cell::Kind::failed, false, 0, "="} : Cell{};
    if (kind == "b") return {Cell::Kind::truth, false, 0, cell_.value == "1" ? "true" : "false"};
    if (kind == "d" && parse_iso_date(cell_.value.substr(0, 10)))
      return {Cell::Kind::day, false, 0, cell_.value.substr(0, 10)};
    if (kind == "e" || kind == "d") return {Cell::Kind::failed, false, 0, cell_.value};
    return number();
  }

  Cell shared_text() const {
    const auto index = whole(cell_.value);
    if (!index || *index >= book_.texts.size()) return {Cell::Kind::failed, false, 0, cell_.value};
    return Cell::of_text(trimmed(book_.texts[*index]));
  }

  Cell number() const {
    const std::optional<std::string> stored = stored_number(cell_.value);
    if (!stored) return {Cell::Kind::failed, false, 0, cell_.value};
    if (cell_.format.day) {
      const auto serial = whole_serial(*stored);
      const auto day = serial ? day_of_serial(*serial, book_.from_1904) : std::nullopt;
      if (day) return {Cell::Kind::day, false, 0, iso_date(*day)};
    }
    return {Cell::Kind::number, cell_.format.percent, cell_.format.zero_fill, *stored};
  }

  const Workbook::Impl& book_;
  std::deque<Row> ready_;
  Row row_;
  WrittenCell cell_;
  std::size_t row_bytes_ = 0, next_column_ = 0;
  std::uint64_t last_row_ = 0;
  bool within_data_ = false, within_row_ = false, within_cell_ = false, within_value_ = false, aside_ = false;
  std::optional<Bilingual> malformed_;
  XmlPart part_;
};

std::variant<std::unique_ptr<Workbook>, Message> Workbook::open(std::string bytes, std::string name) {
  auto impl = std::make_unique<Impl>(std::move(bytes), std::move(name));
  if (std::optional<Message> problem = impl->load()) return std::move(*problem);
  return std::unique_ptr<Workbook>(new Workbook(std::move(impl)));
}

Workbook::Workbook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Workbook::~Workbook() = default;

const std::vector<std::string>& Workbook::sheet_names() const { return impl_->sheet_names; }

std::unique_ptr<Table> Workbook::sheet(std::size_t index) const {
  return std::make_unique<SheetTable>(*impl_, impl_->sheet_parts[index]);
}

}  // namespace quy::tabular
