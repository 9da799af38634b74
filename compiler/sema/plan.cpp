#include "compiler/sema/plan.h"

#include <algorithm>

#include "base/text.h"

namespace quy::sema {
namespace {

Bilingual parameter_kind_text(syntax::ParameterKind kind) {
  switch (kind) {
    case syntax::ParameterKind::citation: return {"trích dẫn", "citation"};
    case syntax::ParameterKind::label: return {"nhãn", "label"};
    case syntax::ParameterKind::name: return {"tên", "name"};
    case syntax::ParameterKind::value: return {"giá trị", "value"};
  }
  return {};
}

const syntax::Expr* as_name(const syntax::Argument& argument) {
  const auto* expr = std::get_if<syntax::ExprPtr>(&argument.value);
  return expr && *expr && (*expr)->kind == syntax::ExprKind::name ? expr->get() : nullptr;
}

bool fits(syntax::ParameterKind kind, const syntax::Argument& argument) {
  switch (kind) {
    case syntax::ParameterKind::citation: return std::holds_alternative<syntax::Citation>(argument.value);
    case syntax::ParameterKind::label: return std::holds_alternative<syntax::LabelText>(argument.value);
    case syntax::ParameterKind::name: return as_name(argument) != nullptr;
    case syntax::ParameterKind::value: return std::holds_alternative<syntax::ExprPtr>(argument.value);
  }
  return false;
}

std::string_view default_group_name(syntax::Group::Sign sign) {
  return sign == syntax::Group::Sign::deductions ? "điểm_trừ" : "điểm_thưởng";
}

}  // namespace

std::string group_id(const PlanGroup& group) {
  syntax::Name name = name_in(group.part.context, group.part->name);
  return fold_id(name.empty() ? std::string(default_group_name(group.part->sign)) : name.text);
}

std::string criterion_id(const PlanCriterion& criterion) { return fold_id(name_in(criterion.part.context, criterion.part->name).text); }

std::uint32_t SubjectPlan::find_criterion(const std::string& wanted) const {
  for (std::uint32_t i = 0; i < criteria.size(); ++i)
    if (criterion_id(criteria[i]) == wanted) return i;
  return kNone;
}

std::uint32_t SubjectPlan::find_group(const std::string& wanted) const {
  for (std::uint32_t i = 0; i < groups.size(); ++i)
    if (group_id(groups[i]) == wanted) return i;
  return kNone;
}

std::uint32_t SubjectPlan::add_scope(std::uint32_t parent) {
  scopes.emplace_back().parent = parent;
  return static_cast<std::uint32_t>(scopes.size() - 1);
}

void PlanBuilder::add_shared_evidence(const std::vector<Part<syntax::EvidenceBlock>>& blocks) {
  for (const auto& block : blocks) add_evidence(*block, block.context, 0, true);
}

bool PlanBuilder::applies(const std::vector<syntax::Name>& kinds, Context context) {
  bool found = false;
  for (const syntax::Name& name : kinds) {
    std::string id = fold_id(name_in(context, name).text);
    found = found || id == plan_.kind;
    if (!context.pack->kinds.find(id))
      report_.at(context, name.span, Diag::unknown_kind, {name.text}).suggest(nearest(name.text, context.pack->kinds.names()));
  }
  return found;
}

void PlanBuilder::add_evidence(const syntax::EvidenceBlock& block, Context context, std::uint32_t scope, bool shared) {
  for (const syntax::Field& field : block.fields) {
    PlanField& added = plan_.fields.emplace_back();
    added.part = {&field, context};
    added.scope = scope;
    added.from_indicator = context.environment != nullptr;
    added.shared_by_pack = shared;
    added.of_refiner = !plan_.refines.empty();
  }
  for (const syntax::Requirement& requirement : block.requirements) plan_.requirements.push_back({{&requirement, context}, scope, shared});
  for (const auto& narrower : block.for_kinds)
    if (applies(narrower.kinds, context)) add_evidence(narrower.block, context, scope, shared);
}

void PlanBuilder::add_choices(const std::vector<syntax::OpenChoice>& choices, Context context, std::uint32_t scope) {
  for (const auto& choice : choices) plan_.scopes[scope].choices.push_back({&choice, context});
}

void PlanBuilder::add_computes(const std::vector<syntax::Compute>& computes, Context context, std::uint32_t scope) {
  for (const auto& compute : computes) {
    // A name is declared once along the way from a formula outwards only in its own scope; an inner one may not hide a sibling's.
    std::string id = fold_id(name_in(context, compute.name).text);
    for (const auto& other : plan_.scopes[scope].computes) {
      syntax::Name earlier = name_in(other.context, other->name);
      if (fold_id(earlier.text) == id)
        NameTable<int>::report_twice(report_, context, name_in(context, compute.name), earlier, id);
    }
    plan_.scopes[scope].computes.push_back({&compute, context});
  }
}

void PlanBuilder::add_treatments(const std::vector<syntax::Treatment>& treatments, Context context, std::uint32_t scope) {
  auto& list = plan_.scopes[scope].treatments;
  for (const auto& treatment : treatments) {
    auto same = std::find_if(list.begin(), list.end(), [&](const auto& other) { return other->cause == treatment.cause; });
    if (same != list.end()) {
      report_.at(context, treatment.span, Diag::treatment_twice, {}).label((*same)->span, {"đã khai báo ở đây", "already declared here"});
    } else {
      list.push_back({&treatment, context});
    }
  }
}

void PlanBuilder::add_body(const syntax::SubjectBody& body, Context context, std::uint32_t scope) {
  for (const auto& block : body.evidence) add_evidence(block, context, scope, false);
  for (const auto& requirement : body.requirements) plan_.requirements.push_back({{&requirement, context}, scope});
  add_computes(body.computes, context, scope);
  add_choices(body.open_choices, context, scope);
  add_treatments(body.treatments, context, scope);
  for (const auto& choice : body.choices) plan_.chosen.push_back({&choice, context});
  if (!body.stages.empty()) plan_.stages.emplace_back(context, body.stages);
  add_items(body.items, context, scope, kNone);
}

void PlanBuilder::add_items(const std::vector<syntax::GroupItem>& items, Context context, std::uint32_t scope, std::uint32_t group) {
  for (const syntax::GroupItem& item : items) {
    if (const auto* inner = std::get_if<std::unique_ptr<syntax::Group>>(&item)) {
      add_group(**inner, context, scope, group);
    } else if (const auto* criterion = std::get_if<syntax::Criterion>(&item)) {
      add_criterion(*criterion, context, scope, group);
    } else {
      add_use(std::get<syntax::IndicatorUse>(item), context, scope, group);
    }
  }
}

void PlanBuilder::add_group(const syntax::Group& ast, Context context, std::uint32_t scope, std::uint32_t parent) {
  auto index = static_cast<std::uint32_t>(plan_.groups.size());
  std::uint32_t own = plan_.add_scope(scope);
  PlanGroup group;
  group.part = {&ast, context};
  group.scope = own;
  group.parent = parent;
  plan_.groups.push_back(group);
  add_computes(ast.computes, context, own);
  add_choices(ast.open_choices, context, own);
  add_treatments(ast.treatments, context, own);
  add_items(ast.items, context, own, index);
}

void PlanBuilder::add_criterion(const syntax::Criterion& ast, Context context, std::uint32_t scope, std::uint32_t group,
                                const std::string& parent_id) {
  std::uint32_t own = plan_.add_scope(scope);
  PlanCriterion criterion;
  criterion.part = {&ast, context};
  criterion.rules = criterion.part;
  criterion.scope = criterion.rules_scope = own;
  criterion.group = group;
  criterion.parent_id = parent_id;
  plan_.criteria.push_back(criterion);
  add_computes(ast.computes, context, own);
  add_choices(ast.open_choices, context, own);
  add_treatments(ast.treatments, context, own);
}

// ---------------------------------------------------------------- indicators

void PlanBuilder::add_use(const syntax::IndicatorUse& use, Context context, std::uint32_t scope, std::uint32_t group) {
  std::string id = fold_id(use.indicator.text);
  const DeclaredIndicator* indicator = context.pack->indicators.find(id);
  if (!indicator) {
    report_.at(context, use.indicator.span, Diag::unknown_indicator, {use.indicator.text})
        .suggest(nearest(use.indicator.text, context.pack->indicators.names()));
    return;
  }
  if (!may_use(use, *indicator, context)) return;
  const Environment* environment = bind(use, *indicator, context, scope);
  if (!environment) return;
  std::uint32_t own = plan_.add_scope(scope);
  Context inside{indicator->context.pack, environment};
  const syntax::SubjectBody& body = indicator->ast->body;
  std::size_t first_criterion = plan_.criteria.size();
  for (const auto& block : body.evidence) add_evidence(block, inside, own, false);
  for (const auto& requirement : body.requirements) plan_.requirements.push_back({{&requirement, inside}, own});
  add_computes(body.computes, inside, own);
  add_choices(body.open_choices, inside, own);
  add_treatments(body.treatments, inside, own);
  add_items(body.items, inside, own, group);
  // A field marked `riêng` belongs to this use alone and is named after its first criterion.
  std::string prefix = plan_.criteria.size() > first_criterion ? criterion_id(plan_.criteria[first_criterion]) : id;
  for (const PlanField& field : plan_.fields) {
    if (field.scope != own || !field.part->is_private) continue;
    for (const syntax::Name& name : field.part->names) {
      std::string inner = fold_id(name_in(inside, name).text);
      plan_.scopes[own].private_fields[inner] = prefix + "_" + inner;
    }
  }
}

bool PlanBuilder::may_use(const syntax::IndicatorUse& use, const DeclaredIndicator& indicator, Context context) {
  if (!context.environment) return true;
  const DeclaredIndicator* user = nullptr;
  for (const auto& row : context.pack->indicators.rows())
    if (row.value.ast == context.environment->indicator) user = &row.value;
  if (user && indicator.order < user->order) return true;
  report_.at(context, use.indicator.span, Diag::indicator_not_yet_declared, {use.indicator.text});
  return false;
}

const Environment* PlanBuilder::bind(const syntax::IndicatorUse& use, const DeclaredIndicator& indicator, Context context,
                                     std::uint32_t scope) {
  const auto& parameters = indicator.ast->parameters;
  if (parameters.size() != use.arguments.size()) {
    report_.at(context, use.span, Diag::indicator_argument_count, {use.indicator.text, parameters.size(), use.arguments.size()})
        .label(indicator.ast->name.span, {"khai báo ở đây", "declared here"});
    return nullptr;
  }
  auto environment = std::make_unique<Environment>();
  environment->indicator = indicator.ast;
  environment->use = &use;
  environment->outer = context;
  bool complete = true;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    auto bound = bind_argument(parameters[i], use.arguments[i], context, scope);
    if (bound) {
      environment->bindings[fold_id(parameters[i].name.text)] = *bound;
    } else {
      complete = false;
    }
  }
  if (!complete) return nullptr;
  environments_.push_back(std::move(environment));
  return environments_.back().get();
}

std::optional<Bound> PlanBuilder::bind_argument(const syntax::Parameter& parameter, const syntax::Argument& argument, Context context,
                                                std::uint32_t scope) {
  // A parameter of the surrounding indicator is passed on as what it stands for.
  if (const syntax::Expr* name = as_name(argument))
    if (const Bound* outer = bound_parameter(context, name->text)) {
      if (outer->kind == parameter.kind) return *outer;
      report_.at(context, argument.span, Diag::indicator_argument_kind, {parameter.name.text, parameter_kind_text(parameter.kind)});
      return std::nullopt;
    }
  if (fits(parameter.kind, argument)) return Bound{parameter.kind, &argument, context, scope};
  report_.at(context, argument.span, Diag::indicator_argument_kind, {parameter.name.text, parameter_kind_text(parameter.kind)})
      .label(parameter.name.span, {"tham số khai báo ở đây", "the parameter is declared here"});
  return std::nullopt;
}

}  // namespace quy::sema
