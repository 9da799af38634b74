#pragma once
// The rating of a subject in words: levels with their conditions, then every rule that overrides them.

#include "tools/document/sheet.h"

namespace quy::tools {

/// Nothing for a subject that is not rated.
void write_rating(const Sheet& sheet);

}  // namespace quy::tools
