#include "compiler/syntax/keywords.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/text.h"
#include "compiler/syntax/parse.h"

namespace quy::syntax {
namespace {

/// The tokens of the rule `softKeyword` in RuleParser.g4; a test holds the two lists against each other.
constexpr std::array kSoftTokens = {
    keyword_row("KIND"),     keyword_row("STEP"),   keyword_row("SOURCE"), keyword_row("KEY"),
    keyword_row("HOLIDAY"),  keyword_row("YEAR"),   keyword_row("QUARTER"), keyword_row("MONTH"),
    keyword_row("TERM"),     keyword_row("PERIOD"), keyword_row("EMPTY"),  keyword_row("MISSING"),
    keyword_row("DATED"),    keyword_row("TEXT"),   keyword_row("DAYS"),   keyword_row("MONEY"),
    keyword_row("COUNT"),    keyword_row("UNIT"),   keyword_row("TABLE"),  keyword_row("RECORD"),
    keyword_row("LIST"),     keyword_row("OF"),     keyword_row("PRINT"),  keyword_row("ADD"),
    keyword_row("PROFILE"),  keyword_row("DECISION"), keyword_row("PRIVATE"), keyword_row("LABEL_PARAMETER"),
    keyword_row("NAME_PARAMETER"),
};
static_assert(std::find(kSoftTokens.begin(), kSoftTokens.end(), -1) == kSoftTokens.end());

}  // namespace

PhraseTable::PhraseTable(Language language) {
  for (int row = 0; row < kKeywordCount; ++row) {
    add(kKeywordRows[row].in(language), keyword_row(kKeywordRows[row].token));
  }
}

const PhraseTable& PhraseTable::of(Language language) {
  static const PhraseTable vietnamese(Language::vi);
  static const PhraseTable english(Language::en);
  return language == Language::vi ? vietnamese : english;
}

void PhraseTable::add(std::string_view phrase, int keyword) {
  std::size_t node = 0;
  for (const std::string_view word : split_words(phrase)) {
    assert(word.find('_') == std::string_view::npos);
    const WordId id = words_.emplace(keyword_spelling(word), static_cast<WordId>(words_.size())).first->second;
    const auto [next, is_new] = nodes_[node].next.emplace(id, nodes_.size());
    node = next->second;
    if (is_new) nodes_.emplace_back();
  }
  nodes_[node].keyword = keyword;
}

PhraseTable::WordId PhraseTable::word_id(std::string_view word) const {
  // Most words are spelt as the table has them, or are names with an underscore, which no keyword has: both are known at once.
  auto found = words_.find(std::string(word));
  if (found == words_.end() && word.find('_') == std::string_view::npos) found = words_.find(keyword_spelling(word));
  return found == words_.end() ? kNoWord : found->second;
}

std::vector<PhraseTable::Match> PhraseTable::all(const std::vector<WordId>& words, std::size_t from) const {
  std::vector<Match> matches;
  std::size_t node = 0;
  for (std::size_t i = from; i < words.size() && words[i] != kNoWord; ++i) {
    const auto next = nodes_[node].next.find(words[i]);
    if (next == nodes_[node].next.end()) break;
    node = next->second;
    if (nodes_[node].keyword >= 0) matches.push_back({nodes_[node].keyword, i - from + 1});
  }
  std::reverse(matches.begin(), matches.end());
  return matches;
}

PhraseTable::Match PhraseTable::longest(const std::vector<WordId>& words, std::size_t from) const {
  const std::vector<Match> matches = all(words, from);
  return matches.empty() ? Match() : matches.front();
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

bool is_soft_keyword(int keyword, Language language) {
  if (std::find(kSoftTokens.begin(), kSoftTokens.end(), keyword) == kSoftTokens.end()) return false;
  return kKeywordRows[keyword].in(language).find(' ') == std::string_view::npos;
}

std::string keyword_text(int keyword, Language language) {
  std::string text(kKeywordRows[keyword].in(language));
  // keywords.def has the words apart: `có / không` is written `có/không`.
  for (std::size_t at = text.find(" / "); at != std::string::npos; at = text.find(" / ")) text.replace(at, 3, "/");
  return text;
}

bool needs_backquotes(const std::string& name, Language language) {
  const PhraseTable& table = PhraseTable::of(language);
  const PhraseTable::Match match = table.longest({table.word_id(name)}, 0);
  return match.keyword >= 0 && !is_soft_keyword(match.keyword, language);
}

}  // namespace quy::syntax
