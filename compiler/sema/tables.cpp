// Tables: a CSV file with a heading line, comma or semicolon between cells, compiled into the pack.

#include <algorithm>

#include "compiler/sema/field_types.h"
#include "compiler/sema/pack_scope.h"

namespace quy::sema {
namespace {

using Row = std::vector<std::string>;

/// Cells of one CSV text; quotes as in RFC 4180.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
    std::string_view heading = text_.substr(0, text_.find('\n'));
    if (heading.find(';') != std::string_view::npos) separator_ = ';';
  }

  char separator() const { return separator_; }

  /// The next line that is not blank; nothing at the end.
  std::optional<Row> next() {
    while (at_ < text_.size()) {
      line_ = next_line_;
      Row row = read_row();
      if (row.size() > 1 || !row.front().empty()) return row;
    }
    return std::nullopt;
  }
  std::size_t line() const { return line_; }

 private:
  Row read_row() {
    Row row{""};
    bool quoted = false;
    while (at_ < text_.size()) {
      char c = text_[at_++];
      if (c == '\n') ++next_line_;
      if (quoted) {
        bool doubled = c == '"' && at_ < text_.size() && text_[at_] == '"';
        if (doubled) ++at_;
        if (c == '"' && !doubled) {
          quoted = false;
        } else {
          row.back() += c;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == separator_) {
        row.emplace_back();
      } else if (c == '\n') {
        break;
      } else if (c != '\r') {
        row.back() += c;
      }
    }
    for (std::string& cell : row) cell = trimmed(cell);
    return row;
  }

  static std::string trimmed(const std::string& cell) {
    std::size_t first = cell.find_first_not_of(" \t");
    if (first == std::string::npos) return {};
    return cell.substr(first, cell.find_last_not_of(" \t") - first + 1);
  }

  std::string_view text_;
  char separator_ = ',';
  std::size_t at_ = 0;
  std::size_t line_ = 1, next_line_ = 1;
};

/// A number as spreadsheets write it: `0,3` where cells are parted by `;`, `0.3` otherwise; a percent sign divides by 100.
std::optional<Rational> cell_number(std::string text, char separator) {
  bool percent = !text.empty() && text.back() == '%';
  if (percent) text.pop_back();
  if (separator == ';') {
    std::erase(text, '.');
    std::replace(text.begin(), text.end(), ',', '.');
  }
  auto value = Rational::parse(text);
  if (value && percent) return *value / Rational(100);
  return value;
}

class TableLoader {
 public:
  TableLoader(const syntax::Table& ast, const PackScope& scope, Reporter& report) : ast_(ast), scope_(scope), report_(report) {}

  DataTable run(DataReader read_data) {
    table_.data.id = fold_id(ast_.name.text);
    table_.data.label = ast_.label ? ast_.label->text : ast_.name.text;
    declare_columns();
    std::optional<std::string> text;
    if (read_data) text = read_data(scope_.source->directory, ast_.file);
    if (!text) {
      report_.at(ast_.file_span, Diag::table_file_unreadable, {ast_.file});
    } else if (!is_utf8(*text)) {
      report_.at(ast_.file_span, Diag::table_file_not_utf8, {ast_.file});
    } else {
      std::string normal = to_nfc(*text);
      read_rows(normal);
    }
    return std::move(table_);
  }

 private:
  struct Column {
    const syntax::Field* ast;
    syntax::Name name;
    std::string id;
    bytecode::Field info;   ///< its kind and bounds
    bool is_key = false;
    bool is_number = false;
    std::size_t cell = 0;
  };

