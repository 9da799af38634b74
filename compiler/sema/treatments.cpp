// What is left out: treatments by cause, which criteria need one, and which fields a record may give as left out.

#include <algorithm>

#include "compiler/sema/subject_checker.h"

namespace quy::sema {
namespace {

constexpr NaCause kCauses[] = {NaCause::not_applicable, NaCause::did_not_arise, NaCause::not_yet_due};

std::size_t at(NaCause cause) { return static_cast<std::size_t>(cause); }

bool declares_any(const Treatments& treatments) {
  return std::any_of(treatments.by_cause.begin(), treatments.by_cause.end(), [](const auto& effect) { return effect.has_value(); });
}

bool is_atom(Op op) { return op == Op::compare || op == Op::one_of || op == Op::between || op == Op::condition; }

bool is_fold(Op op) {
  return op == Op::exists || op == Op::every || op == Op::share || op == Op::count || op == Op::sum || op == Op::mean ||
         op == Op::largest || op == Op::smallest;
}

}  // namespace

/// The nearest declaration outwards; `không áp dụng` also speaks for causes that its own place does not name. Where only some causes are
/// declared the others leave no total, so that nothing is granted by omission.
Treatments SubjectChecker::treatments_from(std::uint32_t scope) const {
  Treatments result;
  for (NaCause cause : kCauses) {
    for (std::uint32_t inner = scope; inner != kNone && !result.by_cause[at(cause)]; inner = scopes_[inner].parent) {
      std::optional<NaEffect> general;
      for (const auto& treatment : scopes_[inner].treatments) {
        if (treatment->cause == cause) result.by_cause[at(cause)] = treatment->effect;
        if (treatment->cause == NaCause::not_applicable) general = treatment->effect;
      }
      if (!result.by_cause[at(cause)]) result.by_cause[at(cause)] = general;
    }
  }
  if (declares_any(result))
    for (auto& effect : result.by_cause)
      if (!effect) effect = NaEffect::no_total;
  return result;
}

void SubjectChecker::settle_treatments() {
  subject_.treatments = treatments_from(0);
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) subject_.criteria[i].treatments = treatments_from(plan_.criteria[i].scope);
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) {
    // A group with a formula is treated like a criterion; one with nothing left in it, as declared around it.
    std::uint32_t own = plan_.groups[i].scope;
    subject_.groups[i].treatments = treatments_from(subject_.groups[i].formula != kNone ? own : scopes_[own].parent);
  }
}

// ---------------------------------------------------------------- fields that may be left out

/// Fields below a value. `allowed`: the rule around says what a left-out value does.
void SubjectChecker::pin_value(ExprId id, bool allowed, bool rows_allowed, std::set<std::uint32_t>& pinned) const {
  const Expr& node = expr(id);
  if (node.op == Op::field) {
    if (!allowed) pinned.insert(node.index);
  } else if (is_fold(node.op)) {
    bool with_value = node.op == Op::sum || node.op == Op::mean || node.op == Op::largest || node.op == Op::smallest;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (with_value && i == 0) {
        pin_value(node.children[i], rows_allowed, rows_allowed, pinned);
      } else {
        pin_condition(node.children[i], pinned);
      }
    }
  } else if (node.type.kind == Type::Kind::boolean && node.op != Op::reading) {
    pin_condition(id, pinned);
  } else {
    for (ExprId child : node.children) pin_value(child, allowed, rows_allowed, pinned);
  }
}

void SubjectChecker::pin_condition(ExprId id, std::set<std::uint32_t>& pinned) const {
  const Expr& node = expr(id);
  if (is_atom(node.op)) {
    bool says = node.applicability != Applicability::unstated;
    for (ExprId child : node.children) pin_value(child, says, says, pinned);
  } else if (node.op == Op::field) {
    pinned.insert(node.index);
  } else {
    for (ExprId child : node.children) pin_condition(child, pinned);
  }
}

void SubjectChecker::pin_scoring(const Criterion& criterion, std::set<std::uint32_t>& pinned) const {
  bool treated = declares_any(criterion.treatments);
  if (const auto* met = std::get_if<Met>(&criterion.scoring))
    for (ExprId rule : met->conditions) pin_condition(rule, pinned);
  if (const auto* table = std::get_if<ScoreTable>(&criterion.scoring); table && table->value != kNone) {
    pin_value(table->value, treated, false, pinned);
    for (const TableRow& row : table->rows)
      if (row.guard != kNone && !guards_value(row.guard, table->value)) pin_condition(row.guard, pinned);
  }
  for (ExprId value : point_values(criterion)) pin_value(value, treated, false, pinned);
  if (const auto* choice = std::get_if<LevelChoice>(&criterion.scoring); choice && !treated && choice->field != kNone)
    pinned.insert(choice->field);
  if (const auto* judged = std::get_if<Judged>(&criterion.scoring); judged && !treated && judged->field != kNone)
    pinned.insert(judged->field);
}

std::set<std::uint32_t> SubjectChecker::pinned_fields() const {
  std::set<std::uint32_t> pinned;
  for (ExprId rule : rule_conditions()) pin_condition(rule, pinned);
  for (const Criterion& criterion : subject_.criteria) pin_scoring(criterion, pinned);
  for (const Group& group : subject_.groups)
    if (group.formula != kNone) pin_value(group.formula, declares_any(group.treatments), false, pinned);
  if (subject_.rating) {
    for (const Cap& cap : subject_.rating->caps) pin_value(cap.level, false, false, pinned);
    for (const auto& priorities : subject_.rating->quota_priorities)
      for (ExprId value : priorities) pin_value(value, false, false, pinned);
  }
  return pinned;
}

