#pragma once
// The canonical layout. Works on tokens, so every comment survives; changes white space, spelling of keywords and signs, and the marks of
// numbers, never the meaning.

#include <optional>
#include <string>

#include "base/language.h"
#include "base/source.h"

namespace quy::syntax {

/// Formats a file that parses without error. With `keywords` the file's keywords and number marks are turned into that language.
/// Idempotent; vi → en → vi gives the same bytes.
std::string format(const SourceMap& sources, FileId file, std::optional<Language> keywords = {});

}  // namespace quy::syntax
