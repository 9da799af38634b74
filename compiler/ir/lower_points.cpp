// Points: forms of scoring, what left-out items do, groups, the total. docs/language.md §5 is the meaning.

#include <algorithm>

#include "compiler/ir/lowering.h"
#include "runtime/bytecode/given_total.h"

namespace quy::ir {

using sema::NaEffect;

namespace {

/// Index of a cause in sema::Treatments and its code in the instruction `state`.
constexpr std::uint32_t kExcluded = 0, kDidNotArise = 1, kNotYetDue = 2;

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
  return build_.make(Opcode::round, {value}, 0, rounding_code(mode), {*step});
}

NodeId Lowering::row_points(const sema::RowPoints& points, NodeId maximum) {
  NodeId value = build_.number(points.value);
  return points.share ? build_.multiply(maximum, value) : value;
}

NodeId Lowering::score_met(const sema::Met& form, std::uint32_t index) {
  std::vector<NodeId> conditions;
  for (sema::ExprId id : form.conditions) conditions.push_back(condition(id));
  return build_.pick(build_.all(conditions), scale_of(index), build_.number(0));
}

NodeId Lowering::score_table(const sema::ScoreTable& form, std::uint32_t index) {
  if (form.value != kNone) number(form.value);   // its (phải có) parts count even where no row asks for the value
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
  NodeId times = build_.larger(number(form.times), build_.number(0));   // fewer than none is none
  NodeId amount = build_.multiply(times, build_.number(form.points));
  if (form.cap) amount = build_.smaller(amount, build_.number(*form.cap));
  const sema::Criterion& criterion = subject().criteria[index];
  bool inside_deductions = false;
  for (std::uint32_t group = criterion.group; group != kNone; group = subject().groups[group].parent)
    inside_deductions |= subject().groups[group].sign == sema::Group::Sign::deductions;
  if (form.deducts && !inside_deductions) return build_.larger(build_.number(0), build_.subtract(scale_of(index), amount));
  return build_.smaller(amount, scale_of(index));
}

NodeId Lowering::score_proportional(const sema::Proportional& form, std::uint32_t index) {
  NodeId share = build_.larger(build_.number(0), build_.smaller(number(form.share), build_.number(1)));
  NodeId points = build_.multiply(share, scale_of(index));
  // Rounding never lifts above the maximum.
  return form.step ? build_.smaller(rounded(points, form.step, form.rounding), scale_of(index)) : points;
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
  Gathering parts(*this);
  NodeId points = std::visit(Visitor{*this, index}, criterion.scoring);
  note_for_sheet(parts.no_basis());
  return build_.multiply(points, build_.number(criterion.coefficient));
}

NodeId Lowering::take_losses(NodeId value, std::uint32_t criterion, std::uint32_t group, std::uint32_t parent) {
  std::vector<NodeId> losses;
  for (const sema::LoseAll& lose : subject().lose_alls) {
    bool concerns = (criterion != kNone && lose.criterion == criterion) || (group != kNone && lose.group == group);
    if (!concerns) continue;
    Condition lowered = rule_condition(lose.condition);
    note_for_sheet(lowered.no_basis);
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

void Lowering::collect_states(sema::ExprId id, NodeId chosen, Causes& causes) {
  const sema::Expr& e = expr(id);
  if (e.op == sema::Op::field) return collect_states_of_field(e.index, chosen, causes);
  for (std::size_t i = 0; i < e.children.size(); ++i) {
    // Of an open choice only the option in force counts.
    NodeId option = e.op == sema::Op::reading ? build_.reading(e.index, static_cast<std::uint32_t>(i)) : kNone;
    NodeId both = option == kNone ? chosen : chosen == kNone ? option : build_.all({chosen, option});
    collect_states(e.children[i], both, causes);
  }
}

/// A row's field counts when it is so in some row.
void Lowering::collect_states_of_field(std::uint32_t field, NodeId chosen, Causes& causes) {
  const bytecode::Field& info = graph_.fields[field];
  if (info.place == bytecode::FieldPlace::span_over) {
    NodeId under_way = build_.negate(build_.field(field));
    causes.not_yet_due.push_back(chosen == kNone ? under_way : build_.all({chosen, under_way}));
  }
  if (!info.may_be_left_out) return;
  auto state = [&](std::uint32_t cause) {
    NodeId is = build_.state(field, cause);
    if (info.list != kNone) is = build_.fold(Opcode::fold_any, is, info.list);
    return chosen == kNone ? is : build_.all({chosen, is});
  };
  causes.not_yet_due.push_back(state(kNotYetDue));
  causes.excluded.push_back(state(kExcluded));
}

Lowering::Causes Lowering::causes_of_scoring(const sema::Scoring& scoring) {
  Causes causes;
  auto read = [&](sema::ExprId id) {
    if (id != kNone) collect_states(id, kNone, causes);
  };
  if (const auto* met = std::get_if<sema::Met>(&scoring))
    for (sema::ExprId id : met->conditions) read(id);
  if (const auto* table = std::get_if<sema::ScoreTable>(&scoring)) {
    read(table->value);
    for (const sema::TableRow& row : table->rows) read(row.guard);
  }
  if (const auto* choice = std::get_if<sema::LevelChoice>(&scoring)) collect_states_of_field(choice->field, kNone, causes);
  if (const auto* judged = std::get_if<sema::Judged>(&scoring)) collect_states_of_field(judged->field, kNone, causes);
  if (const auto* per_unit = std::get_if<sema::PerUnit>(&scoring)) read(per_unit->times);
  if (const auto* proportional = std::get_if<sema::Proportional>(&scoring)) read(proportional->share);
  if (const auto* formula = std::get_if<sema::FormulaScore>(&scoring)) read(formula->value);
  return causes;
}

/// A group's causes are those of its members that are left out.
Lowering::Causes Lowering::causes_of_members(const std::vector<Item>& items) {
  Causes causes;
  for (const Item& item : items) {
    if (item.left_out == kNone) continue;
    causes.not_yet_due.push_back(build_.all({item.left_out, build_.any(item.causes.not_yet_due)}));
    causes.excluded.push_back(build_.all({item.left_out, build_.any(item.causes.excluded)}));
  }
  return causes;
}

Lowering::Item Lowering::treat(NodeId value, NodeId maximum, NodeId full_points, const sema::Treatments& treatments, Causes causes) {
  Item item{.points = value, .maximum = maximum, .causes = std::move(causes)};
  if (!build_.may_be_left_out(value)) return item;
  item.left_out = build_.left_out(value);

  // The first of these that holds is the cause; a zero denominator is "did not arise".
  auto effect = [&](std::uint32_t cause) { return treatments.by_cause[cause].value_or(NaEffect::no_total); };
  bool same = effect(kExcluded) == effect(kDidNotArise) && effect(kDidNotArise) == effect(kNotYetDue);
  NodeId due = same ? kNone : build_.any(item.causes.not_yet_due), excluded = same ? kNone : build_.any(item.causes.excluded);
  auto cause_has = [&](NaEffect wanted) {
    auto is = [&](std::uint32_t cause) { return build_.truth(effect(cause) == wanted); };
    return same ? is(kExcluded) : build_.choose(due, is(kNotYetDue), build_.choose(excluded, is(kExcluded), is(kDidNotArise)));
  };
  auto where_or_never = [&](NaEffect wanted) {
    NodeId condition = build_.all({item.left_out, cause_has(wanted)});
    return build_.constant_truth(condition) == std::optional(false) ? kNone : condition;
  };

  NodeId none = where_or_never(NaEffect::no_total);
  if (none != kNone) no_total_.push_back(none);
  item.shared_in_group = where_or_never(NaEffect::share_in_group);
  item.shared_in_sheet = where_or_never(NaEffect::share_in_sheet);
  item.points = build_.or_else(value, build_.pick(cause_has(NaEffect::full_points), full_points, build_.number(0)));
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
  Item item = treat(value, maximum_of(index), maximum_of(index), criterion.treatments, causes_of_scoring(criterion.scoring));
  criterion_items_[index] = item;
  criterion_points_[index] = item.points;
  graph_.observables[seen].node = item.points;
  graph_.observables[seen].left_out = left_out;
  graph_.observables[seen].maximum = item.maximum;

  // The reader of evidence puts presumed points in, so no register holds them; the observable is there for its clauses.
  if (const auto* judged = std::get_if<sema::Judged>(&criterion.scoring); judged && judged->presumed)
    observe({.role = Role::value,
             .parent = seen,
             .span = judged->presumed_clauses.span,
             .clauses = judged->presumed_clauses.ids,
             .id = "presumed",
             .label = {},
             .text = {},
             .unit = {}});
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

bool Lowering::is_zero(NodeId id) const { return build_.constant_value(id) == Rational(0); }

Lowering::Item Lowering::treated_formula(std::uint32_t index, std::uint32_t seen) {
  const sema::Group& group = subject().groups[index];
  NodeId maximum = group_maximum_of(index);
  Gathering parts(*this);
  NodeId points = build_.larger(build_.number(0), build_.smaller(number(group.formula), maximum));
  note_for_sheet(parts.no_basis());
  Causes causes;
  collect_states(group.formula, kNone, causes);
  formula_left_out_[index] = build_.left_out(points);
  return treat(take_losses(points, kNone, index, seen), maximum, maximum, group.treatments, std::move(causes));
}

Lowering::Item Lowering::treated_sum(std::uint32_t index, const std::vector<Item>& items, std::uint32_t seen) {
  const sema::Group& group = subject().groups[index];
  NodeId maximum = group_maximum_of(index);
  NodeId value = sum_of(items, group.highest_only);
  if (group.sign != sema::Group::Sign::plain) {
    // Capped sums; nothing is shared out among deductions or bonuses.
    if (group.maximum) value = build_.smaller(value, maximum);
    return Item{.points = take_losses(value, kNone, index, seen), .maximum = maximum, .causes = {}};
  }
  // A sum of closed maxima cannot pass the group's; only open points need the ceiling.
  if (group.maximum && graph_.has_open_points) value = build_.smaller(value, maximum);

  Shares shares = shares_of(items);
  NodeId scale = build_.subtract(maximum, shares.in_sheet);
  if (!is_zero(shares.in_group)) {
    // The maxima inside close, so what is left of the scale is the sum of the rest's maxima; of the highest alone it is not.
    NodeId rest = group.highest_only ? shares.rest : build_.subtract(scale, shares.in_group);
    NodeId quotient = shared_out(value, scale, rest);
    bool always = !group.highest_only && is_zero(shares.in_sheet);
    value = always ? quotient : build_.pick(build_.compare(shares.in_group, sema::Comparison::greater, build_.number(0)), quotient, value);
  }
  Item item = treat(take_losses(value, kNone, index, seen), maximum, scale, group.treatments, causes_of_members(items));
  item.inside_sheet = shares.in_sheet;
  return item;
}

NodeId Lowering::shared_out(NodeId points, NodeId scale, NodeId rest) {
  shares_out_ = true;
  return build_.divide(build_.multiply(points, scale), build_.larger(rest, build_.number(0)));
}

NodeId Lowering::within_sheet(NodeId points, NodeId sheet) {
  bool may_exceed = std::any_of(subject().criteria.begin(), subject().criteria.end(), [](const sema::Criterion& criterion) {
    const auto* formula = std::get_if<sema::FormulaScore>(&criterion.scoring);
    return formula != nullptr && formula->may_exceed_to;
  });
  return may_exceed || !shares_out_ ? points : build_.smaller(points, sheet);
}

Lowering::Shares Lowering::shares_of(const std::vector<Item>& items) {
  NodeId none = build_.number(0);
  Shares shares{.in_group = none, .in_sheet = none, .rest = none};
  for (const Item& item : items) {
    NodeId weight = item.inside_sheet == kNone ? item.maximum : build_.subtract(item.maximum, item.inside_sheet);
    if (item.inside_sheet != kNone) shares.in_sheet = build_.add(shares.in_sheet, item.inside_sheet);
    NodeId stays = weight;
    if (item.shared_in_group != kNone) {
      shares.in_group = build_.add(shares.in_group, build_.pick(item.shared_in_group, weight, none));
      stays = build_.pick(item.shared_in_group, none, stays);
    }
    if (item.shared_in_sheet != kNone) {
      shares.in_sheet = build_.add(shares.in_sheet, build_.pick(item.shared_in_sheet, weight, none));
      stays = build_.pick(item.shared_in_sheet, none, stays);
    }
    shares.rest = build_.add(shares.rest, stays);
  }
  return shares;
}

NodeId Lowering::applicable_maximum(std::uint32_t index) {
  NodeId none = build_.number(0);
  auto unless = [&](NodeId left_out, NodeId maximum) { return left_out == kNone ? maximum : build_.pick(left_out, none, maximum); };
  if (subject().groups[index].formula != kNone) return unless(formula_left_out_[index], group_maximum_of(index));
  NodeId sum = none;
  for (std::uint32_t i = 0; i < subject().criteria.size(); ++i)
    if (subject().criteria[i].group == index) sum = build_.add(sum, unless(criterion_items_[i].left_out, maximum_of(i)));
  for (std::uint32_t child : children_groups(index)) sum = build_.add(sum, applicable_maximum(child));
  return sum;
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
  Item item = group.formula != kNone ? treated_formula(index, seen) : treated_sum(index, items, seen);
  if (group.least_share) {
    NodeId wanted = build_.multiply(maximum, build_.number(*group.least_share));
    no_total_.push_back(build_.compare(applicable_maximum(index), sema::Comparison::less, wanted));
  }
  NodeId left_out = item.left_out == kNone ? build_.truth(false) : item.left_out;
  group_items_[index] = item;
  group_points_[index] = item.points;
  graph_.observables[seen].node = item.points;
  graph_.observables[seen].left_out = left_out;
  graph_.observables[seen].maximum = maximum;
}

void Lowering::lower_total() {
  using Sign = sema::Group::Sign;
  NodeId extra = build_.number(0), sheet = build_.number(0);
  std::vector<Item> plain;
  for (std::uint32_t i = 0; i < subject().groups.size(); ++i) {
    const sema::Group& group = subject().groups[i];
    if (group.parent != kNone) continue;
    NodeId points = points_of_group(i);
    graph_.observables[graph_.group_observables[i]].parent = total_observable_;
    if (group.sign == Sign::bonuses) extra = build_.add(extra, points);
    if (group.sign == Sign::deductions) extra = build_.subtract(extra, points);
    if (group.sign == Sign::plain) plain.push_back(group_items_[i]);
  }
  for (std::uint32_t i = 0; i < subject().criteria.size(); ++i)
    if (subject().criteria[i].group == kNone) {
      points_of_criterion(i);
      plain.push_back(criterion_items_[i]);
      graph_.observables[graph_.criterion_observables[i]].parent = total_observable_;
    }
  if (plain.empty()) return;
  for (const Item& item : plain) sheet = build_.add(sheet, item.maximum);
  NodeId points = sum_of(plain, false);
  // The group around an item at the top is the sheet, so there `trong nhóm` and `toàn phiếu` are one. With nothing left there is no total.
  Shares shares = shares_of(plain);
  NodeId leaves = build_.add(shares.in_group, shares.in_sheet);
  if (!is_zero(leaves)) points = shared_out(points, sheet, build_.subtract(sheet, leaves));
  points = within_sheet(points, sheet);
  NodeId total = is_zero(extra) ? points : build_.larger(build_.number(0), build_.add(points, extra));
  if (!no_total_.empty()) total = build_.make(Opcode::keep, {total, build_.negate(build_.holds(build_.any(no_total_)))});
  graph_.total = total;
}

void Lowering::lower_sheet() {
  const std::size_t criteria = subject().criteria.size(), groups = subject().groups.size();
  criterion_items_.resize(criteria);
  group_items_.resize(groups);
  formula_left_out_.assign(groups, kNone);
  criterion_points_.assign(criteria, kNone);
  criterion_scales_.assign(criteria, kNone);
  group_points_.assign(groups, kNone);
  group_maxima_.assign(groups, kNone);
  graph_.criterion_observables.assign(criteria, kNone);
  graph_.group_observables.assign(groups, kNone);
  if (options_.given_total) {
    graph_.fields.push_back(bytecode::given_total_field());
    graph_.total = build_.field(static_cast<std::uint32_t>(graph_.fields.size() - 1));
    return;
  }
  total_observable_ = observe({.role = Role::total, .span = subject().span, .clauses = subject().clauses.ids, .id = {}, .label = {}, .text = {}, .unit = {}});
  lower_total();
  graph_.observables[total_observable_].node = graph_.total;
}

}  // namespace quy::ir
