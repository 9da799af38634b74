// Formulas: literals, arithmetic with units, modifiers, points and maxima.

#include "compiler/sema/subject_checker.h"

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/field_types.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {

using syntax::ExprKind;

namespace {

Type number_type(std::string unit = {}) { return {Type::Kind::number, std::move(unit), kNone}; }

bool is_author_unit(const std::string& unit) {
  return !unit.empty() && unit != kPointsUnit && unit != kDaysUnit && unit != kMoneyUnit && unit != kPercentUnit;
}

/// A product keeps the one unit there is; units of things counted (lượt, văn bản) give way to points, days and money.
std::optional<std::string> product_unit(const std::string& a, const std::string& b) {
  if (a.empty()) return b;
  if (b.empty() || (is_author_unit(b) && !is_author_unit(a))) return a;
  if (is_author_unit(a) && !is_author_unit(b)) return b;
  return std::nullopt;
}

std::optional<std::string> quotient_unit(const std::string& a, const std::string& b) {
  if (b.empty()) return a;
  if (a == b || (a.empty() && is_author_unit(b)) || (is_author_unit(a) && is_author_unit(b))) return std::string();
  if (is_author_unit(b)) return a;
  return std::nullopt;
}

}  // namespace

ExprId SubjectChecker::check(const syntax::Expr& e, const Place& place, const Type* expected) {
  ExprId id = check_kind(e, place, expected);
  bool own_mark = e.kind == ExprKind::compare || e.kind == ExprKind::one_of || e.kind == ExprKind::in_period ||
                  e.kind == ExprKind::before_period || e.kind == ExprKind::within_years;
  return own_mark || id == kNone ? id : with_mark(id, e, place);
}

ExprId SubjectChecker::check_kind(const syntax::Expr& e, const Place& place, const Type* expected) {
  switch (e.kind) {
    case ExprKind::number: return number_literal(e.number, e.unit, e.percent, e.span);
    case ExprKind::date:
    case ExprKind::truth:
    case ExprKind::string: return check_constant(e, expected, place);
    case ExprKind::name: return check_name(e, place, expected);
    case ExprKind::this_unit: {
      std::uint32_t field = pseudo_field(bytecode::FieldPlace::unit, "unit", bytecode::FieldKind::text);
      return read_field(field, e.span);
    }
    case ExprKind::total_points: return check_total(e, place);
    case ExprKind::points_of: return check_points_of(e, place);
    case ExprKind::maximum: return check_maximum(e, place);
    case ExprKind::row_level: return check_row_level(e, place);
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::multiply:
    case ExprKind::divide: return check_arithmetic(e, place);
    case ExprKind::negate: return check_negate(e, place);
    case ExprKind::compare: return check_compare(e, place);
    case ExprKind::one_of: return check_one_of(e, place);
    case ExprKind::in_period:
    case ExprKind::before_period:
    case ExprKind::within_years: return check_dates(e, place);
    case ExprKind::logical_and:
    case ExprKind::logical_or:
    case ExprKind::logical_not: return check_logic(e, place);
    case ExprKind::at_least_of: return check_at_least_of(e, place);
    case ExprKind::working_days: return check_working_days(e, place);
    case ExprKind::exists:
    case ExprKind::every:
    case ExprKind::share:
    case ExprKind::count:
    case ExprKind::sum:
    case ExprKind::mean:
    case ExprKind::largest:
    case ExprKind::smallest: return check_aggregate(e, place);
    case ExprKind::at_most:
    case ExprKind::at_least: return check_bounded(e, place);
    case ExprKind::round:
    case ExprKind::round_down:
    case ExprKind::round_up: return check_rounding(e, place);
    case ExprKind::may_exceed:
      report_.at(place.context, e.span, Diag::may_exceed_misplaced, {});
      return check(*e.children[0], place, expected);
    case ExprKind::print_digits: return check(*e.children[0], place, expected);
  }
  return kNone;
}

ExprId SubjectChecker::check_constant(const syntax::Expr& e, const Type* expected, const Place& place) {
  Expr node;
  node.span = e.span;
  if (e.kind == ExprKind::date) {
    node.op = Op::date;
    node.type.kind = Type::Kind::date;
    node.value = Rational(static_cast<std::int64_t>(e.day));
  } else if (e.kind == ExprKind::truth) {
    node.op = Op::truth;
    node.type.kind = Type::Kind::boolean;
    node.flag = e.flag;
  } else {
    node.op = Op::text;
    node.type.kind = Type::Kind::text;
    node.text = e.text;
    if (expected && expected->kind == Type::Kind::code) {
      const auto& keys = pack_.tables[expected->scale].keys;
      auto key = std::lower_bound(keys.begin(), keys.end(), e.text);
      if (key == keys.end() || *key != e.text) {
        report_.at(place.context, e.span, Diag::unknown_key, {e.text, pack_.tables[expected->scale].label}).suggest(nearest(e.text, keys));
        return kNone;
      }
      node.op = Op::number;
      node.type = *expected;
      node.value = Rational(static_cast<std::int64_t>(key - keys.begin()));
    }
  }
  return add(std::move(node), {});
}

ExprId SubjectChecker::number(const syntax::Expr& e, const Place& place) {
  ExprId id = check(e, place);
  if (id == kNone || expr(id).type.kind == Type::Kind::number) return id;
  report_.at(place.context, e.span, Diag::number_wanted, {type_name(expr(id).type, pack_)});
  return kNone;
}

// ---------------------------------------------------------------- arithmetic

ExprId SubjectChecker::check_arithmetic(const syntax::Expr& e, const Place& place) {
  if (e.kind == ExprKind::add || e.kind == ExprKind::subtract) {
    ExprId left = check(*e.children[0], place), right = check(*e.children[1], place);
    if (left == kNone || right == kNone) return kNone;
    return check_sum(e.kind == ExprKind::add ? Op::add : Op::subtract, left, right, e, place);
  }
  ExprId left = number(*e.children[0], place), right = number(*e.children[1], place);
  if (left == kNone || right == kNone) return kNone;
  return e.kind == ExprKind::multiply ? check_product(left, right, e, place) : check_quotient(left, right, e, place);
}

ExprId SubjectChecker::check_sum(Op op, ExprId left, ExprId right, const syntax::Expr& e, const Place& place) {
  using Kind = Type::Kind;
  Kind a = expr(left).type.kind, b = expr(right).type.kind;
  if (a == Kind::date && b == Kind::date && op == Op::subtract) return make(op, number_type(kDaysUnit), e.span, {left, right});
  if (a == Kind::date && b == Kind::number) {
    if (notes_[right].bare) right = adapt(right, kDaysUnit);
    if (unit(right) == kDaysUnit) return make(op, expr(left).type, e.span, {left, right});
  }
  if (a != Kind::number || b != Kind::number) {
    bool left_wrong = a != Kind::number;
    report_.at(place.context, e.children[left_wrong ? 0 : 1]->span, Diag::number_wanted, {type_name(expr(left_wrong ? left : right).type, pack_)});
    return kNone;
  }
  if (notes_[left].literal && notes_[right].literal && unit(left) == unit(right)) {
    Rational value = op == Op::add ? expr(left).value + expr(right).value : expr(left).value - expr(right).value;
    return number_literal(value, unit(left), notes_[left].percent && notes_[right].percent, e.span);
  }
  if (!unify(left, right, e.span, place)) return kNone;
  ExprId id = make(op, number_type(unit(left)), e.span, {left, right});
  notes_[id].ratio = notes_[left].ratio && notes_[right].ratio;
  notes_[id].counts_rows = notes_[left].counts_rows && notes_[right].counts_rows;
  return id;
}

ExprId SubjectChecker::check_product(ExprId left, ExprId right, const syntax::Expr& e, const Place& place) {
  if (notes_[left].literal && notes_[right].literal) {
    auto product = product_unit(unit(left), unit(right));
    if (product) return number_literal(expr(left).value * expr(right).value, *product, false, e.span);
  }
  left = as_ratio(left);
  right = as_ratio(right);
  auto product = product_unit(unit(left), unit(right));
  if (!product) {
    report_.at(place.context, e.span, Diag::product_of_units, {unit_name(unit(left)), unit_name(unit(right))});
    return kNone;
  }
  ExprId id = make(Op::multiply, number_type(*product), e.span, {left, right});
  notes_[id].ratio = notes_[left].ratio && notes_[right].ratio;
  return id;
}

ExprId SubjectChecker::check_quotient(ExprId left, ExprId right, const syntax::Expr& e, const Place& place) {
  const syntax::Expr& divisor = *e.children[1];
  if (notes_[right].literal && expr(right).value.sign() == 0) {
    report_.at(place.context, divisor.span, Diag::division_by_zero, {});
    return kNone;
  }
  if (notes_[left].literal && notes_[right].literal && unit(left) == unit(right) && expr(right).value.sign() > 0)
    return number_literal(expr(left).value / expr(right).value, "", false, e.span);
  const auto& low = notes_[right].bounds.low;
  if (!low || low->sign() < 0) {
    report_.at(place.context, divisor.span, Diag::divisor_may_be_negative, {low ? number_text(*low) : Bilingual{"−∞", "−∞"}});
    return kNone;
  }
  if (unit(left) != unit(right) && unit(right) == kPercentUnit) right = as_ratio(right);
  if (notes_[left].bare && notes_[left].literal && !unit(right).empty()) left = adapt(left, unit(right));
  auto result = quotient_unit(unit(left), unit(right));
  if (!result) {
    report_.at(place.context, e.span, Diag::units_differ, {unit_name(unit(left)), unit_name(unit(right))});
    return kNone;
  }
  // Like by like is a ratio; a quantity by a plain literal (the third of a sum) stays what it was.
  bool ratio = result->empty() && !notes_[right].literal;
  bool still = notes_[right].literal && notes_[left].ratio;
  ExprId id = make(Op::divide, number_type(*result), e.span, {left, right});
  notes_[id].ratio = ratio || still;
  return id;
}

ExprId SubjectChecker::check_negate(const syntax::Expr& e, const Place& place) {
  ExprId child = number(*e.children[0], place);
  if (child == kNone) return kNone;
  if (notes_[child].literal) return number_literal(-expr(child).value, unit(child), notes_[child].percent, e.span);
  return make(Op::negate, expr(child).type, e.span, {child});
}

// ---------------------------------------------------------------- modifiers

ExprId SubjectChecker::check_bounded(const syntax::Expr& e, const Place& place) {
  ExprId value = number(*e.children[0], place), bound = number(*e.children[1], place);
  if (value == kNone || bound == kNone || !unify(value, bound, e.children[1]->span, place)) return kNone;
  ExprId id = make(e.kind == ExprKind::at_most ? Op::at_most : Op::at_least, expr(value).type, e.span, {value, bound});
  notes_[id].ratio = notes_[value].ratio;
  return id;
}

std::optional<Rational> SubjectChecker::rounding_step(const syntax::Expr& e, const Place& place) {
  syntax::NumberText text{e.number, e.percent, e.text, e.text_span};
  auto step = plain_number(text, place.context);
  if (!step) return std::nullopt;
  if (step->sign() > 0) return step;
  report_.at(place.context, e.text_span, Diag::step_not_positive, {number_text(*step)});
  return std::nullopt;
}

ExprId SubjectChecker::check_rounding(const syntax::Expr& e, const Place& place) {
  ExprId value = number(*e.children[0], place);
  auto step = rounding_step(e, place);
  if (value == kNone || !step) return kNone;
  Expr node;
  node.op = Op::round;
  node.type = expr(value).type;
  node.span = e.span;
  node.list = expr(value).list;
  node.value = *step;
  node.rounding = rounding_of(e.kind);
  node.children = {value};
  NodeNote note;
  note.ratio = notes_[value].ratio;
  return add(std::move(node), note);
}

Rounding SubjectChecker::rounding_of(ExprKind kind) {
  if (kind == ExprKind::round_down) return Rounding::down;
  return kind == ExprKind::round_up ? Rounding::up : Rounding::half_up;
}

// ---------------------------------------------------------------- days, points, levels

ExprId SubjectChecker::check_working_days(const syntax::Expr& e, const Place& place) {
  std::vector<ExprId> ends;
  for (const auto& child : e.children) {
    ExprId end = check(*child, place);
    if (end == kNone) return kNone;
    if (expr(end).type.kind != Type::Kind::date) {
      report_.at(place.context, child->span, Diag::date_wanted, {type_name(expr(end).type, pack_)});
      return kNone;
    }
    ends.push_back(end);
  }
  return make(Op::working_days, number_type(kDaysUnit), e.span, ends);
}

ExprId SubjectChecker::check_points_of(const syntax::Expr& e, const Place& place) {
  syntax::Name name = name_in(place.context, {e.text, e.text_span});
  std::string id = fold_id(name.text);
  auto criterion = criterion_index_.find(id), group = group_index_.find(id);
  if (criterion == criterion_index_.end() && group == group_index_.end()) {
    report_.at(place.context, name.span, Diag::unknown_criterion, {name.text}).suggest(nearest(name.text, sheet_names()));
    return kNone;
  }
  Expr node;
  node.op = Op::points_of;
  node.type = number_type(kPointsUnit);
  node.span = e.span;
  node.flag = criterion == criterion_index_.end();
  node.index = node.flag ? group->second : criterion->second;
  return add(std::move(node), {});
}

std::vector<std::string> SubjectChecker::sheet_names() const {
  std::vector<std::string> names;
  for (const Criterion& criterion : subject_.criteria) names.push_back(criterion.name);
  for (const Group& group : subject_.groups) names.push_back(group.name);
  return names;
}

ExprId SubjectChecker::check_maximum(const syntax::Expr& e, const Place& place) {
  if (place.criterion == kNone && place.group == kNone) {
    report_.at(place.context, e.span, Diag::maximum_outside_criterion, {});
    return kNone;
  }
  Expr node;
  node.op = place.criterion != kNone ? Op::maximum_of : Op::group_maximum_of;
  node.type = number_type(kPointsUnit);
  node.span = e.span;
  node.index = place.criterion != kNone ? place.criterion : place.group;
  return add(std::move(node), {});
}

/// Inside the brackets of a list of results the row's total, elsewhere the subject's own.
ExprId SubjectChecker::check_total(const syntax::Expr& e, const Place& place) {
  const bool of_row = place.list != kNone && subject_.lists[place.list].info.of_results;
  if (!of_row) return make(Op::total_points, number_type(kPointsUnit), e.span, {});
  const auto [total, divisor] = result_total_fields(place.list);
  return make(Op::divide, number_type(kPointsUnit), e.span, {read_field(total, e.span), read_field(divisor, e.span)});
}

ExprId SubjectChecker::check_row_level(const syntax::Expr& e, const Place& place) {
  if (place.list == kNone || !subject_.lists[place.list].info.of_results) {
    report_.at(place.context, e.span, Diag::level_outside_results, {});
    return kNone;
  }
  if (!subject_.rating) {
    report_.at(place.context, e.span, Diag::level_without_rating, {});
    return kNone;
  }
  return read_field(find_field("level", place.list), e.span);
}

}  // namespace quy::sema
