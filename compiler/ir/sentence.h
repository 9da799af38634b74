#pragma once
// Conditions and formulas in words, for explanations and documents.

#include "base/language.h"
#include "compiler/sema/typed.h"

namespace quy::ir {

/// A condition or formula in words, both languages, with the labels of its fields.
Bilingual sentence(const sema::Pack& pack, const sema::Subject& subject, sema::ExprId id);

/// What a comparison compares with: `90%`, `6 lượt mỗi năm`.
Bilingual limit(const sema::Pack& pack, const sema::Subject& subject, sema::ExprId comparison);

}  // namespace quy::ir
