#pragma once
// Where the statements of a block begin and end, as far as that can be told without a parse: enough to take a wrong one out.

#include <cstddef>
#include <optional>

#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// Tokens [begin, end) of one item.
struct Statement {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A `{ … }` inside an item, by the indexes of its brackets.
struct Block {
  std::size_t open = 0;
  std::size_t close = 0;
};

/// The innermost block of statements that holds tokens[at], its `}` included. Blocks of options, sets and rows are no such blocks.
std::optional<Block> block_around(const Tokens& tokens, std::size_t at);

/// Whether a statement begins at tokens[at], inside that block.
bool begins_statement(const Tokens& tokens, const Block& block, std::size_t at);

/// The statement of the block that holds tokens[at]; for its `}`, the last one.
Statement statement_around(const Tokens& tokens, const Block& block, std::size_t at);

/// The statement that ends just before tokens[at]; empty when there is none.
Statement statement_before(const Tokens& tokens, const Block& block, std::size_t at);

}  // namespace quy::syntax
