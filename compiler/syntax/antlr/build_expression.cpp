#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {
namespace {

/// Longer expressions are no rule that anybody reads, and later stages walk them recursively.
constexpr std::size_t kMostTokens = 2000;

Comparison comparison_of(Builder::P::ComparisonSignContext* sign) {
  if (sign->GREATER_EQUAL() != nullptr) return Comparison::greater_equal;
  if (sign->GREATER() != nullptr) return Comparison::greater;
  if (sign->LESS_EQUAL() != nullptr) return Comparison::less_equal;
  if (sign->LESS() != nullptr) return Comparison::less;
  return sign->EQUAL() != nullptr ? Comparison::equal : Comparison::not_equal;
}

Per per_of(Builder::P::PerPeriodContext* per) {
  if (per == nullptr) return Per::none;
  if (per->PER_YEAR() != nullptr) return Per::year;
  if (per->PER_QUARTER() != nullptr) return Per::quarter;
  if (per->PER_MONTH() != nullptr) return Per::month;
  return per->PER_WEEK() != nullptr ? Per::week : Per::term;
}

}  // namespace

ExprPtr Builder::make(ExprKind kind, Span where) const {
  auto expr = std::make_unique<Expr>();
  expr->kind = kind;
  expr->span = where;
  return expr;
}

bool Builder::is_too_long(antlr4::ParserRuleContext* context) {
  const std::size_t length = context->getStop()->getTokenIndex() - context->getStart()->getTokenIndex() + 1;
  if (length <= kMostTokens) return false;
  report(source_.span(tokens_[context->getStart()->getTokenIndex()]), Diag::expression_too_long, {length, kMostTokens});
  return true;
}

ExprPtr Builder::expression(P::ExpressionContext* context) {
  if (is_too_long(context)) return make(ExprKind::truth, span(context));
  const auto parts = context->conjunction();
  if (parts.size() == 1) return conjunction(parts.front());
  ExprPtr either = make(ExprKind::logical_or, span(context));
  for (P::ConjunctionContext* part : parts) {
    if (!part->AND().empty()) {
      report(span(part->AND().front()), Diag::and_or_mixed, {text(part->AND().front()), text(context->OR().front())})
          .label(span(context->OR().front()), {"ở đây là `hoặc`", "this is `or`"});
    }
    either->children.push_back(conjunction(part));
  }
  return either;
}

ExprPtr Builder::conjunction(P::ConjunctionContext* context) {
  const auto parts = context->negation();
  if (parts.size() == 1) return negation(parts.front());
  ExprPtr all = make(ExprKind::logical_and, span(context));
  for (P::NegationContext* part : parts) all->children.push_back(negation(part));
  return all;
}

ExprPtr Builder::negation(P::NegationContext* context) {
  if (context->comparison() != nullptr) return comparison(context->comparison());
  ExprPtr opposite = make(ExprKind::logical_not, span(context));
  opposite->children.push_back(negation(context->negation()));
  return opposite;
}

ExprPtr Builder::comparison(P::ComparisonContext* context) {
  ExprPtr value = sum(context->sum(0));
  ExprPtr result;
  if (context->comparisonSign() != nullptr) {
    result = make(ExprKind::compare, span(context));
    result->comparison = comparison_of(context->comparisonSign());
    result->per = per_of(context->perPeriod());
    result->children.push_back(std::move(value));
    result->children.push_back(sum(context->sum(1)));
  } else if (context->ONE_OF() != nullptr) {
    result = one_of(context, std::move(value));
  } else if (context->IN_PERIOD() != nullptr || context->BEFORE_PERIOD() != nullptr) {
    result = make(context->IN_PERIOD() != nullptr ? ExprKind::in_period : ExprKind::before_period, span(context));
    result->children.push_back(std::move(value));
  } else if (context->WITHIN_LAST() != nullptr) {
    result = make(ExprKind::within_years, span(context));
    result->number = small_integer(context->NUMBER()).value_or(0);
    result->children.push_back(std::move(value));
  } else {
    result = std::move(value);
  }
  if (context->applicability() != nullptr) {
    result->applicability = applicability(context->applicability());
    result->span = span(context);
  }
  return result;
}

ExprPtr Builder::one_of(P::ComparisonContext* context, ExprPtr value) {
  ExprPtr result = make(ExprKind::one_of, span(context));
  result->children.push_back(std::move(value));
  for (P::SetItemContext* each : context->setItem()) result->children.push_back(set_item(each));
  return result;
}

