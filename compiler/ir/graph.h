#pragma once
// The rule graph: what a subject's rules mean, flat and in topological order.
//
// Nodes use the instructions of runtime/bytecode/opcodes.def, so the graph and the machine cannot mean different things; what the graph adds
// is where each node comes from, constants by value, and the tree of observables (conditions, criteria, groups, levels …) that explanations,
// documents and the solver walk. High-level forms keep their shape through that tree; nothing is rounded, scaled or given a width here.
//
// INVARIANT: a node's operands come before it; kinds, domains and operand counts agree with opcodes.def (verify.h).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/language.h"
#include "base/source.h"
#include "compiler/sema/typed.h"
#include "runtime/bytecode/module.h"

namespace quy::ir {

using NodeId = std::uint32_t;
using bytecode::kNone;
using bytecode::Opcode;
using bytecode::Role;
using bytecode::ValueKind;

struct Node {
  Opcode op = Opcode::truth;
  ValueKind kind = ValueKind::boolean;
  std::uint32_t domain = 0;                ///< 0 the record, k + 1 the rows of list k
  std::uint32_t a = 0, b = 0;              ///< immediates as opcodes.def says, but constants lie in `constants`
  std::vector<Rational> constants;         ///< what the emitter moves to the constant pool
  std::string text;                        ///< of `text`
  std::vector<NodeId> inputs;
};

struct Observable {
  Role role = Role::atom;
  NodeId node = kNone;
  std::uint32_t parent = kNone;
  Span span;
  std::vector<std::string> clauses;
  std::string id, label;
  Bilingual text;
  NodeId left = kNone, right = kNone;
  std::string unit;
  std::uint32_t level = kNone;
  NodeId left_out = kNone;
  NodeId maximum = kNone;
};

struct Requirement {
  NodeId condition = kNone;
  std::string text;
  Span span;
};

struct Graph {
  const sema::Pack* pack = nullptr;
  const sema::Subject* subject = nullptr;
  std::vector<bytecode::Field> fields;     ///< the subject's, then those only the graph needs (open points, a given total)
  std::vector<Node> nodes;
  std::vector<Observable> observables;
  std::vector<Requirement> requirements;
  std::vector<std::uint32_t> criterion_observables, group_observables;   ///< by index in the subject
  NodeId total = kNone;
  NodeId levels = kNone;
  std::vector<std::vector<NodeId>> quota_priorities;   ///< by quota of the rating
  bool has_open_points = false;
};

}  // namespace quy::ir
