#include "base/source.h"

#include <algorithm>
#include <cassert>

#include "base/file_io.h"
#include "base/limits.h"
#include "base/text.h"

namespace quy {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::vector<std::uint32_t> find_lines(std::string_view text) {
  std::vector<std::uint32_t> begins{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') begins.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return begins;
}

/// Index of the line that holds `offset`; an offset at or past the end belongs to the last line.
std::size_t line_index(const std::vector<std::uint32_t>& begins, std::uint32_t offset) {
  const auto after = std::upper_bound(begins.begin(), begins.end(), offset);
  return static_cast<std::size_t>(after - begins.begin()) - 1;
}

std::nullopt_t refuse(SourceProblem* problem, SourceProblem::Kind kind, std::size_t offset) {
  if (problem) *problem = {kind, offset};
  return std::nullopt;
}

}  // namespace

Span cover(Span first, Span second) {
  if (!first.valid()) return second;
  if (!second.valid()) return first;
  assert(first.file == second.file);
  return {first.file, std::min(first.begin, second.begin), std::max(first.end, second.end)};
}

std::optional<FileId> SourceMap::load(const std::string& path, SourceProblem* problem, std::string display_name) {
  FileError error;
  const std::optional<std::string> bytes = read_file(path, limits::source_bytes, &error);
  if (!bytes) {
    const bool too_large = error.kind == FileError::Kind::too_large;
    return refuse(problem, too_large ? SourceProblem::Kind::too_large : SourceProblem::Kind::unreadable, error.size);
  }
  return add(display_name.empty() ? path : std::move(display_name), *bytes, problem);
}

std::optional<FileId> SourceMap::add(std::string name, std::string_view text, SourceProblem* problem) {
  if (text.size() > limits::source_bytes) return refuse(problem, SourceProblem::Kind::too_large, text.size());
  std::size_t bad_offset = 0;
  if (!is_utf8(text, &bad_offset)) return refuse(problem, SourceProblem::Kind::not_utf8, bad_offset);
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());

  auto file = std::make_unique<File>();
  file->name = std::move(name);
  file->text = to_nfc(text);
  file->line_begins = find_lines(file->text);
  files_.push_back(std::move(file));
  return static_cast<FileId>(files_.size() - 1);
}

const SourceMap::File& SourceMap::file(FileId id) const {
  assert(id < files_.size());
  return *files_[id];
}

const std::string& SourceMap::name(FileId id) const { return file(id).name; }

std::string_view SourceMap::text(FileId id) const { return file(id).text; }

std::string_view SourceMap::text(Span span) const {
  if (!span.valid()) return {};
  assert(span.begin <= span.end && span.end <= file(span.file).text.size());
  return text(span.file).substr(span.begin, span.end - span.begin);
}

LineColumn SourceMap::line_column(FileId id, std::uint32_t offset) const {
  const std::vector<std::uint32_t>& begins = file(id).line_begins;
  const std::size_t line = line_index(begins, offset);
  const std::string_view before_end = text(id).substr(0, std::max<std::size_t>(offset, begins[line]));
  LineColumn place{static_cast<std::uint32_t>(line + 1), 1};
  // Clusters are found in the whole text, so that an offset inside a letter still counts as that letter.
  for (std::size_t at = begins[line]; at < before_end.size();) {
    at = next_grapheme(text(id), at);
    if (at <= before_end.size()) ++place.column;
  }
  return place;
}

std::uint32_t SourceMap::line_begin(FileId id, std::uint32_t offset) const {
  const std::vector<std::uint32_t>& begins = file(id).line_begins;
  return begins[line_index(begins, offset)];
}

std::string_view SourceMap::line_text(FileId id, std::uint32_t offset) const {
  std::string_view line = text(id).substr(line_begin(id, offset));
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace quy
