// Evidence: fields, lists, records, the fields that the runtime gives itself, and requirements on one record.

#include <algorithm>
#include <limits>

#include "base/limits.h"
#include "base/text.h"
#include "compiler/sema/field_types.h"
#include "compiler/sema/subject_checker.h"
#include "compiler/sema/type_names.h"

namespace quy::sema {
namespace {

using bytecode::FieldKind;
using bytecode::FieldPlace;

/// A year has no more periods that a record can be of.
const Rational kMostEarlierPeriods = 12;

/// Labels of fields that share a line stand between `;` in one string.
std::vector<std::string> label_parts(const std::string& label, std::size_t names) {
  if (names == 1) return {label};
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= label.size()) {
    std::size_t end = std::min(label.find(';', begin), label.size());
    std::size_t first = label.find_first_not_of(' ', begin);
    parts.push_back(first == std::string::npos || first >= end ? "" : label.substr(first, end - first));
    begin = end + 1;
  }
  parts.resize(names);
  return parts;
}

/// Two uses of an indicator, or an indicator and a subject, mean the same field.
bool same_field(const bytecode::Field& a, const bytecode::Field& b) {
  return a.kind == b.kind && a.digits == b.digits && a.low == b.low && a.high == b.high && a.scale == b.scale && a.table == b.table &&
         a.unit == b.unit && a.per == b.per;
}

}  // namespace

void SubjectChecker::declare_fields() {
  for (const PlanField& field : plan_.fields) declare_field(field);
  link_parts();
  if (subject_.fields.size() > limits::fields_per_subject)
    report_.at(plan_.own->path.span, Diag::too_many_fields, {subject_.fields.size(), limits::fields_per_subject});
}

std::string SubjectChecker::field_id(const std::string& id, std::uint32_t scope) const {
  for (std::uint32_t at = scope; at != kNone; at = scopes_[at].parent) {
    auto found = scopes_[at].private_fields.find(id);
    if (found != scopes_[at].private_fields.end()) return found->second;
  }
  return id;
}

void SubjectChecker::declare_field(const PlanField& field) {
  const syntax::Field& ast = *field.part;
  std::vector<std::string> labels = label_parts(label_in(field.part.context, ast.label), ast.names.size());
  for (std::size_t i = 0; i < ast.names.size(); ++i) {
    syntax::Name name = name_in(field.part.context, ast.names[i]);
    std::string id = field_id(fold_id(name.text), field.scope);
    declare_one(ast, field.part.context, name, labels[i], id, kNone, field.from_indicator);
  }
}

void SubjectChecker::declare_one(const syntax::Field& ast, const Context& context, const syntax::Name& name, const std::string& label,
                                 const std::string& id, std::uint32_t list, bool shareable) {
  using syntax::FieldType;
  bool is_list = ast.type == FieldType::list || ast.type == FieldType::results;
  if (is_list && list != kNone) {
    report_.at(context, ast.type_span, Diag::list_in_list, {name.text});
  } else if (is_list) {
    if (shareable && find_list(id) != kNone) return;
    declare_list(ast, context, name, label, id);
  } else if (ast.type == FieldType::record) {
    if (ast.block) declare_block(*ast.block, context, id + ".", list, shareable);
  } else {
    declare_scalar(ast, context, name, label, id, list, shareable);
  }
}

void SubjectChecker::declare_block(const syntax::EvidenceBlock& block, const Context& context, const std::string& prefix,
                                   std::uint32_t list, bool shareable) {
  for (const syntax::Field& inner : block.fields) {
    std::vector<std::string> labels = label_parts(label_in(context, inner.label), inner.names.size());
    for (std::size_t i = 0; i < inner.names.size(); ++i) {
      syntax::Name name = name_in(context, inner.names[i]);
      declare_one(inner, context, name, labels[i], prefix + fold_id(name.text), list, shareable);
    }
  }
  for (const auto& requirement : block.requirements) report_.at(context, requirement.span, Diag::requirement_in_list, {});
  for (const auto& narrower : block.for_kinds) report_.at(context, narrower.block.span, Diag::kinds_in_list, {});
}

