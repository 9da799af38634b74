// Open choices in formulas: the options are typed where the name stands, so one choice may be a number here and a row condition there.

#include "compiler/sema/readings.h"

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/subject_checker.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {

void SubjectChecker::use_reading(std::uint32_t reading) {
  used_readings_.insert(reading);
  readings_.mark_used(reading);
}

ExprId SubjectChecker::read_choice(const Part<syntax::OpenChoice>& choice, std::uint32_t scope, Span span, const Place& place,
                                   const Type* expected) {
  std::pair<const void*, const void*> key{choice.ast, choice.context.environment};
  if (!under_way_.insert(key).second) {
    report_.at(place.context, span, Diag::value_needs_itself, {choice->name.text});
    return kNone;
  }
  std::uint32_t reading = readings_.index_of(choice, &plan_);
  use_reading(reading);
  Place inside = place;
  inside.context = choice.context;
  inside.scope = scope;
  std::vector<ExprId> options = choice_options(choice, reading, span, inside, expected);
  under_way_.erase(key);
  if (options.empty() || !unify_options(options, choice, expected)) return kNone;
  Expr node;
  node.op = Op::reading;
  node.type = expr(options.front()).type;
  node.span = span;
  node.list = domain_of(options);
  node.index = reading;
  NodeNote note;
  auto all = [&](bool NodeNote::* flag) { return std::all_of(options.begin(), options.end(), [&](ExprId id) { return notes_[id].*flag; }); };
  note.bare = all(&NodeNote::bare);
  note.percent = all(&NodeNote::percent);
  note.ratio = all(&NodeNote::ratio);
  node.children = std::move(options);
  return add(std::move(node), note);
}

std::vector<ExprId> SubjectChecker::choice_options(const Part<syntax::OpenChoice>& choice, std::uint32_t reading, Span use,
                                                   const Place& place, const Type* expected) {
  std::vector<ExprId> options;
  ExprId given = kNone;
  if (const auto* value = readings_.chosen_value(reading)) {
    Place outside = place;
    outside.context = value->context;
    given = check(*(*value)->value, outside, expected);
    if (given == kNone) return {};
  }
  for (const syntax::Option& option : choice->options) {
    ExprId id = given;
    if (option.value) {
      id = check(*option.value, place, expected);
    } else if (option.policy) {
      report_.at(place.context, use, Diag::option_is_policy, {option.name.text, choice->name.text})
          .label(option.name.span, {"lựa chọn khai báo ở đây", "the option is declared here"});
      return {};
    } else if (given == kNone) {
      report_.at(place.context, option.name.span, Diag::option_without_value, {option.name.text, choice->name.text})
          .label(use, {"dùng trong công thức ở đây", "used in a formula here"});
      return {};
    }
    if (id == kNone) return {};
    options.push_back(id);
  }
  if (given != kNone) options.push_back(given);
  return options;
}

/// All options in one type and unit; literals take the unit of the others, or the one that is expected.
bool SubjectChecker::unify_options(std::vector<ExprId>& options, const Part<syntax::OpenChoice>& choice, const Type* expected) {
  for (ExprId option : options) {
    const Type &first = expr(options.front()).type, &here = expr(option).type;
    if (first.kind == here.kind && first.scale == here.scale) continue;
    report_.at(choice.context, expr(option).span, Diag::options_differ, {choice->name.text, type_name(first, pack_), type_name(here, pack_)});
    return false;
  }
  if (expr(options.front()).type.kind != Type::Kind::number) return true;
  if (expected && expected->kind == Type::Kind::number && !expected->unit.empty())
    for (ExprId& option : options)
      if (notes_[option].bare && unit(option).empty()) option = adapt(option, expected->unit);
  auto with_unit = std::find_if(options.begin(), options.end(), [&](ExprId id) { return !notes_[id].bare; });
  if (with_unit == options.end()) return true;
  Place place{choice.context, 0, kNone, kNone, kNone};
  for (ExprId& option : options)
    if (&option != &*with_unit && !unify(*with_unit, option, expr(option).span, place)) return false;
  return true;
}

}  // namespace quy::sema
