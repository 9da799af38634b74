#include "compiler/syntax/antlr/builder.h"
#include "compiler/syntax/keywords.h"

namespace quy::syntax {

ExprPtr Builder::make_name(P::NameContext* context, ExprKind kind) {
  ExprPtr expr = make(kind, span(context));
  expr->text = name(context).text;
  expr->text_span = expr->span;
  return expr;
}

ExprPtr Builder::primary(P::PrimaryContext* context) {
  const Span where = span(context);
  if (context->quantity() != nullptr) return quantity(context->quantity());
  if (context->aggregate() != nullptr) return aggregate(context->aggregate());
  if (context->AT_LEAST_OF() != nullptr) return at_least_of(context);
  if (context->formula() != nullptr) {
    ExprPtr inner = std::move(formula(context->formula()).value);
    inner->parenthesised = true;
    inner->span = where;
    return inner;
  }
  if (context->DATE() != nullptr) {
    ExprPtr expr = make(ExprKind::date, where);
    expr->day = date(context->DATE());
    return expr;
  }
  if (context->STRING() != nullptr) {
    ExprPtr expr = make(ExprKind::string, where);
    expr->text = string(context->STRING());
    expr->text_span = where;
    return expr;
  }
  if (context->YES() != nullptr || context->NO() != nullptr) {
    ExprPtr expr = make(ExprKind::truth, where);
    expr->flag = context->YES() != nullptr;
    return expr;
  }
  if (context->WORKING_DAYS_FROM() != nullptr) {
    ExprPtr expr = make(ExprKind::working_days, where);
    for (P::SumContext* end : context->sum()) expr->children.push_back(sum(end));
    return expr;
  }
  if (context->path() != nullptr) {
    const Name whole = path(context->path());
    ExprPtr expr = make(ExprKind::name, where);
    expr->text = whole.text;
    expr->text_span = whole.span;
    return expr;
  }
  if (context->POINTS() != nullptr) {
    ExprPtr expr = make_name(context->name(), ExprKind::points_of);
    expr->span = where;
    return expr;
  }
  if (context->THIS_UNIT() != nullptr) return make(ExprKind::this_unit, where);
  if (context->TOTAL_POINTS() != nullptr) return make(ExprKind::total_points, where);
  return make(context->MAXIMUM() != nullptr ? ExprKind::maximum : ExprKind::row_level, where);
}

ExprPtr Builder::quantity(P::QuantityContext* context) {
  ExprPtr expr = make(ExprKind::number, span(context));
  expr->number = number(context->NUMBER());
  if (context->STRING() != nullptr) {
    expr->unit = string(context->STRING());
  } else if (context->unitWord() != nullptr) {
    expr->unit = unit(context->unitWord());
  }
  if (expr->unit == "%") {
    expr->percent = true;
    expr->number = expr->number / Rational(100);
  }
  return expr;
}

/// Units that are keywords have one text, the Vietnamese one, so that a file means the same in both languages.
std::string Builder::unit(P::UnitWordContext* context) const {
  if (context->UNIT_WORD() != nullptr) return std::string(text(context->UNIT_WORD()));
  if (context->PERCENT() != nullptr) return "%";
  if (context->DAYS() != nullptr || context->DATED() != nullptr) return "ngày";
  if (context->MONEY() != nullptr) return "đồng";
  const Token& keyword = tokens_[context->getStart()->getTokenIndex()];
  return keyword_text(keyword.keyword, Language::vi);
}

ExprPtr Builder::aggregate(P::AggregateContext* context) {
  ExprKind kind = ExprKind::exists;
  if (context->EVERY() != nullptr) kind = ExprKind::every;
  if (context->SHARE_OF() != nullptr) kind = ExprKind::share;
  if (context->NUMBER_OF() != nullptr) kind = ExprKind::count;
  if (context->SUM() != nullptr) kind = ExprKind::sum;
  if (context->MEAN() != nullptr) kind = ExprKind::mean;
  if (context->LARGEST() != nullptr) kind = ExprKind::largest;
  if (context->SMALLEST() != nullptr) kind = ExprKind::smallest;
  ExprPtr expr = make_name(context->name(), kind);
  expr->span = span(context);
  if (context->formula() != nullptr) expr->children.push_back(std::move(formula(context->formula()).value));
  if (context->rowCondition() != nullptr) expr->children.push_back(expression(context->rowCondition()->expression()));
  return expr;
}

ExprPtr Builder::at_least_of(P::PrimaryContext* context) {
  ExprPtr expr = make(ExprKind::at_least_of, span(context));
  expr->number = small_integer(context->NUMBER()).value_or(0);
  for (P::ExpressionContext* each : context->expression()) expr->children.push_back(expression(each));
  return expr;
}

}  // namespace quy::syntax
