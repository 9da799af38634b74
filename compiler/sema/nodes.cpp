// Making nodes: domain, bounds and what their shape says about being left out.

#include <algorithm>

#include "base/limits.h"
#include "compiler/sema/subject_checker.h"

namespace quy::sema {
namespace {

using Limit = std::optional<Rational>;

Limit plus(const Limit& a, const Limit& b) { return a && b ? Limit(*a + *b) : std::nullopt; }
Limit minus(const Limit& a) { return a ? Limit(-*a) : std::nullopt; }

Limit smaller(const Limit& a, const Limit& b) {
  if (!a || !b) return std::nullopt;
  return std::min(*a, *b);
}
Limit larger(const Limit& a, const Limit& b) {
  if (!a || !b) return std::nullopt;
  return std::max(*a, *b);
}

Bounds product(const Bounds& a, const Bounds& b) {
  if (a.low && a.high && b.low && b.high) {
    Rational corners[] = {*a.low * *b.low, *a.low * *b.high, *a.high * *b.low, *a.high * *b.high};
    return {*std::min_element(corners, corners + 4), *std::max_element(corners, corners + 4)};
  }
  bool both_positive = a.low && b.low && a.low->sign() >= 0 && b.low->sign() >= 0;
  if (both_positive) return {*a.low * *b.low, std::nullopt};
  return {};
}

Bounds quotient(const Bounds& a, const Bounds& b) {
  Bounds result;
  bool divisor_positive = b.low && b.low->sign() > 0;
  if (a.low && a.low->sign() >= 0) result.low = b.high && b.high->sign() > 0 ? Limit(*a.low / *b.high) : Limit(Rational(0));
  if (divisor_positive && a.high) result.high = a.high->sign() >= 0 ? Limit(*a.high / *b.low) : Limit(Rational(0));
  if (divisor_positive && a.low && a.low->sign() < 0) result.low = *a.low / *b.low;
  return result;
}

/// A sum over 0 to the limit of rows.
Bounds sum_of_rows(const Bounds& row) {
  Rational rows(static_cast<std::int64_t>(limits::list_items));
  Bounds result;
  if (row.low) result.low = std::min(Rational(0), *row.low * rows);
  if (row.high) result.high = std::max(Rational(0), *row.high * rows);
  return result;
}

}  // namespace

Place Place::in_list(std::uint32_t index) const {
  Place rows = *this;
  rows.list = index;
  return rows;
}

std::uint32_t SubjectChecker::domain_of(const std::vector<ExprId>& children) const {
  for (ExprId child : children)
    if (expr(child).list != kNone) return expr(child).list;
  return kNone;
}

ExprId SubjectChecker::add(Expr node, NodeNote note) {
  if (node.type.kind == Type::Kind::number) {
    Bounds known = bounds_of(node);
    if (!note.bounds.low) note.bounds.low = known.low;
    if (!note.bounds.high) note.bounds.high = known.high;
  }
  note.may_be_left_out = note.may_be_left_out || left_out_by_shape(node);
  subject_.exprs.push_back(std::move(node));
  notes_.push_back(std::move(note));
  return static_cast<ExprId>(subject_.exprs.size() - 1);
}

ExprId SubjectChecker::make(Op op, Type type, Span span, std::vector<ExprId> children) {
  Expr node;
  node.op = op;
  node.type = std::move(type);
  node.span = span;
  node.list = domain_of(children);
  node.children = std::move(children);
  return add(std::move(node), {});
}

bool SubjectChecker::left_out_by_shape(const Expr& node) const {
  switch (node.op) {
    case Op::every:
    case Op::share:
    case Op::mean:
    case Op::largest:
    case Op::smallest: return true;   // over no rows
    case Op::exists:
    case Op::count:
    case Op::sum:                     // rows that are left out are passed over
    case Op::at_least_of:
    case Op::logical_and:
    case Op::logical_or:
    case Op::logical_not: return false;   // their parts carry marks of their own
    case Op::divide: {
      const Bounds& divisor = notes_[node.children[1]].bounds;
      if (!divisor.low || divisor.low->sign() <= 0) return true;
      break;
    }
    case Op::compare:
    case Op::one_of:
    case Op::between:
    case Op::condition:
      if (node.applicability != Applicability::unstated) return false;
      break;
    default: break;
  }
  return std::any_of(node.children.begin(), node.children.end(), [&](ExprId child) { return notes_[child].may_be_left_out; });
}

bool SubjectChecker::part_of(ExprId part, ExprId whole) const {
  const Expr &a = expr(part), &b = expr(whole);
  if (a.op == Op::count && b.op == Op::count && a.index == b.index) return b.children.empty() || a.children == b.children;
  if (a.op != Op::field || b.op != Op::field) return false;
  std::uint32_t field = a.index;
  for (std::size_t steps = 0; field != kNone && steps < subject_.fields.size(); ++steps) {
    if (field == b.index) return true;
    field = subject_.fields[field].info.at_most_field;
  }
  return false;
}

Bounds SubjectChecker::bounds_of(const Expr& node) const {
  auto child = [&](std::size_t i) -> const Bounds& { return notes_[node.children[i]].bounds; };
  switch (node.op) {
    case Op::number: return {node.value, node.value};
    case Op::field: return {subject_.fields[node.index].info.low, subject_.fields[node.index].info.high};
    case Op::add: return {plus(child(0).low, child(1).low), plus(child(0).high, child(1).high)};
    case Op::subtract: return {plus(child(0).low, minus(child(1).high)), plus(child(0).high, minus(child(1).low))};
    case Op::negate: return {minus(child(0).high), minus(child(0).low)};
    case Op::multiply: return product(child(0), child(1));
    case Op::divide: {
      Bounds result = quotient(child(0), child(1));
      if (part_of(node.children[0], node.children[1])) result.high = result.high ? std::min(*result.high, Rational(1)) : Rational(1);
      return result;
    }
    case Op::at_most: {
      Limit high = child(0).high && child(1).high ? smaller(child(0).high, child(1).high) : child(1).high ? child(1).high : child(0).high;
      return {smaller(child(0).low, child(1).low), high};
    }
    case Op::at_least: {
      Limit low = child(0).low && child(1).low ? larger(child(0).low, child(1).low) : child(1).low ? child(1).low : child(0).low;
      return {low, larger(child(0).high, child(1).high)};
    }
    case Op::round: {
      Bounds result = child(0);
      if (result.low) result.low = result.low->round_to(node.value, Rounding::floor);
      if (result.high) result.high = result.high->round_to(node.value, Rounding::ceiling);
      return result;
    }
    case Op::reading: {
      Bounds result = child(0);
      for (std::size_t i = 1; i < node.children.size(); ++i) {
        result.low = smaller(result.low, child(i).low);
        result.high = larger(result.high, child(i).high);
      }
      return result;
    }
    case Op::count: return {Rational(0), Rational(static_cast<std::int64_t>(limits::list_items))};
    case Op::share: return {Rational(0), Rational(1)};
    case Op::sum: return sum_of_rows(child(0));
    case Op::mean:
    case Op::largest:
    case Op::smallest: return child(0);
    case Op::points_of:
    case Op::total_points:
    case Op::maximum_of:
    case Op::group_maximum_of: return {Rational(0), std::nullopt};
    default: return {};
  }
}

}  // namespace quy::sema
