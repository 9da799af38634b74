#pragma once
// Golden files: sources that carry the messages expected of them, and texts kept beside a source.
//
// A source names each message in a comment on the line where the message points:
//
//     cần a / b / c = 1 theo D1   #! error Q0128 @ "a / b / c"
//
// - `@ "…"` is the text that must be underlined (`\"`, `\\` and `\n` inside); left out, any place on the line will do.
// - `=> "…"` after it is the text of the fix; left out, nothing is said about a fix.
// - `#!-1 …` is about the line before, `#!+2 …` about the second line after: for lines that cannot end in a comment.
// - Several messages of one line: several `#!` in one comment.
// Every expectation must be met by one message, and every message must be expected.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"

namespace quy::test {

/// Where golden files are: tests/golden/<form>.
std::filesystem::path golden_folder(std::string_view form);

/// The files of a folder and those below it that end in `extension`, sorted.
std::vector<std::filesystem::path> golden_files(const std::filesystem::path& folder, std::string_view extension);

std::string read_text(const std::filesystem::path& path);

/// What is wrong with the messages about one file, a line each; nothing when all is as expected.
std::vector<std::string> compare_diagnostics(const SourceMap& sources, FileId file, const std::vector<Diagnostic>& diagnostics);

/// Compares a text with the one kept at `path`; an empty string when they are equal, else where they part. With the environment
/// variable QUY_UPDATE_GOLDEN set, the kept text is written instead.
std::string compare_text(const std::filesystem::path& path, std::string_view actual);

}  // namespace quy::test
