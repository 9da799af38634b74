#pragma once
// The file that a cache was made of, now.

#include <optional>
#include <string>
#include <variant>

#include "runtime/columns/cache_writer.h"

namespace quy::columns {

/// Size, time and absolute path of a file that is about to be read; not its hash. A message when there is no such file.
std::variant<Source, Message> source_now(const std::string& name);

/// How a source differs from what was read; nothing when it does not. A file with another time is read again for its hash.
std::optional<Bilingual> source_change(const Source& source);

}  // namespace quy::columns
