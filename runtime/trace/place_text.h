#pragma once
// Places of a record, and the values that stand there, for people: `scores.uy_tin` by its label, `true` as có.

#include <string>
#include <string_view>

#include "base/language.h"
#include "runtime/bytecode/module.h"

namespace quy::trace {

/// What a place of the subject's records is called: `evidence.van_ban`, `evidence.viec.ma`, `scores.uy_tin`, `maxima.uy_tin`,
/// `decisions.D11.4.4`. The place itself when there is no such.
std::string place_label(const bytecode::Subject& subject, std::string_view place, Language language);

/// A value as facts::Override writes it.
std::string written_value_text(const bytecode::Module& module, const bytecode::Subject& subject, std::string_view place,
                               const std::string& written, Language language);

}  // namespace quy::trace