void SubjectChecker::declare_list(const syntax::Field& ast, const Context& context, const syntax::Name& name, const std::string& label,
                                  const std::string& id) {
  if (!claim_name(kNone, id, name, context)) return;
  auto index = static_cast<std::uint32_t>(subject_.lists.size());
  List list;
  list.info = {id, name.text, label, ast.type == syntax::FieldType::results,
               static_cast<bytecode::OwnResults>(ast.own)};
  list.span = name.span;
  subject_.lists.push_back(list);
  list_names_[id] = index;
  if (list.info.of_results) {
    declare_result_columns(index, name.span);
  } else if (ast.block) {
    declare_block(*ast.block, context, "", index, false);
  }
}

/// A row of results has the other's id and, looked up by the driver, its level.
void SubjectChecker::declare_result_columns(std::uint32_t list, Span span) {
  bytecode::Field id;
  id.id = "id";
  id.name = "mã";
  id.kind = FieldKind::text;
  id.list = list;
  field_names_[{list, "id"}] = field_names_[{list, "ma"}] = add_field(id, span);
  bytecode::Field level;
  level.id = "level";
  level.name = "mức";
  level.kind = FieldKind::level;
  level.list = list;
  if (subject_.rating) level.high = Rational(static_cast<std::int64_t>(subject_.rating->levels.size())) - Rational(1);
  field_names_[{list, "level"}] = add_field(level, span);
}

/// The other's total as an exact fraction: two columns, made when a rule first reads it.
std::pair<std::uint32_t, std::uint32_t> SubjectChecker::result_total_fields(std::uint32_t list) {
  const auto column = [&](FieldPlace place, const char* id, std::int64_t least, std::int64_t most) {
    for (std::uint32_t i = 0; i < subject_.fields.size(); ++i)
      if (subject_.fields[i].info.list == list && subject_.fields[i].info.place == place) return i;
    bytecode::Field info;
    info.id = id;
    info.name = "tổng điểm";
    info.kind = FieldKind::number;
    info.place = place;
    info.list = list;
    info.low = Rational(least);
    info.high = Rational(most);
    if (place == FieldPlace::result_total) info.unit = kPointsUnit;
    return add_field(info, subject_.lists[list].span);
  };
  return {column(FieldPlace::result_total, "total", 0, bytecode::kMostResultTotal),
          column(FieldPlace::result_total_divisor, "total_divisor", 1, bytecode::kMostResultDivisor)};
}

bool SubjectChecker::claim_name(std::uint32_t list, const std::string& id, const syntax::Name& name, const Context& context) {
  auto [place, fresh] = name_spans_.try_emplace({list, id}, name);
  if (!fresh) NameTable<int>::report_twice(report_, context, name, place->second, id);
  return fresh;
}

void SubjectChecker::declare_scalar(const syntax::Field& ast, const Context& context, const syntax::Name& name, const std::string& label,
                                    const std::string& id, std::uint32_t list, bool shareable) {
  bytecode::Field info = field_info(ast);
  info.id = id;
  info.name = name.text;
  info.label = label;
  info.list = list;
  complete_type(ast, context, info);
  check_bounds(ast, context, info);
  std::uint32_t existing = find_field(id, list);
  if (existing != kNone && (shareable || shareable_fields_.contains(existing)) && same_field(subject_.fields[existing].info, info)) return;
  if (list == kNone && is_replaced(id)) {
    if (claim_name(list, id, name, context)) replaced_infos_[id] = info;
    return;
  }
  if (!claim_name(list, id, name, context)) return;
  std::uint32_t field = add_field(info, name.span);
  field_names_[{list, id}] = field;
  if (shareable) shareable_fields_.insert(field);
  if (ast.at_most_field) {
    std::size_t dot = id.rfind('.');
    parts_.push_back({field, name_in(context, *ast.at_most_field), context, list, dot == std::string::npos ? "" : id.substr(0, dot + 1)});
  }
}

