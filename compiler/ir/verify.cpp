#include "compiler/ir/verify.h"

#include <fmt/format.h>

#include <stdexcept>

#include "runtime/bytecode/codec.h"

namespace quy::ir {
namespace {

[[noreturn]] void broken(NodeId id, const Node& node, const std::string& what) {
  throw std::logic_error(fmt::format("rule graph: node {} ({}): {}", id, bytecode::info(node.op).name, what));
}

bool kind_fits(char wanted, ValueKind kind) {
  switch (wanted) {
    case 'b': return kind == ValueKind::boolean;
    case 'n': return kind == ValueKind::number;
    case 'l': return kind == ValueKind::levels;
    default: return kind != ValueKind::levels;
  }
}

void verify_operands(const Graph& graph, NodeId id) {
  const Node& node = graph.nodes[id];
  std::string_view wanted = bytecode::info(node.op).operands;
  std::size_t at = 0;
  char repeated = 0;
  for (NodeId input : node.inputs) {
    if (input >= id) broken(id, node, "an operand does not come before it");
    char want = repeated ? repeated : at < wanted.size() ? wanted[at] : '?';
    if (want == '?') broken(id, node, "too many operands");
    if (!repeated && at + 1 < wanted.size() && wanted[at + 1] == '*') repeated = want;
    ++at;
    if (!kind_fits(want, graph.nodes[input].kind)) broken(id, node, "an operand is of another kind");
    bool crosses = node.op == Opcode::spread || (node.domain == 0 && graph.nodes[input].domain != 0);
    if (!crosses && graph.nodes[input].domain != node.domain) broken(id, node, "an operand is of another domain");
  }
  if (!repeated && at != wanted.size()) broken(id, node, "too few operands");
}

}  // namespace

void verify(const Graph& graph) {
  for (NodeId id = 0; id < graph.nodes.size(); ++id) verify_operands(graph, id);
}

}  // namespace quy::ir
