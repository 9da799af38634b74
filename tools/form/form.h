#pragma once
// The blank form of a subject: a workbook that people fill in and `quy eval` reads.
//
// One sheet takes the records, a row each; every list of the subject has a sheet of its own. The fourth row of a sheet, hidden, holds the
// ids of its columns, so labels may be edited. Nothing is locked and nothing is computed.

#include <string>
#include <variant>

#include "base/language.h"
#include "runtime/bytecode/module.h"

namespace quy::tools {

/// The workbook's bytes, or the system's error when it could not be made. Labels are the pack's, other words are in `language`. With
/// `changes`, every fact has a column for each later stage, and every fact and score one for the reason and the document of its change.
std::variant<std::string, int> blank_form(const bytecode::Module& module, std::uint32_t subject, Language language, bool changes);

}  // namespace quy::tools
