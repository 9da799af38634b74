#pragma once
// Tokens in the words of messages: what was found, and what could have stood there.

#include "compiler/syntax/antlr/recogniser.h"
#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// "từ khoá `mức`", "số `5`", … in both languages.
Bilingual describe_found(const Token& token, const SourceText& source);
/// The end of a declaration where more was needed.
Bilingual describe_end();
/// "một tên, `tối đa` hoặc `{`": the alternatives in user terms, keywords in the file's language, the telling ones only.
Bilingual describe_expected(const TypeSet& types, Language file_language);

/// Whether an operand of a formula may stand here.
bool expects_value(const TypeSet& types);

}  // namespace quy::syntax
