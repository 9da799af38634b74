// What is used by what: evidence that nothing reads, points that depend on themselves.

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/subject_checker.h"

namespace quy::sema {

void SubjectChecker::walk(ExprId id, const std::function<void(const Expr&)>& visit) const {
  // Shared nodes are visited once, so a chain of named values costs no more than its length.
  std::vector<bool> seen(subject_.exprs.size(), false);
  std::vector<ExprId> open{id};
  while (!open.empty()) {
    ExprId at = open.back();
    open.pop_back();
    if (at == kNone || seen[at]) continue;
    seen[at] = true;
    visit(expr(at));
    for (ExprId child : expr(at).children) open.push_back(child);
  }
}

void SubjectChecker::collect_fields(ExprId id, std::set<std::uint32_t>& fields) const {
  walk(id, [&](const Expr& node) {
    if (node.op == Op::field) fields.insert(node.index);
  });
}

std::vector<ExprId> SubjectChecker::roots_of(const Criterion& criterion) const {
  std::vector<ExprId> roots = point_values(criterion);
  if (const auto* met = std::get_if<Met>(&criterion.scoring)) roots.insert(roots.end(), met->conditions.begin(), met->conditions.end());
  if (const auto* table = std::get_if<ScoreTable>(&criterion.scoring)) {
    roots.push_back(table->value);
    for (const TableRow& row : table->rows) roots.push_back(row.guard);
  }
  return roots;
}

std::vector<ExprId> SubjectChecker::all_roots() const {
  std::vector<ExprId> roots = rule_conditions();
  auto append = [&](const std::vector<ExprId>& more) { roots.insert(roots.end(), more.begin(), more.end()); };
  for (const Criterion& criterion : subject_.criteria) append(roots_of(criterion));
  for (const Group& group : subject_.groups) roots.push_back(group.formula);
  if (subject_.rating) {
    for (const Cap& cap : subject_.rating->caps) roots.push_back(cap.level);
    for (const auto& priorities : subject_.rating->quota_priorities) append(priorities);
  }
  std::erase(roots, kNone);
  return roots;
}

void SubjectChecker::warn_about_unused() {
  std::set<std::uint32_t> fields, lists;
  for (ExprId root : all_roots()) {
    walk(root, [&](const Expr& node) {
      if (node.op == Op::field) fields.insert(node.index);
      bool fold = node.op == Op::exists || node.op == Op::every || node.op == Op::share || node.op == Op::count || node.op == Op::sum ||
                  node.op == Op::mean || node.op == Op::largest || node.op == Op::smallest;
      if (fold) lists.insert(node.index);
    });
  }
  for (const Field& field : subject_.fields)
    if (field.info.at_most_field != kNone) fields.insert(field.info.at_most_field);
  for (const PlanField& plan : plan_.fields) {
    if (plan.shared_by_pack || (!plan_.refines.empty() && !plan.of_refiner)) continue;
    for (const syntax::Name& written : plan.part->names) {
      syntax::Name name = name_in(plan.part.context, written);
      std::string id = field_id(fold_id(name.text), plan.scope);
      if (!is_used(id, fields, lists)) report_.at(plan.part.context, name.span, Diag::field_unused, {name.text});
    }
  }
}

/// A record is used when one of its fields is.
bool SubjectChecker::is_used(const std::string& id, const std::set<std::uint32_t>& fields, const std::set<std::uint32_t>& lists) const {
  for (std::uint32_t field : fields) {
    const bytecode::Field& info = subject_.fields[field].info;
    if (info.list == kNone && (info.id == id || info.id.starts_with(id + "."))) return true;
  }
  for (std::uint32_t list : lists)
    if (subject_.lists[list].info.id == id || subject_.lists[list].info.id.starts_with(id + ".")) return true;
  return is_replaced(id);
}

// ---------------------------------------------------------------- points that need themselves

namespace {

/// Criteria, then groups, then the total, as numbers of one graph.
struct SheetGraph {
  std::size_t criteria, groups;
  std::vector<std::vector<std::size_t>> needs;
  std::vector<Span> places;   ///< where a formula asks for points

  std::size_t criterion(std::size_t index) const { return index; }
  std::size_t group(std::size_t index) const { return criteria + index; }
  std::size_t total() const { return criteria + groups; }
};

bool needs_itself(const SheetGraph& graph, std::size_t at, std::vector<int>& state, std::size_t& culprit) {
  if (state[at] != 0) {
    culprit = at;
    return state[at] == 1;
  }
  state[at] = 1;
  for (std::size_t other : graph.needs[at])
    if (needs_itself(graph, other, state, culprit)) return true;
  state[at] = 2;
  return false;
}

}  // namespace

void SubjectChecker::check_points_cycles() {
  SheetGraph graph{subject_.criteria.size(), subject_.groups.size(), {}, {}};
  graph.needs.resize(graph.total() + 1);
  graph.places.resize(graph.total() + 1);
  auto note_roots = [&](std::size_t node, const std::vector<ExprId>& roots) {
    for (ExprId root : roots) {
      if (root == kNone) continue;
      walk(root, [&](const Expr& e) {
        if (e.op != Op::points_of && e.op != Op::total_points) return;
        std::size_t wanted = e.op == Op::total_points ? graph.total() : e.flag ? graph.group(e.index) : graph.criterion(e.index);
        graph.needs[node].push_back(wanted);
        graph.places[node] = e.span;
      });
    }
  };
  auto container = [&](std::uint32_t group) { return group == kNone ? graph.total() : graph.group(group); };
  for (std::size_t i = 0; i < graph.criteria; ++i) {
    note_roots(graph.criterion(i), roots_of(subject_.criteria[i]));
    graph.needs[container(subject_.criteria[i].group)].push_back(graph.criterion(i));
  }
  for (std::size_t i = 0; i < graph.groups; ++i) {
    note_roots(graph.group(i), {subject_.groups[i].formula});
    graph.needs[container(subject_.groups[i].parent)].push_back(graph.group(i));
  }
  for (const LoseAll& loss : subject_.lose_alls)
    note_roots(loss.criterion != kNone ? graph.criterion(loss.criterion) : graph.group(loss.group), {loss.condition});
  for (std::size_t node = 0; node <= graph.total(); ++node) {
    std::vector<int> state(graph.total() + 1, 0);
    std::size_t culprit = node;
    if (!graph.places[node].valid() || !needs_itself(graph, node, state, culprit) || culprit != node) continue;
    report_.at(graph.places[node], Diag::points_need_themselves, {});
    return;
  }
}

}  // namespace quy::sema
