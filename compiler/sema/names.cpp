// What a name in a formula means. Order: the row's fields, named values, fields, columns of tables, open choices; then what only the
// other side of a comparison can explain: levels, steps of a scale, criteria.

#include <algorithm>

#include "base/text.h"
#include "compiler/sema/field_types.h"
#include "compiler/sema/subject_checker.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {
namespace {

std::string in_a_row(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
  return text;
}

}  // namespace

SubjectChecker::Found SubjectChecker::look_up(const std::string& name, const Place& place) const {
  Found found;
  const Bound* bound = bound_parameter(place.context, name);
  if (bound && bound->kind == syntax::ParameterKind::value) {
    found.kind = Found::Kind::parameter;
    found.parameter = bound;
    return found;
  }
  std::string id = fold_id(name);
  if (place.list != kNone) {
    found.index = find_field(id, place.list);
    if (found.index != kNone) {
      found.kind = Found::Kind::field;
      return found;
    }
  }
  found = look_up_value(id, place);
  if (found.kind == Found::Kind::nothing) found = look_up_field(id, place);
  if (found.kind == Found::Kind::nothing) found = look_up_column(name, place);
  if (found.kind == Found::Kind::nothing) found = look_up_choice(id, place);
  if (found.kind == Found::Kind::nothing && find_list(id) != kNone) {
    found.kind = Found::Kind::list;
    found.index = find_list(id);
  }
  return found;
}

SubjectChecker::Found SubjectChecker::look_up_value(const std::string& id, const Place& place) const {
  Found found;
  for (std::uint32_t at = place.scope; at != kNone; at = scopes_[at].parent)
    for (const auto& compute : scopes_[at].computes)
      if (fold_id(name_in(compute.context, compute->name).text) == id) {
        found.kind = Found::Kind::value;
        found.compute = compute;
        found.scope = at;
        return found;
      }
  return found;
}

SubjectChecker::Found SubjectChecker::look_up_field(const std::string& id, const Place& place) const {
  Found found;
  std::string actual = field_id(id, place.scope);
  found.index = find_field(actual, kNone);
  if (found.index != kNone) found.kind = Found::Kind::field;
  for (const PlanReplacedField& row : plan_.replaced)
    if (fold_id(row.part->field.text) == actual) {
      found.kind = Found::Kind::replaced;
      found.replaced = &row;
    }
  return found;
}

SubjectChecker::Found SubjectChecker::look_up_column(const std::string& name, const Place& place) const {
  Found found;
  std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return found;
  std::string owner = fold_id(name.substr(0, dot)), column = fold_id(name.substr(dot + 1));
  std::uint32_t field = place.list == kNone ? kNone : find_field(owner, place.list);
  if (field == kNone) field = find_field(field_id(owner, place.scope), kNone);
  std::size_t table = place.context.pack->tables.index(owner);
  if (field == kNone && table != decltype(place.context.pack->tables)::npos)
    field = code_field_of_table(static_cast<std::uint32_t>(table), place);
  if (field == kNone || subject_.fields[field].info.table == kNone) return found;
  found.kind = Found::Kind::column;
  found.index = field;
  found.column = column;
  return found;
}

/// `danh_mục.hệ_số` in a row that has one code of that table.
std::uint32_t SubjectChecker::code_field_of_table(std::uint32_t table, const Place& place) const {
  std::uint32_t only = kNone;
  for (std::uint32_t list : {place.list, kNone}) {
    for (std::uint32_t i = 0; i < subject_.fields.size(); ++i) {
      const bytecode::Field& info = subject_.fields[i].info;
      if (info.table != table || info.list != list) continue;
      if (only != kNone) return kNone;
      only = i;
    }
    if (only != kNone) return only;
  }
  return kNone;
}

SubjectChecker::Found SubjectChecker::look_up_choice(const std::string& id, const Place& place) const {
  Found found;
  for (std::uint32_t at = place.scope; at != kNone; at = scopes_[at].parent)
    for (const auto& choice : scopes_[at].choices)
      if (fold_id(name_in(choice.context, choice->name).text) == id) {
        found.kind = Found::Kind::reading;
        found.choice = choice;
        found.scope = at;
        return found;
      }
  if (const auto* choice = place.context.pack->choices.find(id)) {
    found.kind = Found::Kind::reading;
    found.choice = *choice;
    found.scope = 0;
  }
  return found;
}