void SubjectChecker::complete_type(const syntax::Field& ast, const Context& context, bytecode::Field& info) {
  if (ast.type == syntax::FieldType::code_of) complete_code(ast, context, info);
  if (ast.type == syntax::FieldType::criterion_code)
    info.high = Rational(static_cast<std::int64_t>(plan_.criteria.size())) - Rational(1);
  if (ast.type != syntax::FieldType::scale) return;
  syntax::Name name = name_in(context, ast.type_name);
  std::size_t scale = context.pack->scales.index(fold_id(name.text));
  if (scale == decltype(context.pack->scales)::npos) {
    report_.at(context, name.span, Diag::unknown_type, {name.text}).suggest(nearest(name.text, context.pack->scales.names()));
    return;
  }
  info.scale = static_cast<std::uint32_t>(scale);
  info.low = 0;
  info.high = Rational(static_cast<std::int64_t>(context.pack->scales.rows()[scale].value.step_ids.size())) - Rational(1);
}

void SubjectChecker::complete_code(const syntax::Field& ast, const Context& context, bytecode::Field& info) {
  syntax::Name name = name_in(context, ast.type_name);
  std::string id = fold_id(name.text);
  std::size_t table = context.pack->tables.index(id);
  if (table != decltype(context.pack->tables)::npos) {
    info.kind = FieldKind::code;
    info.table = static_cast<std::uint32_t>(table);
    info.low = 0;
    info.high = Rational(static_cast<std::int64_t>(context.pack->tables.rows()[table].value.data.keys.size())) - Rational(1);
    return;
  }
  // `mã của đơn_vị` is an identifier: of the units in a list, or of any unit at all.
  std::vector<std::string> known = context.pack->tables.names();
  bool is_list = id == "don_vi" || id == "unit";
  for (const PlanField& field : plan_.fields) {
    bool rows = field.part->type == syntax::FieldType::list || field.part->type == syntax::FieldType::results;
    for (const syntax::Name& other : field.part->names) {
      is_list = is_list || (rows && fold_id(other.text) == id);
      if (rows) known.push_back(other.text);
    }
  }
  if (!is_list) report_.at(context, name.span, Diag::unknown_table_or_list, {name.text}).suggest(nearest(name.text, known));
}

void SubjectChecker::check_bounds(const syntax::Field& ast, const Context& context, bytecode::Field& info) {
  if (is_numeric(info.kind) && info.low > info.high) {
    report_.at(context, ast.span, Diag::field_bounds_crossed, {info.name, number_text(info.low), number_text(info.high)});
    std::swap(info.low, info.high);   // no further message about rules that read it
  }
  if (info.digits > 9) report_.at(context, ast.span, Diag::field_too_many_digits, {info.name, info.digits, 9});
  if (!is_numeric(info.kind) && ast.numeric_span.valid()) report_.at(context, ast.numeric_span, Diag::range_on_non_number, {info.name});
}

void SubjectChecker::link_parts() {
  for (const PartLink& link : parts_) {
    std::string id = fold_id(link.whole.text);
    std::uint32_t whole = find_field(link.prefix + id, link.list);
    if (whole == kNone && !link.prefix.empty()) whole = find_field(id, link.list);
    const bytecode::Field& part = subject_.fields[link.field].info;
    bool in_record = link.list == kNone && is_replaced(id);
    if (in_record) continue;   // becomes a requirement: the whole is a formula now
    if (whole == kNone) {
      std::vector<std::string> names;
      for (const Field& field : subject_.fields)
        if (field.info.list == link.list) names.push_back(field.info.name);
      report_.at(link.context, link.whole.span, Diag::unknown_field, {link.whole.text}).suggest(nearest(link.whole.text, names));
    } else if (!is_numeric(subject_.fields[whole].info.kind) || !is_numeric(part.kind)) {
      report_.at(link.context, link.whole.span, Diag::range_on_non_number, {is_numeric(part.kind) ? link.whole.text : part.name});
    } else if (subject_.fields[whole].info.unit != part.unit) {
      report_.at(link.context, link.whole.span, Diag::units_differ,
                 {unit_name(part.unit), unit_name(subject_.fields[whole].info.unit)});
    } else {
      subject_.fields[link.field].info.at_most_field = whole;
    }
  }
}

bool SubjectChecker::is_replaced(const std::string& id) const {
  return std::any_of(plan_.replaced.begin(), plan_.replaced.end(),
                     [&](const PlanReplacedField& row) { return fold_id(row.part->field.text) == id; });
}

std::uint32_t SubjectChecker::add_field(bytecode::Field info, Span span) {
  Field field;
  field.type = type_of(info);
  field.info = std::move(info);
  field.span = span;
  subject_.fields.push_back(std::move(field));
  return static_cast<std::uint32_t>(subject_.fields.size() - 1);
}

