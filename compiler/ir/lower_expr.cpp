// Formulas and conditions. A comparison of a ratio with a constant stays a ratio (compare_ratio), so that neither machine nor solver divides.

#include <algorithm>

#include "compiler/ir/lowering.h"

namespace quy::ir {

using sema::Comparison;
using sema::Expr;
using sema::ExprId;
using Kind = sema::Type::Kind;

namespace {

Comparison mirrored(Comparison sign) {
  switch (sign) {
    case Comparison::greater_equal: return Comparison::less_equal;
    case Comparison::greater: return Comparison::less;
    case Comparison::less_equal: return Comparison::greater_equal;
    case Comparison::less: return Comparison::greater;
    default: return sign;
  }
}

/// A comparison has more children where it is tracked (sema/typed.h).
constexpr std::size_t kSidesOfComparison = 2;

std::uint32_t domain_of(const Expr& e) { return e.list == kNone ? 0 : e.list + 1; }

}  // namespace

std::uint32_t rounding_code(Rounding mode) {
  if (mode == Rounding::down || mode == Rounding::floor) return 1;
  if (mode == Rounding::up || mode == Rounding::ceiling) return 2;
  return 0;
}

void Lowering::pass_on(const std::vector<NodeId>& parts, NodeId where) {
  if (must_exist_ == nullptr) return;
  for (NodeId part : parts) must_exist_->push_back(where == kNone ? part : build_.all({where, part}));
}

void Lowering::note_for_sheet(NodeId no_basis) {
  if (no_basis != kNone) sheet_no_basis_.push_back(no_basis);
}

NodeId Lowering::number(ExprId id) {
  auto found = lowered_.find(id);
  if (found == lowered_.end()) {
    Gathering parts(*this);
    NodeId node = lower_number(expr(id));
    found = lowered_.insert({id, {node, parts.parts()}}).first;
  }
  // A number in two rules reports its (phải có) parts to each.
  pass_on(found->second.must_exist);
  return found->second.node;
}

NodeId Lowering::condition(ExprId id) { return lower_condition(expr(id)); }

Condition Lowering::rule_condition(ExprId id) {
  Gathering parts(*this);
  Condition result;
  result.node = condition(id);
  result.no_basis = parts.no_basis();
  return result;
}

NodeId Lowering::lower_number(const Expr& e) {
  using sema::Op;
  auto child = [&](std::size_t i) { return number(e.children[i]); };
  switch (e.op) {
    case Op::number:
    case Op::date:
    case Op::step:
    case Op::level: return build_.number(e.value, domain_of(e));
    case Op::text: return build_.text(e.text, domain_of(e));
    case Op::field: return build_.field(e.index);
    case Op::table_column: return build_.make(Opcode::column, {child(0)}, expr(e.children[0]).type.scale, e.index);
    case Op::reading: return lower_reading_number(e);
    case Op::points_of: return e.flag ? points_of_group(e.index) : points_of_criterion(e.index);
    case Op::total_points: return graph_.total;
    case Op::maximum_of: return scale_of(e.index);
    case Op::group_maximum_of: return group_maximum_of(e.index);
    case Op::add: return build_.add(child(0), child(1));
    case Op::subtract: return build_.subtract(child(0), child(1));
    case Op::multiply: return build_.multiply(child(0), child(1));
    case Op::divide: return build_.divide(child(0), child(1));
    case Op::negate: return build_.subtract(build_.number(0, domain_of(e)), child(0));
    case Op::at_most: return build_.smaller(child(0), child(1));
    case Op::at_least: return build_.larger(child(0), child(1));
    case Op::round: return build_.make(Opcode::round, {child(0)}, 0, rounding_code(e.rounding), {e.value});
    case Op::working_days: return build_.make(Opcode::working_days, {child(0), child(1)});
    case Op::share:
    case Op::count:
    case Op::sum:
    case Op::mean:
    case Op::largest:
    case Op::smallest: return lower_fold(e);
    default: return build_.pick(lower_condition(e), build_.number(1, domain_of(e)), build_.number(0, domain_of(e)));
  }
}

NodeId Lowering::row_value(const Expr& e) {
  NodeId value = number(e.children[0]);
  if (e.children.size() < 2) return value;
  return build_.make(Opcode::keep, {value, condition(e.children[1])});
}

NodeId Lowering::lower_fold(const Expr& e) {
  using sema::Op;
  std::uint32_t rows = e.index + 1;
  auto row_condition = [&] { return e.children.empty() ? build_.truth(true, rows) : condition(e.children[0]); };
  switch (e.op) {
    case Op::count: return build_.fold(Opcode::fold_count, row_condition(), e.index);
    case Op::share: {
      NodeId rule = row_condition();
      return build_.divide(build_.fold(Opcode::fold_count, rule, e.index), build_.fold(Opcode::fold_applicable, rule, e.index));
    }
    case Op::sum: return build_.fold(Opcode::fold_sum, row_value(e), e.index);
    case Op::mean: {
      NodeId value = row_value(e);
      return build_.divide(build_.fold(Opcode::fold_sum, value, e.index), build_.fold(Opcode::fold_applicable, value, e.index));
    }
    default: break;
  }
  // Levels are numbered from the best, so the largest has the smallest number.
  bool largest = (e.op == Op::largest) != (expr(e.children[0]).type.kind == Kind::level);
  return build_.fold(largest ? Opcode::fold_largest : Opcode::fold_smallest, row_value(e), e.index);
}

NodeId Lowering::under_option(const Expr& e, std::size_t option, NodeId (Lowering::*lower)(ExprId)) {
  std::vector<NodeId> parts;
  NodeId node = kNone;
  {
    Gathering gathering(*this);
    node = (this->*lower)(e.children[option]);
    parts = gathering.parts();
  }
  pass_on(parts, build_.reading(e.index, static_cast<std::uint32_t>(option)));
  return node;
}

NodeId Lowering::lower_reading_number(const Expr& e) {
  NodeId result = under_option(e, e.children.size() - 1, &Lowering::number);
  for (std::size_t option = e.children.size() - 1; option-- > 0;)
    result = build_.pick(build_.reading(e.index, static_cast<std::uint32_t>(option)), under_option(e, option, &Lowering::number), result);
  return result;
}

NodeId Lowering::lower_reading_condition(const Expr& e) {
  NodeId result = under_option(e, e.children.size() - 1, &Lowering::condition);
  for (std::size_t option = e.children.size() - 1; option-- > 0;)
    result = build_.choose(build_.reading(e.index, static_cast<std::uint32_t>(option)), under_option(e, option, &Lowering::condition), result);
  return result;
}

NodeId Lowering::lower_condition(const Expr& e) {
  using sema::Op;
  auto all_children = [&] {
    std::vector<NodeId> parts;
    for (ExprId child : e.children) parts.push_back(condition(child));
    return parts;
  };
  auto noted = [&](NodeId node) {
    if (e.applicability == sema::Applicability::must_exist && must_exist_ && build_.may_be_left_out(node)) {
      NodeId lacking = build_.left_out(node);
      std::uint32_t domain = build_.node(node).domain;
      // Among rows one without its basis is enough.
      must_exist_->push_back(domain == 0 ? lacking : build_.fold(Opcode::fold_any, lacking, domain - 1));
    }
    return node;
  };
  switch (e.op) {
    case Op::truth: return build_.truth(e.flag, domain_of(e));
    case Op::field: return build_.field(e.index);
    case Op::reading: return lower_reading_condition(e);
    case Op::compare: return noted(lower_compare(e));
    case Op::one_of: return noted(lower_one_of(e));
    case Op::between:
      return noted(build_.all({build_.compare(number(e.children[0]), Comparison::greater_equal, number(e.children[1])),
                               build_.compare(number(e.children[0]), Comparison::less_equal, number(e.children[2]))}));
    case Op::logical_and: return build_.all(all_children());
    case Op::logical_or: return build_.any(all_children());
    case Op::logical_not: return build_.negate(condition(e.children[0]));
    case Op::at_least_of:
      return build_.compare(build_.make(Opcode::count_true, all_children()), Comparison::greater_equal, build_.number(e.value));
    case Op::exists:
      return noted(build_.fold(Opcode::fold_any, e.children.empty() ? build_.truth(true, e.index + 1) : condition(e.children[0]), e.index));
    case Op::every:
      return noted(build_.fold(Opcode::fold_every, e.children.empty() ? build_.truth(true, e.index + 1) : condition(e.children[0]), e.index));
    case Op::condition: return noted(condition(e.children[0]));
    case Op::unless: return lower_unless(e);
    default: return build_.compare(lower_number(e), Comparison::not_equal, build_.number(0, domain_of(e)));
  }
}

std::optional<std::pair<NodeId, NodeId>> Lowering::ratio_parts(ExprId id) {
  NodeId node = number(id);
  if (build_.node(node).op != Opcode::divide) return std::nullopt;
  return std::pair{build_.node(node).inputs[0], build_.node(node).inputs[1]};
}

NodeId Lowering::lower_compare(const Expr& e) {
  if (e.children.size() > kSidesOfComparison) return lower_tracked(e);
  return lower_sides(e, e.children[0], e.comparison);
}

/// Until the span is over only a threshold that the number to date has passed counts; else the comparison is left out as not yet due.
NodeId Lowering::lower_tracked(const Expr& e) {
  const bool reaches = e.comparison == Comparison::greater_equal || e.comparison == Comparison::less;
  const bool holds_then = e.comparison == Comparison::greater_equal || e.comparison == Comparison::greater || e.comparison == Comparison::not_equal;
  const ExprId to_date = e.children[2];
  NodeId over = build_.field(expr(e.children[3]).index);
  NodeId passed = lower_sides(e, to_date, reaches ? Comparison::greater_equal : Comparison::greater);
  NodeId before_its_end = build_.pick(passed, build_.number(holds_then ? 1 : 0), build_.nothing());
  NodeId at_its_end = build_.pick(lower_sides(e, to_date, e.comparison), build_.number(1), build_.number(0));
  return build_.compare(build_.pick(over, at_its_end, before_its_end), Comparison::greater_equal, build_.number(1));
}

NodeId Lowering::lower_sides(const Expr& e, ExprId left, Comparison sign) {
  ExprId right = e.children[1];
  if (expr(left).type.kind == Kind::boolean) {
    NodeId same = build_.compare(lower_number(expr(left)), Comparison::equal, lower_number(expr(right)));
    return sign == Comparison::equal ? same : build_.negate(same);
  }
  // Levels are numbered from the best, so "at least good" is "numbered at most good".
  if (expr(left).type.kind == Kind::level) sign = mirrored(sign);
  auto constant = build_.constant_value(number(right));
  if (constant)
    if (auto parts = ratio_parts(left)) return build_.compare_ratio(parts->first, parts->second, sign, *constant);
  constant = build_.constant_value(number(left));
  if (constant)
    if (auto parts = ratio_parts(right)) return build_.compare_ratio(parts->first, parts->second, mirrored(sign), *constant);
  return build_.compare(number(left), sign, number(right));
}

NodeId Lowering::lower_one_of(const Expr& e) {
  NodeId value = number(e.children[0]);
  std::vector<Rational> constants;
  std::vector<NodeId> equal;
  for (std::size_t i = 1; i < e.children.size(); ++i) {
    NodeId item = number(e.children[i]);
    if (auto constant = build_.constant_value(item)) constants.push_back(*constant);
    equal.push_back(build_.compare(value, Comparison::equal, item));
  }
  if (constants.size() != e.children.size() - 1) return build_.any(equal);
  std::sort(constants.begin(), constants.end());
  auto count = static_cast<std::uint32_t>(constants.size());
  return build_.make(Opcode::member, {value}, count, 0, std::move(constants));
}

NodeId Lowering::lower_unless(const Expr& e) {
  NodeId claim = build_.holds(condition(e.children[1]));
  std::vector<NodeId> parts;
  NodeId rule = kNone;
  {
    Gathering gathering(*this);
    rule = condition(e.children[0]);
    parts = gathering.parts();
  }
  // What a granted exception puts aside is not asked for its basis.
  pass_on(parts, e.list == kNone ? build_.negate(claim) : kNone);
  if (e.flag) return build_.choose(claim, build_.truth(true), rule);
  NodeId as_number = build_.pick(claim, build_.nothing(), build_.pick(rule, build_.number(1), build_.number(0)));
  return build_.compare(as_number, Comparison::greater_equal, build_.number(1));
}

}  // namespace quy::ir
