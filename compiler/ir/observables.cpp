// The tree of observables: what a trace holds and an explanation walks.

#include "compiler/ir/lowering.h"

namespace quy::ir {

using sema::Expr;
using sema::ExprId;
using sema::Op;
using Kind = sema::Type::Kind;

std::uint32_t Lowering::observe(Observable observable) {
  graph_.observables.push_back(std::move(observable));
  return static_cast<std::uint32_t>(graph_.observables.size() - 1);
}

namespace {

bool is_ratio(const Expr& e) { return e.op == Op::divide || e.op == Op::share; }

std::string print_unit(const sema::Subject& subject, const Expr& compare) {
  const Expr& left = subject.exprs[compare.children[0]];
  switch (left.type.kind) {
    case Kind::date: return "@date";
    case Kind::step: return "@step:" + std::to_string(left.type.scale);
    case Kind::level: return "@level";
    case Kind::text:
    case Kind::code:
    case Kind::criterion: return "@text";
    default: return is_ratio(left) && left.type.unit.empty() ? "%" : left.type.unit;
  }
}

}  // namespace

void Lowering::observe_atoms(ExprId id, std::uint32_t parent, const std::vector<std::string>& clauses) {
  const Expr& e = expr(id);
  if (e.list != kNone) return;   // conditions on rows are seen through their fold
  switch (e.op) {
    case Op::logical_and:
    case Op::logical_or:
    case Op::at_least_of:
    case Op::reading:   // the option in force is found at run time, so that another reading explains itself
      for (ExprId child : e.children) observe_atoms(child, parent, clauses);
      return;
    case Op::condition: {
      const Expr& child = expr(e.children[0]);
      if (child.op == Op::logical_and || child.op == Op::logical_or) return observe_atoms(e.children[0], parent, clauses);
      break;
    }
    case Op::unless:
      observe_atoms(e.children[0], parent, clauses);
      observe({.role = Role::exception,
               .node = build_.holds(condition(e.children[1])),
               .parent = parent,
               .span = e.span,
               .clauses = clauses,
               .id = {},
               .label = {},
               .text = sentence(*graph_.pack, subject(), e.children[1]),
               .unit = {}});
      return;
    default: break;
  }
  Observable atom{.role = Role::atom, .node = condition(id), .parent = parent, .span = e.span, .clauses = clauses, .id = {}, .label = {},
                  .text = sentence(*graph_.pack, subject(), id), .unit = {}};
  const Expr& compared = e.op == Op::condition ? expr(e.children[0]) : e;
  if (compared.op == Op::compare && expr(compared.children[0]).type.kind != Kind::boolean) {
    atom.left = number(compared.children[compared.children.size() > 2 ? 2 : 0]);   // to date, where it is tracked
    atom.right = number(compared.children[1]);
    atom.unit = print_unit(subject(), compared);
  }
  observe(std::move(atom));
}

void Lowering::observe_readings() {
  std::set<std::uint32_t> used;
  for (const Expr& e : subject().exprs)
    if (e.op == Op::reading) used.insert(e.index);
  if (subject().rating && subject().rating->gap.reading != kNone) used.insert(subject().rating->gap.reading);
  for (std::uint32_t reading : used) {
    const sema::Reading& declared = graph_.pack->readings[reading];
    const bytecode::ReadingInfo& info = declared.info;
    observe({.role = Role::reading,
             .node = build_.reading(reading, info.chosen),
             .span = declared.span,
             .clauses = declared.clauses.ids,
             .id = info.id,
             .label = info.label,
             .text = chosen_in_words(reading, info.chosen),
             .unit = {}});
  }
}

Bilingual Lowering::chosen_in_words(std::uint32_t reading, std::uint32_t option) const {
  for (const Expr& e : subject().exprs)
    if (e.op == Op::reading && e.index == reading && expr(e.children[option]).op != Op::truth)
      return sentence(*graph_.pack, subject(), e.children[option]);
  return {};
}

}  // namespace quy::ir
