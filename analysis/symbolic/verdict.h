#pragma once
// What an analysis may say, without the solver's headers.

#include <cstdint>

#include "base/language.h"
#include "runtime/bytecode/module.h"

namespace quy::analysis::symbolic {

enum class Verdict : std::uint8_t {
  possible,      ///< with values; they may still fail on the machine where something was not analysed
  impossible,    ///< proved: no complete evidence satisfies the condition
  not_settled
};

/// A register whose instruction the solver sees as any value of its range.
struct NotAnalysed {
  bytecode::Register reg = 0;
  Bilingual reason;
};

}  // namespace quy::analysis::symbolic
