#include "tools/testing/written_tests.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "base/file_io.h"
#include "base/limits.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"

namespace quy::tools {

namespace {

/// Begins every file that is made here, and tells it from those that people began.
constexpr const char* kHead =
    "# Kiểm thử do `quy --write-test` viết; đọc kỹ kết quả chờ rồi hãy giữ. Lần sau chỉ viết thêm vào cuối.\n";

std::string with_keywords(const std::string& text, Language keywords) {
  SourceMap sources;
  const std::optional<FileId> file = sources.add("test.quy", text, nullptr);
  if (!file) throw std::logic_error("a test that cannot be read back: " + text);
  return syntax::format(sources, *file, keywords);
}

Message unwritable(const std::string& path, const FileError& error) {
  return {Diag::file_unwritable, {path, system_error_text(error.system_error)}, {}};
}

}  // namespace

void WrittenTests::add(const std::string& text, Language keywords) {
  std::string test = with_keywords(text, keywords);
  if (std::ranges::find(tests_, test) == tests_.end()) tests_.push_back(std::move(test));
}

std::optional<Message> WrittenTests::write(const std::string& path) const {
  if (tests_.empty()) return std::nullopt;
  FileError error;
  std::string content = kHead;
  if (std::filesystem::exists(path)) {
    const std::optional<std::string> old = read_file(path, limits::source_bytes, &error);
    if (!old) return Message{Diag::file_unreadable, {path, system_error_text(error.system_error)}, {}};
    if (!old->starts_with(kHead)) return Message{Diag::file_not_of_written_tests, {path}, {}};
    content = *old;
    while (content.ends_with("\n\n")) content.pop_back();  // one blank line before a test, whoever cut the file
  }
  for (const std::string& test : tests_)
    if (content.find(test) == std::string::npos) content += "\n" + test;
  if (!write_file(path, content, &error)) return unwritable(path, error);
  return std::nullopt;
}

Language keywords_of(const SourceMap& sources, FileId file) { return syntax::lex(sources, file).language; }

}  // namespace quy::tools