  void declare_columns() {
    NameTable<int> names;
    for (const syntax::Field& field : ast_.columns) {
      for (const syntax::Name& name : field.names) {
        if (!names.add(name, 0, report_, scope_.context())) continue;
        Column column{&field, name, fold_id(name.text), field_info(field), false, false, 0};
        column.is_key = column.id == fold_id(ast_.key.text);
        column.is_number = !column.is_key && is_numeric(column.info.kind);
        TableColumn visible;
        visible.type = column.is_key ? Type{Type::Kind::text, "", kNone} : type_of(column.info);
        if (column.is_number) {
          visible.index = static_cast<std::uint32_t>(table_.data.column_ids.size());
          table_.data.column_ids.push_back(column.id);
          table_.data.columns.emplace_back();
        }
        table_.columns[column.id] = visible;
        columns_.push_back(std::move(column));
      }
    }
    if (std::none_of(columns_.begin(), columns_.end(), [](const Column& c) { return c.is_key; }))
      report_.at(ast_.key.span, Diag::table_key_undeclared, {ast_.key.text}).suggest(nearest(ast_.key.text, names.names()));
  }

  void read_rows(const std::string& text) {
    CsvReader csv(text);
    auto heading = csv.next();
    if (!heading || !find_cells(*heading)) {
      if (!heading) report_.at(ast_.file_span, Diag::table_row_wrong, {ast_.file, 1, Bilingual{"tệp rỗng", "the file is empty"}});
      return;
    }
    std::map<std::string, std::vector<Rational>> rows;   // sorted by key, as the module wants them
    std::map<std::string, std::size_t> lines;
    while (auto cells = csv.next()) {
      if (cells->size() != heading->size()) {
        report_.at(ast_.file_span, Diag::table_row_wrong,
                   {ast_.file, csv.line(), Bilingual{"số ô khác dòng tiêu đề", "not as many cells as the heading"}});
        continue;
      }
      read_row(*cells, csv, rows, lines);
    }
    for (auto& [key, values] : rows) {
      table_.data.keys.push_back(key);
      for (std::size_t c = 0; c < values.size(); ++c) table_.data.columns[c].push_back(values[c]);
    }
    for (std::size_t c = 0; c < table_.data.columns.size(); ++c) {
      const auto& values = table_.data.columns[c];
      if (values.empty()) continue;
      auto [low, high] = std::minmax_element(values.begin(), values.end());
      table_.ranges[table_.data.column_ids[c]] = {*low, *high};
    }
  }

  bool find_cells(const Row& heading) {
    bool complete = true;
    for (Column& column : columns_) {
      auto cell = std::find_if(heading.begin(), heading.end(), [&](const std::string& text) { return is_heading(text, column); });
      if (cell == heading.end()) {
        report_.at(column.name.span, Diag::table_column_missing, {column.name.text, ast_.file}).suggest(nearest(column.name.text, heading));
        complete = false;
      } else {
        column.cell = static_cast<std::size_t>(cell - heading.begin());
      }
    }
    return complete;
  }

  static bool is_heading(const std::string& text, const Column& column) {
    if (column.ast->label && text == column.ast->label->text) return true;
    std::string words = fold_id(text);
    std::replace(words.begin(), words.end(), ' ', '_');
    return words == column.id;
  }

  void read_row(const Row& cells, const CsvReader& csv, std::map<std::string, std::vector<Rational>>& rows,
                std::map<std::string, std::size_t>& lines) {
    std::string key;
    std::vector<Rational> values;
    for (const Column& column : columns_) {
      const std::string& text = cells[column.cell];
      if (column.is_key) key = text;
      if (!column.is_number) continue;
      auto value = cell_number(text, csv.separator());
      if (!value || *value < column.info.low || *value > column.info.high) {
        report_.at(ast_.file_span, Diag::table_cell_wrong, {ast_.file, csv.line(), column.name.text, text});
        value = column.info.low;
      }
      values.push_back(*value);
    }
    auto [place, fresh] = lines.try_emplace(key, csv.line());
    if (fresh) {
      rows[key] = std::move(values);
    } else {
      report_.at(ast_.file_span, Diag::table_key_twice, {ast_.file, key, place->second, csv.line()});
    }
  }

  const syntax::Table& ast_;
  const PackScope& scope_;
  Reporter& report_;
  DataTable table_;
  std::vector<Column> columns_;
};

}  // namespace

DataTable load_table(const syntax::Table& ast, const PackScope& scope, DataReader read_data, Reporter& report) {
  return TableLoader(ast, scope, report).run(read_data);
}

}  // namespace quy::sema
