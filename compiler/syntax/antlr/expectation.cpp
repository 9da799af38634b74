#include "compiler/syntax/antlr/expectation.h"

#include <algorithm>
#include <array>

#include "compiler/syntax/antlr/joiner.h"
#include "compiler/syntax/keywords.h"

namespace quy::syntax {
namespace {

using grammar::RuleParser;

/// Alternatives beyond this many help nobody.
constexpr std::size_t kMostShown = 6;

struct SignText {
  TokenType type;
  const char* text;
};
constexpr SignText kSigns[] = {
    {RuleParser::EQUAL, "="},      {RuleParser::COLON, ":"},       {RuleParser::LEFT_BRACE, "{"}, {RuleParser::RIGHT_BRACE, "}"},
    {RuleParser::RIGHT_PAREN, ")"}, {RuleParser::LEFT_PAREN, "("}, {RuleParser::SEMICOLON, ";"},  {RuleParser::COMMA, ","},
    {RuleParser::BAR, "|"},        {RuleParser::LESS_EQUAL, "≤"},  {RuleParser::LESS, "<"},       {RuleParser::PERCENT, "%"},
    {RuleParser::DOT, "."}};

/// What may follow any operand: named only when nothing more telling is expected.
constexpr std::array kContinuations = {
    RuleParser::PLUS,       RuleParser::MINUS,      RuleParser::TIMES,         RuleParser::SLASH,       RuleParser::GREATER_EQUAL,
    RuleParser::GREATER,    RuleParser::LESS_EQUAL, RuleParser::LESS,          RuleParser::EQUAL,       RuleParser::NOT_EQUAL,
    RuleParser::ONE_OF,     RuleParser::IN_PERIOD,  RuleParser::BEFORE_PERIOD, RuleParser::WITHIN_LAST, RuleParser::PER_YEAR,
    RuleParser::PER_MONTH,  RuleParser::PER_WEEK,   RuleParser::PER_QUARTER,   RuleParser::PER_TERM,    RuleParser::AND,
    RuleParser::OR,         RuleParser::DOT,        RuleParser::SUCH_THAT,     RuleParser::UNLESS,      RuleParser::LEFT_PAREN};
constexpr std::array kUnits = {RuleParser::PERCENT, RuleParser::POINTS, RuleParser::DAYS, RuleParser::MONEY, RuleParser::DATED,
                               RuleParser::YEAR,    RuleParser::QUARTER, RuleParser::MONTH, RuleParser::TERM, RuleParser::UNIT_WORD};
/// What may begin an operand: named together, as a value.
constexpr std::array kOperands = {
    RuleParser::WORD,      RuleParser::QUOTED_NAME, RuleParser::NUMBER,       RuleParser::DATE,       RuleParser::STRING,
    RuleParser::YES,       RuleParser::NO,          RuleParser::THIS_UNIT,    RuleParser::TOTAL_POINTS, RuleParser::POINTS,
    RuleParser::MAXIMUM,   RuleParser::LEVEL,       RuleParser::WORKING_DAYS_FROM, RuleParser::EXISTS, RuleParser::EVERY,
    RuleParser::SHARE_OF,  RuleParser::NUMBER_OF,   RuleParser::SUM,          RuleParser::MEAN,       RuleParser::LARGEST,
    RuleParser::SMALLEST,  RuleParser::AT_LEAST_OF, RuleParser::LEFT_PAREN,   RuleParser::MINUS,      RuleParser::NOT};

template <typename List>
TypeSet set_of(const List& types) {
  TypeSet set;
  for (const auto type : types) set.set(type);
  return set;
}

/// What the grammar takes for a name; in either language, because phrases of several words come this far too.
TypeSet soft_keywords() {
  TypeSet set;
  for (int row = 0; row < kKeywordCount; ++row) {
    const int keyword = keyword_row(kKeywordRows[row].token);
    if (is_soft_keyword(keyword, Language::vi) || is_soft_keyword(keyword, Language::en)) set.set(keyword_type(row));
  }
  set.set(RuleParser::UNIT_WORD);
  return set;
}

/// Leaves out what may always follow an operand, when something else is left.
TypeSet without_noise(TypeSet types) {
  const TypeSet continuations = set_of(kContinuations);
  if ((types & set_of(kUnits)).count() > 3) types &= ~set_of(kUnits);
  // `(` after an operand begins `(nếu có)` only.
  if (!types.test(RuleParser::NUMBER) && (types & continuations).count() > 5) {
    if ((types & ~continuations).any()) types &= ~continuations;
  }
  if (types.test(RuleParser::WORD)) types &= ~soft_keywords();
  return types;
}

class ListText {
 public:
  void add(Bilingual part) { parts_.push_back(std::move(part)); }
  void add_quoted(std::string_view text) {
    const std::string quoted = "`" + std::string(text) + "`";
    parts_.push_back({quoted, quoted});
  }
  Bilingual joined() const {
    Bilingual text;
    const bool cut = parts_.size() > kMostShown;
    const std::size_t shown = std::min(parts_.size(), kMostShown);
    for (std::size_t i = 0; i < shown; ++i) {
      const bool last = i + 1 == shown && !cut;
      if (i > 0) text.vi += last ? " hoặc " : ", ";
      if (i > 0) text.en += last ? " or " : ", ";
      text.vi += parts_[i].vi;
      text.en += parts_[i].en;
    }
    if (cut) {
      text.vi += " …";
      text.en += " …";
    }
    return text;
  }

