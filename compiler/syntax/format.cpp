#include "compiler/syntax/format.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "compiler/syntax/format_words.h"
#include "compiler/syntax/parse.h"

namespace quy::syntax {
namespace {

using Kind = LexedToken::Kind;

constexpr std::size_t kIndent = 2;
/// Between statements that the author put on one line.
constexpr std::string_view kBetweenStatements = "   ";
constexpr std::string_view kBeforeComment = "  ";

class Layout {
 public:
  Layout(const std::vector<LexedToken>& tokens, const std::vector<std::string>& texts) : tokens_(tokens), texts_(texts) {}

  std::string run() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      if (is_sign("}") && depth_ > 0) --depth_;
      const std::size_t breaks = line_breaks();
      if (breaks > 0) {
        out_.append(breaks, '\n');
        out_.append(kIndent * (depth_ + (continues_statement() ? 1 : 0)), ' ');
      } else if (at_ > 0) {
        out_ += space_before();
      }
      out_ += texts_[at_];
      if (is_sign("{")) ++depth_;
    }
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  const LexedToken& token() const { return tokens_[at_]; }
  const LexedToken& previous() const { return tokens_[at_ - 1]; }
  static bool is_sign(const LexedToken& token, std::string_view sign) { return token.kind == Kind::sign && token.text == sign; }
  bool is_sign(std::string_view sign) const { return is_sign(token(), sign); }
  bool follows(std::string_view sign) const { return is_sign(previous(), sign); }
  bool is_comment() const { return token().kind == Kind::comment; }
  bool closes_up() const {
    const bool colon = is_sign(":") && !token().declares;
    return is_sign(",") || is_sign(";") || colon || is_sign(")") || is_sign(".") || is_sign("%");
  }

  /// The author's line breaks, at most one blank line, and only where one may stand.
  std::size_t line_breaks() const {
    if (at_ == 0) return 0;
    const auto written = static_cast<std::size_t>(token().line_breaks_before);
    if (previous().kind == Kind::comment) return std::clamp<std::size_t>(written, 1, is_sign("}") ? 1 : 2);
    if (token().begins_item) return std::clamp<std::size_t>(written, 1, 2);
    if (is_sign("{") || is_sign(":") || closes_up()) return 0;
    const bool edge_of_block = follows("{") || is_sign("}");
    const bool may_stand_apart = (token().begins_statement || is_comment()) && !edge_of_block;
    return std::min<std::size_t>(written, may_stand_apart ? 2 : 1);
  }

  /// Whether the line goes on with a statement that an earlier line began. A comment stands like what it is about.
  bool continues_statement() const {
    std::size_t about = at_;
    while (about < tokens_.size() && tokens_[about].kind == Kind::comment) ++about;
    if (about == tokens_.size()) return false;
    const LexedToken& next = tokens_[about];
    return !next.begins_item && !next.begins_statement && !is_sign(next, "}") && !is_sign(next, "|");
  }

  std::string_view space_before() const {
    if (is_comment()) return kBeforeComment;
    if (closes_up() || follows("(") || follows(".")) return "";
    if (is_sign("(") && token().begins_arguments) return "";
    if (previous().is_sign_of_number) return "";
    if (is_sign("}") && follows("{")) return "";
    const bool new_statement = token().begins_statement && !is_sign("{") && !follows("{") && !follows("|");
    return new_statement ? kBetweenStatements : " ";
  }

  const std::vector<LexedToken>& tokens_;
  const std::vector<std::string>& texts_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

std::string format(const SourceMap& sources, FileId file, std::optional<Language> keywords) {
  const LexedFile lexed = lex(sources, file);
  const std::vector<std::string> texts = spell(lexed, keywords.value_or(lexed.language));
  return Layout(lexed.tokens, texts).run();
}

}  // namespace quy::syntax
