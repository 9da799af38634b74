#pragma once
// Makes nodes, each distinct one once, and puts operands into one domain.

#include <map>
#include <string>
#include <tuple>

#include "compiler/ir/graph.h"

namespace quy::ir {

class Builder {
 public:
  explicit Builder(Graph& graph) : graph_(graph) {}

  const Node& node(NodeId id) const { return graph_.nodes[id]; }

  NodeId number(const Rational& value, std::uint32_t domain = 0);
  NodeId truth(bool value, std::uint32_t domain = 0);
  NodeId text(const std::string& value, std::uint32_t domain = 0);
  NodeId field(std::uint32_t index);
  NodeId state(std::uint32_t field, std::uint32_t cause);
  NodeId reading(std::uint32_t reading, std::uint32_t option, std::uint32_t domain = 0);

  /// Any instruction whose operands share a domain; record operands are spread when another is of a list.
  NodeId make(Opcode op, std::vector<NodeId> inputs, std::uint32_t a = 0, std::uint32_t b = 0, std::vector<Rational> constants = {});
  /// A fold over list `list`; the operand is spread when it is of the record.
  NodeId fold(Opcode op, NodeId input, std::uint32_t list);

  NodeId add(NodeId x, NodeId y);
  NodeId subtract(NodeId x, NodeId y);
  NodeId multiply(NodeId x, NodeId y);
  NodeId divide(NodeId x, NodeId y) { return make(Opcode::divide, {x, y}); }
  NodeId smaller(NodeId x, NodeId y);
  NodeId larger(NodeId x, NodeId y);
  NodeId pick(NodeId condition, NodeId yes, NodeId no);
  NodeId or_else(NodeId value, NodeId fallback);
  NodeId compare(NodeId x, sema::Comparison sign, NodeId y);
  NodeId compare_ratio(NodeId n, NodeId d, sema::Comparison sign, const Rational& q);
  NodeId all(std::vector<NodeId> conditions);
  NodeId any(std::vector<NodeId> conditions);
  NodeId negate(NodeId condition);
  /// Where it turns on a span of time, by its parts: what is missing at the end of a year is then known not to be left out.
  NodeId left_out(NodeId value);
  NodeId holds(NodeId condition);
  NodeId nothing(std::uint32_t domain = 0);   ///< a number that is left out
  /// `yes` where `condition` is true, `no` where it is false: of Booleans, left-out ones included.
  NodeId choose(NodeId condition, NodeId yes, NodeId no);

  /// Whether the value can be left out for some record.
  bool may_be_left_out(NodeId id);
  std::optional<Rational> constant_value(NodeId id) const;
  std::optional<bool> constant_truth(NodeId id) const;

 private:
  using Key = std::tuple<Opcode, std::uint32_t, std::uint32_t, std::uint32_t, std::string, std::vector<NodeId>>;
  std::uint32_t domain_of_field(std::uint32_t index) const;
  NodeId intern(Node node);
  NodeId in_domain(NodeId id, std::uint32_t domain);
  bool compute_may_be_left_out(NodeId id);
  bool turns_on_span(NodeId id);
  NodeId left_out_by_parts(NodeId value);

  Graph& graph_;
  std::map<Key, NodeId> known_;
  std::map<NodeId, bool> may_be_left_out_, turns_on_span_;
};

}  // namespace quy::ir