ExprId SubjectChecker::check_name(const syntax::Expr& e, const Place& place, const Type* expected) {
  syntax::Name name = name_in(place.context, {e.text, e.text_span});
  Found found = look_up(name.text, place);
  // A choice criterion lends its id to its field; where a criterion's code is wanted, the id is the code.
  bool wants_code = expected && expected->kind == Type::Kind::criterion;
  if (wants_code && found.kind == Found::Kind::field && subject_.fields[found.index].type.kind != Type::Kind::criterion &&
      criterion_index_.contains(fold_id(name.text)))
    return constant_name(name, place, expected);
  switch (found.kind) {
    case Found::Kind::nothing: return constant_name(name, place, expected);
    case Found::Kind::parameter: {
      const auto* given = std::get_if<syntax::ExprPtr>(&found.parameter->argument->value);
      Place outside = place;
      outside.context = found.parameter->context;
      outside.scope = found.parameter->scope;
      return given ? check(**given, outside, expected) : kNone;
    }
    case Found::Kind::field: {
      const Type& type = subject_.fields[found.index].type;
      bool unknown_scale = type.kind == Type::Kind::step && type.scale == kNone;   // reported where the field is declared
      return unknown_scale ? kNone : read_field(found.index, e.span);
    }
    case Found::Kind::replaced: return replaced_value(fold_id(found.replaced->part->field.text));
    case Found::Kind::value: return named_value(found.compute, found.scope, name, place);
    case Found::Kind::column: return read_column(found, name, place);
    case Found::Kind::reading: return read_choice(found.choice, found.scope, name.span, place, expected);
    case Found::Kind::list: break;
  }
  report_.at(place.context, name.span, Diag::list_as_value, {name.text});
  return kNone;
}

ExprId SubjectChecker::read_field(std::uint32_t field, Span span) {
  Expr node;
  node.op = Op::field;
  node.type = subject_.fields[field].type;
  node.span = span;
  node.list = subject_.fields[field].info.list;
  node.index = field;
  NodeNote note;
  note.ratio = node.type.unit == kPercentUnit;
  return add(std::move(node), note);
}

ExprId SubjectChecker::read_column(const Found& found, const syntax::Name& name, const Place& place) {
  const auto& table = place.context.pack->tables.rows()[subject_.fields[found.index].info.table].value;
  auto column = table.columns.find(found.column);
  if (column == table.columns.end() || column->second.index == kNone) {
    std::vector<std::string> usable;
    for (const auto& [id, known] : table.columns)
      if (known.index != kNone) usable.push_back(name.text.substr(0, name.text.rfind('.') + 1) + id);
    report_.at(place.context, name.span, Diag::unknown_column, {name.text, table.data.label}).suggest(nearest(name.text, usable));
    return kNone;
  }
  ExprId code = read_field(found.index, name.span);
  Expr node;
  node.op = Op::table_column;
  node.type = column->second.type;
  node.span = name.span;
  node.list = expr(code).list;
  node.index = column->second.index;
  node.children = {code};
  NodeNote note;
  auto range = table.ranges.find(found.column);
  if (range != table.ranges.end()) note.bounds = {range->second.first, range->second.second};
  return add(std::move(node), note);
}

ExprId SubjectChecker::named_value(const Part<syntax::Compute>& compute, std::uint32_t scope, const syntax::Name& name,
                                   const Place& place) {
  std::pair<const void*, const void*> key{compute.ast, compute.context.environment};
  auto known = named_.find(key);
  if (known != named_.end()) return known->second;
  if (!under_way_.insert(key).second) {
    report_.at(place.context, name.span, Diag::value_needs_itself, {name.text});
    return kNone;
  }
  Place inside{compute.context, scope, kNone, kNone, kNone};
  auto owner = scope_owners_.find(scope);
  if (owner != scope_owners_.end()) std::tie(inside.criterion, inside.group) = owner->second;
  ExprId value = check(*compute->formula.value, inside);
  under_way_.erase(key);
  named_[key] = value;
  if (value != kNone) subject_.values.push_back({name_in(compute.context, compute->name).text, value, compute->name.span});
  return value;
}

ExprId SubjectChecker::replaced_value(const std::string& id) {
  auto known = replaced_.find(id);
  if (known != replaced_.end()) return known->second;
  auto row = std::find_if(plan_.replaced.begin(), plan_.replaced.end(),
                          [&](const PlanReplacedField& r) { return fold_id(r.part->field.text) == id; });
  if (row == plan_.replaced.end()) return kNone;
  if (!under_way_.insert({row->part.ast, nullptr}).second) {
    report_.at(row->part.context, row->part->field.span, Diag::value_needs_itself, {row->part->field.text});
    return kNone;
  }
  Place place{row->part.context, 0, kNone, kNone, kNone};
  ExprId value = check(*row->part->formula.value, place);
  under_way_.erase({row->part.ast, nullptr});
  value = as_replaced_field(value, id, *row);
  replaced_[id] = value;
  return value;
}

/// The formula in the type of the field it stands for; differing types are errors.
ExprId SubjectChecker::as_replaced_field(ExprId value, const std::string& id, const PlanReplacedField& row) {
  auto info = replaced_infos_.find(id);
  if (value == kNone || info == replaced_infos_.end()) return value;
  Type wanted = type_of(info->second);
  const Type& given = expr(value).type;
  if (given == wanted) return value;
  bool percent = wanted.unit == kPercentUnit && notes_[value].ratio;
  if (percent) {
    ExprId hundred = number_literal(100, "", false, expr(value).span);
    return make(Op::multiply, wanted, expr(value).span, {value, hundred});
  }
  bool counted = given.kind == Type::Kind::number && wanted.kind == Type::Kind::number &&
                 (notes_[value].counts_rows || notes_[value].bare) && given.unit.empty();
  if (counted) {
    Expr copy = expr(value);
    copy.type = wanted;
    return add(std::move(copy), notes_[value]);
  }
  report_.at(row.part.context, row.part->formula.span, Diag::replaced_type_differs,
             {row.part->field.text, type_name(wanted, pack_), type_name(given, pack_)});
  return kNone;
}

