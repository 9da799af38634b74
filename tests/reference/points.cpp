// Points: docs/language.md §5.

#include <algorithm>
#include <stdexcept>

#include "tests/reference/evaluation.h"

namespace quy::reference {

using sema::Group;

namespace {

Rational within(const Rational& value, const Rational& low, const Rational& high) {
  if (value < low) return low;
  return value > high ? high : value;
}

Rational points_of_row(const sema::RowPoints& points, const Rational& maximum) {
  return points.share ? points.value * maximum : points.value;   // `50%` is half of the maximum
}

/// Which of two causes is given: not yet due before excluded before did not arise. CORNER: a group's cause is found among its members' by
/// the order that holds for fields.
bool before(NaCause a, NaCause b) {
  const auto rank = [](NaCause cause) { return cause == NaCause::not_yet_due ? 0 : cause == NaCause::not_applicable ? 1 : 2; };
  return rank(a) < rank(b);
}

}  // namespace

// ---------------------------------------------------------------- maxima

Rational Evaluation::criterion_maximum(std::uint32_t index) const {
  const sema::Criterion& criterion = subject_.criteria[index];
  if (criterion.maximum) return *criterion.maximum;
  if (criterion.proposed_maximum != kNone) return evidence_.fields[criterion.proposed_maximum].number;
  throw std::logic_error("the reference evaluator does not rate open points");
}

Rational Evaluation::group_maximum(std::uint32_t index) const {
  if (subject_.groups[index].maximum) return *subject_.groups[index].maximum;
  Rational sum = 0;
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) {
    if (subject_.criteria[i].group == index) sum = sum + criterion_maximum(i) * subject_.criteria[i].coefficient;
  }
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) {
    if (subject_.groups[i].parent == index) sum = sum + group_maximum(i);
  }
  return sum;
}

// ---------------------------------------------------------------- one criterion

std::vector<ExprId> Evaluation::scoring_exprs(const sema::Scoring& scoring) const {
  std::vector<ExprId> exprs;
  if (const auto* met = std::get_if<sema::Met>(&scoring)) exprs = met->conditions;
  if (const auto* table = std::get_if<sema::ScoreTable>(&scoring)) {
    if (table->value != kNone) exprs.push_back(table->value);
    for (const sema::TableRow& row : table->rows) {
      if (row.guard != kNone) exprs.push_back(row.guard);
    }
  }
  if (const auto* per_unit = std::get_if<sema::PerUnit>(&scoring)) exprs.push_back(per_unit->times);
  if (const auto* proportional = std::get_if<sema::Proportional>(&scoring)) exprs.push_back(proportional->share);
  if (const auto* formula = std::get_if<sema::FormulaScore>(&scoring)) exprs.push_back(formula->value);
  return exprs;
}

std::vector<std::uint32_t> Evaluation::scoring_fields(const sema::Scoring& scoring) const {
  std::set<std::uint32_t> fields;
  for (const ExprId id : scoring_exprs(scoring)) collect_fields(id, fields);
  if (const auto* choice = std::get_if<sema::LevelChoice>(&scoring)) fields.insert(choice->field);
  if (const auto* judged = std::get_if<sema::Judged>(&scoring)) fields.insert(judged->field);
  return {fields.begin(), fields.end()};
}

/// "The cause is not yet due if a field it reads is, else excluded if one is, else did not arise." A row's field counts when it is so in
/// some row.
NaCause Evaluation::cause_of(const std::set<std::uint32_t>& fields) const {
  bool excluded = false, not_yet_due = false;
  const auto see = [&](const Datum& fact) {
    if (fact.state != Datum::State::left_out) return;
    excluded = excluded || fact.cause == NaCause::not_applicable;
    not_yet_due = not_yet_due || fact.cause == NaCause::not_yet_due;
  };
  for (const std::uint32_t field : fields) {
    const std::uint32_t list = subject_.fields[field].info.list;
    if (subject_.fields[field].info.place == bytecode::FieldPlace::span_over) {
      not_yet_due = not_yet_due || evidence_.fields[field].number == Rational(0);
    } else if (list == kNone) {
      see(evidence_.fields[field]);
    } else {
      for (std::uint32_t row = 0; row < rows(list).size(); ++row) see(datum(field, row));
    }
  }
  if (not_yet_due) return NaCause::not_yet_due;
  return excluded ? NaCause::not_applicable : NaCause::did_not_arise;
}

