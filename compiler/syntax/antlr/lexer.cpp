#include "compiler/syntax/antlr/lexer.h"

#include "compiler/syntax/antlr/generated.h"

namespace quy::syntax {
namespace {

using grammar::RuleLexer;

TokenKind kind_of(TokenType type) {
  switch (type) {
    case RuleLexer::WORD:
    case RuleLexer::QUOTED_NAME: return TokenKind::name;
    case RuleLexer::CITATION: return TokenKind::citation;
    case RuleLexer::DATE: return TokenKind::date;
    case RuleLexer::NUMBER: return TokenKind::number;
    case RuleLexer::STRING: return TokenKind::string;
    case RuleLexer::COMMENT: return TokenKind::comment;
    case RuleLexer::OPEN_STRING:
    case RuleLexer::UNKNOWN: return TokenKind::unknown;
    default: return TokenKind::sign;
  }
}

bool continues_codepoint(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// ANTLR counts code points; everything else here counts bytes. Asked in ascending order only.
class ByteOffsets {
 public:
  explicit ByteOffsets(std::string_view text) : text_(text) {}
  std::uint32_t operator()(std::size_t codepoint) {
    for (; codepoint_ < codepoint; ++codepoint_) {
      do ++byte_;
      while (byte_ < text_.size() && continues_codepoint(text_[byte_]));
    }
    return static_cast<std::uint32_t>(byte_);
  }

 private:
  std::string_view text_;
  std::size_t codepoint_ = 0;
  std::size_t byte_ = 0;
};

/// Where the line that holds `to` begins, when that is after `from`.
std::optional<std::uint32_t> line_begin_between(std::string_view text, std::uint32_t from, std::uint32_t to) {
  const std::size_t line_break = text.substr(from, to - from).rfind('\n');
  if (line_break == std::string_view::npos) return std::nullopt;
  return from + static_cast<std::uint32_t>(line_break) + 1;
}

}  // namespace

Tokens read_tokens(std::string_view text) {
  // ANTLR would drop a byte order mark and count without it; the source map has taken the real one away already.
  const std::string_view mark = "\xEF\xBB\xBF";
  std::uint32_t skipped = 0;
  for (std::string_view rest = text; rest.starts_with(mark); rest.remove_prefix(mark.size())) skipped += 3;
  const std::string_view body = text.substr(skipped);

  antlr4::ANTLRInputStream input{std::string(body)};
  RuleLexer lexer(&input);
  lexer.removeErrorListeners();
  ByteOffsets bytes(body);
  Tokens tokens;
  std::uint32_t previous_end = 0;
  std::uint32_t indent = 0;
  for (auto token = lexer.nextToken(); token->getType() != antlr4::Token::EOF; token = lexer.nextToken()) {
    Token added;
    added.type = token->getType();
    added.kind = kind_of(added.type);
    added.begin = skipped + bytes(token->getStartIndex());
    added.end = skipped + bytes(token->getStopIndex() + 1);
    const auto line_begin = line_begin_between(text, previous_end, added.begin);
    added.first_on_line = tokens.empty() || line_begin.has_value();
    if (added.first_on_line) indent = added.begin - line_begin.value_or(0);
    added.indent = indent;
    previous_end = added.end;
    tokens.push_back(added);
  }
  return tokens;
}

}  // namespace quy::syntax
