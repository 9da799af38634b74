#include "compiler/syntax/print.h"
#include "compiler/syntax/print_text.h"

namespace quy::syntax {
namespace {

std::string_view head_of(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::number: return "number";
    case ExprKind::date: return "date";
    case ExprKind::string: return "text";
    case ExprKind::truth: return expr.flag ? "true" : "false";
    case ExprKind::name: return "name";
    case ExprKind::this_unit: return "this-unit";
    case ExprKind::total_points: return "total-points";
    case ExprKind::points_of: return "points";
    case ExprKind::maximum: return "maximum";
    case ExprKind::row_level: return "level";
    case ExprKind::add: return "+";
    case ExprKind::subtract: return "-";
    case ExprKind::multiply: return "*";
    case ExprKind::divide: return "/";
    case ExprKind::negate: return "negate";
    case ExprKind::compare: break;
    case ExprKind::one_of: return "one-of";
    case ExprKind::in_period: return "in-period";
    case ExprKind::before_period: return "before-period";
    case ExprKind::within_years: return "within-years";
    case ExprKind::logical_and: return "and";
    case ExprKind::logical_or: return "or";
    case ExprKind::logical_not: return "not";
    case ExprKind::at_least_of: return "at-least-of";
    case ExprKind::working_days: return "working-days";
    case ExprKind::exists: return "exists";
    case ExprKind::every: return "every";
    case ExprKind::share: return "share";
    case ExprKind::count: return "count";
    case ExprKind::sum: return "sum";
    case ExprKind::mean: return "mean";
    case ExprKind::largest: return "largest";
    case ExprKind::smallest: return "smallest";
    case ExprKind::at_most: return "at-most";
    case ExprKind::at_least: return "at-least";
    case ExprKind::round: return "round";
    case ExprKind::round_down: return "round-down";
    case ExprKind::round_up: return "round-up";
    case ExprKind::may_exceed: return "may-exceed";
    case ExprKind::print_digits: return "print-digits";
  }
  switch (expr.comparison) {
    case Comparison::greater_equal: return ">=";
    case Comparison::greater: return ">";
    case Comparison::less_equal: return "<=";
    case Comparison::less: return "<";
    case Comparison::equal: return "=";
    case Comparison::not_equal: return "!=";
  }
  return "?";
}

std::string quoted(const std::string& text) {
  TreeText out;
  out.quoted(text);
  return out.take().substr(1);
}

/// Numbers, names, texts and dates stand without a list around them.
std::string leaf(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::number: return expr.number.exact_text() + (expr.unit.empty() ? "" : "[" + expr.unit + "]");
    case ExprKind::name: return expr.text;
    case ExprKind::string: return quoted(expr.text);
    case ExprKind::date: return iso_date(expr.day);
    default: return {};
  }
}

bool carries_number(ExprKind kind) {
  switch (kind) {
    case ExprKind::within_years:
    case ExprKind::at_least_of:
    case ExprKind::round:
    case ExprKind::round_down:
    case ExprKind::round_up:
    case ExprKind::may_exceed:
    case ExprKind::print_digits: return true;
    default: return false;
  }
}

}  // namespace

std::string print(const Expr& expr) {
  std::string text = leaf(expr);
  if (text.empty() || expr.applicability != Applicability::unstated) {
    std::string body = text;
    text = "(";
    text += body.empty() ? std::string(head_of(expr)) : body;
    if (body.empty() && !expr.text.empty()) text += " " + expr.text;
    if (carries_number(expr.kind) && expr.text.empty()) text += " " + expr.number.exact_text();
    for (const ExprPtr& child : expr.children) text += " " + print(*child);
    if (expr.per != Per::none) text.append(" per ").append(word_of(expr.per));
    if (expr.applicability != Applicability::unstated) text.append(" ").append(word_of(expr.applicability));
    text += ")";
  }
  return text;
}

}  // namespace quy::syntax