/// Points by the criterion's form, before its coefficient and whatever loses all; nothing when it is left out.
std::optional<Rational> Evaluation::score(std::uint32_t index) const {
  const sema::Criterion& criterion = subject_.criteria[index];
  const bool deductions = criterion.group != kNone && subject_.groups[criterion.group].sign == Group::Sign::deductions;

  if (const auto* met = std::get_if<sema::Met>(&criterion.scoring)) {
    // `đạt khi`: the maximum when it holds, else 0; several lines must all hold, what is left out being passed over as in `và`.
    bool some = false, all = true;
    for (const ExprId condition : met->conditions) {
      const Truth held = truth(condition);
      some = some || held != Truth::left_out;
      all = all && held != Truth::no;
    }
    if (!some) return std::nullopt;
    return all ? criterion_maximum(index) : Rational(0);
  }

  if (const auto* table = std::get_if<sema::ScoreTable>(&criterion.scoring)) {
    // `điểm theo V`: the first row that holds, from the top. CORNER: a row `từ …` reached while V is left out leaves the criterion left
    // out; a row `khi C` that stands above it and holds is taken all the same, and one whose C is left out is passed over.
    for (const sema::TableRow& row : table->rows) {
      const bool by_floor = row.guard != kNone && subject_.expr(row.guard).op == sema::Op::compare &&
                            subject_.expr(row.guard).children[0] == table->value;
      if (by_floor && value(table->value).left_out) return std::nullopt;
      if (row.guard != kNone && !holds(row.guard)) continue;
      const Rational points = points_of_row(row.points, criterion_maximum(index));
      return table->step ? points.round_to(*table->step, table->rounding) : points;
    }
    throw std::logic_error("a table of points without `còn lại`");
  }

  if (const auto* choice = std::get_if<sema::LevelChoice>(&criterion.scoring)) {
    const Datum& chosen = evidence_.fields[choice->field];
    if (chosen.state == Datum::State::left_out) return std::nullopt;
    return points_of_row(choice->points[chosen.number.to_int64().value()], criterion_maximum(index));
  }

  if (const auto* judged = std::get_if<sema::Judged>(&criterion.scoring)) {
    const Datum& given = evidence_.fields[judged->field];
    if (given.state == Datum::State::left_out) return std::nullopt;
    return given.number;
  }

  if (const auto* per_unit = std::get_if<sema::PerUnit>(&criterion.scoring)) {
    const Value times = value(per_unit->times);
    if (times.left_out) return std::nullopt;
    // CORNER: a number of times below 0 counts as none.
    Rational amount = per_unit->points * (times.number < Rational(0) ? Rational(0) : times.number);
    if (per_unit->cap && amount > *per_unit->cap) amount = *per_unit->cap;
    // In a group of deductions the amount itself, capped; CORNER: also by the criterion's own maximum, where it has one.
    if (deductions || !per_unit->deducts) {
      return criterion.maximum || criterion.proposed_maximum != kNone ? within(amount, 0, criterion_maximum(index)) : amount;
    }
    const Rational maximum = criterion_maximum(index);
    return within(maximum - amount, 0, maximum);
  }

  if (const auto* proportional = std::get_if<sema::Proportional>(&criterion.scoring)) {
    const Value share = value(proportional->share);
    if (share.left_out) return std::nullopt;
    const Rational maximum = criterion_maximum(index);
    const Rational points = maximum * within(share.number, 0, 1);
    // CORNER: rounding never lifts above the maximum.
    return proportional->step ? within(points.round_to(*proportional->step, proportional->rounding), 0, maximum) : points;
  }

  const auto& formula = std::get<sema::FormulaScore>(criterion.scoring);
  const Value points = value(formula.value);
  if (points.left_out) return std::nullopt;
  return within(points.number, 0, formula.may_exceed_to ? *formula.may_exceed_to : criterion_maximum(index));
}

// ---------------------------------------------------------------- left out

/// §5, the table of treatments. `part` is left out, its cause known.
Evaluation::Treated Evaluation::treat(Part part, const sema::Treatments& treatments, const Rational& full_points) {
  // CORNER: "never defaulted": a cause without a declared treatment leaves no total.
  const NaEffect effect = treatments.by_cause[static_cast<std::size_t>(part.cause.value())].value_or(NaEffect::no_total);
  part.applies = false;
  if (effect == NaEffect::full_points) part.points = full_points;
  if (effect == NaEffect::zero_points) part.points = Rational(0);
  return {std::move(part), effect, effect == NaEffect::no_total, 0};
}

