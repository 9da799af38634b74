#include "compiler/syntax/antlr/mistakes.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "compiler/syntax/antlr/expectation.h"
#include "compiler/syntax/antlr/items.h"
#include "compiler/syntax/antlr/joiner.h"
#include "compiler/syntax/keywords.h"

namespace quy::syntax {
namespace {

using grammar::RuleParser;

constexpr std::array kComparisons = {RuleParser::GREATER_EQUAL, RuleParser::GREATER, RuleParser::LESS_EQUAL,
                                     RuleParser::LESS,          RuleParser::EQUAL,   RuleParser::NOT_EQUAL};

bool is_comparison(TokenType type) { return std::find(kComparisons.begin(), kComparisons.end(), type) != kComparisons.end(); }

/// Tries one explanation after the other, the most telling first.
class Explainer {
 public:
  Explainer(const Mistake& mistake, const SourceText& source, DiagnosticSink& diagnostics)
      : mistake_(mistake), source_(source), diagnostics_(diagnostics), guesser_(mistake.tokens, source), expected_(mistake.before.front().expected()) {}

  void explain() {
    if (foreign_keyword() || capital() || keyword_as_name() || phrase_swallows_name() || misspelt() || chained_comparison() || comma_for_semicolon()) return;
    if (missing_citation() || wrong_member() || not_finished()) return;
    unexpected();
  }

 private:
  const Tokens& tokens() const { return mistake_.tokens; }
  bool at_end() const { return mistake_.at >= tokens().size(); }
  const Token& found() const { return tokens()[mistake_.at]; }
  TokenType found_type() const { return at_end() ? kEndOfItem : found().type; }
  std::string keyword(TokenType type) const {
    for (int row = 0; row < kKeywordCount; ++row) {
      if (keyword_type(row) == type) return std::string(kKeywordRows[row].in(source_.language));
    }
    return {};
  }

  Diagnostic& report(Span where, Diag id, std::initializer_list<quy::Argument> arguments = {}) {
    return diagnostics_.report(where, id, arguments);
  }

  /// Calls explain(at, state) for the token that does not fit and the few before it, nearest first, until one explanation holds.
  template <typename Explain>
  bool look_back(Explain explain) {
    for (std::size_t back = 0; back < mistake_.before.size(); ++back) {
      if (back == 0 && at_end()) continue;
      if (explain(mistake_.at - back, mistake_.before[back])) return true;
    }
    return false;
  }

  /// Types that may come at a place, those that begin the next declaration included.
  static TypeSet allowed(const Recogniser& state) {
    TypeSet types = state.expected();
    return types.test(kEndOfItem) ? types | item_starts() : types;
  }

  /// Whether the item goes on past the mistake when tokens[at] … are read as the guess says.
  bool mends(std::size_t at, const Guess& guess, Recogniser state) const {
    // Another declaration may begin where this one can end.
    if (at == mistake_.at && is_item_start(guess.type()) && state.expected().test(kEndOfItem)) return true;
    if (!state.take(guess.type())) return false;
    const std::size_t next = at + guess.count;
    if (at == mistake_.at) return true;
    for (std::size_t i = next; i <= mistake_.at && i < tokens().size(); ++i) {
      if (!state.take(tokens()[i].type)) return false;
    }
    return true;
  }

  bool foreign_keyword() {
    return look_back([&](std::size_t at, const Recogniser& state) {
      const std::optional<Guess> guess = guesser_.foreign_keyword(at);
      if (!guess || !mends(at, *guess, state)) return false;
      guesser_.report_foreign(at, *guess, diagnostics_);
      return true;
    });
  }

  bool capital() {
    return look_back([&](std::size_t at, const Recogniser& state) {
      const std::optional<Guess> guess = guesser_.capital(at, allowed(state));
      if (!guess || !mends(at, *guess, state)) return false;
      guesser_.report_capital(at, *guess, diagnostics_);
      return true;
    });
  }

  bool keyword_as_name() {
    return look_back([&](std::size_t at, const Recogniser& state) {
      const Token& token = tokens()[at];
      if (token.kind != TokenKind::keyword || !state.expected().test(RuleParser::WORD)) return false;
      // `từ điểm theo D1`: what is missing is a number, which could be a parameter's name too.
      Recogniser with_number = state;
      if (with_number.take(RuleParser::NUMBER) && with_number.take(token.type)) return false;
      Recogniser as_name = state;
      as_name.take(RuleParser::WORD);
      const std::size_t last = at == mistake_.at ? at + 1 : mistake_.at;
      for (std::size_t i = at + 1; i <= last && i < tokens().size(); ++i) {
        if (!as_name.take(tokens()[i].type)) return false;
      }
      const std::string_view text = source_.text_of(token);
      const Span where = source_.span(token);
      if (text.find_first_of(" \t\r\n/") == std::string_view::npos) {
        report(where, Diag::keyword_as_name, {text}).mend(where, "`" + std::string(text) + "`");
      } else {
        report(where, Diag::phrase_is_no_name, {printable(text)});
      }
      return true;
    });
  }

