#pragma once
// What `quy check` says of a good pack: its subjects, and which of them need numbers without bound.

#include <iosfwd>

#include "tools/context.h"

namespace quy::tools {

void report_pack(const Context& context, std::ostream& out, Compilation& compilation, const sema::Pack& pack);

}  // namespace quy::tools
