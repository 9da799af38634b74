// `siết X { đạt khi … }`: every threshold of the former condition must stand in the new one, on the same left side and not looser. What
// this cannot see, such as a threshold moved into a formula, is left to the proof of refinement; a condition that is simply gone is not.

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/plan.h"

namespace quy::sema {
namespace {

using syntax::Comparison;
using syntax::Expr;
using syntax::ExprKind;

/// A piece of a condition in its context, parameters of indicators already replaced.
struct Piece {
  const Expr* expr;
  Context context;
};

Piece resolved(const Expr& expr, Context context) {
  if (expr.kind != ExprKind::name) return {&expr, context};
  const Bound* bound = bound_parameter(context, expr.text);
  const auto* given = bound ? std::get_if<syntax::ExprPtr>(&bound->argument->value) : nullptr;
  return given ? Piece{given->get(), bound->context} : Piece{&expr, context};
}

bool same(Piece a, Piece b) {
  a = resolved(*a.expr, a.context);
  b = resolved(*b.expr, b.context);
  const Expr &x = *a.expr, &y = *b.expr;
  bool alike = x.kind == y.kind && fold_id(x.text) == fold_id(y.text) && x.number == y.number && x.percent == y.percent && x.day == y.day &&
               x.flag == y.flag && x.comparison == y.comparison && x.per == y.per && x.children.size() == y.children.size();
  if (!alike) return false;
  for (std::size_t i = 0; i < x.children.size(); ++i)
    if (!same({x.children[i].get(), a.context}, {y.children[i].get(), b.context})) return false;
  return true;
}

struct Threshold {
  Piece whole, left;
  Comparison sign;
  Rational number;
  Span span;
};

std::optional<Rational> constant(Piece piece) {
  piece = resolved(*piece.expr, piece.context);
  if (piece.expr->kind == ExprKind::number) return piece.expr->number;
  return std::nullopt;
}

std::optional<Threshold> threshold(Piece piece) {
  if (piece.expr->kind != ExprKind::compare) return std::nullopt;
  Piece right = resolved(*piece.expr->children[1], piece.context);
  auto number = constant(right);
  if (!number) return std::nullopt;
  return Threshold{piece, {piece.expr->children[0].get(), piece.context}, piece.expr->comparison, *number, right.expr->span};
}

void conjuncts(Piece piece, std::vector<Piece>& parts) {
  piece = resolved(*piece.expr, piece.context);
  if (piece.expr->kind != ExprKind::logical_and) {
    parts.push_back(piece);
    return;
  }
  for (const auto& child : piece.expr->children) conjuncts({child.get(), piece.context}, parts);
}

void thresholds_below(Piece piece, std::vector<Threshold>& found) {
  piece = resolved(*piece.expr, piece.context);
  if (auto here = threshold(piece)) found.push_back(*here);
  for (const auto& child : piece.expr->children) thresholds_below({child.get(), piece.context}, found);
}

bool upward(Comparison sign) { return sign == Comparison::greater || sign == Comparison::greater_equal; }
bool downward(Comparison sign) { return sign == Comparison::less || sign == Comparison::less_equal; }
bool strict(Comparison sign) { return sign == Comparison::greater || sign == Comparison::less; }

/// Whether the second threshold lets nothing through that the first keeps out.
bool at_least_as_strict(const Threshold& first, const Threshold& second) {
  if (first.sign == Comparison::equal || first.sign == Comparison::not_equal)
    return second.sign == first.sign && second.number == first.number;
  bool equals = second.sign == Comparison::equal;
  if (!equals && (upward(first.sign) != upward(second.sign) || downward(first.sign) != downward(second.sign))) return false;
  if (second.number == first.number) return !strict(first.sign) || strict(second.sign);
  return upward(first.sign) ? second.number > first.number : second.number < first.number;
}

std::vector<Piece> children_of(const Piece& piece) {
  std::vector<Piece> children;
  for (const auto& child : piece.expr->children) children.push_back(resolved(*child, piece.context));
  return children;
}

/// Whether the first condition can be seen to hold only where the second does.
bool implies(const Piece& now, const Piece& former) {
  if (same(now, former)) return true;
  auto any = [](const std::vector<Piece>& pieces, const auto& test) { return std::any_of(pieces.begin(), pieces.end(), test); };
  auto all = [](const std::vector<Piece>& pieces, const auto& test) { return std::all_of(pieces.begin(), pieces.end(), test); };
  if (now.expr->kind == ExprKind::logical_or) return all(children_of(now), [&](const Piece& part) { return implies(part, former); });
  if (former.expr->kind == ExprKind::logical_and) return all(children_of(former), [&](const Piece& part) { return implies(now, part); });
  if (former.expr->kind == ExprKind::logical_or) return any(children_of(former), [&](const Piece& part) { return implies(now, part); });
  if (now.expr->kind == ExprKind::logical_and) return any(children_of(now), [&](const Piece& part) { return implies(part, former); });
  auto first = threshold(former), second = threshold(now);
  return first && second && same(first->left, second->left) && at_least_as_strict(*first, *second);
}

class TighteningCheck {
 public:
  TighteningCheck(const PlanCriterion& former, const syntax::Tightening& tightening, Context context, Reporter& report)
      : former_(former), tightening_(tightening), context_(context), report_(report) {
    for (const auto& scoring : former.rules->scorings)
      if (const auto* met = std::get_if<syntax::MetWhen>(&scoring)) conjuncts({met->condition.get(), former.rules.context}, old_);
    for (const auto& scoring : tightening.body.scorings)
      if (const auto* met = std::get_if<syntax::MetWhen>(&scoring)) {
        conjuncts({met->condition.get(), context}, new_);
        thresholds_below({met->condition.get(), context}, new_thresholds_);
      }
  }

