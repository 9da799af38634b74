#include "compiler/syntax/antlr/guesses.h"

#include <utf8proc.h>

#include <algorithm>

#include "base/text.h"
#include "compiler/syntax/antlr/items.h"
#include "compiler/syntax/antlr/joiner.h"
#include "compiler/syntax/keywords.h"

namespace quy::syntax {
namespace {

using grammar::RuleParser;

constexpr std::size_t kLongestPhrase = 12;  ///< words; the longest keyword has ten

bool is_plain_capital(std::string_view citation) {
  return citation.find_first_of(".:0123456789") == std::string_view::npos;
}

/// Replaces what separates words, so that `tối_đa` can be told to be `tối đa`.
std::string with_spaces(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string join(const std::vector<std::string>& words, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text.append(text.empty() ? "" : " ").append(words[i]);
  return text;
}

std::size_t word_count(std::string_view phrase) { return static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1; }

Language other(Language language) { return language == Language::vi ? Language::en : Language::vi; }

const Bilingual& language_name(Language language) {
  static const Bilingual vietnamese{"Việt", "Vietnamese"};
  static const Bilingual english{"Anh", "English"};
  return language == Language::vi ? vietnamese : english;
}

/// A name without its capital; letters inside it stay: `Số_VB` may be meant to keep them.
std::string lower_case_name(const std::string& name) {
  const std::size_t first = next_grapheme(name, 0);
  return keyword_spelling(name.substr(0, first)) + name.substr(first);
}

}  // namespace

TypeSet item_starts() {
  TypeSet types;
  for (int row = 0; row < kKeywordCount; ++row) {
    if (is_item_start(keyword_type(row))) types.set(keyword_type(row));
  }
  return types;
}

TokenType Guess::type() const {
  if (keyword < 0) return RuleParser::WORD;
  return keyword_type(keyword);
}

Span Guesser::span(std::size_t at, const Guess& guess) const {
  return cover(source_.span(tokens_[at]), source_.span(tokens_[at + guess.count - 1]));
}

std::string Guesser::text(std::size_t at, const Guess& guess) const {
  const Span where = span(at, guess);
  return printable(source_.text.substr(where.begin, where.end - where.begin));
}

Guesser::Words Guesser::words_from(std::size_t at, bool with_capitals) const {
  Words words;
  for (std::size_t i = at; i < tokens_.size() && words.text.size() < kLongestPhrase; ++i) {
    const Token& token = tokens_[i];
    const bool capital = with_capitals && token.kind == TokenKind::citation && is_plain_capital(source_.text_of(token));
    const bool word = token.kind == TokenKind::keyword || token.type == RuleParser::WORD || token.type == RuleParser::UNIT_WORD ||
                      token.type == RuleParser::SLASH || capital;
    if (!word || token.reported) break;
    // A phrase of this language may have swallowed the first words of one of the other.
    std::string spaced(source_.text_of(token));
    for (char& c : spaced) c = c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
    for (const std::string_view part : split_words(spaced)) {
      words.text.emplace_back(part);
      words.token.push_back(i);
    }
  }
  return words;
}

/// The longest phrase that ends where a token ends.
std::optional<Guess> Guesser::longest(const Words& words, Language language, std::size_t at) const {
  const PhraseTable& table = PhraseTable::of(language);
  std::vector<PhraseTable::WordId> ids;
  for (const std::string& word : words.text) ids.push_back(table.word_id(word));
  const PhraseTable::Match match = table.longest(ids, 0);
  if (match.keyword < 0) return std::nullopt;
  const bool ends_with_token = match.words == ids.size() || words.token[match.words] != words.token[match.words - 1];
  if (!ends_with_token) return std::nullopt;
  return Guess{match.keyword, words.token[match.words - 1] - at + 1};
}

std::optional<Guess> Guesser::foreign_keyword(std::size_t at) const {
  return longest(words_from(at, false), other(source_.language), at);
}

std::optional<Guess> Guesser::capital(std::size_t at, const TypeSet& allowed) const {
  const Token& token = tokens_[at];
  if (token.kind != TokenKind::citation || !is_plain_capital(source_.text_of(token))) return std::nullopt;
  // Keywords are looked up in lower case anyway.
  const std::optional<Guess> keyword = longest(words_from(at, true), source_.language, at);
  if (keyword && allowed.test(keyword->type())) return keyword;
  if (allowed.test(RuleParser::WORD)) return Guess{};
  return std::nullopt;
}

std::optional<Guess> Guesser::misspelt(std::size_t at, const TypeSet& allowed) const {
  const Words words = words_from(at, false);
  std::optional<Guess> best;
  std::size_t best_words = 0;
  for (int row = 0; row < kKeywordCount; ++row) {
    const int keyword = keyword_row(kKeywordRows[row].token);
    if (!allowed.test(keyword_type(keyword))) continue;
    const std::string phrase(kKeywordRows[row].in(source_.language));
    for (const std::size_t count : {std::size_t{1}, word_count(phrase)}) {
      if (count > words.text.size() || count < best_words) continue;
      if (count < words.text.size() && words.token[count] == words.token[count - 1]) continue;
      const std::string as_written = join(words.text, count);
      if (keyword_spelling(as_written) == keyword_spelling(phrase)) continue;
      const std::string written = with_spaces(as_written);
      const bool same_but_marks = fold_id(written) == fold_id(phrase);
      const bool near = phrase.size() >= 4 && nearest(written, {phrase}).has_value();
      if (!same_but_marks && !near) continue;
      best = Guess{keyword, words.token[count - 1] - at + 1};
      best_words = count;
    }
  }
  return best;
}

std::optional<Guess> Guesser::item_keyword(std::size_t at) const {
  const TypeSet starts = item_starts();
  if (const auto foreign = foreign_keyword(at); foreign && starts.test(foreign->type())) return foreign;
  if (const auto large = capital(at, starts)) return large;
  return misspelt(at, starts);
}

std::optional<Guess> Guesser::first_part(std::size_t at, std::string* rest) const {
  const Words words = words_from(at, false);
  if (words.text.size() < 2 || words.token[1] != at) return std::nullopt;
  std::vector<PhraseTable::WordId> ids;
  const PhraseTable& table = PhraseTable::of(source_.language);
  for (const std::string& word : words.text) ids.push_back(table.word_id(word));
  const auto whole = static_cast<std::size_t>(std::count(words.token.begin(), words.token.end(), at));
  for (const PhraseTable::Match& match : table.all(ids, 0)) {
    // Only one word left over can be a name.
    if (match.words + 1 != whole) continue;
    *rest = words.text[match.words];
    return Guess{match.keyword, 1};
  }
  return std::nullopt;
}

void Guesser::report_foreign(std::size_t at, const Guess& guess, DiagnosticSink& diagnostics) const {
  const std::string own = keyword_text(guess.keyword, source_.language);
  diagnostics
      .report(span(at, guess), Diag::foreign_keyword,
              {text(at, guess), language_name(other(source_.language)), language_name(source_.language), own})
      .mend(span(at, guess), own);
}

void Guesser::report_capital(std::size_t at, const Guess& guess, DiagnosticSink& diagnostics) const {
  const std::string written = text(at, guess);
  const std::string small = guess.keyword >= 0 ? keyword_text(guess.keyword, source_.language) : lower_case_name(written);
  diagnostics.report(span(at, guess), Diag::capital_keyword, {written, small}).mend(span(at, guess), small);
}

void Guesser::report_misspelt(std::size_t at, const Guess& guess, DiagnosticSink& diagnostics) const {
  const std::string meant = keyword_text(guess.keyword, source_.language);
  diagnostics.report(span(at, guess), Diag::misspelt_keyword, {text(at, guess)}).suggest(meant).mend(span(at, guess), meant);
}

}  // namespace quy::syntax
