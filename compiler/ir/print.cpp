#include "compiler/ir/print.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "runtime/bytecode/codec.h"

namespace quy::ir {
namespace {

constexpr std::string_view kRoles[] = {"total", "group", "criterion", "criterion_condition", "criterion_row", "lose_all", "exception",
                                       "atom", "value", "band", "level_need", "level_condition", "gap_policy", "bar", "lower", "cap",
                                       "force", "hand_over", "not_rated", "rating", "reading", "requirement", "no_basis"};
static_assert(std::size(kRoles) == static_cast<std::size_t>(Role::no_basis) + 1);

constexpr std::string_view kSigns[] = {"≥", ">", "≤", "<", "=", "≠"};
constexpr std::string_view kCauses[] = {"excluded", "did_not_arise", "not_yet_due"};
constexpr std::string_view kPolicies[] = {"no_level", "next_lower", "down_to_the_last"};
constexpr std::string_view kRoundings[] = {"half_up", "down", "up"};

std::string reg(NodeId id) { return "%" + std::to_string(id); }

std::string constants(const Node& node) {
  std::string all;
  for (const Rational& value : node.constants) all += (all.empty() ? "" : "; ") + value.exact_text();
  return all;
}

class Printer {
 public:
  explicit Printer(const Graph& graph) : graph_(graph) {}

  std::string run() {
    out_ = "graph " + graph_.subject->id + "\n";
    for (NodeId id = 0; id < graph_.nodes.size(); ++id) add_node(id);
    for (std::uint32_t i = 0; i < graph_.observables.size(); ++i)
      if (graph_.observables[i].parent == kNone) add_observable(i, 1);
    for (const Requirement& requirement : graph_.requirements)
      out_ += "  require " + reg(requirement.condition) + " \"" + requirement.text + "\"\n";
    if (graph_.levels != kNone) out_ += "  levels " + reg(graph_.levels) + "\n";
    return std::move(out_);
  }

 private:
  void add_node(NodeId id) {
    const Node& node = graph_.nodes[id];
    std::string line = "  " + reg(id);
    line.resize(std::max<std::size_t>(line.size(), 8), ' ');
    line += "bnl"[static_cast<std::size_t>(node.kind)];
    if (node.domain != 0) line += "@" + list(node.domain - 1);
    line += " " + std::string(bytecode::info(node.op).name);
    for (const NodeId input : node.inputs) line += " " + reg(input);
    const std::string more = immediates(node);
    out_ += line + (more.empty() ? "" : "  " + more) + "\n";
  }

  /// What opcodes.def calls a and b, by the names of what they stand for.
  std::string immediates(const Node& node) const {
    switch (node.op) {
      case Opcode::truth: return node.a == 0 ? "false" : "true";
      case Opcode::text: return "\"" + node.text + "\"";
      case Opcode::field:
      case Opcode::flag: return graph_.fields[node.a].id;
      case Opcode::state: return graph_.fields[node.a].id + " " + std::string(kCauses[node.b]);
      case Opcode::reading: return reading(node);
      case Opcode::round: return "to " + constants(node) + " " + std::string(kRoundings[node.b]);
      case Opcode::column: return graph_.pack->tables[node.a].id + "." + graph_.pack->tables[node.a].column_ids[node.b];
      case Opcode::compare:
      case Opcode::compare_ratio: return std::string(kSigns[node.a]) + (node.constants.empty() ? "" : " ") + constants(node);
      case Opcode::bar:
      case Opcode::force:
      case Opcode::reached: return level(node.a);
      case Opcode::need: return std::string(kPolicies[node.a]);
      case Opcode::first_level:
      case Opcode::lower: return std::to_string(node.a) + (node.b == 0 ? "" : " " + std::to_string(node.b));
      case Opcode::hand_over: return "outcomes " + (node.a == kNone ? "any" : std::to_string(node.a));
      default: return bytecode::info(node.op).name.starts_with("fold_") || node.op == Opcode::spread ? list(node.a) : constants(node);
    }
  }

  std::string reading(const Node& node) const {
    const bytecode::ReadingInfo& info = graph_.pack->readings[node.a].info;
    return info.id + " = " + info.option_ids[node.b];
  }
  std::string list(std::uint32_t index) const { return graph_.subject->lists[index].info.id; }
  std::string level(std::uint32_t index) const { return graph_.subject->rating->levels[index].id; }

  void add_observable(std::uint32_t index, std::size_t depth) {
    const Observable& o = graph_.observables[index];
    std::string line(2 * depth, ' ');
    line += kRoles[static_cast<std::size_t>(o.role)];
    if (!o.id.empty()) line += " " + o.id;
    if (o.level != kNone) line += " level " + level(o.level);
    if (o.node != kNone) line += " " + reg(o.node);
    if (o.maximum != kNone) line += " of " + reg(o.maximum);
    if (o.left_out != kNone) line += " left out " + reg(o.left_out);
    if (o.left != kNone) line += compared(o);
    if (!o.text.vi.empty()) line += " \"" + o.text.vi + "\"";
    for (const std::string& clause : o.clauses) line += " " + clause;
    out_ += line + "\n";
    for (std::uint32_t child = 0; child < graph_.observables.size(); ++child)
      if (graph_.observables[child].parent == index) add_observable(child, depth + 1);
  }

  static std::string compared(const Observable& o) {
    std::string text = " (" + reg(o.left);
    if (o.right != kNone) text += ", " + reg(o.right);
    if (!o.unit.empty()) text += " in " + o.unit;
    return text + ")";
  }

  const Graph& graph_;
  std::string out_;
};

}  // namespace

std::string print(const Graph& graph) { return Printer(graph).run(); }

}  // namespace quy::ir
