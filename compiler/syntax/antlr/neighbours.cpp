#include "compiler/syntax/antlr/neighbours.h"

#include <set>
#include <vector>

#include "compiler/syntax/antlr/item_parser.h"
#include "compiler/syntax/antlr/recogniser.h"

namespace quy::syntax {
namespace {

using antlr4::atn::ATN;
using antlr4::atn::ATNState;
using antlr4::atn::RuleTransition;
using antlr4::atn::Transition;

class FollowTable {
 public:
  static const FollowTable& instance() {
    static const FollowTable table{ItemParser(Tokens()).network()};
    return table;
  }
  bool has(TokenType first, TokenType second) const { return follow_[first].test(second); }

 private:
  explicit FollowTable(const ATN& network) : follow_(TypeSet().size()), callers_(network.ruleToStartState.size()) {
    for (const ATNState* state : network.states) {
      if (state == nullptr) continue;
      for (const Transition* transition : state->transitions) {
        if (transition->getSerializationType() != Transition::RULE) continue;
        callers_[transition->target->ruleIndex].push_back(static_cast<const RuleTransition*>(transition)->followState);
      }
    }
    for (const ATNState* state : network.states) {
      if (state == nullptr || state->ruleIndex == grammar::RuleParser::RuleSoftKeyword) continue;
      for (const Transition* transition : state->transitions) {
        if (!transition->isEpsilon()) add_followers(*transition);
      }
    }
  }

  static std::vector<TokenType> types_of(const Transition& transition) {
    std::vector<TokenType> types;
    for (const ssize_t type : transition.label().toList()) {
      types.push_back(type == static_cast<ssize_t>(antlr4::Token::EOF) ? kEndOfItem : static_cast<TokenType>(type));
    }
    return types;
  }

  void add_followers(const Transition& taken) {
    TypeSet followers;
    std::set<const ATNState*> seen;
    std::vector<const ATNState*> open{taken.target};
    while (!open.empty()) {
      const ATNState* state = open.back();
      open.pop_back();
      if (!seen.insert(state).second || state->ruleIndex == grammar::RuleParser::RuleSoftKeyword) continue;
      if (const_cast<ATNState*>(state)->getStateType() == ATNState::RULE_STOP) {
        open.insert(open.end(), callers_[state->ruleIndex].begin(), callers_[state->ruleIndex].end());
      }
      for (const Transition* transition : state->transitions) {
        if (transition->isEpsilon()) {
          open.push_back(transition->target);
        } else {
          for (const TokenType type : types_of(*transition)) followers.set(type);
        }
      }
    }
    for (const TokenType type : types_of(taken)) follow_[type] |= followers;
  }

  std::vector<TypeSet> follow_;
  std::vector<std::vector<const ATNState*>> callers_;
};

}  // namespace

bool may_follow(TokenType first, TokenType second) { return FollowTable::instance().has(first, second); }

}  // namespace quy::syntax
