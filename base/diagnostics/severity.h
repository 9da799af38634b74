#pragma once
// The word for a severity: the same in both languages, because tools match on it.

#include <string_view>

#include "base/diagnostics/diagnostics.h"

namespace quy {

inline std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "error";
}

}  // namespace quy
