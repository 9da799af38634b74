#include "tests/support/golden.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "base/diagnostics/severity.h"

namespace quy::test {
namespace {

struct Expected {
  std::uint32_t line = 0;
  std::string severity;
  std::string code;
  std::optional<std::string> underlined;
  std::optional<std::string> fix;
  std::string written;  ///< as it stands in the source
  bool met = false;
};

/// Reads one expectation from left to right.
class ExpectationReader {
 public:
  ExpectationReader(std::string_view text, std::uint32_t line) : text_(text), line_(line) {}

  Expected read() {
    Expected expected;
    expected.written = "#!" + std::string(text_);
    expected.line = line_ + static_cast<std::uint32_t>(read_offset());
    expected.severity = read_word();
    expected.code = read_word();
    if (skip("@")) expected.underlined = read_quoted();
    if (skip("=>")) expected.fix = read_quoted();
    skip_space();
    if (!text_.empty()) fail("cannot be read");
    return expected;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw std::runtime_error("line " + std::to_string(line_) + ": expectation " + why + ": " + std::string(text_));
  }
  void skip_space() { text_.remove_prefix(std::min(text_.find_first_not_of(" \t\r"), text_.size())); }
  bool skip(std::string_view sign) {
    skip_space();
    if (!text_.starts_with(sign)) return false;
    text_.remove_prefix(sign.size());
    return true;
  }
  int read_offset() {
    if (text_.empty() || (text_.front() != '+' && text_.front() != '-')) return 0;
    const bool back = text_.front() == '-';
    text_.remove_prefix(1);
    const int lines = std::stoi(read_word());
    return back ? -lines : lines;
  }
  std::string read_word() {
    skip_space();
    const std::size_t end = std::min(text_.find(' '), text_.size());
    if (end == 0) fail("is not complete");
    const std::string word(text_.substr(0, end));
    text_.remove_prefix(end);
    return word;
  }
  std::string read_quoted() {
    if (!skip("\"")) fail("lacks a text in quotes");
    std::string value;
    while (!text_.empty() && text_.front() != '"') {
      if (text_.front() == '\\' && text_.size() > 1) text_.remove_prefix(1), value += text_.front() == 'n' ? '\n' : text_.front();
      else value += text_.front();
      text_.remove_prefix(1);
    }
    if (!skip("\"")) fail("has a text that does not end");
    return value;
  }

  std::string_view text_;
  std::uint32_t line_;
};

std::vector<Expected> read_expectations(std::string_view text) {
  constexpr std::string_view kMark = "#!";
  std::vector<Expected> all;
  for (std::uint32_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view rest = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    for (std::size_t at = rest.find(kMark); at != std::string_view::npos; at = rest.find(kMark)) {
      rest.remove_prefix(at + kMark.size());
      all.push_back(ExpectationReader(rest.substr(0, rest.find(kMark)), line).read());
    }
  }
  return all;
}

bool meets(const SourceMap& sources, const Diagnostic& diagnostic, const Expected& expected) {
  if (code(diagnostic.message.id) != expected.code || severity_word(diagnostic.severity) != expected.severity) return false;
  if (sources.line_column(diagnostic.span.file, diagnostic.span.begin).line != expected.line) return false;
  if (expected.underlined && sources.text(diagnostic.span) != *expected.underlined) return false;
  return !expected.fix || (diagnostic.fix && diagnostic.fix->replacement == *expected.fix);
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n') result += "\\n";
    else result += c;
  }
  return result + "\"";
}

/// The expectation that a message would meet, as one would write it.
std::string as_expectation(const SourceMap& sources, const Diagnostic& diagnostic) {
  std::string line = "#! " + std::string(severity_word(diagnostic.severity)) + " " + std::string(code(diagnostic.message.id));
  line += " @ " + in_quotes(sources.text(diagnostic.span));
  if (diagnostic.fix) line += " => " + in_quotes(diagnostic.fix->replacement);
  return line;
}

std::size_t line_of(std::string_view text, std::size_t offset) {
  return static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n')) + 1;
}

std::string line_at(std::string_view text, std::size_t offset) {
  const std::size_t begin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
  return std::string(text.substr(begin, text.find('\n', begin) - begin));
}

}  // namespace

std::filesystem::path golden_folder(std::string_view form) { return std::filesystem::path(QUY_SOURCE_DIR) / "tests" / "golden" / form; }

std::vector<std::filesystem::path> golden_files(const std::filesystem::path& folder, std::string_view extension) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> compare_diagnostics(const SourceMap& sources, FileId file, const std::vector<Diagnostic>& diagnostics) {
  std::vector<Expected> expectations;
  try {
    expectations = read_expectations(sources.text(file));
  } catch (const std::exception& problem) {
    return {problem.what()};
  }
  std::vector<std::string> problems;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.span.file != file) continue;
    const auto found = std::find_if(expectations.begin(), expectations.end(), [&](const Expected& expected) {
      return !expected.met && meets(sources, diagnostic, expected);
    });
    if (found != expectations.end()) {
      found->met = true;
      continue;
    }
    problems.push_back("line " + std::to_string(sources.line_column(file, diagnostic.span.begin).line) + ": not expected: " +
                       as_expectation(sources, diagnostic) + " (" + text(diagnostic.message, Language::en) + ")");
  }
  for (const Expected& expected : expectations) {
    if (!expected.met) problems.push_back("line " + std::to_string(expected.line) + ": did not come: " + expected.written);
  }
  return problems;
}

std::string compare_text(const std::filesystem::path& path, std::string_view actual) {
  if (std::getenv("QUY_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
    return {};
  }
  const std::string kept = read_text(path);
  if (kept == actual) return {};
  const auto [mine, theirs] = std::mismatch(kept.begin(), kept.end(), actual.begin(), actual.end());
  const auto offset = static_cast<std::size_t>(mine - kept.begin());
  return path.filename().string() + " differs from line " + std::to_string(line_of(kept, offset)) + ":\n  kept:   " + line_at(kept, offset) +
         "\n  actual: " + line_at(actual, offset) + "\n(QUY_UPDATE_GOLDEN=1 writes the actual text)";
}

}  // namespace quy::test
