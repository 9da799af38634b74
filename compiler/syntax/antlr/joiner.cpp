#include "compiler/syntax/antlr/joiner.h"

#include <algorithm>
#include <iterator>

#include "compiler/syntax/antlr/generated.h"
#include "compiler/syntax/antlr/items.h"

namespace quy::syntax {
namespace {

using grammar::RuleLexer;

constexpr TokenType kKeywordTypes[] = {
#define QUY_KEYWORD(token, vi, en) RuleLexer::token,
#include "grammar/keywords.def"
#undef QUY_KEYWORD
};

Tokens without_comments(const Tokens& tokens) {
  Tokens kept;
  kept.reserve(tokens.size());
  std::copy_if(tokens.begin(), tokens.end(), std::back_inserter(kept),
               [](const Token& token) { return token.kind != TokenKind::comment; });
  return kept;
}

Token joined(const Tokens& words, std::size_t from, const PhraseTable::Match& match) {
  Token token = words[from];
  token.type = keyword_type(match.keyword);
  token.kind = TokenKind::keyword;
  token.keyword = match.keyword;
  token.end = words[from + match.words - 1].end;
  for (std::size_t i = 0; i < match.words; ++i) token.reported = token.reported || words[from + i].reported;
  return token;
}

/// A word after a number is its unit, unless what follows shows that it begins something of its own: `a = 5  b = 6`.
void mark_units(Tokens& tokens) {
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (tokens[i].type != RuleLexer::WORD || tokens[i - 1].type != RuleLexer::NUMBER) continue;
    const TokenType next = i + 1 < tokens.size() ? tokens[i + 1].type : antlr4::Token::EOF;
    const bool begins = next == RuleLexer::EQUAL || next == RuleLexer::COLON || next == RuleLexer::COMMA || next == RuleLexer::DOT;
    if (!begins) tokens[i].type = RuleLexer::UNIT_WORD;
  }
}

/// Puts the comments back where they were; one from the middle of a phrase comes after the phrase.
Tokens merge_comments(const Tokens& tokens, const Tokens& with_comments) {
  Tokens merged;
  merged.reserve(with_comments.size());
  std::size_t next = 0;
  for (const Token& token : with_comments) {
    if (token.kind != TokenKind::comment) continue;
    while (next < tokens.size() && tokens[next].begin < token.begin) merged.push_back(tokens[next++]);
    merged.push_back(token);
  }
  merged.insert(merged.end(), tokens.begin() + static_cast<std::ptrdiff_t>(next), tokens.end());
  return merged;
}

/// `ð`, which some keyboards give for `đ`, has been reported by then; the word is still the word that was meant.
std::string with_vietnamese_d(std::string_view word) {
  std::string mended(word);
  for (std::size_t at = mended.find("\u00F0"); at != std::string::npos; at = mended.find("\u00F0", at)) {
    mended.replace(at, 2, "\u0111");
  }
  return mended;
}

}  // namespace

TokenType keyword_type(int keyword) { return kKeywordTypes[keyword]; }

PhraseTable::WordId WordIds::operator()(std::string_view word) {
  const auto [entry, is_new] = known_.emplace(word, PhraseTable::kNoWord);
  if (is_new) entry->second = table_.word_id(with_vietnamese_d(word));
  return entry->second;
}

std::vector<PhraseTable::WordId> WordIds::of(const Tokens& tokens, std::string_view text) {
  std::vector<PhraseTable::WordId> ids;
  ids.reserve(tokens.size());
  for (const Token& token : tokens) {
    const bool is_word = token.type == RuleLexer::WORD || token.type == RuleLexer::SLASH;
    ids.push_back(is_word ? (*this)(text.substr(token.begin, token.end - token.begin)) : PhraseTable::kNoWord);
  }
  return ids;
}

Language find_language(const Tokens& words, std::string_view text) {
  const Tokens plain = without_comments(words);
  const auto vietnamese = WordIds(Language::vi).of(plain, text);
  const auto english = WordIds(Language::en).of(plain, text);
  const auto begins_item = [](const PhraseTable::Match& match) {
    return match.keyword >= 0 && is_item_start(keyword_type(match.keyword));
  };
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const auto in_vietnamese = PhraseTable::of(Language::vi).longest(vietnamese, i);
    const auto in_english = PhraseTable::of(Language::en).longest(english, i);
    if (begins_item(in_vietnamese)) return Language::vi;
    if (begins_item(in_english)) return Language::en;
  }
  return Language::vi;
}

Tokens join_keywords(const Tokens& words, const SourceText& source) {
  const Tokens plain = without_comments(words);
  const PhraseTable& table = PhraseTable::of(source.language);
  const auto ids = WordIds(source.language).of(plain, source.text);
  Tokens tokens;
  tokens.reserve(plain.size());
  for (std::size_t i = 0; i < plain.size();) {
    const PhraseTable::Match match = table.longest(ids, i);
    tokens.push_back(match.keyword >= 0 ? joined(plain, i, match) : plain[i]);
    i += std::max<std::size_t>(match.words, 1);
  }
  mark_units(tokens);
  return merge_comments(tokens, words);
}

}  // namespace quy::syntax