  /// `a : số  ngày : ngày`: the name of the next field has become part of a keyword.
  bool phrase_swallows_name() {
    return look_back([&](std::size_t at, const Recogniser& state) {
      std::string name;
      const std::optional<Guess> first = guesser_.first_part(at, &name);
      Recogniser mended = state;
      if (!first || at + 1 < mistake_.at || !mended.take(first->type()) || !mended.take(RuleParser::WORD)) return false;
      for (std::size_t i = at + 1; i <= mistake_.at && i < tokens().size(); ++i) {
        if (!mended.take(tokens()[i].type)) return false;
      }
      const Span where = source_.span(tokens()[at]);
      const std::uint32_t name_begin = where.end - static_cast<std::uint32_t>(name.size());
      report(where, Diag::phrase_swallows_name, {printable(source_.text_of(tokens()[at])), name})
          .mend({where.file, name_begin, where.end}, "`" + name + "`");
      return true;
    });
  }

  bool misspelt() {
    return look_back([&](std::size_t at, const Recogniser& state) {
      const std::optional<Guess> guess = guesser_.misspelt(at, allowed(state));
      if (!guess || !mends(at, *guess, state)) return false;
      guesser_.report_misspelt(at, *guess, diagnostics_);
      return true;
    });
  }

  bool chained_comparison() {
    if (!is_comparison(found_type()) || !expected_.test(RuleParser::AND) || expected_.test(found_type())) return false;
    report(source_.span(found()), Diag::chained_comparison, {keyword(RuleParser::AND)});
    return true;
  }

  bool comma_for_semicolon() {
    if (found_type() != RuleParser::COMMA || !expected_.test(RuleParser::SEMICOLON)) return false;
    Recogniser state = mistake_.before.front();
    state.take(RuleParser::SEMICOLON);
    if (mistake_.at + 1 >= tokens().size() || !state.take(tokens()[mistake_.at + 1].type)) return false;
    report(source_.span(found()), Diag::list_needs_semicolons).mend(source_.span(found()), ";");
    return true;
  }

  /// The last token of what came before, where something is missing.
  const Token& previous() const { return tokens()[mistake_.at - 1]; }

  bool missing_citation() {
    if (!mistake_.at_boundary || mistake_.at == 0 || !expected_.test(RuleParser::CITES)) return false;
    Recogniser state = mistake_.before.front();
    if (!state.take(RuleParser::CITES) || !state.take(RuleParser::CITATION) || !state.take(found_type())) return false;
    report(source_.span(previous()), Diag::missing_citation, {keyword(RuleParser::CITES)});
    return true;
  }

  /// A statement of another construct: what came before is complete, for the block could end here.
  bool wrong_member() {
    if (at_end() || found().kind != TokenKind::keyword || !mistake_.at_boundary) return false;
    if (!expected_.test(RuleParser::RIGHT_BRACE) && expected_ != TypeSet().set(kEndOfItem)) return false;
    Diagnostic& diagnostic = report(source_.span(found()), Diag::wrong_member, {source_.text_of(found())});
    if (mistake_.block) diagnostic.label(source_.span(tokens()[mistake_.block->open]), {"khối này", "this block"});
    return true;
  }

  bool not_finished() {
    if (!mistake_.at_boundary || mistake_.at == 0) return false;
    if (expected_.test(RuleParser::RIGHT_BRACE) && !at_end()) return false;
    report(source_.span(previous()), Diag::statement_not_finished,
           {describe_found(previous(), source_), describe_expected(expected_, source_.language)});
    return true;
  }

  void unexpected() {
    const Bilingual expected = describe_expected(expected_, source_.language);
    if (at_end()) {
      report(source_.span(previous()), Diag::unexpected_token, {describe_end(), expected});
    } else {
      report(source_.span(found()), Diag::unexpected_token, {describe_found(found(), source_), expected});
    }
  }

  const Mistake& mistake_;
  const SourceText& source_;
  DiagnosticSink& diagnostics_;
  Guesser guesser_;
  TypeSet expected_;
};

}  // namespace

void report_mistake(const Mistake& mistake, const SourceText& source, DiagnosticSink& diagnostics) {
  Explainer(mistake, source, diagnostics).explain();
}

}  // namespace quy::syntax
