#pragma once
// What happens after a failed parse of an item: the mistake is put into words, and the smallest statement that holds it is taken out,
// so that the next parse finds the next mistake.

#include <optional>
#include <utility>
#include <vector>

#include "compiler/syntax/antlr/recogniser.h"
#include "compiler/syntax/antlr/statements.h"
#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

class Recovery {
 public:
  Recovery(const SourceText& source, DiagnosticSink& diagnostics) : source_(source), diagnostics_(diagnostics) {}

  /// Reports the mistake at tokens[at] (or at the end) and takes its statement out of `tokens`. False when nothing is left to parse.
  bool take_out_mistake(Tokens& tokens, std::size_t at);

  std::size_t rounds() const { return rounds_; }

 private:
  /// The grammar's state before tokens[at].
  Recogniser state_before(const Tokens& tokens, std::size_t at);
  /// Moves `at` back when the grammar refuses an earlier token, which the parser's look-ahead may pass over.
  std::vector<Recogniser> states_back_from(const Tokens& tokens, std::size_t& at);
  bool take_out(Tokens& tokens, Statement statement);

  static constexpr std::size_t kMostMessages = 20;  ///< an item
  static constexpr std::size_t kMostRounds = 60;
  static constexpr std::size_t kCheckpointEvery = 256;

  const SourceText& source_;
  DiagnosticSink& diagnostics_;
  std::size_t rounds_ = 0;
  std::size_t messages_ = 0;
  /// States at some earlier tokens, so that a long item is not walked from its start for each of its mistakes.
  std::vector<std::pair<std::size_t, Recogniser>> checkpoints_;
};

}  // namespace quy::syntax
