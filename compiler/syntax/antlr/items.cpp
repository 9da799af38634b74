#include "compiler/syntax/antlr/items.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.h"
#include "compiler/syntax/antlr/generated.h"
#include "compiler/syntax/antlr/guesses.h"
#include "compiler/syntax/antlr/stray.h"

namespace quy::syntax {
namespace {

using grammar::RuleLexer;

template <std::size_t N>
bool is_among(TokenType type, const std::array<TokenType, N>& types) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

/// Items that end with the `}` of their block.
constexpr std::array<TokenType, 12> kBlockItems = {
    RuleLexer::SUBJECT_KINDS, RuleLexer::ORDERED_SCALE, RuleLexer::SHARED_EVIDENCE, RuleLexer::TABLE,
    RuleLexer::WORK_CALENDAR, RuleLexer::INDICATOR,     RuleLexer::RATING,          RuleLexer::SUBJECT,
    RuleLexer::OPEN,          RuleLexer::PROFILE,       RuleLexer::NOT_RULES,       RuleLexer::TEST};
/// Items that end where the next one begins.
constexpr std::array<TokenType, 7> kPlainItems = {RuleLexer::FRAMEWORK, RuleLexer::CRITERIA_SET, RuleLexer::LEGAL_BASIS,
                                                  RuleLexer::CHOOSE,    RuleLexer::DEFAULT,      RuleLexer::STAGES,
                                                  RuleLexer::ACCEPT};
/// Keywords that never stand inside a block: one at the start of a line there means that a `}` is missing.
constexpr std::array<TokenType, 12> kOnlyOutside = {
    RuleLexer::FRAMEWORK,       RuleLexer::CRITERIA_SET,  RuleLexer::LEGAL_BASIS, RuleLexer::SUBJECT_KINDS,
    RuleLexer::SHARED_EVIDENCE, RuleLexer::WORK_CALENDAR, RuleLexer::INDICATOR,   RuleLexer::SUBJECT,
    RuleLexer::NOT_RULES,       RuleLexer::TEST,          RuleLexer::DEFAULT,     RuleLexer::ACCEPT};
/// Item keywords that are also names: they begin an item only after something that can end one.
constexpr std::array<TokenType, 2> kSoftItems = {RuleLexer::TABLE, RuleLexer::PROFILE};
constexpr std::array<TokenType, 9> kItemEnds = {
    RuleLexer::RIGHT_BRACE, RuleLexer::RIGHT_PAREN, RuleLexer::STRING, RuleLexer::CITATION, RuleLexer::DATE,
    RuleLexer::NUMBER,      RuleLexer::WORD,        RuleLexer::QUOTED_NAME, RuleLexer::UNIT_WORD};

bool is_opener(TokenType type) { return type == RuleLexer::LEFT_BRACE || type == RuleLexer::LEFT_PAREN; }
bool is_closer(TokenType type) { return type == RuleLexer::RIGHT_BRACE || type == RuleLexer::RIGHT_PAREN; }
bool is_prefix(TokenType type) { return type == RuleLexer::NOT || type == RuleLexer::MINUS; }
TokenType closer_of(TokenType opener) {
  return opener == RuleLexer::LEFT_BRACE ? RuleLexer::RIGHT_BRACE : RuleLexer::RIGHT_PAREN;
}

/// One pass over a file's tokens; the current item grows until a token shows that it is over.
class ItemCutter {
 public:
  ItemCutter(const Tokens& tokens, const SourceText& source, DiagnosticSink& diagnostics)
      : tokens_(tokens), source_(source), diagnostics_(diagnostics) {}

  std::vector<ItemTokens> cut() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) take(tokens_[at_]);
    finish_item();
    return std::move(items_);
  }

 private:
  /// A `{` whose `}` stands further left than the line it was opened on: most likely its own `}` is missing.
  struct Suspect {
    Token opener;
    Token closer;
  };

  void take(const Token& token) {
    if (!open_.empty() && token.first_on_line && is_among(token.type, kOnlyOutside)) {
      report_unclosed(&token);
      open_.clear();
      finish_item();
    }
    if (open_.empty() && (begins_item(token) || seems_to_begin_item(token))) finish_item();
    if (open_.empty() && item_ended_) finish_item();
    if (is_closer(token.type) && !close(token)) return;
    if (is_opener(token.type)) open(token);
    watch_prefixes(token);
    current_.tokens.push_back(token);
    if (open_.empty() && token.type == RuleLexer::RIGHT_BRACE && is_block_item()) item_ended_ = true;
  }

  bool is_block_item() const { return !current_.tokens.empty() && is_among(current_.tokens.front().type, kBlockItems); }

  bool begins_item(const Token& token) const {
    if (!is_item_start(token.type)) return false;
    if (current_.tokens.empty()) return true;
    const TokenType previous = current_.tokens.back().type;
    if (is_among(token.type, kSoftItems)) return is_among(previous, kItemEnds) || item_ended_;
    // `đối tượng … xếp loại X {`: the rating that the subject uses.
    const bool in_subject_header = current_.tokens.front().type == RuleLexer::SUBJECT && !item_ended_;
    return !(token.type == RuleLexer::RATING && in_subject_header);
  }

