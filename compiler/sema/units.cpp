// Units: literals take the other side's, percentages and ratios meet, everything else must agree.

#include "compiler/sema/field_types.h"
#include "compiler/sema/subject_checker.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {
namespace {

bool is_built_in(const std::string& unit) {
  return unit == kPointsUnit || unit == kDaysUnit || unit == kMoneyUnit || unit == kPercentUnit;
}

}  // namespace

ExprId SubjectChecker::number_literal(const Rational& value, const std::string& unit_text, bool percent, Span span) {
  Expr node;
  node.op = Op::number;
  node.span = span;
  node.value = value;
  node.type.unit = percent ? "" : unit_spelling(unit_text);
  NodeNote note;
  note.literal = true;
  note.bare = percent || node.type.unit.empty();
  note.percent = percent;
  note.ratio = percent;
  return add(std::move(node), note);
}

/// A literal without unit, in the unit of what stands beside it. A new node, because a named literal may stand in several places.
ExprId SubjectChecker::adapt(ExprId literal, const std::string& wanted) {
  Expr node = expr(literal);
  NodeNote note = notes_[literal];
  if (wanted == kPercentUnit && note.percent) node.value = node.value * Rational(100);
  node.type.unit = wanted;
  note.bare = false;
  note.percent = false;
  note.bounds = {};
  return add(std::move(node), note);
}

/// A percentage (90 for 90%) as the ratio that formulas calculate with.
ExprId SubjectChecker::as_ratio(ExprId value) {
  if (unit(value) != kPercentUnit) return value;
  Span span = expr(value).span;
  ExprId hundredth = number_literal(Rational(1) / Rational(100), "", false, span);
  ExprId ratio = make(Op::multiply, {Type::Kind::number, "", kNone}, span, {value, hundredth});
  notes_[ratio].ratio = true;
  return ratio;
}

bool SubjectChecker::unify(ExprId& left, ExprId& right, Span span, const Place& place) {
  const std::string a = unit(left), b = unit(right);
  if (a == b) return true;
  auto takes = [&](ExprId literal, const std::string& other) {
    return notes_[literal].bare && (!notes_[literal].percent || other == kPercentUnit);
  };
  auto plain = [&](ExprId literal, ExprId other) {   // `số việc ≥ 3 việc`: rows have no unit of their own
    return notes_[literal].literal && notes_[other].counts_rows && !is_built_in(unit(literal));
  };
  if (takes(left, b)) {
    left = adapt(left, b);
  } else if (takes(right, a)) {
    right = adapt(right, a);
  } else if (plain(left, right)) {
    left = adapt(left, b);
  } else if (plain(right, left)) {
    right = adapt(right, a);
  } else if (a == kPercentUnit && notes_[right].ratio) {
    left = as_ratio(left);
  } else if (b == kPercentUnit && notes_[left].ratio) {
    right = as_ratio(right);
  } else {
    report_.at(place.context, span, Diag::units_differ, {unit_name(a), unit_name(b)});
    return false;
  }
  return true;
}

}  // namespace quy::sema
