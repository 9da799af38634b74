#include "compiler/syntax/antlr/statements.h"

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/syntax/antlr/generated.h"

namespace quy::syntax {
namespace {

using grammar::RuleParser;

/// Keywords that stand nowhere but at the beginning of a statement.
constexpr std::array kAlwaysBegin = {
    RuleParser::EVIDENCE,       RuleParser::REQUIRE,      RuleParser::COMPUTE,     RuleParser::USE,          RuleParser::MET_WHEN,
    RuleParser::SCORED_BY_PEOPLE, RuleParser::GUIDANCE,   RuleParser::ONCE_PER,    RuleParser::HIGHEST_ONLY, RuleParser::LEAST_SHARE,
    RuleParser::PROPOSED_MAXIMA, RuleParser::ALLOCATE_POINTS, RuleParser::REPLACE_EVIDENCE, RuleParser::TIGHTEN, RuleParser::SPLIT,
    RuleParser::SUPPLEMENT,     RuleParser::TO_REACH,     RuleParser::NEED,        RuleParser::NOT_ABOVE,    RuleParser::HAND_OVER_WHEN,
    RuleParser::NOT_RATED_WHEN, RuleParser::QUOTA,        RuleParser::COHORT,      RuleParser::PRIORITY,     RuleParser::RAISED_TO,
    RuleParser::WHEN_CONDITION_FAILS, RuleParser::GIVEN,  RuleParser::EXPECT,      RuleParser::MAY_TIGHTEN,  RuleParser::WITH};
/// Keywords that begin a statement when they are the first on a line or come after a block.
constexpr std::array kBeginOnNewLine = {
    RuleParser::GROUP,    RuleParser::CRITERION,  RuleParser::DEDUCTIONS, RuleParser::BONUSES, RuleParser::OPEN,
    RuleParser::CHOOSE,   RuleParser::STAGES,     RuleParser::POINTS,     RuleParser::DEDUCT,  RuleParser::ADD,
    RuleParser::LEVEL,    RuleParser::FORCE,      RuleParser::NOT_FROM,   RuleParser::LOWER_BY, RuleParser::WHEN,
    RuleParser::FROM,     RuleParser::OTHERWISE,  RuleParser::LOSES_ALL_OF, RuleParser::SURPLUS, RuleParser::NOT_APPLICABLE,
    RuleParser::DID_NOT_ARISE, RuleParser::NOT_YET_DUE, RuleParser::KEEP_AS_IS, RuleParser::HOLIDAY, RuleParser::EXTRA_WORKDAY,
    RuleParser::PRIVATE,  RuleParser::PREVIOUSLY};
/// A `{` after one of these opens a set, a row of facts or a list of options, not a block of statements.
constexpr std::array kBeforeList = {RuleParser::ONE_OF, RuleParser::OF_THESE, RuleParser::EQUAL, RuleParser::RIGHT_BRACE};

template <typename List>
bool is_among(TokenType type, const List& types) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

int depth_change(TokenType type) {
  if (type == RuleParser::LEFT_BRACE || type == RuleParser::LEFT_PAREN) return 1;
  return type == RuleParser::RIGHT_BRACE || type == RuleParser::RIGHT_PAREN ? -1 : 0;
}

std::size_t closing_brace(const Tokens& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    depth += depth_change(tokens[i].type);
    if (depth == 0) return i;
  }
  return tokens.size();
}

bool holds_alternatives(const Tokens& tokens, const Block& block) {
  int depth = 0;
  for (std::size_t i = block.open + 1; i < block.close; ++i) {
    depth += depth_change(tokens[i].type);
    if (depth == 0 && tokens[i].type == RuleParser::BAR) return true;
  }
  return false;
}

bool holds_statements(const Tokens& tokens, const Block& block) {
  if (block.open == 0 || is_among(tokens[block.open - 1].type, kBeforeList)) return false;
  return tokens.front().type != RuleParser::ORDERED_SCALE && !holds_alternatives(tokens, block);
}

/// Whether a line begins where the block's first one does: continued lines stand further in.
bool lines_up(const Tokens& tokens, const Block& block, std::size_t at) {
  const Token& first = tokens[block.open + 1];
  return tokens[at].first_on_line && first.first_on_line && tokens[at].indent == first.indent;
}

std::vector<std::size_t> statement_begins(const Tokens& tokens, const Block& block) {
  std::vector<std::size_t> begins_at;
  int depth = 0;
  for (std::size_t i = block.open + 1; i < block.close; ++i) {
    const Token& token = tokens[i];
    const bool may_begin = token.first_on_line || tokens[i - 1].type == RuleParser::RIGHT_BRACE;
    const bool begins = i == block.open + 1 || lines_up(tokens, block, i) || is_among(token.type, kAlwaysBegin) ||
                        (may_begin && is_among(token.type, kBeginOnNewLine));
    if (depth == 0 && begins) begins_at.push_back(i);
    depth += depth_change(token.type);
  }
  return begins_at;
}

}  // namespace

std::optional<Block> block_around(const Tokens& tokens, std::size_t at) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < at && i < tokens.size(); ++i) {
    if (tokens[i].type == RuleParser::LEFT_BRACE) open.push_back(i);
    if (tokens[i].type == RuleParser::RIGHT_BRACE && !open.empty()) open.pop_back();
  }
  for (; !open.empty(); open.pop_back()) {
    const Block block{open.back(), closing_brace(tokens, open.back())};
    if (block.close < tokens.size() && holds_statements(tokens, block)) return block;
  }
  return std::nullopt;
}

bool begins_statement(const Tokens& tokens, const Block& block, std::size_t at) {
  const std::vector<std::size_t> begins = statement_begins(tokens, block);
  return std::binary_search(begins.begin(), begins.end(), at);
}

Statement statement_around(const Tokens& tokens, const Block& block, std::size_t at) {
  const std::vector<std::size_t> begins = statement_begins(tokens, block);
  const auto after = std::upper_bound(begins.begin(), begins.end(), at);
  if (after == begins.begin()) return {at, at};
  return {*(after - 1), after == begins.end() ? block.close : *after};
}

Statement statement_before(const Tokens& tokens, const Block& block, std::size_t at) {
  if (at == block.open + 1) return {at, at};
  return statement_around(tokens, block, at - 1);
}

}  // namespace quy::syntax
