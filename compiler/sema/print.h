#pragma once
// The typed form as text, for tests and for people who debug the compiler. Not a format: nothing reads it back.

#include <string>

#include "compiler/sema/typed.h"

namespace quy::sema {

std::string print(const Pack& pack);
std::string print(const Pack& pack, const Subject& subject);
/// One formula, fully bracketed.
std::string print(const Pack& pack, const Subject& subject, ExprId id);

}  // namespace quy::sema