bool SubjectChecker::is_constant_name(const syntax::Expr& e, const Place& place) const {
  if (e.kind != syntax::ExprKind::name) return false;
  syntax::Name name = name_in(place.context, {e.text, e.text_span});
  Found found = look_up(name.text, place);
  if (found.kind == Found::Kind::parameter) {
    const auto* given = std::get_if<syntax::ExprPtr>(&found.parameter->argument->value);
    Place outside = place;
    outside.context = found.parameter->context;
    outside.scope = found.parameter->scope;
    return given && is_constant_name(**given, outside);
  }
  return found.kind == Found::Kind::nothing;
}

ExprId SubjectChecker::constant_name(const syntax::Name& name, const Place& place, const Type* expected) {
  std::string id = fold_id(name.text);
  Expr node;
  node.span = name.span;
  auto level = level_index_.find(id);
  bool wants_other = expected && expected->kind != Type::Kind::level;
  if (level != level_index_.end() && !wants_other) {
    node.op = Op::level;
    node.type.kind = Type::Kind::level;
    node.value = Rational(static_cast<std::int64_t>(level->second));
    return add(std::move(node), {});
  }
  if (expected && expected->kind == Type::Kind::step) return step_constant(name, place, *expected);
  if (expected && expected->kind == Type::Kind::criterion) {
    auto criterion = criterion_index_.find(id);
    if (criterion != criterion_index_.end()) {
      node.op = Op::number;
      node.type.kind = Type::Kind::criterion;
      node.text = id;
      node.value = Rational(static_cast<std::int64_t>(criterion->second));
      return add(std::move(node), {});
    }
    report_.at(place.context, name.span, Diag::unknown_criterion, {name.text}).suggest(nearest(name.text, sheet_names()));
    return kNone;
  }
  return unknown_name(name, place, expected);
}

ExprId SubjectChecker::step_constant(const syntax::Name& name, const Place& place, const Type& expected) {
  const bytecode::Scale& scale = pack_.scales[expected.scale];
  auto step = std::find(scale.step_ids.begin(), scale.step_ids.end(), fold_id(name.text));
  if (step == scale.step_ids.end()) {
    std::vector<std::string> steps = pack_.spellings.of(scale.step_ids);
    report_.at(place.context, name.span, Diag::unknown_step, {name.text, scale.label, in_a_row(steps)}).suggest(nearest(name.text, steps));
    return kNone;
  }
  Expr node;
  node.op = Op::step;
  node.type = expected;
  node.span = name.span;
  node.value = Rational(static_cast<std::int64_t>(step - scale.step_ids.begin()));
  return add(std::move(node), {});
}

ExprId SubjectChecker::unknown_name(const syntax::Name& name, const Place& place, const Type* expected) {
  std::string id = fold_id(name.text);
  if (criterion_index_.contains(id) || group_index_.contains(id)) {
    std::string word = place.context.pack->language_of(name.span.file) == Language::vi ? "điểm " : "points ";
    report_.at(place.context, name.span, Diag::criterion_as_value, {name.text}).mend({name.span.file, name.span.begin, name.span.begin}, word);
    return kNone;
  }
  for (const bytecode::Scale& scale : pack_.scales)
    if (std::find(scale.step_ids.begin(), scale.step_ids.end(), id) != scale.step_ids.end()) {
      report_.at(place.context, name.span, Diag::step_without_value, {name.text, scale.label});
      return kNone;
    }
  report_.at(place.context, name.span, Diag::unknown_name, {name.text}).suggest(nearest(name.text, visible_names(place, expected)));
  return kNone;
}

std::vector<std::string> SubjectChecker::visible_names(const Place& place, const Type* expected) const {
  std::vector<std::string> names;
  for (const Field& field : subject_.fields) {
    bool readable = field.info.list == kNone || field.info.list == place.list;
    if (readable && field.info.place == bytecode::FieldPlace::evidence) names.push_back(field.info.name);
  }
  for (const PlanReplacedField& row : plan_.replaced) names.push_back(row.part->field.text);
  for (std::uint32_t at = place.scope; at != kNone; at = scopes_[at].parent) {
    for (const auto& compute : scopes_[at].computes) names.push_back(compute->name.text);
    for (const auto& choice : scopes_[at].choices) names.push_back(choice->name.text);
  }
  for (const auto& row : place.context.pack->choices.rows()) names.push_back(row.name.text);
  if (!expected || expected->kind == Type::Kind::level)
    for (const auto& [id, index] : level_index_) names.push_back(subject_.rating->levels[index].name);
  return names;
}

}  // namespace quy::sema