bool SubjectChecker::guards_value(ExprId guard, ExprId value) const {
  return expr(guard).op == Op::compare && expr(guard).children[0] == value;
}

std::vector<ExprId> SubjectChecker::point_values(const Criterion& criterion) const {
  if (const auto* form = std::get_if<PerUnit>(&criterion.scoring); form && form->times != kNone) return {form->times};
  if (const auto* form = std::get_if<Proportional>(&criterion.scoring); form && form->share != kNone) return {form->share};
  if (const auto* form = std::get_if<FormulaScore>(&criterion.scoring); form && form->value != kNone) return {form->value};
  return {};
}

/// Conditions of everything but scoring.
std::vector<ExprId> SubjectChecker::rule_conditions() const {
  std::vector<ExprId> rules;
  for (const LoseAll& loss : subject_.lose_alls) rules.push_back(loss.condition);
  for (const Rule& rule : subject_.requirements) rules.push_back(rule.condition);
  if (!subject_.rating) return rules;
  const Rating& rating = *subject_.rating;
  for (const Level& level : rating.levels)
    if (level.condition != kNone) rules.push_back(level.condition);
  for (const Need& need : rating.needs) rules.push_back(need.rule.condition);
  for (const Force& force : rating.forces) rules.push_back(force.rule.condition);
  for (const Bar& bar : rating.bars) rules.push_back(bar.rule.condition);
  for (const Lower& lower : rating.lowers) rules.push_back(lower.rule.condition);
  for (const HandOver& rule : rating.hand_overs) rules.push_back(rule.rule.condition);
  for (const Rule& rule : rating.not_rated) rules.push_back(rule.condition);
  return rules;
}

void SubjectChecker::settle_left_out_fields() {
  std::set<std::uint32_t> pinned = pinned_fields();
  for (std::uint32_t i = 0; i < subject_.fields.size(); ++i) {
    bytecode::Field& info = subject_.fields[i].info;
    bool from_record = info.place == bytecode::FieldPlace::evidence || info.place == bytecode::FieldPlace::score;
    // One who was not rated is left out.
    bool level_of_other = (info.list != kNone && info.kind == bytecode::FieldKind::level) || info.place == bytecode::FieldPlace::result_total;
    info.may_be_left_out = level_of_other || (from_record && !pinned.contains(i));
  }
}

// ---------------------------------------------------------------- criteria that need a treatment

bool SubjectChecker::value_may_be_left_out(ExprId id) const {
  if (notes_[id].may_be_left_out) return true;
  std::set<std::uint32_t> fields;
  collect_fields(id, fields);
  return std::any_of(fields.begin(), fields.end(), [&](std::uint32_t field) {
    return subject_.fields[field].info.may_be_left_out && subject_.fields[field].info.list == kNone;
  });
}

bool SubjectChecker::condition_may_be_left_out(ExprId id) const {
  const Expr& node = expr(id);
  auto all = [&] {
    return std::all_of(node.children.begin(), node.children.end(), [&](ExprId child) { return condition_may_be_left_out(child); });
  };
  if (is_atom(node.op)) {
    if (node.applicability != Applicability::if_any) return false;
    return std::any_of(node.children.begin(), node.children.end(), [&](ExprId child) {
      return expr(child).op == Op::every || value_may_be_left_out(child);
    });
  }
  switch (node.op) {
    case Op::logical_and:
    case Op::logical_or:
    case Op::logical_not: return all();
    case Op::reading:
      return std::any_of(node.children.begin(), node.children.end(), [&](ExprId child) { return condition_may_be_left_out(child); });
    case Op::unless: return !node.flag || condition_may_be_left_out(node.children[0]);
    default: return false;
  }
}

bool SubjectChecker::may_be_left_out(const Criterion& criterion) const {
  if (const auto* met = std::get_if<Met>(&criterion.scoring))
    return !met->conditions.empty() && std::all_of(met->conditions.begin(), met->conditions.end(),
                                                   [&](ExprId rule) { return condition_may_be_left_out(rule); });
  if (const auto* table = std::get_if<ScoreTable>(&criterion.scoring)) return table->value != kNone && value_may_be_left_out(table->value);
  auto values = point_values(criterion);
  return std::any_of(values.begin(), values.end(), [&](ExprId value) { return value_may_be_left_out(value); });
}

void SubjectChecker::require_treatments() {
  for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i) {
    const Criterion& criterion = subject_.criteria[i];
    if (declares_any(criterion.treatments) || !may_be_left_out(criterion)) continue;
    syntax::Name name = name_in(plan_.criteria[i].part.context, plan_.criteria[i].part->name);
    report_.at(plan_.criteria[i].part.context, name.span, Diag::treatment_missing, {name.text});
  }
  for (std::uint32_t i = 0; i < subject_.groups.size(); ++i) {
    const Group& group = subject_.groups[i];
    if (group.formula == kNone || declares_any(group.treatments) || !value_may_be_left_out(group.formula)) continue;
    const auto& part = plan_.groups[i].part;
    report_.at(part.context, part->name.empty() ? part->span : part->name.span, Diag::treatment_missing, {group.name});
  }
}

}  // namespace quy::sema
