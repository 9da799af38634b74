#pragma once
// Source files and places in them.
//
// A SourceMap owns the text of every file of one compilation. Text is kept in Unicode normal form C, so every later stage may
// compare bytes. Spans are half-open byte ranges; columns for people and for editors are worked out only when a message is shown.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quy {

using FileId = std::uint32_t;
inline constexpr FileId kNoFile = 0xffffffffU;

/// A half-open byte range [begin, end) of one file's NFC text. `file == kNoFile` means "no place in any source".
struct Span {
  FileId file = kNoFile;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool valid() const { return file != kNoFile; }
  friend bool operator==(const Span&, const Span&) = default;
};

/// The smallest span that covers both; both must lie in one file (an invalid one is ignored).
Span cover(Span first, Span second);

/// A place for people: line and column count from 1; the column counts grapheme clusters, so a letter with two marks is one.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// Why a file's bytes were refused.
struct SourceProblem {
  enum class Kind { unreadable, not_utf8, too_large } kind;
  std::size_t offset = 0;  ///< first bad byte for not_utf8; size for too_large
};

class SourceMap {
 public:
  /// Reads a file from disk. `display_name` is what messages print; by default the path as given.
  std::optional<FileId> load(const std::string& path, SourceProblem* problem, std::string display_name = {});

  /// Adds text that is already in memory (the embedded library, a test). Refuses text that is not UTF-8 or above the limit on
  /// sources; a byte order mark is dropped.
  std::optional<FileId> add(std::string name, std::string_view text, SourceProblem* problem);

  const std::string& name(FileId file) const;
  /// NFC text; valid as long as the map lives.
  std::string_view text(FileId file) const;
  std::string_view text(Span span) const;
  LineColumn line_column(FileId file, std::uint32_t offset) const;
  /// The whole line that holds `offset`, without its line break.
  std::string_view line_text(FileId file, std::uint32_t offset) const;
  /// Byte offset where the line that holds `offset` begins.
  std::uint32_t line_begin(FileId file, std::uint32_t offset) const;
  std::size_t size() const { return files_.size(); }

 private:
  struct File {
    std::string name;
    std::string text;
    std::vector<std::uint32_t> line_begins;
  };
  const File& file(FileId id) const;

  // Indirect so that text views stay valid when more files are added.
  std::vector<std::unique_ptr<File>> files_;
};

}  // namespace quy
