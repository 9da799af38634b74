#include "compiler/syntax/ast.h"

namespace quy::syntax {

ExprPtr clone(const Expr& expr) {
  auto copy = std::make_unique<Expr>();
  copy->kind = expr.kind;
  copy->span = expr.span;
  copy->text = expr.text;
  copy->text_span = expr.text_span;
  copy->number = expr.number;
  copy->unit = expr.unit;
  copy->percent = expr.percent;
  copy->day = expr.day;
  copy->flag = expr.flag;
  copy->comparison = expr.comparison;
  copy->per = expr.per;
  copy->applicability = expr.applicability;
  copy->parenthesised = expr.parenthesised;
  for (const ExprPtr& child : expr.children) copy->children.push_back(clone(*child));
  return copy;
}

}  // namespace quy::syntax
