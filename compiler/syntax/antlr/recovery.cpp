#include "compiler/syntax/antlr/recovery.h"

#include <algorithm>

#include "compiler/syntax/antlr/mistakes.h"

namespace quy::syntax {
namespace {

using grammar::RuleParser;

/// Whether a message has been given about a token of the range, or something was taken out there.
bool has_reported(const Tokens& tokens, std::size_t begin, std::size_t end) {
  end = std::min(end, tokens.size());
  return std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(begin), tokens.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const Token& token) { return token.reported; });
}

}  // namespace

Recogniser Recovery::state_before(const Tokens& tokens, std::size_t at) {
  if (checkpoints_.empty()) checkpoints_.emplace_back(0, Recogniser());
  auto from = std::find_if(checkpoints_.rbegin(), checkpoints_.rend(), [&](const auto& checkpoint) { return checkpoint.first <= at; });
  std::size_t i = from->first;
  Recogniser state = from->second;
  for (; i < at; ++i) {
    if (i % kCheckpointEvery == 0 && i > checkpoints_.back().first) checkpoints_.emplace_back(i, state);
    if (!state.take(tokens[i].type)) break;
  }
  return state;
}

std::vector<Recogniser> Recovery::states_back_from(const Tokens& tokens, std::size_t& at) {
  const std::size_t first = at >= Mistake::kLookBack - 1 ? at - (Mistake::kLookBack - 1) : 0;
  std::vector<Recogniser> states{state_before(tokens, first)};
  for (std::size_t i = first; i < at; ++i) {
    Recogniser next = states.back();
    if (!next.take(tokens[i].type)) {
      at = i;
      break;
    }
    states.push_back(std::move(next));
  }
  std::reverse(states.begin(), states.end());
  return states;
}

bool Recovery::take_out_mistake(Tokens& tokens, std::size_t at) {
  if (++rounds_ > kMostRounds || tokens.empty()) return false;
  at = std::min(at, tokens.size());
  const std::optional<Block> block = block_around(tokens, at);
  const bool closes = block && at == block->close;
  const bool boundary = at == tokens.size() || closes || (block && begins_statement(tokens, *block, at));

  // Where a block could have ended, what came before is complete, and the mistake is in what begins here.
  const bool complete_before = state_before(tokens, at).expected().test(RuleParser::RIGHT_BRACE);
  Statement statement{0, tokens.size()};
  if (block) {
    statement = boundary && !complete_before ? statement_before(tokens, *block, at) : statement_around(tokens, *block, at);
    // The block itself lacks something, so it goes as a whole.
    if (statement.begin == statement.end) {
      const std::optional<Block> outer = block_around(tokens, block->open);
      statement = outer ? statement_around(tokens, *outer, block->open) : Statement{0, tokens.size()};
    }
  }

  if (!has_reported(tokens, statement.begin, std::max(statement.end, at + 1))) {
    if (messages_ == kMostMessages) {
      diagnostics_.report(source_.span(tokens[statement.begin]), Diag::too_many_errors);
      return false;
    }
    ++messages_;
    std::size_t place = at;
    std::vector<Recogniser> states = states_back_from(tokens, place);
    // Without its `{` a block's statements seem to belong to the one around it: no more can be said about this item.
    const TypeSet expected = states.front().expected();
    const bool lacks_brace = boundary && expected.test(RuleParser::LEFT_BRACE) && !expected.test(RuleParser::WHEN);
    report_mistake({tokens, place, std::move(states), block, boundary && place == at}, source_, diagnostics_);
    if (lacks_brace) return false;
  }
  return take_out(tokens, statement);
}

bool Recovery::take_out(Tokens& tokens, Statement statement) {
  if (statement.begin == 0 || statement.begin >= statement.end) return false;
  std::erase_if(checkpoints_, [&](const auto& checkpoint) { return checkpoint.first > statement.begin; });
  tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(statement.begin), tokens.begin() + static_cast<std::ptrdiff_t>(statement.end));
  // What follows may now seem wrong for lack of what was taken out.
  const bool closes = statement.begin < tokens.size() && tokens[statement.begin].type == RuleParser::RIGHT_BRACE;
  if (closes) tokens[statement.begin].reported = true;
  return true;
}

}  // namespace quy::syntax
