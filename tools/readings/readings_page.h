#pragma once
// The open choices of a pack as a page: what is asked, what can be picked, who picks what and whom it concerns.

#include <string>

#include "compiler/sema/typed.h"
#include "runtime/bytecode/module.h"
#include "tools/context.h"

namespace quy::tools {

/// Markdown. `module` is the pack compiled; it says which subjects read which choice.
std::string readings_page(const Context& context, const sema::Pack& pack, const bytecode::Module& module);

}  // namespace quy::tools
