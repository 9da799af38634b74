#include "compiler/syntax/antlr/roles.h"

#include <algorithm>
#include <array>

namespace quy::syntax {
namespace {

using antlr4::ParserRuleContext;
using antlr4::tree::ParseTree;
using antlr4::tree::TerminalNode;
using P = grammar::RuleParser;

/// Rules of which each match is a statement on its own line, where the author wants one.
constexpr std::array kStatements = {
    P::RuleItem,          P::RuleSubjectKind, P::RuleCalendarDays, P::RuleProfileRow,   P::RuleNotRule,        P::RuleEvidenceMember, P::RuleSubjectMember,
    P::RuleGroupMember,   P::RuleScoreRow,     P::RuleLevelRow,       P::RuleCriterionMember, P::RuleAllocationRow,
    P::RuleEvidenceMapRow, P::RuleRatingMember, P::RuleRatingRule,    P::RuleReachMember,    P::RuleNeed,
    P::RuleForceMember,   P::RuleQuotaMember,  P::RuleTestMember,     P::RuleOption,         P::RuleGivenRow};

bool is_statement(const ParserRuleContext& context) {
  const std::size_t rule = context.getRuleIndex();
  if (std::find(kStatements.begin(), kStatements.end(), rule) != kStatements.end()) return true;
  const auto* parent = dynamic_cast<const ParserRuleContext*>(context.parent);
  if (parent == nullptr) return false;
  const std::size_t outer = parent->getRuleIndex();
  return (rule == P::RuleField && outer == P::RuleTable) || (rule == P::RuleCriterion && outer == P::RuleSplitting) ||
         (rule == P::RuleWhenRule && outer == P::RuleForceMember);
}

class RoleMarker {
 public:
  RoleMarker(const Tokens& tokens, std::vector<LexedToken>& lexed) : tokens_(tokens), lexed_(lexed) {}

  void mark(ParserRuleContext* item) {
    lexed(item->getStart()).begins_item = true;
    std::vector<ParserRuleContext*> open{item};
    while (!open.empty()) {
      ParserRuleContext* context = open.back();
      open.pop_back();
      mark_rule(context);
      for (ParseTree* child : context->children) {
        if (auto* rule = dynamic_cast<ParserRuleContext*>(child)) open.push_back(rule);
        if (auto* node = dynamic_cast<TerminalNode*>(child)) mark_token(context->getRuleIndex(), node->getSymbol());
      }
    }
  }

 private:
  LexedToken& lexed(const antlr4::Token* token) {
    const std::uint32_t begin = tokens_[token->getTokenIndex()].begin;
    return *std::partition_point(lexed_.begin(), lexed_.end(), [&](const LexedToken& each) { return each.span.begin < begin; });
  }

  void mark_rule(ParserRuleContext* context) {
    if (is_statement(*context)) lexed(context->getStart()).begins_statement = true;
    if (context->getRuleIndex() == P::RuleUnitWord) lexed(context->getStart()).is_unit = true;
    if (context->getRuleIndex() == P::RuleName) {
      LexedToken& name = lexed(context->getStart());
      name.kind = TokenKind::name;
      name.keyword = -1;
    }
  }

  void mark_token(std::size_t rule, const antlr4::Token* token) {
    const std::size_t type = token->getType();
    const bool in_number = rule == P::RuleUnary || rule == P::RuleSignedNumber;
    if (type == P::MINUS && in_number) lexed(token).is_sign_of_number = true;
    if (type == P::NUMBER && (rule == P::RulePackHeader || rule == P::RulePeriodName)) lexed(token).keeps_marks = true;
    const bool declaration = rule == P::RuleField || rule == P::RuleParameter || rule == P::RuleNotRule;
    if (type == P::COLON && declaration) lexed(token).declares = true;
    if (type == P::LEFT_PAREN && (rule == P::RuleIndicator || rule == P::RuleIndicatorUse)) lexed(token).begins_arguments = true;
  }

  const Tokens& tokens_;
  std::vector<LexedToken>& lexed_;
};

}  // namespace

void mark_roles(P::ItemContext* item, const Tokens& tokens, std::vector<LexedToken>& lexed) {
  RoleMarker(tokens, lexed).mark(item);
}

}  // namespace quy::syntax
