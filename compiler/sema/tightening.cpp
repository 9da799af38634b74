// `siết X { đạt khi … }` writes a criterion's conditions anew. Whether they are as strict as the former ones is proved (analysis/refinement);
// here only what a proof over complete evidence does not see: marks for what is left out, and treatments.

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/plan.h"

namespace quy::sema {
namespace {

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
  bool alike = x.kind == y.kind && fold_id(x.text) == fold_id(y.text) && x.number == y.number &&
               x.percent == y.percent && x.day == y.day && x.flag == y.flag && x.comparison == y.comparison &&
               x.per == y.per && x.children.size() == y.children.size();
  if (!alike) return false;
  for (std::size_t i = 0; i < x.children.size(); ++i)
    if (!same({x.children[i].get(), a.context}, {y.children[i].get(), b.context})) return false;
  return true;
}

/// A comparison that says what happens when it is left out.
struct Marked {
  Piece left;
  syntax::Applicability mark;
  Span span;
};

void marks_below(Piece piece, std::vector<Marked>& found) {
  piece = resolved(*piece.expr, piece.context);
  if (piece.expr->kind == ExprKind::compare)
    found.push_back({{piece.expr->children[0].get(), piece.context}, piece.expr->applicability, piece.expr->span});
  for (const auto& child : piece.expr->children) marks_below({child.get(), piece.context}, found);
}

std::vector<Marked> marks_of(const std::vector<syntax::Scoring>& scorings, const Context& context) {
  std::vector<Marked> found;
  for (const auto& scoring : scorings)
    if (const auto* met = std::get_if<syntax::MetWhen>(&scoring)) marks_below({met->condition.get(), context}, found);
  return found;
}

}  // namespace

void check_tightening(const PlanCriterion& former, const syntax::Tightening& tightening, Context context,
                      Reporter& report) {
  for (const auto& treatment : tightening.body.treatments)
    report.at(context, treatment.span, Diag::tightening_changes_treatment, {tightening.criterion.text});
  const std::vector<Marked> before = marks_of(former.rules->scorings, former.rules.context);
  for (const Marked& now : marks_of(tightening.body.scorings, context))
    for (const Marked& then : before)
      if (now.mark == syntax::Applicability::if_any && then.mark == syntax::Applicability::must_exist &&
          same(now.left, then.left))
        report.at(context, now.span, Diag::mark_looser, {tightening.criterion.text})
            .label(then.span, {"khung đòi (phải có) ở đây", "the framework says (must exist) here"});
}

}  // namespace quy::sema
