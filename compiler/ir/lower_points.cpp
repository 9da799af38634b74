// Points: forms of scoring, what left-out items do, groups, the total. docs/language.md §5 is the meaning.

#include <algorithm>

#include "compiler/ir/lowering.h"

namespace quy::ir {

using sema::NaEffect;

namespace {

/// Index of a cause in sema::Treatments and its code in the instruction `state`.
constexpr std::uint32_t kExcluded = 0, kDidNotArise = 1, kNotYetDue = 2;

std::uint32_t rounding_mode(Rounding mode) {
  if (mode == Rounding::down || mode == Rounding::floor) return 1;
  if (mode == Rounding::up || mode == Rounding::ceiling) return 2;
  return 0;
}

/// The most a subject's points can be: what open points are bounded by.
const Rational kSheetMaximum = 100;

}  // namespace

// ---------------------------------------------------------------- maxima

NodeId Lowering::open_points(const std::string& id, const Rational& bound) {
  bytecode::Field field;
  field.id = id;
  field.name = id;
  field.kind = bytecode::FieldKind::points;
  field.place = bytecode::FieldPlace::open_points;
  field.digits = 2;
  field.low = 0;
  field.high = bound;
  graph_.fields.push_back(field);
  graph_.has_open_points = true;
  return build_.field(static_cast<std::uint32_t>(graph_.fields.size() - 1));
}

NodeId Lowering::scale_of(std::uint32_t index) {
  NodeId& known = criterion_scales_[index];
  if (known != kNone) return known;
  const sema::Criterion& criterion = subject().criteria[index];
  if (criterion.proposed_maximum != kNone) return known = build_.field(criterion.proposed_maximum);
  if (criterion.maximum) return known = build_.number(*criterion.maximum);
  Rational bound = kSheetMaximum;
  for (std::uint32_t group = criterion.group; group != kNone; group = subject().groups[group].parent)
    if (subject().groups[group].maximum) {
      bound = *subject().groups[group].maximum;
      break;
    }
  return known = open_points("open_points." + criterion.id, bound);
}

NodeId Lowering::maximum_of(std::uint32_t index) {
  return build_.multiply(scale_of(index), build_.number(subject().criteria[index].coefficient));
}

NodeId Lowering::group_maximum_of(std::uint32_t index) {
  NodeId& known = group_maxima_[index];
  if (known != kNone) return known;
  const sema::Group& group = subject().groups[index];
  if (group.maximum) {
    known = build_.number(*group.maximum);
    return known;
  }
  NodeId sum = build_.number(0);
  for (std::uint32_t child : children_groups(index)) sum = build_.add(sum, group_maximum_of(child));
  for (std::uint32_t i = 0; i < subject().criteria.size(); ++i)
    if (subject().criteria[i].group == index) sum = build_.add(sum, maximum_of(i));
  known = sum;
  return known;
}

std::vector<std::uint32_t> Lowering::children_groups(std::uint32_t group) const {
  std::vector<std::uint32_t> children;
  for (std::uint32_t i = 0; i < subject().groups.size(); ++i)
    if (subject().groups[i].parent == group) children.push_back(i);
  return children;
}

// ---------------------------------------------------------------- forms of scoring

NodeId Lowering::rounded(NodeId value, const std::optional<Rational>& step, Rounding mode) {
  if (!step) return value;
  return build_.make(Opcode::round, {value}, 0, rounding_mode(mode), {*step});
}

NodeId Lowering::row_points(const sema::RowPoints& points, NodeId maximum) {
  NodeId value = build_.number(points.value);
  return points.share ? build_.multiply(maximum, value) : value;
}

NodeId Lowering::score_met(const sema::Met& form, std::uint32_t index) {
  std::vector<NodeId> conditions;
  for (sema::ExprId id : form.conditions) {
    Condition rule = rule_condition(id);
    conditions.push_back(rule.node);
    if (rule.no_basis != kNone) sheet_no_basis_.push_back(rule.no_basis);
  }
  return build_.pick(build_.all(conditions), scale_of(index), build_.number(0));
}

NodeId Lowering::score_table(const sema::ScoreTable& form, std::uint32_t index) {
  NodeId result = row_points(form.rows.back().points, scale_of(index));
  for (std::size_t i = form.rows.size() - 1; i-- > 0;) {
    const sema::TableRow& row = form.rows[i];
    NodeId guard = condition(row.guard);
    // A row on the table's value is left out with it, and the criterion too; a row on another fact is just passed over.
    bool on_value = expr(row.guard).op == sema::Op::compare && expr(row.guard).children[0] == form.value;
    result = build_.pick(on_value ? guard : build_.holds(guard), row_points(row.points, scale_of(index)), result);
  }
  return rounded(result, form.step, form.rounding);
}

NodeId Lowering::score_choice(const sema::LevelChoice& form, std::uint32_t index) {
  NodeId chosen = build_.field(form.field);
  NodeId result = row_points(form.points.back(), scale_of(index));
  for (std::size_t step = form.points.size() - 1; step-- > 0;) {
    NodeId here = build_.compare(chosen, sema::Comparison::equal, build_.number(static_cast<int>(step)));
    result = build_.pick(here, row_points(form.points[step], scale_of(index)), result);
  }
  return result;
}

NodeId Lowering::score_judged(const sema::Judged& form) { return build_.field(form.field); }

NodeId Lowering::score_per_unit(const sema::PerUnit& form, std::uint32_t index) {
  NodeId amount = build_.multiply(number(form.times), build_.number(form.points));
  if (form.cap) amount = build_.smaller(amount, build_.number(*form.cap));
  const sema::Criterion& criterion = subject().criteria[index];
  bool inside_deductions = false;
  for (std::uint32_t group = criterion.group; group != kNone; group = subject().groups[group].parent)
    inside_deductions |= subject().groups[group].sign == sema::Group::Sign::deductions;
  if (form.deducts && !inside_deductions) return build_.larger(build_.number(0), build_.subtract(scale_of(index), amount));
  bool capped_already = form.cap && !criterion.maximum;
  return capped_already ? amount : build_.smaller(amount, scale_of(index));
}

NodeId Lowering::score_proportional(const sema::Proportional& form, std::uint32_t index) {
  NodeId share = build_.larger(build_.number(0), build_.smaller(number(form.share), build_.number(1)));
  return rounded(build_.multiply(share, scale_of(index)), form.step, form.rounding);
}

NodeId Lowering::score_formula(const sema::FormulaScore& form, std::uint32_t index) {
  NodeId ceiling = form.may_exceed_to ? build_.number(*form.may_exceed_to) : scale_of(index);
  return build_.larger(build_.number(0), build_.smaller(number(form.value), ceiling));
}

NodeId Lowering::raw_points(std::uint32_t index) {
  struct Visitor {
    Lowering& self;
    std::uint32_t index;
    NodeId operator()(const sema::Met& form) { return self.score_met(form, index); }
    NodeId operator()(const sema::ScoreTable& form) { return self.score_table(form, index); }
    NodeId operator()(const sema::LevelChoice& form) { return self.score_choice(form, index); }
    NodeId operator()(const sema::Judged& form) { return self.score_judged(form); }
    NodeId operator()(const sema::PerUnit& form) { return self.score_per_unit(form, index); }
    NodeId operator()(const sema::Proportional& form) { return self.score_proportional(form, index); }
    NodeId operator()(const sema::FormulaScore& form) { return self.score_formula(form, index); }
  };
  const sema::Criterion& criterion = subject().criteria[index];
  return build_.multiply(std::visit(Visitor{*this, index}, criterion.scoring), build_.number(criterion.coefficient));
}

NodeId Lowering::take_losses(NodeId value, std::uint32_t criterion, std::uint32_t group, std::uint32_t parent) {
  std::vector<NodeId> losses;
  for (const sema::LoseAll& lose : subject().lose_alls) {
    bool concerns = (criterion != kNone && lose.criterion == criterion) || (group != kNone && lose.group == group);
    if (!concerns) continue;
    Condition lowered = rule_condition(lose.condition);
    if (lowered.no_basis != kNone) sheet_no_basis_.push_back(lowered.no_basis);
    NodeId rule = build_.holds(lowered.node);
    losses.push_back(rule);
    std::uint32_t seen = observe({.role = Role::lose_all,
                                  .node = rule,
                                  .parent = parent,
                                  .span = lose.clauses.span,
                                  .clauses = lose.clauses.ids,
                                  .id = {},
                                  .label = {},
                                  .text = sentence(*graph_.pack, subject(), lose.condition),
                                  .unit = {}});
    observe_atoms(lose.condition, seen, lose.clauses.ids);
  }
  return losses.empty() ? value : build_.pick(build_.any(losses), build_.number(0), value);
}

// ---------------------------------------------------------------- what is left out

std::vector<std::uint32_t> Lowering::fields_below(NodeId id) {
  std::vector<std::uint32_t> fields;
  std::vector<NodeId> open{id};
  std::set<NodeId> seen;
  while (!open.empty()) {
    NodeId at = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    const Node& node = build_.node(at);
    bool leaf = node.op == Opcode::field || node.op == Opcode::flag;
    if (leaf && node.domain == 0 && graph_.fields[node.a].may_be_left_out) fields.push_back(node.a);
    open.insert(open.end(), node.inputs.begin(), node.inputs.end());
  }
  std::sort(fields.begin(), fields.end());
  return fields;
}

Lowering::Item Lowering::treat(NodeId value, NodeId maximum, const sema::Treatments& treatments, const std::vector<std::uint32_t>& fields) {
  Item item{.points = value, .maximum = maximum};
  if (!build_.may_be_left_out(value)) return item;

  auto any_state = [&](std::uint32_t cause) {
    std::vector<NodeId> states;
    for (std::uint32_t field : fields) states.push_back(build_.state(field, cause));
    return states.empty() ? build_.truth(false) : build_.any(states);
  };
  // The first of these that holds is the cause; a zero denominator is "did not arise".
  NodeId due = any_state(kNotYetDue), excluded = any_state(kExcluded);
  auto effect = [&](std::uint32_t cause) { return treatments.by_cause[cause].value_or(NaEffect::no_total); };
  auto where = [&](NaEffect wanted) {
    auto is = [&](std::uint32_t cause) { return build_.truth(effect(cause) == wanted); };
    bool same = effect(kExcluded) == effect(kDidNotArise) && effect(kDidNotArise) == effect(kNotYetDue);
    NodeId by_cause = same ? is(kExcluded) : build_.choose(due, is(kNotYetDue), build_.choose(excluded, is(kExcluded), is(kDidNotArise)));
    return build_.all({build_.left_out(value), by_cause});
  };
  auto never = [&](NodeId condition) { return build_.constant_truth(condition) == std::optional(false); };

  NodeId full = where(NaEffect::full_points);
  NodeId group = where(NaEffect::share_in_group), sheet = where(NaEffect::share_in_sheet), none = where(NaEffect::no_total);
  if (!never(none)) no_total_.push_back(none);
  if (!never(group)) item.shared_in_group = group;
  if (!never(sheet)) item.leaves_sheet = build_.pick(sheet, maximum, build_.number(0));
  NodeId instead = never(full) ? build_.number(0) : build_.pick(full, maximum, build_.number(0));
  item.points = build_.or_else(value, instead);
  return item;
}

// ---------------------------------------------------------------- criteria, groups, total

NodeId Lowering::points_of_criterion(std::uint32_t index) {
  if (criterion_points_[index] == kNone) lower_criterion(index);
  return criterion_points_[index];
}

NodeId Lowering::points_of_group(std::uint32_t index) {
  if (group_points_[index] == kNone) lower_group(index);
  return group_points_[index];
}

void Lowering::lower_criterion(std::uint32_t index) {
  if (criterion_points_[index] != kNone || !criteria_under_way_.insert(index).second) return;
  const sema::Criterion& criterion = subject().criteria[index];
  std::uint32_t seen = observe({.role = Role::criterion,
                                .span = criterion.span,
                                .clauses = criterion.clauses.ids,
                                .id = criterion.id,
                                .label = criterion.label,
                                .text = {},
                                .unit = {}});
  graph_.criterion_observables[index] = seen;
  NodeId value = take_losses(raw_points(index), index, kNone, seen);
  NodeId left_out = build_.left_out(value);
  Item item = treat(value, maximum_of(index), criterion.treatments, fields_below(value));
  criterion_items_[index] = item;
  criterion_points_[index] = item.points;
  graph_.observables[seen].node = item.points;
  graph_.observables[seen].left_out = left_out;
  graph_.observables[seen].maximum = item.maximum;

  if (const auto* met = std::get_if<sema::Met>(&criterion.scoring))
    for (std::size_t i = 0; i < met->conditions.size(); ++i) {
      const std::vector<std::string>& clauses = met->clauses[i].ids.empty() ? criterion.clauses.ids : met->clauses[i].ids;
      std::uint32_t rule = observe({.role = Role::criterion_condition,
                                    .node = condition(met->conditions[i]),
                                    .parent = seen,
                                    .span = expr(met->conditions[i]).span,
                                    .clauses = clauses,
                                    .id = {},
                                    .label = {},
                                    .text = sentence(*graph_.pack, subject(), met->conditions[i]),
                                    .unit = {}});
      observe_atoms(met->conditions[i], rule, clauses);
    }
  if (const auto* table = std::get_if<sema::ScoreTable>(&criterion.scoring))
    for (const sema::TableRow& row : table->rows)
      if (row.guard != kNone) {
        std::uint32_t guard = observe({.role = Role::criterion_row,
                                       .node = condition(row.guard),
                                       .parent = seen,
                                       .span = row.span,
                                       .clauses = criterion.clauses.ids,
                                       .id = {},
                                       .label = {},
                                       .text = sentence(*graph_.pack, subject(), row.guard),
                                       .unit = {}});
        observe_atoms(row.guard, guard, criterion.clauses.ids);
      }
}

NodeId Lowering::sum_of(const std::vector<Item>& items, bool highest_only) {
  NodeId result = build_.number(0);
  for (const Item& item : items) result = highest_only ? build_.larger(result, item.points) : build_.add(result, item.points);
  return result;
}

void Lowering::lower_group(std::uint32_t index) {
  const sema::Group& group = subject().groups[index];
  std::uint32_t seen = observe({.role = Role::group,
                                .span = group.span,
                                .clauses = group.clauses.ids,
                                .id = group.id,
                                .label = group.label,
                                .text = {},
                                .unit = {}});
  graph_.group_observables[index] = seen;

  std::vector<Item> items;
  for (std::uint32_t child : children_groups(index)) {
    points_of_group(child);
    items.push_back(group_items_[child]);
    graph_.observables[graph_.group_observables[child]].parent = seen;
  }
  for (std::uint32_t i = 0; i < subject().criteria.size(); ++i)
    if (subject().criteria[i].group == index) {
      points_of_criterion(i);
      items.push_back(criterion_items_[i]);
      graph_.observables[graph_.criterion_observables[i]].parent = seen;
    }

  NodeId maximum = group_maximum_of(index);
  NodeId value = group.formula != kNone ? build_.larger(build_.number(0), build_.smaller(number(group.formula), maximum))
                                        : sum_of(items, group.highest_only);
  // A sum of closed maxima cannot pass the group's; only open points, bonuses and deductions need the ceiling.
  bool bounded = group.sign == sema::Group::Sign::plain && group.maximum && group.formula == kNone && !graph_.has_open_points;
  if (group.maximum && !bounded) value = build_.smaller(value, maximum);

  NodeId left = build_.number(0), leaves_sheet = build_.number(0);   // maxima of what is shared out
  for (const Item& item : items) {
    if (item.shared_in_group != kNone) left = build_.add(left, build_.pick(item.shared_in_group, item.maximum, build_.number(0)));
    if (item.leaves_sheet != kNone) leaves_sheet = build_.add(leaves_sheet, item.leaves_sheet);
  }
  NodeId remaining = build_.subtract(maximum, left);
  if (!build_.constant_value(left)) {
    value = build_.divide(build_.multiply(value, maximum), build_.larger(remaining, build_.number(0)));
    if (group.least_share) {
      NodeId too_little =
          build_.compare(remaining, sema::Comparison::less, build_.multiply(maximum, build_.number(*group.least_share)));
      no_total_.push_back(too_little);
    }
  }
  value = take_losses(value, kNone, index, seen);
  NodeId left_out = build_.left_out(value);
  Item item = treat(value, maximum, group.treatments, group.formula != kNone ? fields_below(value) : std::vector<std::uint32_t>{});
  if (!build_.constant_value(leaves_sheet)) {
    // The whole group leaving the sheet takes its parts along.
    item.leaves_sheet = item.leaves_sheet == kNone ? leaves_sheet : build_.larger(item.leaves_sheet, leaves_sheet);
  }
  group_items_[index] = item;
  group_points_[index] = item.points;
  graph_.observables[seen].node = item.points;
  graph_.observables[seen].left_out = left_out;
  graph_.observables[seen].maximum = maximum;
}

void Lowering::lower_total() {
  using Sign = sema::Group::Sign;
  NodeId plain = build_.number(0), extra = build_.number(0), sheet = build_.number(0), leaves = build_.number(0);
  bool some_plain = false;
  for (std::uint32_t i = 0; i < subject().groups.size(); ++i) {
    const sema::Group& group = subject().groups[i];
    if (group.parent != kNone) continue;
    NodeId points = points_of_group(i);
    graph_.observables[graph_.group_observables[i]].parent = total_observable_;
    if (group.sign == Sign::bonuses) extra = build_.add(extra, points);
    if (group.sign == Sign::deductions) extra = build_.subtract(extra, points);
    if (group.sign != Sign::plain) continue;
    some_plain = true;
    plain = build_.add(plain, points);
    sheet = build_.add(sheet, group_maximum_of(i));
    const Item& item = group_items_[i];
    if (item.leaves_sheet != kNone) leaves = build_.add(leaves, item.leaves_sheet);
    // A top-level group that shares within "the group around it" has only the sheet around it.
    if (item.shared_in_group != kNone) leaves = build_.add(leaves, build_.pick(item.shared_in_group, group_maximum_of(i), build_.number(0)));
  }
  for (std::uint32_t i = 0; i < subject().criteria.size(); ++i)
    if (subject().criteria[i].group == kNone) {
      some_plain = true;
      plain = build_.add(plain, points_of_criterion(i));
      sheet = build_.add(sheet, maximum_of(i));
      graph_.observables[graph_.criterion_observables[i]].parent = total_observable_;
      const Item& item = criterion_items_[i];
      if (item.leaves_sheet != kNone) leaves = build_.add(leaves, item.leaves_sheet);
      if (item.shared_in_group != kNone) leaves = build_.add(leaves, build_.pick(item.shared_in_group, item.maximum, build_.number(0)));
    }
  if (!some_plain) return;
  if (!build_.constant_value(leaves))
    plain = build_.divide(build_.multiply(plain, sheet), build_.larger(build_.subtract(sheet, leaves), build_.number(0)));
  NodeId total = build_.constant_value(extra) ? plain : build_.larger(build_.number(0), build_.add(plain, extra));
  if (!no_total_.empty()) total = build_.make(Opcode::keep, {total, build_.negate(build_.holds(build_.any(no_total_)))});
  graph_.total = total;
}

void Lowering::lower_sheet() {
  const std::size_t criteria = subject().criteria.size(), groups = subject().groups.size();
  criterion_items_.resize(criteria);
  group_items_.resize(groups);
  criterion_points_.assign(criteria, kNone);
  criterion_scales_.assign(criteria, kNone);
  group_points_.assign(groups, kNone);
  group_maxima_.assign(groups, kNone);
  graph_.criterion_observables.assign(criteria, kNone);
  graph_.group_observables.assign(groups, kNone);
  if (options_.given_total) {
    bytecode::Field field;
    field.id = field.name = "given_total";
    field.kind = bytecode::FieldKind::points;
    field.place = bytecode::FieldPlace::given_total;
    field.digits = 9;
    field.low = -1000000;
    field.high = 1000000;
    graph_.fields.push_back(field);
    graph_.total = build_.field(static_cast<std::uint32_t>(graph_.fields.size() - 1));
    return;
  }
  total_observable_ = observe({.role = Role::total, .span = subject().span, .clauses = subject().clauses.ids, .id = {}, .label = {}, .text = {}, .unit = {}});
  lower_total();
  graph_.observables[total_observable_].node = graph_.total;
}

}  // namespace quy::ir
