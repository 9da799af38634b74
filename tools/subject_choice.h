#pragma once
// Which subject of a pack a command is about.

#include <cstdint>
#include <optional>
#include <string>

#include "tools/context.h"

namespace quy::tools {

/// The subject named, or the only one there is. On failure prints why and sets `status`.
std::optional<std::uint32_t> choose_subject(const Context& context, const Pack& pack, const std::string& wanted, int& status);

}  // namespace quy::tools
