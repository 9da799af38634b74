#include "compiler/syntax/format_words.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "compiler/syntax/keywords.h"
#include "compiler/syntax/numbers.h"

namespace quy::syntax {
namespace {

using Kind = LexedToken::Kind;

constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
    {">=", "≥"}, {"<=", "≤"}, {"!=", "≠"}, {"*", "×"}, {"-", "−"}};

std::string sign_text(const std::string& written) {
  for (const auto& [typed, canonical] : kSigns) {
    if (written == typed) return std::string(canonical);
  }
  return written;
}

std::string without_trailing_space(std::string text) {
  text.erase(text.find_last_not_of(" \t\r") + 1);
  return text;
}

/// `5 ngày` is `5 days`: as a unit the word is another one than in `30/8/2025` dates and `số ngày` fields.
std::string unit_text(int keyword, Language target) {
  const bool days = keyword == keyword_row("DATED") || keyword == keyword_row("DAYS");
  if (days) return target == Language::vi ? "ngày" : "days";
  return keyword_text(keyword, target);
}

/// Finds the names that the joiner would take for keywords, or for parts of them, in the target language.
class NameGuard {
 public:
  NameGuard(const LexedFile& file, Language target) : file_(file), target_(target), table_(PhraseTable::of(target)) {
    collect_words();
    for (std::size_t i = 0; i < file_.tokens.size(); ++i) examine(i);
  }

  bool needs_quotes(std::size_t token) const { return quoted_[token]; }

 private:
  bool is_name(std::size_t token) const { return file_.tokens[token].kind == Kind::name; }

  void collect_words() {
    quoted_.assign(file_.tokens.size(), false);
    first_word_.assign(file_.tokens.size(), 0);
    for (std::size_t i = 0; i < file_.tokens.size(); ++i) {
      const LexedToken& token = file_.tokens[i];
      first_word_[i] = words_.size();
      if (token.kind == Kind::comment) continue;
      if (token.kind == Kind::keyword) {
        for (const std::string_view word : split_words(kKeywordRows[token.keyword].in(target_))) add_word(table_.word_id(word), i);
      } else {
        const bool word = token.kind == Kind::name || token.text == "/";
        add_word(word ? table_.word_id(token.text) : PhraseTable::kNoWord, i);
      }
    }
  }

  void add_word(PhraseTable::WordId id, std::size_t token) {
    words_.push_back(id);
    owner_.push_back(token);
  }

  void examine(std::size_t at) {
    const LexedToken& token = file_.tokens[at];
    if (token.kind != Kind::keyword && token.kind != Kind::name) return;
    const PhraseTable::Match match = table_.longest(words_, first_word_[at]);
    if (match.keyword < 0) return;
    if (token.kind == Kind::name) {
      const bool soft = match.words == 1 && is_soft_keyword(match.keyword, target_);
      if (!soft || is_misread(at, match.keyword)) quote(at);
      return;
    }
    // A keyword that reaches over the name after it.
    for (std::size_t word = first_word_[at]; word < first_word_[at] + match.words; ++word) {
      if (is_name(owner_[word])) return quote(owner_[word]);
    }
  }

  /// Where the grammar would rather see the soft keyword than a name.
  bool is_misread(std::size_t at, int keyword) const {
    const LexedToken* previous = nullptr;
    for (std::size_t i = at; i-- > 0 && previous == nullptr;) {
      if (file_.tokens[i].kind != Kind::comment) previous = &file_.tokens[i];
    }
    if (previous == nullptr) return false;
    if (previous->text == ":") return true;
    // After a number it would be a unit; the joiner knows better where one of these signs follows.
    if (previous->kind == Kind::number) return !is_followed_by_one_of(at, {"=", ":", ",", "."});
    return keyword == keyword_row("KIND") && (previous->kind == Kind::name || previous->kind == Kind::string);
  }

  bool is_followed_by_one_of(std::size_t at, std::initializer_list<std::string_view> signs) const {
    std::size_t next = at + 1;
    while (next < file_.tokens.size() && file_.tokens[next].kind == Kind::comment) ++next;
    return next < file_.tokens.size() && std::find(signs.begin(), signs.end(), file_.tokens[next].text) != signs.end();
  }

  void quote(std::size_t token) {
    quoted_[token] = true;
    words_[first_word_[token]] = PhraseTable::kNoWord;
  }

  const LexedFile& file_;
  Language target_;
  const PhraseTable& table_;
  std::vector<PhraseTable::WordId> words_;   ///< of the whole file in the target language
  std::vector<std::size_t> owner_;           ///< the token of each word
  std::vector<std::size_t> first_word_;      ///< of each token
  std::vector<bool> quoted_;
};

/// A plain unit that is a keyword somewhere is written as a text, in both languages, so that the way back gives the same.
bool is_keyword_somewhere(const std::string& word) {
  for (const Language language : {Language::vi, Language::en}) {
    const PhraseTable& table = PhraseTable::of(language);
    if (table.longest({table.word_id(word)}, 0).keyword >= 0) return true;
  }
  return false;
}

std::string name_text(const LexedToken& token, bool needs_quotes) {
  if (token.is_unit) return needs_quotes || is_keyword_somewhere(token.text) ? "\"" + token.text + "\"" : token.text;
  return needs_quotes ? "`" + token.text + "`" : token.text;
}

}  // namespace

std::vector<std::string> spell(const LexedFile& file, Language target) {
  const NameGuard guard(file, target);
  std::vector<std::string> texts;
  texts.reserve(file.tokens.size());
  for (std::size_t i = 0; i < file.tokens.size(); ++i) {
    const LexedToken& token = file.tokens[i];
    switch (token.kind) {
      case Kind::keyword:
        texts.push_back(token.is_unit ? unit_text(token.keyword, target) : keyword_text(token.keyword, target));
        break;
      case Kind::name: texts.push_back(name_text(token, guard.needs_quotes(i))); break;
      case Kind::number:
        texts.push_back(token.keeps_marks || target == file.language ? token.text : swap_marks(token.text));
        break;
      case Kind::sign: texts.push_back(sign_text(token.text)); break;
      case Kind::comment: texts.push_back(without_trailing_space(token.text)); break;
      default: texts.push_back(token.text);
    }
  }
  return texts;
}

}  // namespace quy::syntax