  /// An item whose keyword is misspelt or in the other language, told by its place: a line that stands as far out as this item.
  bool seems_to_begin_item(const Token& token) const {
    const bool word = token.kind == TokenKind::name || token.kind == TokenKind::citation;
    if (!word || !token.first_on_line || current_.tokens.empty() || token.indent > current_.tokens.front().indent) return false;
    return Guesser(tokens_, source_).item_keyword(at_).has_value();
  }

  void open(const Token& token) {
    open_.push_back(token);
    if (open_.size() > limits::nesting_depth) report_too_deep(token);
  }

  /// Whether the closing bracket stays in the item.
  bool close(const Token& token) {
    const auto partner = std::find_if(open_.rbegin(), open_.rend(), [&](const Token& opener) {
      return closer_of(opener.type) == token.type;
    });
    // A `)` never reaches over a `{`: it is the stray one.
    const bool reaches = partner != open_.rend() && (partner == open_.rbegin() || token.type == RuleLexer::RIGHT_BRACE);
    if (!reaches) {
      report_unmatched(token);
      return false;
    }
    for (auto unclosed = open_.rbegin(); unclosed != partner; ++unclosed) {
      report(*unclosed, Diag::bracket_not_closed, {source_.text_of(*unclosed)})
          .label(source_.span(token), {"đến đây vẫn còn mở", "still open here"});
    }
    if (token.type == RuleLexer::RIGHT_BRACE && !suspect_ && token.first_on_line && token.indent < partner->indent) {
      suspect_ = Suspect{*partner, token};
    }
    open_.erase(partner.base() - 1, open_.end());
    return true;
  }

  void watch_prefixes(const Token& token) {
    prefixes_ = is_prefix(token.type) ? prefixes_ + 1 : 0;
    if (prefixes_ > limits::nesting_depth) report_too_deep(token);
  }

  void report_too_deep(const Token& token) {
    if (std::exchange(too_deep_, true)) return;
    report(token, Diag::nested_too_deep, {limits::nesting_depth});
  }

  void report_unmatched(const Token& token) {
    const bool in_stray = !current_.tokens.empty() && !is_item_start(current_.tokens.front().type);
    if (after_stray_ || in_stray) return;
    report(token, Diag::bracket_closes_nothing, {source_.text_of(token)});
  }

  void report_unclosed(const Token* next_item) {
    const Token& opener = suspect_ ? suspect_->opener : open_.back();
    Diagnostic& diagnostic = report(opener, Diag::bracket_not_closed, {source_.text_of(opener)});
    if (suspect_) {
      diagnostic.label(source_.span(suspect_->closer), {"`}` này thẳng hàng với khối ngoài", "this `}` is in line with an outer block"});
    } else if (next_item != nullptr) {
      diagnostic.label(source_.span(*next_item), {"đến đây vẫn còn mở", "still open here"});
    }
  }

  Diagnostic& report(const Token& token, Diag id, std::initializer_list<quy::Argument> arguments) {
    current_.sound = false;
    return diagnostics_.report(source_.span(token), id, arguments);
  }

  void finish_item() {
    if (!open_.empty()) report_unclosed(nullptr);
    open_.clear();
    if (!current_.tokens.empty()) {
      after_stray_ = !is_item_start(current_.tokens.front().type);
      if (!after_stray_) {
        items_.push_back(std::move(current_));
      } else {
        report_stray(current_.tokens, last_block_end(), source_, diagnostics_);
      }
    }
    current_ = {};
    suspect_.reset();
    item_ended_ = too_deep_ = false;
  }

  /// The `}` just before the current tokens, when an item ended with it.
  const Token* last_block_end() const {
    if (items_.empty() || items_.back().tokens.back().type != RuleLexer::RIGHT_BRACE) return nullptr;
    return &items_.back().tokens.back();
  }

  const Tokens& tokens_;
  const SourceText& source_;
  DiagnosticSink& diagnostics_;
  std::size_t at_ = 0;
  std::vector<ItemTokens> items_;
  ItemTokens current_;
  std::vector<Token> open_;
  std::optional<Suspect> suspect_;
  std::size_t prefixes_ = 0;
  bool item_ended_ = false;
  bool too_deep_ = false;
  bool after_stray_ = false;  ///< the last tokens belonged to no item, so a `}` too many has its message already
};

}  // namespace

bool is_item_start(TokenType type) { return is_among(type, kBlockItems) || is_among(type, kPlainItems); }

std::vector<ItemTokens> cut_into_items(const Tokens& tokens, const SourceText& source, DiagnosticSink& diagnostics) {
  return ItemCutter(tokens, source, diagnostics).cut();
}

}  // namespace quy::syntax
