#pragma once
// Text to syntax tree, and text to tokens for the formatter. ANTLR is behind this door and nowhere else.
//
// Stages inside: lex words → join keyword phrases (grammar/keywords.def) → match braces, limit nesting, cut into items → parse each
// item → build the tree. A mistake costs its own item only, so that three mistakes give three messages.

#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"
#include "compiler/syntax/ast.h"

namespace quy::syntax {

/// Parses one file. Items with mistakes are reported and left out; the rest of the tree is complete. The language of the keywords is
/// found from the first one; a keyword of the other language is an error with a fix.
File parse(const SourceMap& sources, FileId file, DiagnosticSink& diagnostics);

/// One token of the source, for the formatter: comments included, white space left out.
struct LexedToken {
  enum class Kind : std::uint8_t { keyword, name, citation, number, date, string, sign, comment, unknown } kind = Kind::unknown;
  Span span;
  std::string text;       ///< as written (a name without its backquotes)
  int keyword = -1;       ///< row of its token in keywords.def
  bool quoted = false;    ///< a name that was in backquotes
  int line_breaks_before = 0;

  // What the grammar makes of it; all false in an item that does not parse. A soft keyword that stands for a name has kind `name`.
  bool begins_item = false;
  bool begins_statement = false;  ///< of a block: a field, a criterion, a row, …
  bool is_unit = false;           ///< a word after a number
  bool is_sign_of_number = false; ///< `−` in front of one operand
  bool begins_arguments = false;  ///< `(` of an indicator
  bool declares = false;          ///< `:` between a name and its type
  bool keeps_marks = false;       ///< a version or a period, whose dots are the same in both languages
};
struct LexedFile {
  Language language = Language::vi;
  std::vector<LexedToken> tokens;
};
LexedFile lex(const SourceMap& sources, FileId file);

/// The spelling that the formatter writes for a keyword.
std::string keyword_text(int keyword, Language language);
/// True when a plain name would be read as (part of) a keyword in that language and so needs backquotes.
bool needs_backquotes(const std::string& name, Language language);

}  // namespace quy::syntax