std::uint32_t SubjectChecker::pseudo_field(FieldPlace place, const std::string& id, FieldKind kind) {
  for (std::uint32_t i = 0; i < subject_.fields.size(); ++i)
    if (subject_.fields[i].info.place == place && subject_.fields[i].info.id == id) return i;
  bytecode::Field info;
  info.id = id;
  info.name = id;
  info.place = place;
  info.kind = kind;
  if (kind == FieldKind::date) {
    info.low = Rational(static_cast<std::int64_t>(*day_number(1900, 1, 1)));
    info.high = Rational(static_cast<std::int64_t>(*day_number(2199, 12, 31)));
  }
  if (kind == FieldKind::boolean) info.high = 1;
  return add_field(info, plan_.own->path.span);
}

std::uint32_t SubjectChecker::window_field(const Rational& years) {
  std::uint32_t field = pseudo_field(FieldPlace::period_first, "period_window_" + years.exact_text(), FieldKind::date);
  subject_.fields[field].info.step = years;
  return field;
}

std::uint32_t SubjectChecker::span_over_field(syntax::Per per) {
  const std::string span(per_id(per));
  std::uint32_t field = pseudo_field(FieldPlace::span_over, "span_over." + span, FieldKind::boolean);
  subject_.fields[field].info.per = span;
  return field;
}

std::uint32_t SubjectChecker::earlier_field(std::uint32_t of, syntax::Per per) {
  const std::string span(per_id(per));
  const bytecode::Field own = subject_.fields[of].info;
  std::uint32_t field = pseudo_field(FieldPlace::earlier_in_span, own.id + ".earlier." + span, own.kind);
  bytecode::Field& info = subject_.fields[field].info;
  if (info.earlier_of != kNone) return field;
  const Rational most = Rational(Integer(std::numeric_limits<std::int64_t>::max())) / power_of_ten(own.digits);
  info.name = own.name;
  info.label = own.label;
  info.unit = own.unit;
  info.digits = own.digits;
  info.low = std::max(std::min(own.low, Rational(0)) * kMostEarlierPeriods, -most);
  info.high = std::min(std::max(own.high, Rational(0)) * kMostEarlierPeriods, most);
  info.per = span;
  info.earlier_of = of;
  subject_.fields[field].type = type_of(info);
  return field;
}

std::uint32_t SubjectChecker::find_field(const std::string& id, std::uint32_t list) const {
  auto found = field_names_.find({list, id});
  return found == field_names_.end() ? kNone : found->second;
}

std::uint32_t SubjectChecker::find_list(const std::string& id) const {
  auto found = list_names_.find(id);
  return found == list_names_.end() ? kNone : found->second;
}

void SubjectChecker::check_requirements() {
  for (const PlanRequirement& requirement : plan_.requirements) {
    Place place{requirement.part.context, requirement.scope, kNone, kNone, kNone};
    ExprId rule = condition(*requirement.part->condition, place);
    if (rule == kNone) continue;
    subject_.requirements.push_back({rule, {}, requirement.part->span});
    subject_.requirement_labels.push_back(label_in(requirement.part.context, requirement.part->label));
  }
  require_replaced_wholes();
}

/// A part whose whole has become a formula is held below it by a requirement.
void SubjectChecker::require_replaced_wholes() {
  for (const PartLink& link : parts_) {
    ExprId whole = link.list == kNone ? replaced_value(fold_id(link.whole.text)) : kNone;
    if (whole == kNone) continue;
    ExprId part = read_field(link.field, link.whole.span);
    Place place{link.context, 0, kNone, kNone, kNone};
    if (!unify(part, whole, link.whole.span, place)) continue;
    Expr rule;
    rule.op = Op::compare;
    rule.type.kind = Type::Kind::boolean;
    rule.span = link.whole.span;
    rule.comparison = Comparison::less_equal;
    rule.applicability = Applicability::if_any;
    rule.children = {part, whole};
    subject_.requirements.push_back({add(std::move(rule), {}), {}, link.whole.span});
    subject_.requirement_labels.push_back(subject_.fields[link.field].info.name + " ≤ " + link.whole.text);
  }
}

}  // namespace quy::sema