bool Evaluation::loses_all(std::uint32_t criterion, std::uint32_t group) const {
  return std::any_of(subject_.lose_alls.begin(), subject_.lose_alls.end(), [&](const sema::LoseAll& rule) {
    const bool named = criterion != kNone ? rule.criterion == criterion : rule.group == group;
    return named && holds(rule.condition);
  });
}

Evaluation::Treated Evaluation::treated_criterion(std::uint32_t index) const {
  const sema::Criterion& criterion = subject_.criteria[index];
  Treated treated;
  const bool unbounded = !criterion.maximum && criterion.proposed_maximum == kNone;   // a deduction bounded by its group alone
  treated.part.maximum = unbounded ? Rational(0) : criterion_maximum(index) * criterion.coefficient;
  if (loses_all(index, kNone)) {
    // `mất hết điểm`. CORNER: also of a criterion that would be left out: what is lost is not shared out among others.
    treated.part.points = Rational(0);
  } else if (const std::optional<Rational> points = score(index)) {
    treated.part.points = *points * criterion.coefficient;
  } else {
    const std::vector<std::uint32_t> read = scoring_fields(criterion.scoring);
    treated.part.cause = cause_of({read.begin(), read.end()});
    const Rational full = treated.part.maximum;
    treated = treat(std::move(treated.part), criterion.treatments, full);
  }
  return treated;
}

// ---------------------------------------------------------------- groups

std::vector<Evaluation::Treated> Evaluation::members(std::uint32_t group) const {
  std::vector<Treated> members;
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) {
    if (subject_.criteria[i].group == group) members.push_back(treated_criterion(i));
  }
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) {
    if (subject_.groups[i].parent == group) members.push_back(treated_group(i));
  }
  return members;
}

/// Maxima of the criteria in the group, at any depth, that are not left out.
Rational Evaluation::applicable_maximum(std::uint32_t index) const {
  const Group& group = subject_.groups[index];
  if (group.formula != kNone) return value(group.formula).left_out ? Rational(0) : group_maximum(index);
  Rational sum = 0;
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) {
    // CORNER: a criterion left out does not count as applicable, though its treatment may give it points.
    if (subject_.criteria[i].group != index) continue;
    const Part part = treated_criterion(i).part;
    if (part.applies) sum = sum + part.maximum;
  }
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) {
    if (subject_.groups[i].parent == index) sum = sum + applicable_maximum(i);
  }
  return sum;
}

/// What the members of a group come to, before its own rules.
Evaluation::Sum Evaluation::sum_of_members(std::uint32_t group) const {
  Sum sum;
  for (const Treated& member : members(group)) {
    sum.no_total = sum.no_total || member.no_total;
    if (member.part.cause && (!sum.cause || before(*member.part.cause, *sum.cause))) sum.cause = member.part.cause;
    const Rational weight = member.part.maximum - member.shared_in_sheet;
    sum.shared_in_sheet = sum.shared_in_sheet + member.shared_in_sheet;
    if (member.effect == NaEffect::share_in_group) {
      sum.shared_in_group = sum.shared_in_group + weight;
    } else if (member.effect == NaEffect::share_in_sheet) {
      sum.shared_in_sheet = sum.shared_in_sheet + weight;
    } else {
      // What applies keeps its place in the scale, and so do full points, zero, and `giữ nguyên thang`.
      sum.rest = sum.rest + weight;
      const Rational points = member.part.points.value_or(Rational(0));
      sum.points = sum.points + points;
      if (points > sum.highest) sum.highest = points;
    }
  }
  return sum;
}

/// A group whose points are a formula: the formula is its one member.
Evaluation::Treated Evaluation::treated_formula(std::uint32_t index) const {
  const Group& group = subject_.groups[index];
  Treated result;
  result.part.maximum = group_maximum(index);
  const Value points = value(group.formula);
  if (!points.left_out) {
    result.part.points = within(points.number, 0, result.part.maximum);
    return result;
  }
  std::set<std::uint32_t> read;
  collect_fields(group.formula, read);
  result.part.cause = cause_of(read);
  return treat(result.part, group.treatments, result.part.maximum);
}