  void run() {
    for (const auto& treatment : tightening_.body.treatments)
      report_.at(context_, treatment.span, Diag::tightening_changes_treatment, {tightening_.criterion.text});
    if (new_.empty()) return;
    check_exceptions();
    for (const Piece& part : old_) check_part(part);
  }

 private:
  void check_exceptions() {
    std::vector<std::string> former;
    for (const auto& scoring : former_.rules->scorings)
      if (const auto* met = std::get_if<syntax::MetWhen>(&scoring))
        for (const auto& exception : met->exceptions) former.push_back(fold_id(exception.name.text));
    for (const auto& scoring : tightening_.body.scorings)
      if (const auto* met = std::get_if<syntax::MetWhen>(&scoring))
        for (const auto& exception : met->exceptions)
          if (std::find(former.begin(), former.end(), fold_id(exception.name.text)) == former.end())
            report_.at(context_, exception.name.span, Diag::tightening_adds_exception, {exception.name.text, tightening_.criterion.text});
  }

  void check_part(const Piece& part) {
    for (const Piece& candidate : new_)
      if (implies(candidate, part)) {
        check_mark(part, candidate);
        return;
      }
    auto wanted = threshold(part);
    const Threshold* looser = nullptr;
    for (const Threshold& candidate : new_thresholds_)
      if (wanted && same(wanted->left, candidate.left)) looser = &candidate;
    if (!looser) {
      report_dropped(part);
      return;
    }
    report_.at(context_, looser->span, Diag::threshold_looser, {tightening_.criterion.text})
        .label(wanted->span, {"ngưỡng của khung ở đây", "the framework's threshold is here"});
  }

  void report_dropped(const Piece& part) {
    report_.at(context_, tightening_.criterion.span, Diag::condition_dropped, {tightening_.criterion.text})
        .label(part.expr->span, {"điều kiện này của khung không còn", "this condition of the framework is gone"});
  }

  void check_mark(const Piece& former, const Piece& now) {
    using syntax::Applicability;
    if (now.expr->applicability == Applicability::if_any && former.expr->applicability == Applicability::must_exist)
      report_.at(context_, now.expr->span, Diag::mark_looser, {tightening_.criterion.text})
          .label(former.expr->span, {"khung đòi (phải có) ở đây", "the framework says (must exist) here"});
  }

  const PlanCriterion& former_;
  const syntax::Tightening& tightening_;
  Context context_;
  Reporter& report_;
  std::vector<Piece> old_, new_;
  std::vector<Threshold> new_thresholds_;
};

}  // namespace

void check_tightening(const PlanCriterion& former, const syntax::Tightening& tightening, Context context, Reporter& report) {
  TighteningCheck(former, tightening, context, report).run();
}

}  // namespace quy::sema
