#include "compiler/syntax/antlr/recogniser.h"

#include "compiler/syntax/antlr/item_parser.h"

namespace quy::syntax {
namespace {

using antlr4::atn::ATN;
using antlr4::atn::ATNState;
using antlr4::atn::Transition;

static_assert(grammar::RuleParser::UNIT_WORD < TypeSet().size() && grammar::RuleParser::UNKNOWN < TypeSet().size());

/// The network belongs to the generated parser, which shows it only through an instance.
const ATN& network() {
  static ItemParser parser{Tokens()};
  return parser.network();
}

bool takes_token(const Transition& transition) { return !transition.isEpsilon(); }

std::size_t antlr_type(TokenType type) { return type == kEndOfItem ? antlr4::Token::EOF : type; }

}  // namespace

int Recogniser::Stacks::push(Place return_place) {
  const auto [entry, is_new] = known_.emplace(return_place, static_cast<int>(nodes_.size()));
  if (is_new) nodes_.push_back(return_place);
  return entry->second;
}

Recogniser::Recogniser() : stacks_(std::make_shared<Stacks>()) {
  std::map<Place, bool> seen;
  reach({network().ruleToStartState[grammar::RuleParser::RuleItem], kBottom}, seen);
}

/// Adds every place that is reached from `place` without taking a token.
void Recogniser::reach(Place start, std::map<Place, bool>& seen) {
  std::vector<Place> open{start};
  while (!open.empty()) {
    const Place place = open.back();
    open.pop_back();
    if (!seen.emplace(place, true).second) continue;
    if (const_cast<ATNState*>(place.state)->getStateType() == ATNState::RULE_STOP) {
      if (place.return_to != kBottom) open.push_back(stacks_->at(place.return_to));
      continue;
    }
    bool takes = false;
    for (const Transition* transition : place.state->transitions) {
      if (takes_token(*transition)) {
        takes = true;
      } else if (transition->getSerializationType() == Transition::RULE) {
        const auto* call = static_cast<const antlr4::atn::RuleTransition*>(transition);
        open.push_back({call->target, stacks_->push({call->followState, place.return_to})});
      } else {
        open.push_back({transition->target, place.return_to});
      }
    }
    if (takes) places_.push_back(place);
  }
}

bool Recogniser::take(TokenType type) {
  std::vector<Place> before = std::move(places_);
  places_.clear();
  std::map<Place, bool> seen;
  const std::size_t symbol = antlr_type(type);
  bool taken = false;
  for (const Place& place : before) {
    for (const Transition* transition : place.state->transitions) {
      if (!takes_token(*transition) || !transition->matches(symbol, antlr4::Token::MIN_USER_TOKEN_TYPE, network().maxTokenType)) continue;
      taken = true;
      reach({transition->target, place.return_to}, seen);
    }
  }
  if (!taken) places_ = std::move(before);
  return taken;
}

TypeSet Recogniser::expected() const {
  TypeSet types;
  for (const Place& place : places_) {
    for (const Transition* transition : place.state->transitions) {
      if (!takes_token(*transition)) continue;
      for (const ssize_t type : transition->label().toList()) {
        types.set(type == static_cast<ssize_t>(antlr4::Token::EOF) ? kEndOfItem : static_cast<TokenType>(type));
      }
    }
  }
  return types;
}

}  // namespace quy::syntax