ExprPtr Builder::set_item(P::SetItemContext* context) {
  if (context->name() != nullptr) return make_name(context->name(), ExprKind::name);
  if (context->STRING() != nullptr) {
    ExprPtr expr = make(ExprKind::string, span(context));
    expr->text = string(context->STRING());
    expr->text_span = expr->span;
    return expr;
  }
  const NumberText number = signed_number(context->signedNumber());
  ExprPtr expr = make(ExprKind::number, number.span);
  expr->number = number.value;
  expr->percent = number.percent;
  if (number.percent) expr->unit = '%';
  return expr;
}

ExprPtr Builder::sum(P::SumContext* context) {
  if (is_too_long(context)) return make(ExprKind::truth, span(context));
  ExprPtr left = product(context->product(0));
  for (std::size_t i = 1; i < context->product().size(); ++i) {
    // Children alternate: product, sign, product, sign, …
    auto* sign = static_cast<antlr4::tree::TerminalNode*>(context->children[2 * i - 1]);
    ExprPtr right = product(context->product(i));
    ExprPtr both = make(token(sign).type == P::PLUS ? ExprKind::add : ExprKind::subtract, cover(left->span, right->span));
    both->children.push_back(std::move(left));
    both->children.push_back(std::move(right));
    left = std::move(both);
  }
  return left;
}

ExprPtr Builder::product(P::ProductContext* context) {
  ExprPtr left = unary(context->unary(0));
  for (std::size_t i = 1; i < context->unary().size(); ++i) {
    auto* sign = static_cast<antlr4::tree::TerminalNode*>(context->children[2 * i - 1]);
    ExprPtr right = unary(context->unary(i));
    const bool divides = token(sign).type == P::SLASH;
    if (divides && left->kind == ExprKind::divide && !left->parenthesised) {
      report(cover(left->span, right->span), Diag::quotient_of_three);
    }
    ExprPtr both = make(divides ? ExprKind::divide : ExprKind::multiply, cover(left->span, right->span));
    both->children.push_back(std::move(left));
    both->children.push_back(std::move(right));
    left = std::move(both);
  }
  return left;
}

ExprPtr Builder::unary(P::UnaryContext* context) {
  if (context->primary() != nullptr) return primary(context->primary());
  ExprPtr negated = make(ExprKind::negate, span(context));
  negated->children.push_back(unary(context->unary()));
  return negated;
}

Formula Builder::formula(P::FormulaContext* context) {
  if (is_too_long(context)) return {span(context), make(ExprKind::truth, span(context))};
  Formula result{span(context), expression(context->expression())};
  for (P::ModifierContext* each : context->modifier()) result.value = modified(each, std::move(result.value));
  return result;
}

ExprPtr Builder::modified(P::ModifierContext* context, ExprPtr value) {
  ExprPtr result;
  if (context->rounding() != nullptr) {
    result = rounding(context->rounding());
    result->children.push_back(std::move(value));
  } else if (context->MAY_EXCEED_TO() != nullptr) {
    result = make(ExprKind::may_exceed, span(context));
    const NumberText number = number_text(context->number());
    result->percent = context->PERCENT() != nullptr;
    result->number = result->percent ? number.value / Rational(100) : number.value;
    result->text = number.parameter;
    result->text_span = number.span;
    result->children.push_back(std::move(value));
  } else if (context->PRINT() != nullptr) {
    result = make(ExprKind::print_digits, span(context));
    result->number = small_integer(context->NUMBER()).value_or(0);
    result->children.push_back(std::move(value));
  } else {
    result = make(context->AT_MOST() != nullptr ? ExprKind::at_most : ExprKind::at_least, span(context));
    result->children.push_back(std::move(value));
    result->children.push_back(sum(context->sum()));
  }
  return result;
}

ExprPtr Builder::rounding(P::RoundingContext* context) {
  const ExprKind kind = context->ROUND() != nullptr        ? ExprKind::round
                        : context->ROUND_DOWN() != nullptr ? ExprKind::round_down
                                                           : ExprKind::round_up;
  ExprPtr result = make(kind, span(context));
  const NumberText step = number_text(context->number());
  result->number = step.value;
  result->text = step.parameter;
  result->text_span = step.span;
  return result;
}

}  // namespace quy::syntax
