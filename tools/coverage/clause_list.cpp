#include "tools/coverage/clause_list.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/file_io.h"
#include "base/limits.h"
#include "base/text.h"

namespace quy::tools {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// Lines without their ends, which may be of either kind; the last one need not have an end.
std::vector<std::string_view> lines_of(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<std::string_view> lines = split(text, '\n');
  for (std::string_view& line : lines)
    if (line.ends_with('\r')) line.remove_suffix(1);
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {}

  std::variant<std::vector<ListedClause>, Message> read(std::string_view text) {
    const std::vector<std::string_view> lines = lines_of(text);
    if (lines.empty()) return bad(0, {"tệp trống", "the file is empty"});
    if (auto wrong = read_header(lines.front())) return *wrong;
    for (std::size_t i = 1; i < lines.size(); ++i)
      if (auto wrong = read_row(i, lines[i])) return *wrong;
    if (clauses_.empty()) return bad(0, {"không có điều khoản nào", "there are no clauses"});
    return std::move(clauses_);
  }

 private:
  Message bad(std::size_t line, Bilingual what) const { return {Diag::clause_list_bad, {path_, line + 1, std::move(what)}, {}}; }

  std::optional<Message> read_header(std::string_view line) {
    const std::vector<std::string_view> names = split(line, '\t');
    columns_ = names.size();
    auto find = [&](std::string_view name, std::size_t& column) -> std::optional<Message> {
      const auto found = std::find(names.begin(), names.end(), name);
      column = static_cast<std::size_t>(found - names.begin());
      if (found != names.end()) return std::nullopt;
      const std::string quoted = "`" + std::string(name) + "`";
      return bad(0, {"thiếu cột " + quoted, "column " + quoted + " is missing"});
    };
    std::size_t text = 0;   // asked for so that another kind of table is not taken for a clause list
    if (auto wrong = find("citation", citation_)) return wrong;
    if (auto wrong = find("parent_title", heading_)) return wrong;
    return find("text", text);
  }

  std::optional<Message> read_row(std::size_t line, std::string_view row) {
    const std::vector<std::string_view> cells = split(row, '\t');
    if (cells.size() != columns_) {
      const std::string count = std::to_string(cells.size()), wanted = std::to_string(columns_);
      return bad(line, {"có " + count + " ô, dòng đầu có " + wanted + " cột", count + " cells where the first line has " + wanted + " columns"});
    }
    const std::string citation(cells[citation_]);
    if (citation.empty() || citation.find(' ') != std::string::npos)
      return bad(line, {"`" + citation + "` không phải là số điều khoản", "`" + citation + "` is no citation"});
    const auto [first, fresh] = line_of_.try_emplace(citation, line);
    if (!fresh) {
      const std::string earlier = std::to_string(first->second + 1);
      return bad(line, {"`" + citation + "` đã có ở dòng " + earlier, "`" + citation + "` is already in line " + earlier});
    }
    clauses_.push_back({citation, std::string(cells[heading_])});
    return std::nullopt;
  }

  const std::string& path_;
  std::size_t columns_ = 0, citation_ = 0, heading_ = 0;
  std::map<std::string, std::size_t> line_of_;
  std::vector<ListedClause> clauses_;
};

}  // namespace

std::variant<std::vector<ListedClause>, Message> read_clause_list(const std::string& path) {
  FileError error;
  const std::optional<std::string> bytes = read_file(path, limits::source_bytes, &error);
  if (!bytes && error.kind == FileError::Kind::too_large)
    return Message{Diag::file_too_large, {path, error.size, limits::source_bytes}, {}};
  if (!bytes) return Message{Diag::file_unreadable, {path, system_error_text(error.system_error)}, {}};
  std::size_t wrong_byte = 0;
  if (!is_utf8(*bytes, &wrong_byte)) return Message{Diag::file_not_utf8, {path, wrong_byte + 1}, {}};
  return Reader(path).read(to_nfc(*bytes));
}

}  // namespace quy::tools
