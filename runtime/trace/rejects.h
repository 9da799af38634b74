#pragma once
// The rejects file: one JSON object a refused record, {"line", "id", "field", "code", "reason"}.

#include <string>
#include <string_view>

#include "base/language.h"
#include "runtime/facts/facts.h"

namespace quy::trace {

/// `input` names the file when there are several; `stage` the stage when all are run. Empty ones are left out.
void append_reject(std::string& out, const facts::Reject& reject, Language language, std::string_view input = {},
                   std::string_view stage = {});

}  // namespace quy::trace
