#pragma once
// How generated source text is written: names and strings that read back as what they were.

#include <string>

#include "base/language.h"

namespace quy::syntax {

/// A name or a path of names, in backquotes where one would be read as a keyword of `language`.
std::string spelled(const std::string& path, Language language = Language::vi);
/// A string of the language, with its quotes.
std::string quoted(const std::string& text);

}  // namespace quy::syntax
