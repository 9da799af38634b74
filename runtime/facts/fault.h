#pragma once
// Why a record is refused, and where in it.

#include <string>
#include <string_view>

#include "base/diagnostics/diagnostics.h"

namespace quy::facts {

struct Fault {
  Message reason;
  std::string field;  ///< evidence.viec[3].ma

  /// Called on the way out, innermost first: what was found so far lies in `part`.
  void under(std::string_view part) {
    std::string path(part);
    if (!field.empty() && field.front() != '[') path += '.';
    field = path + field;
  }
};

}  // namespace quy::facts
