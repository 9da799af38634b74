#include "compiler/sema/context.h"

#include "base/text.h"

namespace quy::sema {
namespace {

const syntax::Expr* argument_expr(const Bound& bound) {
  const auto* expr = std::get_if<syntax::ExprPtr>(&bound.argument->value);
  return expr ? expr->get() : nullptr;
}

std::optional<PlacedNumber> plain_number(const syntax::Expr& expr) {
  if (expr.kind == syntax::ExprKind::number) return PlacedNumber{expr.number, expr.percent, expr.span};
  if (expr.kind != syntax::ExprKind::negate || expr.children.empty()) return std::nullopt;
  auto inner = plain_number(*expr.children[0]);
  if (inner) inner->value = -inner->value;
  return inner;
}

}  // namespace

const Bound* Environment::find(const std::string& parameter_id) const {
  auto found = bindings.find(parameter_id);
  return found == bindings.end() ? nullptr : &found->second;
}

const Bound* bound_parameter(const Context& context, const std::string& name) {
  return context.environment ? context.environment->find(fold_id(name)) : nullptr;
}

syntax::Name name_in(const Context& context, const syntax::Name& name) {
  std::size_t dot = name.text.find('.');
  const Bound* bound = bound_parameter(context, name.text.substr(0, dot));
  if (!bound || bound->kind != syntax::ParameterKind::name) return name;
  const syntax::Expr* given = argument_expr(*bound);
  if (!given) return name;
  std::string rest = dot == std::string::npos ? "" : name.text.substr(dot);
  return {given->text + rest, given->span};
}

std::string label_in(const Context& context, const std::optional<syntax::LabelText>& label) {
  if (!label) return {};
  if (!label->is_parameter) return label->text;
  const Bound* bound = bound_parameter(context, label->text);
  const auto* given = bound ? std::get_if<syntax::LabelText>(&bound->argument->value) : nullptr;
  return given ? given->text : std::string();
}

std::optional<PlacedNumber> number_in(const Context& context, const syntax::NumberText& number, Span* argument_span) {
  if (number.parameter.empty()) return PlacedNumber{number.value, number.percent, number.span};
  if (argument_span) *argument_span = number.span;
  const Bound* bound = bound_parameter(context, number.parameter);
  const syntax::Expr* given = bound ? argument_expr(*bound) : nullptr;
  if (!given) return std::nullopt;
  if (argument_span) *argument_span = given->span;
  return plain_number(*given);
}

std::optional<syntax::Citation> citation_in(const Context& context, const syntax::Citation& citation) {
  if (!citation.is_parameter) return citation;
  const Bound* bound = bound_parameter(context, citation.text);
  const auto* given = bound ? std::get_if<syntax::Citation>(&bound->argument->value) : nullptr;
  if (!given) return std::nullopt;
  return *given;
}

}  // namespace quy::sema
