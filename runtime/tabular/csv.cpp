#include "runtime/tabular/csv.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <deque>

#include "base/limits.h"
#include "runtime/tabular/heading_words.h"

namespace quy::tabular {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kPieceBytes = std::size_t{1} << 15;
constexpr std::array kSeparators{';', '\t', ','};

bool names_record(std::string_view line, char separator) {
  while (true) {
    const std::size_t end = std::min(line.find(separator), line.size());
    std::string_view cell = line.substr(0, end);
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    if (is_record_heading(cell)) return true;
    if (end == line.size()) return false;
    line.remove_prefix(end + 1);
  }
}

/// What stands between the cells of the line that names the record's id; a comma where no line does.
char separator_of(std::string_view beginning) {
  while (!beginning.empty()) {
    const std::size_t end = std::min(beginning.find('\n'), beginning.size());
    std::string_view line = beginning.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (const char separator : kSeparators)
      if (line.find(separator) != std::string_view::npos && names_record(line, separator)) return separator;
    beginning.remove_prefix(std::min(end + 1, beginning.size()));
  }
  return ',';
}

class CsvTable : public Table {
 public:
  CsvTable(std::unique_ptr<PeekedSource> source, std::string name) : source_(std::move(source)), name_(std::move(name)) {
    csv_init(&parser_, CSV_REPALL_NL);
    std::string_view beginning = source_->peek(2 * kPieceBytes);
    if (beginning.starts_with(kByteOrderMark)) {
      std::array<char, kByteOrderMark.size()> mark{};
      source_->read(mark.data(), mark.size());
      beginning.remove_prefix(kByteOrderMark.size());
    }
    csv_set_delim(&parser_, static_cast<unsigned char>(separator_of(beginning)));
  }
  ~CsvTable() override { csv_free(&parser_); }
  CsvTable(const CsvTable&) = delete;
  CsvTable& operator=(const CsvTable&) = delete;

  bool next(Row& row) override {
    while (ready_.empty() && !ended_) feed();
    if (ready_.empty()) return false;
    row = std::move(ready_.front());
    ready_.pop_front();
    return true;
  }

  std::optional<Message> problem() const override { return problem_ ? problem_ : source_->problem(); }

 private:
  void feed() {
    std::array<char, kPieceBytes> piece;
    const std::size_t count = source_->read(piece.data(), piece.size());
    if (count == 0) return end();
    if (csv_parse(&parser_, piece.data(), count, &on_cell, &on_row, this) != count) return fail();
    // One cell as long as a record: nobody wrote it so.
    if (csv_get_buffer_size(&parser_) > limits::record_bytes + kPieceBytes) fail();
  }

  void end() {
    ended_ = true;
    if (source_->problem()) return;
    csv_set_opts(&parser_, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&parser_, &on_cell, &on_row, this) != 0) fail();
  }

  void fail() {
    ended_ = true;
    problem_ = Message{Diag::quotes_not_closed, {name_, row_.cells.empty() ? line_ : row_.number}, {}};
  }

  static void on_cell(void* bytes, std::size_t size, void* self) {
    static_cast<CsvTable*>(self)->add_cell({static_cast<const char*>(bytes), size});
  }
  static void on_row(int end, void* self) { static_cast<CsvTable*>(self)->end_row(end); }

  void add_cell(std::string_view text) {
    if (row_.cells.empty() && !row_.too_long) row_.number = line_;
    line_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    row_bytes_ += text.size() + 1;
    has_cell_ = has_cell_ || !text.empty();
    if (row_bytes_ > limits::record_bytes || row_.cells.size() == limits::sheet_columns) row_.too_long = true;
    if (row_.too_long) {
      row_.cells.clear();
    } else {
      row_.cells.push_back(Cell::of_text(std::string(text)));
    }
  }

  /// Also called for line breaks that end no row; of `\r\n` both characters come here.
  void end_row(int end) {
    if (has_cell_) ready_.push_back(std::move(row_));
    row_ = {};
    row_bytes_ = 0;
    has_cell_ = false;
    if (end == '\n') ++line_;
  }

  std::unique_ptr<PeekedSource> source_;
  std::string name_;
  csv_parser parser_{};
  std::deque<Row> ready_;
  Row row_;
  std::size_t row_bytes_ = 0;
  std::uint64_t line_ = 1;
  bool has_cell_ = false, ended_ = false;
  std::optional<Message> problem_;
};

}  // namespace

std::unique_ptr<Table> csv_table(std::unique_ptr<PeekedSource> source, std::string name) {
  return std::make_unique<CsvTable>(std::move(source), std::move(name));
}

}  // namespace quy::tabular