 private:
  std::vector<Bilingual> parts_;
};

void add_plain_kinds(const TypeSet& types, ListText& list) {
  if (types.test(RuleParser::WORD)) list.add({"một tên", "a name"});
  if (types.test(RuleParser::NUMBER)) list.add({"một số", "a number"});
  if (types.test(RuleParser::STRING)) list.add({"một chuỗi trong ngoặc kép", "a text in quotation marks"});
  if (types.test(RuleParser::DATE)) list.add({"một ngày như 30/8/2025", "a date as in 30/8/2025"});
  if (types.test(RuleParser::CITATION)) list.add({"một điều khoản như D11.1", "a clause as in D11.1"});
}

}  // namespace

bool expects_value(const TypeSet& types) {
  return types.test(RuleParser::NUMBER) && types.test(RuleParser::WORD) && types.test(RuleParser::LEFT_PAREN);
}

Bilingual describe_found(const Token& token, const SourceText& source) {
  const std::string quoted = "`" + std::string(source.text_of(token)) + "`";
  switch (token.kind) {
    case TokenKind::keyword: return {"từ khoá " + quoted, "keyword " + quoted};
    case TokenKind::name: return {"tên " + quoted, "name " + quoted};
    case TokenKind::citation: return {"điều khoản " + quoted, "clause " + quoted};
    case TokenKind::number: return {"số " + quoted, "number " + quoted};
    case TokenKind::date: return {"ngày " + quoted, "date " + quoted};
    case TokenKind::string: return {"chuỗi " + quoted, "text " + quoted};
    default: return {quoted, quoted};
  }
}

Bilingual describe_end() { return {"chỗ kết thúc khai báo", "the end of the declaration"}; }

Bilingual describe_expected(const TypeSet& all, Language file_language) {
  ListText list;
  TypeSet types = without_noise(all);
  if (expects_value(types)) {
    list.add({"một giá trị", "a value"});
    types &= ~set_of(kOperands);
  }
  add_plain_kinds(types, list);
  for (const SignText& sign : kSigns) {
    if (types.test(sign.type)) list.add_quoted(sign.text);
  }
  for (int row = 0; row < kKeywordCount; ++row) {
    if (keyword_row(kKeywordRows[row].token) == row && types.test(keyword_type(row))) list.add_quoted(kKeywordRows[row].in(file_language));
  }
  if ((types & set_of(kContinuations)).any() && types.test(RuleParser::PLUS)) list.add({"một phép tính", "an operator"});
  if (types.test(kEndOfItem)) list.add({"hết khai báo", "the end of the declaration"});
  return list.joined();
}

}  // namespace quy::syntax
