#include "compiler/ir/builder.h"

#include <algorithm>

#include "runtime/bytecode/codec.h"

namespace quy::ir {
namespace {

ValueKind kind_of(Opcode op, const Graph& graph, const std::vector<NodeId>& inputs) {
  if (op == Opcode::spread) return graph.nodes[inputs[0]].kind;
  switch (bytecode::info(op).result) {
    case 'n': return ValueKind::number;
    case 'l': return ValueKind::levels;
    default: return ValueKind::boolean;
  }
}

std::string constants_key(const Node& node) {
  std::string key = node.text + '\x1f';
  for (const Rational& value : node.constants) key += value.exact_text() + ' ';
  return key;
}

}  // namespace

NodeId Builder::intern(Node node) {
  Key key{node.op, node.domain, node.a, node.b, constants_key(node), node.inputs};
  auto [place, fresh] = known_.try_emplace(std::move(key), static_cast<NodeId>(graph_.nodes.size()));
  if (fresh) graph_.nodes.push_back(std::move(node));
  return place->second;
}

NodeId Builder::number(const Rational& value, std::uint32_t domain) {
  return intern({.op = Opcode::constant, .kind = ValueKind::number, .domain = domain, .constants = {value}, .text = {}, .inputs = {}});
}

NodeId Builder::truth(bool value, std::uint32_t domain) {
  return intern({.op = Opcode::truth, .kind = ValueKind::boolean, .domain = domain, .a = value ? 1U : 0U, .constants = {}, .text = {}, .inputs = {}});
}

NodeId Builder::text(const std::string& value, std::uint32_t domain) {
  return intern({.op = Opcode::text, .kind = ValueKind::number, .domain = domain, .constants = {}, .text = value, .inputs = {}});
}

std::uint32_t Builder::domain_of_field(std::uint32_t index) const {
  std::uint32_t list = graph_.fields[index].list;
  return list == kNone ? 0 : list + 1;
}

NodeId Builder::field(std::uint32_t index) {
  const bytecode::Field& info = graph_.fields[index];
  bool boolean = info.kind == bytecode::FieldKind::boolean;
  return intern({.op = boolean ? Opcode::flag : Opcode::field,
                 .kind = boolean ? ValueKind::boolean : ValueKind::number,
                 .domain = domain_of_field(index),
                 .a = index,
                 .constants = {},
                 .text = {},
                 .inputs = {}});
}

NodeId Builder::state(std::uint32_t field, std::uint32_t cause) {
  return intern({.op = Opcode::state,
                 .kind = ValueKind::boolean,
                 .domain = domain_of_field(field),
                 .a = field,
                 .b = cause,
                 .constants = {},
                 .text = {},
                 .inputs = {}});
}

NodeId Builder::reading(std::uint32_t reading, std::uint32_t option, std::uint32_t domain) {
  return intern(
      {.op = Opcode::reading, .kind = ValueKind::boolean, .domain = domain, .a = reading, .b = option, .constants = {}, .text = {}, .inputs = {}});
}

NodeId Builder::in_domain(NodeId id, std::uint32_t domain) {
  const Node& original = node(id);
  if (original.domain == domain) return id;
  bool leaf = original.op == Opcode::constant || original.op == Opcode::truth || original.op == Opcode::text || original.op == Opcode::reading;
  Node copy;
  if (leaf) {
    copy = original;
    copy.domain = domain;
  } else {
    copy.op = Opcode::spread;
    copy.kind = original.kind;
    copy.domain = domain;
    copy.a = domain - 1;
    copy.inputs = {id};
  }
  return intern(std::move(copy));
}

NodeId Builder::make(Opcode op, std::vector<NodeId> inputs, std::uint32_t a, std::uint32_t b, std::vector<Rational> constants) {
  std::uint32_t domain = 0;
  for (NodeId input : inputs) domain = std::max(domain, node(input).domain);
  for (NodeId& input : inputs) input = in_domain(input, domain);
  Node made{.op = op, .domain = domain, .a = a, .b = b, .constants = std::move(constants), .text = {}, .inputs = inputs};
  made.kind = kind_of(op, graph_, inputs);
  return intern(std::move(made));
}

NodeId Builder::fold(Opcode op, NodeId input, std::uint32_t list) {
  NodeId rows = in_domain(input, list + 1);
  Node made{.op = op, .a = list, .constants = {}, .text = {}, .inputs = {rows}};
  made.kind = kind_of(op, graph_, made.inputs);
  return intern(std::move(made));
}

std::optional<Rational> Builder::constant_value(NodeId id) const {
  if (node(id).op != Opcode::constant) return std::nullopt;
  return node(id).constants.front();
}

std::optional<bool> Builder::constant_truth(NodeId id) const {
  if (node(id).op != Opcode::truth) return std::nullopt;
  return node(id).a == 1;
}

// The arithmetic below folds constants: they come from maxima, coefficients and percent of them, and would only cost time at run time.

NodeId Builder::add(NodeId x, NodeId y) {
  auto cx = constant_value(x), cy = constant_value(y);
  if (cx && cy) return number(*cx + *cy, std::max(node(x).domain, node(y).domain));
  if (cx && cx->sign() == 0) return y;
  if (cy && cy->sign() == 0) return x;
  return make(Opcode::add, {x, y});
}

NodeId Builder::subtract(NodeId x, NodeId y) {
  auto cx = constant_value(x), cy = constant_value(y);
  if (cx && cy) return number(*cx - *cy, std::max(node(x).domain, node(y).domain));
  if (cy && cy->sign() == 0) return x;
  return make(Opcode::subtract, {x, y});
}

NodeId Builder::multiply(NodeId x, NodeId y) {
  auto cx = constant_value(x), cy = constant_value(y);
  if (cx && cy) return number(*cx * *cy, std::max(node(x).domain, node(y).domain));
  if (cx && *cx == Rational(1)) return y;
  if (cy && *cy == Rational(1)) return x;
  return make(Opcode::multiply, {x, y});
}

NodeId Builder::smaller(NodeId x, NodeId y) {
  auto cx = constant_value(x), cy = constant_value(y);
  if (cx && cy) return *cx < *cy ? x : y;
  return make(Opcode::minimum, {x, y});
}

NodeId Builder::larger(NodeId x, NodeId y) {
  auto cx = constant_value(x), cy = constant_value(y);
  if (cx && cy) return *cx < *cy ? y : x;
  return make(Opcode::maximum, {x, y});
}

NodeId Builder::pick(NodeId condition, NodeId yes, NodeId no) {
  if (auto known = constant_truth(condition)) return *known ? yes : no;
  // A condition that is left out leaves the pick out, so equal branches fold only where that cannot happen.
  if (yes == no && !may_be_left_out(condition)) return yes;
  return make(Opcode::pick, {condition, yes, no});
}

NodeId Builder::or_else(NodeId value, NodeId fallback) {
  return may_be_left_out(value) ? make(Opcode::or_else, {value, fallback}) : value;
}

NodeId Builder::compare(NodeId x, sema::Comparison sign, NodeId y) {
  return make(Opcode::compare, {x, y}, static_cast<std::uint32_t>(sign));
}

NodeId Builder::compare_ratio(NodeId n, NodeId d, sema::Comparison sign, const Rational& q) {
  return make(Opcode::compare_ratio, {n, d}, static_cast<std::uint32_t>(sign), 0, {q});
}

NodeId Builder::all(std::vector<NodeId> conditions) {
  std::vector<NodeId> kept;
  for (NodeId condition : conditions) {
    auto known = constant_truth(condition);
    if (known && !*known) return condition;
    // A true part is dropped only beside parts that cannot all be left out: true and left out is true.
    kept.push_back(condition);
  }
  bool some_always_there = std::any_of(kept.begin(), kept.end(), [&](NodeId id) { return !constant_truth(id) && !may_be_left_out(id); });
  if (some_always_there) std::erase_if(kept, [&](NodeId id) { return constant_truth(id).value_or(false); });
  if (kept.empty()) return truth(true);
  return kept.size() == 1 ? kept.front() : make(Opcode::conjunction, std::move(kept));
}

NodeId Builder::any(std::vector<NodeId> conditions) {
  std::vector<NodeId> kept;
  for (NodeId condition : conditions) {
    auto known = constant_truth(condition);
    if (known && *known) return condition;
    kept.push_back(condition);
  }
  bool some_always_there = std::any_of(kept.begin(), kept.end(), [&](NodeId id) { return !constant_truth(id) && !may_be_left_out(id); });
  if (some_always_there) std::erase_if(kept, [&](NodeId id) { return constant_truth(id).has_value(); });
  if (kept.empty()) return truth(false);
  return kept.size() == 1 ? kept.front() : make(Opcode::disjunction, std::move(kept));
}

NodeId Builder::negate(NodeId condition) {
  if (auto known = constant_truth(condition)) return truth(!*known, node(condition).domain);
  return make(Opcode::negation, {condition});
}

NodeId Builder::left_out(NodeId value) {
  if (!may_be_left_out(value)) return truth(false, node(value).domain);
  return turns_on_span(value) ? left_out_by_parts(value) : make(Opcode::left_out, {value});
}

bool Builder::turns_on_span(NodeId id) {
  auto found = turns_on_span_.find(id);
  if (found != turns_on_span_.end()) return found->second;
  const Node& n = node(id);
  const bool reads = n.op == Opcode::flag && graph_.fields[n.a].place == bytecode::FieldPlace::span_over;
  const bool result = reads || std::any_of(n.inputs.begin(), n.inputs.end(), [this](NodeId input) { return turns_on_span(input); });
  turns_on_span_[id] = result;
  return result;
}

NodeId Builder::left_out_by_parts(NodeId value) {
  const Node n = node(value);   // a copy: nodes are made meanwhile
  std::vector<NodeId> parts;
  for (NodeId input : n.inputs) parts.push_back(left_out(input));
  switch (n.op) {
    case Opcode::conjunction:
    case Opcode::disjunction: return all(parts);
    case Opcode::negation:
    case Opcode::compare:
    case Opcode::add:
    case Opcode::subtract:
    case Opcode::multiply:
    case Opcode::minimum:
    case Opcode::maximum:
    case Opcode::round: return any(parts);
    case Opcode::keep: return any({parts[0], negate(holds(n.inputs[1]))});
    case Opcode::pick: return any({parts[0], all({n.inputs[0], parts[1]}), all({negate(n.inputs[0]), parts[2]})});
    default: return make(Opcode::left_out, {value});
  }
}

NodeId Builder::holds(NodeId condition) {
  return may_be_left_out(condition) ? make(Opcode::holds, {condition}) : condition;
}

NodeId Builder::nothing(std::uint32_t domain) { return make(Opcode::keep, {number(0, domain), truth(false, domain)}); }

NodeId Builder::choose(NodeId condition, NodeId yes, NodeId no) {
  if (auto known = constant_truth(condition)) return *known ? yes : no;
  if (yes == no) return yes;
  // A Boolean as 1 and 0 keeps its left-out state through pick, which conjunctions would pass over.
  auto as_number = [&](NodeId truth_value) { return pick(truth_value, number(1), number(0)); };
  return compare(pick(condition, as_number(yes), as_number(no)), sema::Comparison::greater_equal, number(1));
}

bool Builder::may_be_left_out(NodeId id) {
  auto found = may_be_left_out_.find(id);
  if (found != may_be_left_out_.end()) return found->second;
  bool result = compute_may_be_left_out(id);
  may_be_left_out_[id] = result;
  return result;
}

bool Builder::compute_may_be_left_out(NodeId id) {
  const Node& n = node(id);
  auto some = [&] { return std::any_of(n.inputs.begin(), n.inputs.end(), [&](NodeId input) { return may_be_left_out(input); }); };
  auto every = [&] { return std::all_of(n.inputs.begin(), n.inputs.end(), [&](NodeId input) { return may_be_left_out(input); }); };
  switch (n.op) {
    case Opcode::field:
    case Opcode::flag: return graph_.fields[n.a].may_be_left_out;
    case Opcode::divide:
    case Opcode::compare_ratio: return true;
    case Opcode::keep:
    case Opcode::fold_every:
    case Opcode::fold_smallest:
    case Opcode::fold_largest: return true;
    case Opcode::conjunction:
    case Opcode::disjunction: return every();
    case Opcode::or_else: return may_be_left_out(n.inputs[1]);
    case Opcode::count_true:
    case Opcode::left_out:
    case Opcode::holds:
    case Opcode::state:
    case Opcode::fold_count:
    case Opcode::fold_applicable:
    case Opcode::fold_any:
    case Opcode::fold_sum: return false;
    default: return n.kind != ValueKind::levels && some();
  }
}

}  // namespace quy::ir
