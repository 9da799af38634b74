#pragma once
// The grammar as a machine that is fed one token at a time and says which tokens may come next.
//
// The generated parser tells where it stopped, but not reliably what it could have taken there: decisions on the way have dropped the
// alternatives. Messages need all of them, and need to try "what if this word were that keyword". So this walks the parser's own
// transition network (ATN) with every alternative kept.

#include <bitset>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "compiler/syntax/antlr/generated.h"
#include "compiler/syntax/antlr/tokens.h"

namespace quy::syntax {

/// A set of token types; the end of the item is kEndOfItem.
using TypeSet = std::bitset<256>;
inline constexpr TokenType kEndOfItem = 0;

class Recogniser {
 public:
  /// At the start of an item.
  Recogniser();

  /// Takes one token. False, and nothing changed, when it cannot stand here.
  bool take(TokenType type);
  /// Every type that take() would accept.
  TypeSet expected() const;

 private:
  /// A place in the network, and where to go on when its rule is finished.
  struct Place {
    const antlr4::atn::ATNState* state;
    int return_to;  ///< index into the stack nodes, kBottom at the outermost rule
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  static constexpr int kBottom = -1;

  /// Return addresses, shared between copies of one recogniser: equal stacks are one node.
  class Stacks {
   public:
    int push(Place return_place);
    Place at(int node) const { return nodes_[static_cast<std::size_t>(node)]; }

   private:
    std::vector<Place> nodes_;
    std::map<Place, int> known_;
  };

  void reach(Place place, std::map<Place, bool>& seen);

  std::shared_ptr<Stacks> stacks_;
  std::vector<Place> places_;  ///< those with a transition that takes a token
};

}  // namespace quy::syntax