Evaluation::Treated Evaluation::treated_sum(std::uint32_t index) const {
  const Group& group = subject_.groups[index];
  const Sum sum = sum_of_members(index);
  Treated result;
  result.part.maximum = group_maximum(index);
  result.shared_in_sheet = sum.shared_in_sheet;
  Rational points = group.highest_only ? sum.highest : sum.points;
  const Rational scale = result.part.maximum - sum.shared_in_sheet;   // CORNER: what has gone to the whole sheet is no longer the group's

  if (group.sign != Group::Sign::plain) {
    // Capped sums. CORNER: nothing is shared out among deductions or bonuses.
    if (group.maximum && points > *group.maximum) points = *group.maximum;
  } else if (sum.rest == Rational(0) && sum.shared_in_group > Rational(0)) {
    // "A group with nothing left is left out itself and takes the treatment declared around it."
    result.part.cause = sum.cause;
    result = treat(result.part, group.treatments, scale);   // those of a group without a formula are the ones around it
    result.shared_in_sheet = sum.shared_in_sheet;
    result.no_total = result.no_total || sum.no_total;
    return result;
  } else if (sum.shared_in_group > Rational(0)) {
    // "The group's points become (sum of the rest) × (group maximum) / (sum of the rest's maxima)."
    points = points * scale / sum.rest;
  }
  result.part.points = points;
  result.no_total = sum.no_total;
  return result;
}

Evaluation::Treated Evaluation::treated_group(std::uint32_t index) const {
  const Group& group = subject_.groups[index];
  Treated result = group.formula != kNone ? treated_formula(index) : treated_sum(index);
  if (loses_all(kNone, index)) {
    // `mất hết điểm` of a group. CORNER: a group that would be left out is lost too, and keeps its place in the scale; a criterion in it that
    // leaves no total still leaves none.
    result.part.points = Rational(0);
    result.part.applies = true;
    result.no_total = group.formula == kNone && sum_of_members(index).no_total;
    result.effect.reset();
  }
  // `phải áp dụng được ít nhất 50%`: below that, no total.
  if (group.least_share && applicable_maximum(index) < *group.least_share * result.part.maximum) result.no_total = true;
  return result;
}

// ---------------------------------------------------------------- the sheet

Part Evaluation::criterion_part(std::uint32_t criterion) const { return treated_criterion(criterion).part; }
Part Evaluation::group_part(std::uint32_t group) const { return treated_group(group).part; }

std::optional<Rational> Evaluation::total() const {
  if (subject_.criteria.empty() && subject_.groups.empty()) return std::nullopt;
  Rational plain, rest, shared_in_sheet;   // points and maxima of the plain groups that stay, maxima that do not
  Rational bonuses, deductions;

  const auto add_plain = [&](const Treated& treated) {
    shared_in_sheet = shared_in_sheet + treated.shared_in_sheet;
    const Rational weight = treated.part.maximum - treated.shared_in_sheet;
    // CORNER: the group around a group at the top is the sheet, so there `trong nhóm` and `toàn phiếu` are one.
    if (treated.effect == NaEffect::share_in_group || treated.effect == NaEffect::share_in_sheet) {
      shared_in_sheet = shared_in_sheet + weight;
    } else {
      rest = rest + weight;
      plain = plain + treated.part.points.value_or(Rational(0));
    }
  };

  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) {
    if (subject_.criteria[i].group != kNone) continue;
    const Treated treated = treated_criterion(i);
    if (treated.no_total) return std::nullopt;
    add_plain(treated);
  }
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) {
    if (subject_.groups[i].parent != kNone) continue;
    const Treated treated = treated_group(i);
    if (treated.no_total) return std::nullopt;
    if (subject_.groups[i].sign == Group::Sign::bonuses) bonuses = bonuses + treated.part.points.value_or(Rational(0));
    if (subject_.groups[i].sign == Group::Sign::deductions) deductions = deductions + treated.part.points.value_or(Rational(0));
    if (subject_.groups[i].sign == Group::Sign::plain) add_plain(treated);
  }

  if (shared_in_sheet > Rational(0)) {
    // CORNER: with nothing left on the sheet there is nothing to share over, and no total.
    if (rest == Rational(0)) return std::nullopt;
    plain = plain * (rest + shared_in_sheet) / rest;
  }
  const Rational sum = plain + bonuses - deductions;
  return sum < Rational(0) ? Rational(0) : sum;
}

/// Every condition and formula that points come from.
std::vector<ExprId> Evaluation::conditions_of_points() const {
  std::vector<ExprId> conditions;
  for (const sema::Criterion& criterion : subject_.criteria) {
    for (const ExprId id : scoring_exprs(criterion.scoring)) conditions.push_back(id);
  }
  for (const Group& group : subject_.groups) {
    if (group.formula != kNone) conditions.push_back(group.formula);
  }
  for (const sema::LoseAll& rule : subject_.lose_alls) conditions.push_back(rule.condition);
  return conditions;
}

}  // namespace quy::reference
