#pragma once
// The rating of a subject without its points, and which subjects are rated alike.

#include <string>

#include "runtime/bytecode/module.h"

namespace quy::analysis {

/// What the rating depends on, over a stated total where there is one, so that no answer hangs on which criteria make the points.
bytecode::Module rating_part(const bytecode::Module& module, std::uint32_t subject);

/// Subjects of one module with one key have the same code over the same evidence: what is true of one is true of all.
std::string rules_key(const bytecode::Subject& subject);

}  // namespace quy::analysis
