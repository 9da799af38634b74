#include "compiler/syntax/parse.h"

#include <algorithm>
#include <iterator>

#include "compiler/syntax/antlr/builder.h"
#include "compiler/syntax/antlr/characters.h"
#include "compiler/syntax/antlr/item_parser.h"
#include "compiler/syntax/antlr/items.h"
#include "compiler/syntax/antlr/joiner.h"
#include "compiler/syntax/antlr/lexer.h"
#include "compiler/syntax/antlr/recovery.h"
#include "compiler/syntax/antlr/roles.h"

namespace quy::syntax {
namespace {

Tokens without_comments(Tokens tokens) {
  std::erase_if(tokens, [](const Token& token) { return token.kind == TokenKind::comment; });
  return tokens;
}

/// Parses one item; each mistake costs its own statement only, so that the rest is checked too. Nothing when there was one.
std::optional<Item> parse_item(Tokens tokens, const SourceText& source, DiagnosticSink& diagnostics) {
  Recovery recovery(source, diagnostics);
  const std::size_t errors_before = diagnostics.error_count();
  while (true) {
    ItemParser parser(tokens);
    if (auto* tree = parser.parse()) {
      Item item = Builder(source, tokens, diagnostics).item(tree);
      const bool sound = recovery.rounds() == 0 && diagnostics.error_count() == errors_before;
      return sound ? std::optional(std::move(item)) : std::nullopt;
    }
    if (!recovery.take_out_mistake(tokens, parser.error_token())) return std::nullopt;
  }
}

}  // namespace

File parse(const SourceMap& sources, FileId file, DiagnosticSink& diagnostics) {
  SourceText source{file, sources.text(file), Language::vi};
  const Tokens raw = read_tokens(source.text);
  source.language = find_language(raw, source.text);
  const Tokens words = mend_characters(without_comments(raw), source, diagnostics);
  const Tokens tokens = join_keywords(words, source);

  File result;
  result.file = file;
  result.language = source.language;
  for (ItemTokens& item : cut_into_items(tokens, source, diagnostics)) {
    if (!item.sound) continue;
    if (auto parsed = parse_item(std::move(item.tokens), source, diagnostics)) result.items.push_back(std::move(*parsed));
  }
  return result;
}

namespace {

LexedFile lexed_tokens(const Tokens& tokens, const SourceText& source) {
  LexedFile result;
  result.language = source.language;
  std::uint32_t previous_end = 0;
  for (const Token& token : tokens) {
    LexedToken& added = result.tokens.emplace_back();
    added.kind = token.kind;
    added.span = source.span(token);
    added.text = source.text_of(token);
    added.keyword = token.keyword;
    added.quoted = token.kind == TokenKind::name && added.text.front() == '`';
    if (added.quoted) added.text = added.text.substr(1, added.text.size() - 2);
    // A comment from inside a phrase comes after it, so it may begin before the phrase's end.
    const std::uint32_t from = std::min(previous_end, token.begin);
    const std::string_view between = source.text.substr(from, token.begin - from);
    added.line_breaks_before = static_cast<int>(std::count(between.begin(), between.end(), '\n'));
    previous_end = std::max(previous_end, token.end);
  }
  return result;
}

}  // namespace

LexedFile lex(const SourceMap& sources, FileId file) {
  SourceText source{file, sources.text(file), Language::vi};
  const Tokens raw = read_tokens(source.text);
  source.language = find_language(raw, source.text);
  const Tokens tokens = join_keywords(raw, source);

  LexedFile result = lexed_tokens(tokens, source);
  DiagnosticSink unheard;
  for (const ItemTokens& item : cut_into_items(without_comments(tokens), source, unheard)) {
    if (!item.sound) continue;
    ItemParser parser(item.tokens);
    if (auto* tree = parser.parse()) mark_roles(tree, item.tokens, result.tokens);
  }
  return result;
}

}  // namespace quy::syntax
