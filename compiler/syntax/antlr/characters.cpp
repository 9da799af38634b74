#include "compiler/syntax/antlr/characters.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "compiler/syntax/antlr/generated.h"

namespace quy::syntax {
namespace {

using grammar::RuleLexer;

struct LookAlike {
  std::string_view written;
  std::string_view meant;
  TokenType type;  ///< 0: white space or nothing, or a number; the token is taken out
};

constexpr TokenType kNothing = 0;
constexpr LookAlike kLookAlikes[] = {
    {"\u2010", "-", RuleLexer::MINUS},      {"\u2011", "-", RuleLexer::MINUS},       {"\u2012", "-", RuleLexer::MINUS},
    {"\u2013", "-", RuleLexer::MINUS},      {"\u2014", "-", RuleLexer::MINUS},       {"\uFE63", "-", RuleLexer::MINUS},
    {"\uFF0D", "-", RuleLexer::MINUS},      {"\u00F7", "/", RuleLexer::SLASH},       {"\u2215", "/", RuleLexer::SLASH},
    {"\u2044", "/", RuleLexer::SLASH},      {"\u00B7", "\u00D7", RuleLexer::TIMES},  {"\u22C5", "\u00D7", RuleLexer::TIMES},
    {"\u2715", "\u00D7", RuleLexer::TIMES}, {"\uFF0A", "*", RuleLexer::TIMES},       {"\u2266", "\u2265", RuleLexer::LESS_EQUAL},
    {"\u2267", "\u2265", RuleLexer::GREATER_EQUAL}, {"\uFF1D", "=", RuleLexer::EQUAL}, {"\uFF1C", "<", RuleLexer::LESS},
    {"\uFF1E", ">", RuleLexer::GREATER},    {"\uFF05", "%", RuleLexer::PERCENT},     {"\uFF08", "(", RuleLexer::LEFT_PAREN},
    {"\uFF09", ")", RuleLexer::RIGHT_PAREN}, {"\uFF5B", "{", RuleLexer::LEFT_BRACE}, {"\uFF5D", "}", RuleLexer::RIGHT_BRACE},
    {"[", "(", RuleLexer::LEFT_PAREN},      {"]", ")", RuleLexer::RIGHT_PAREN},      {"\uFF0C", ",", RuleLexer::COMMA},
    {"\uFF1B", ";", RuleLexer::SEMICOLON},  {"\uFF1A", ":", RuleLexer::COLON},       {"\uFF5C", "|", RuleLexer::BAR},
    {"\u00BD", "", kNothing},               {"\u00BC", "", kNothing},                {"\u00BE", "", kNothing},
};

/// Letters of other alphabets that keyboards and OCR give for Vietnamese ones.
struct LetterPair {
  std::string_view written;
  std::string_view meant;
};
constexpr LetterPair kLetters[] = {{"\u00D0", "\u0110"}, {"\u00F0", "\u0111"}, {"\u0189", "\u0110"}, {"\u0256", "\u0111"}};

std::string_view fraction_of(std::string_view character, Language language) {
  const bool comma = language == Language::vi;
  if (character == "\u00BD") return comma ? "0,5" : "0.5";
  if (character == "\u00BC") return comma ? "0,25" : "0.25";
  if (character == "\u00BE") return comma ? "0,75" : "0.75";
  return {};
}

/// How a character is shown: itself, or its number when it cannot be seen.
std::string shown(std::string_view character) {
  const bool visible = display_width(character) > 0 && static_cast<unsigned char>(character.front()) > 0x20 && printable(character) == character;
  if (visible && character.find_first_not_of("\xE2\x80\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8A\xAF\xE3") != std::string_view::npos) {
    return std::string(character);
  }
  std::uint32_t codepoint = static_cast<unsigned char>(character.front());
  if (codepoint >= 0xF0) codepoint &= 0x07U;
  else if (codepoint >= 0xE0) codepoint &= 0x0FU;
  else if (codepoint >= 0xC0) codepoint &= 0x1FU;
  for (std::size_t i = 1; i < character.size(); ++i) codepoint = codepoint << 6U | (static_cast<unsigned char>(character[i]) & 0x3FU);
  char text[16];
  std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(codepoint));
  return text;
}

class CharacterMender {
 public:
  CharacterMender(const SourceText& source, DiagnosticSink& diagnostics) : source_(source), diagnostics_(diagnostics) {}

  Tokens mend(const Tokens& tokens) {
    Tokens kept;
    kept.reserve(tokens.size());
    for (Token token : tokens) {
      if (token.type == RuleLexer::OPEN_STRING) {
        report_open_string(token);
      } else if (token.type == RuleLexer::UNKNOWN) {
        if (!report_unknown(token)) {
          gap_ = true;
          continue;
        }
      } else if (token.kind == TokenKind::name || token.kind == TokenKind::citation) {
        check_letters(token);
      }
      // A message about what stood before covers what comes right after it.
      if (std::exchange(gap_, false)) token.reported = true;
      kept.push_back(token);
    }
    if (gap_ && !kept.empty()) kept.back().reported = true;
    return kept;
  }

 private:
  void report_open_string(Token& token) {
    const std::string quote = source_.text_of(token).front() == '"' ? "\"" : "\u201D";
    const Span whole = source_.span(token);
    diagnostics_.report(whole, Diag::string_not_closed, {quote});
    token.type = RuleLexer::STRING;
    token.kind = TokenKind::string;
    token.reported = true;
  }

  /// Whether the character stands for a sign, and stays as that sign.
  bool report_unknown(Token& token) {
    const std::string_view written = source_.text_of(token);
    const Span where = source_.span(token);
    const auto found = std::find_if(std::begin(kLookAlikes), std::end(kLookAlikes), [&](const LookAlike& each) { return each.written == written; });
    if (found == std::end(kLookAlikes)) {
      if (reported_++ < kMostReports) diagnostics_.report(where, Diag::unknown_character, {shown(written)});
      return false;
    }
    const std::string_view meant = found->meant.empty() ? fraction_of(written, source_.language) : found->meant;
    const Diag id = found->meant.empty() ? Diag::fraction_character : Diag::wrong_character;
    diagnostics_.report(where, id, {shown(written), meant}).mend(where, std::string(meant));
    token.type = found->type;
    token.kind = TokenKind::sign;
    token.reported = true;
    return found->type != kNothing;
  }

  void check_letters(Token& token) {
    const std::string_view word = source_.text_of(token);
    for (const LetterPair& pair : kLetters) {
      const std::size_t at = word.find(pair.written);
      if (at == std::string_view::npos) continue;
      const std::uint32_t begin = token.begin + static_cast<std::uint32_t>(at);
      const Span where{source_.file, begin, begin + static_cast<std::uint32_t>(pair.written.size())};
      diagnostics_.report(where, Diag::wrong_character, {pair.written, pair.meant}).mend(where, std::string(pair.meant));
      token.reported = true;
    }
  }

  /// A binary file read by mistake must not print a message a byte.
  static constexpr std::size_t kMostReports = 50;

  const SourceText& source_;
  DiagnosticSink& diagnostics_;
  std::size_t reported_ = 0;
  bool gap_ = false;
};

}  // namespace

Tokens mend_characters(const Tokens& tokens, const SourceText& source, DiagnosticSink& diagnostics) {
  return CharacterMender(source, diagnostics).mend(tokens);
}

}  // namespace quy::syntax
