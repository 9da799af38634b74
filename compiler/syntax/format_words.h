#pragma once
// The formatter's spelling: what is written for each token in the target language.

#include <string>
#include <vector>

#include "compiler/syntax/parse.h"

namespace quy::syntax {

/// One text a token, in order.
std::vector<std::string> spell(const LexedFile& file, Language target);

}  // namespace quy::syntax
