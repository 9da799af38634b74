#include "compiler/syntax/antlr/joiner.h"

#include <algorithm>
#include <iterator>

#include "compiler/syntax/antlr/generated.h"
#include "compiler/syntax/antlr/items.h"
#include "compiler/syntax/antlr/neighbours.h"
#include "compiler/syntax/antlr/recogniser.h"

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

/// Cuts words into phrases from left to right.
class Cutter {
 public:
  Cutter(const Tokens& words, const SourceText& source)
      : words_(words), source_(source), table_(PhraseTable::of(source.language)), ids_(WordIds(source.language).of(words, source.text)) {}

  /// The phrase at words[from]; none when a plain word, a sign or a number stands there. `previous` is the token before it.
  PhraseTable::Match at(std::size_t from, const Token* previous) const {
    const std::vector<PhraseTable::Match> matches = table_.all(ids_, from);
    if (matches.empty()) return {};
    const bool longest_fits = may_come_after(previous, matches.front()) && may_stand(matches.front(), from);
    if (matches.size() == 1 || longest_fits) return matches.front();
    for (const PhraseTable::Match& shorter : matches) {
      const std::size_t next = from + shorter.words;
      const PhraseTable::Match rest = table_.longest(ids_, next);
      const bool rest_is_keyword = rest.keyword >= 0 && may_stand(rest, next);
      if (may_come_after(previous, shorter) && may_stand(shorter, from) && rest_is_keyword) return shorter;
    }
    return matches.front();
  }

 private:
  struct Reading {
    TokenType type;
    bool as_name;  ///< a soft keyword may be a name as well
  };
  Reading reading(const PhraseTable::Match& match, std::size_t at) const {
    if (match.keyword >= 0) return {keyword_type(match.keyword), is_soft_keyword(match.keyword, source_.language)};
    return {at < words_.size() ? words_[at].type : kEndOfItem, false};
  }

  static bool fit(const Reading& first, const Reading& second) {
    // The next item may begin anywhere; what stands before it does not tell.
    if (second.type == kEndOfItem || is_item_start(second.type)) return true;
    return may_follow(first.type, second.type) || (second.as_name && may_follow(first.type, RuleLexer::WORD)) ||
           (first.as_name && may_follow(RuleLexer::WORD, second.type)) ||
           (first.as_name && second.as_name && may_follow(RuleLexer::WORD, RuleLexer::WORD));
  }

  /// Whether the grammar lets what comes after the phrase follow it.
  bool may_stand(const PhraseTable::Match& match, std::size_t from) const {
    const std::size_t next = from + std::max<std::size_t>(match.words, 1);
    return fit(reading(match, from), reading(table_.longest(ids_, next), next));
  }

  bool may_come_after(const Token* previous, const PhraseTable::Match& match) const {
    if (previous == nullptr) return true;
    const bool as_name = previous->keyword >= 0 && is_soft_keyword(previous->keyword, source_.language);
    return fit({previous->type, as_name}, reading(match, 0));
  }

  const Tokens& words_;
  const SourceText& source_;
  const PhraseTable& table_;
  std::vector<PhraseTable::WordId> ids_;
};

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
void mark_units(Tokens& tokens, Language language) {
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const bool soft = tokens[i].keyword >= 0 && is_soft_keyword(tokens[i].keyword, language);
    if ((tokens[i].type != RuleLexer::WORD && !soft) || tokens[i - 1].type != RuleLexer::NUMBER) continue;
    const TokenType next = i + 1 < tokens.size() ? tokens[i + 1].type : antlr4::Token::EOF;
    const bool begins = next == RuleLexer::EQUAL || next == RuleLexer::COLON || next == RuleLexer::COMMA || next == RuleLexer::DOT;
    if (soft && begins) {
      tokens[i].type = RuleLexer::WORD;
      tokens[i].kind = TokenKind::name;
      tokens[i].keyword = -1;
    } else if (!soft && !begins) {
      tokens[i].type = RuleLexer::UNIT_WORD;
    }
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
  const Cutter cutter(plain, source);
  Tokens tokens;
  tokens.reserve(plain.size());
  for (std::size_t i = 0; i < plain.size();) {
    const PhraseTable::Match match = cutter.at(i, tokens.empty() ? nullptr : &tokens.back());
    tokens.push_back(match.keyword >= 0 ? joined(plain, i, match) : plain[i]);
    i += std::max<std::size_t>(match.words, 1);
  }
  mark_units(tokens, source.language);
  return merge_comments(tokens, words);
}

}  // namespace quy::syntax
