#pragma once
// The criteria set of one subject as a page to read and print.

#include <cstdint>
#include <string>

#include "base/language.h"
#include "runtime/bytecode/module.h"

namespace quy::tools {

/// HTML that is well-formed XML, in one file without scripts. The module must have passed verify().
std::string criteria_document(const bytecode::Module& module, std::uint32_t subject, Language language);

}  // namespace quy::tools
