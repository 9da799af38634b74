#include "runtime/facts/subject_plan.h"

#include <algorithm>

namespace quy::facts {
namespace {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::Subject;

template <class Element>
std::vector<std::string> ids_of(const std::vector<Element>& elements) {
  std::vector<std::string> ids;
  ids.reserve(elements.size());
  for (const Element& element : elements) ids.push_back(element.id);
  return ids;
}

bool has_bounds(FieldKind kind) {
  switch (kind) {
    case FieldKind::count:
    case FieldKind::number:
    case FieldKind::percentage:
    case FieldKind::points:
    case FieldKind::money:
    case FieldKind::days:
    case FieldKind::date: return true;
    default: return false;
  }
}

/// verify() has made sure that it fits.
std::int64_t to_int64(const Integer& value) { return value.get_si(); }

void set_bounds(FieldPlan& plan) {
  const Field& field = *plan.field;
  const Rational scale = power_of_ten(field.digits);
  plan.low = to_int64((field.low * scale).ceiling());
  plan.high = to_int64((field.high * scale).floor());
  if (field.step) plan.step = to_int64((*field.step * scale).floor());
  if (field.presumed) plan.presumed = to_int64((*field.presumed * scale).floor());
}

/// By field: whether an instruction reads it, so that a text's identity matters.
std::vector<bool> read_fields(const Subject& subject) {
  std::vector<bool> read(subject.fields.size(), false);
  for (const bytecode::Instruction& instruction : subject.code) {
    if (instruction.opcode == bytecode::Opcode::field) read[instruction.a] = true;
  }
  return read;
}

bool in_evidence(const Field& field) {
  return field.place == FieldPlace::evidence || field.place == FieldPlace::exception;
}

/// Which of a subject's fields a record carries where, in field order.
template <class Belongs>
std::vector<std::uint32_t> fields_where(const Subject& subject, Belongs belongs) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < subject.fields.size(); ++i) {
    if (belongs(subject.fields[i])) found.push_back(i);
  }
  return found;
}

std::vector<std::uint32_t> fields_at(const Subject& subject, FieldPlace place) {
  return fields_where(subject, [place](const Field& field) { return field.place == place; });
}

std::vector<std::string> names_of(const Subject& subject, const std::vector<std::uint32_t>& fields,
                                  std::string Field::*name) {
  std::vector<std::string> names;
  names.reserve(fields.size());
  for (const std::uint32_t field : fields) names.push_back(subject.fields[field].*name);
  return names;
}

std::uint32_t position_of(const std::vector<FieldPlan>& fields, std::uint32_t index) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [index](const FieldPlan& plan) { return plan.index == index; });
  return found == fields.end() ? kNone : static_cast<std::uint32_t>(found - fields.begin());
}

/// The pairs among `fields` that at_most_field joins.
Parts parts_of(const std::vector<FieldPlan>& fields) {
  Parts parts;
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    const std::uint32_t whole = fields[i].field->at_most_field;
    if (whole == kNone) continue;
    const std::uint32_t position = position_of(fields, whole);
    if (position != kNone) parts.emplace_back(i, position);
  }
  return parts;
}

}  // namespace

std::uint32_t SubjectPlan::find_stage(std::string_view id) const {
  const auto found = std::find(subject->stages.begin(), subject->stages.end(), id);
  return found == subject->stages.end() ? kNone : static_cast<std::uint32_t>(found - subject->stages.begin());
}

Plans::Plans(const bytecode::Module& module, std::string stage)
    : module_(module),
      stage_(std::move(stage)),
      subjects_(ids_of(module.subjects)),
      plans_(module.subjects.size()),
      scales_(module.scales.size()),
      tables_(module.tables.size()) {}

SubjectPlan* Plans::find(std::string_view subject) {
  if (last_ != nullptr && last_->subject->id == subject) return last_;
  const std::uint32_t index = subjects_.find(subject);
  if (index == kNone) return nullptr;
  if (!plans_[index]) plans_[index] = std::make_unique<SubjectPlan>(make(index));
  return last_ = plans_[index].get();
}

const NameTable& Plans::scale(std::uint32_t index) {
  if (!scales_[index]) scales_[index] = std::make_unique<NameTable>(module_.scales[index].step_ids);
  return *scales_[index];
}

const NameTable& Plans::table(std::uint32_t index) {
  if (!tables_[index]) tables_[index] = std::make_unique<NameTable>(module_.tables[index].keys);
  return *tables_[index];
}

FieldPlan Plans::field_plan(const Subject& subject, std::uint32_t index) {
  const Field& field = subject.fields[index];
  FieldPlan made;
  made.field = &field;
  made.index = index;
  if (has_bounds(field.kind)) set_bounds(made);
  made.digits = field.digits;
  switch (field.kind) {
    case FieldKind::step: made.choices = &scale(field.scale); break;
    case FieldKind::code: made.choices = &table(field.table); break;
    default: break;
  }
  return made;
}

void Plans::choose_stage(SubjectPlan& plan) const {
  if (stage_.empty()) {
    if (!plan.subject->stages.empty()) plan.stage = static_cast<std::uint32_t>(plan.subject->stages.size() - 1);
    return;
  }
  plan.stage = plan.find_stage(stage_);
  plan.lacks_stage = plan.stage == kNone;
}

void Plans::add_list(SubjectPlan& plan, std::uint32_t index) {
  const Subject& subject = *plan.subject;
  ListPlan made;
  made.list = &subject.lists[index];
  made.index = index;
  std::vector<std::string> keys;
  for (const std::uint32_t field :
       fields_where(subject, [index](const Field& f) { return f.list == index && in_evidence(f); })) {
    made.column.push_back(static_cast<std::uint32_t>(made.fields.size()));
    keys.push_back(subject.fields[field].id);
    made.fields.push_back(plan.fields[field]);
  }
  if (made.list->of_results) {
    // The contract's own names stand for the fields that hold them, whatever those are called.
    const auto add = [&](std::string_view name, FieldKind kind) {
      const auto named = std::find(keys.begin(), keys.end(), name);
      if (named != keys.end()) return static_cast<std::uint32_t>(named - keys.begin());
      const auto typed = std::find_if(made.fields.begin(), made.fields.end(),
                                      [kind](const FieldPlan& f) { return f.field->kind == kind; });
      keys.emplace_back(name);
      made.column.push_back(typed == made.fields.end() ? kNone
                                                       : static_cast<std::uint32_t>(typed - made.fields.begin()));
      return static_cast<std::uint32_t>(keys.size() - 1);
    };
    made.id_key = add("id", FieldKind::text);
    made.level_key = add("level", FieldKind::level);
    if (made.column[made.id_key] != kNone) made.fields[made.column[made.id_key]].keep_text = true;
  }
  made.keys = KeySet(std::move(keys));
  plan.list_parts.push_back(parts_of(made.fields));
  plan.lists.push_back(std::move(made));
}

namespace {

QuickField quick_field(const FieldPlan& plan) {
  const Field& field = *plan.field;
  QuickField quick{.form = QuickField::Form::none, .digits = plan.digits, .index = plan.index, .low = plan.low, .high = plan.high, .step = plan.step};
  if (has_bounds(field.kind) && field.kind != FieldKind::date) quick.form = QuickField::Form::number;
  // A bare claim may lack its proof, so it is never quick.
  if (field.kind == FieldKind::boolean && field.place != FieldPlace::exception) quick.form = QuickField::Form::truth;
  if (plan.choices != nullptr && std::all_of(plan.choices->names().begin(), plan.choices->names().end(), stands_for_itself)) {
    quick.form = QuickField::Form::choice;
    quick.choices = plan.choices;
  }
  return quick;
}

}  // namespace

void Plans::add_keys(SubjectPlan& plan) {
  const Subject& subject = *plan.subject;
  std::vector<std::string> keys;
  for (const std::uint32_t field :
       fields_where(subject, [](const Field& f) { return f.list == kNone && in_evidence(f); })) {
    keys.push_back(subject.fields[field].id);
    plan.entries.push_back({false, field});
  }
  for (std::uint32_t list = 0; list < subject.lists.size(); ++list) {
    keys.push_back(subject.lists[list].id);
    plan.entries.push_back({true, list});
  }
  plan.evidence = KeySet(std::move(keys));
  for (const SubjectPlan::Entry& entry : plan.entries)
    plan.quick_evidence.push_back(entry.is_list ? QuickField{.form = QuickField::Form::list, .index = entry.index}
                                                : quick_field(plan.fields[entry.index]));
  plan.score_fields = fields_at(subject, FieldPlace::score);
  plan.scores = KeySet(names_of(subject, plan.score_fields, &Field::id));
  for (const std::uint32_t field : plan.score_fields) plan.quick_scores.push_back(quick_field(plan.fields[field]));
  plan.maximum_fields = fields_at(subject, FieldPlace::maximum);
  plan.maxima = KeySet(names_of(subject, plan.maximum_fields, &Field::id));
  plan.decision_fields = fields_at(subject, FieldPlace::decision);
  plan.clauses = KeySet(names_of(subject, plan.decision_fields, &Field::clause));
  plan.closed_fields = fields_at(subject, FieldPlace::closed);
  plan.first_day_fields = fields_at(subject, FieldPlace::period_first);
  plan.last_day_fields = fields_at(subject, FieldPlace::period_last);
  plan.unit_fields = fields_at(subject, FieldPlace::unit);
  for (const std::uint32_t field : fields_at(subject, FieldPlace::span_over))
    plan.span_over_fields.emplace_back(field, span_named(subject.fields[field].per));
  for (const std::uint32_t field : fields_at(subject, FieldPlace::earlier_in_span))
    plan.earlier_fields.emplace_back(field, span_named(subject.fields[field].per));
  plan.presumed_fields = fields_where(subject, [](const Field& f) { return f.presumed.has_value(); });
}

SubjectPlan Plans::make(std::uint32_t index) {
  SubjectPlan plan;
  const Subject& subject = module_.subjects[index];
  plan.subject = &subject;
  plan.index = index;
  if (subject.rating != kNone) plan.levels = NameTable(ids_of(module_.ratings[subject.rating].levels));
  plan.criteria = NameTable(ids_of(subject.criteria));
  plan.fields.reserve(subject.fields.size());
  const std::vector<bool> read = read_fields(subject);
  for (std::uint32_t i = 0; i < subject.fields.size(); ++i) {
    plan.fields.push_back(field_plan(subject, i));
    plan.fields.back().keep_text = read[i];
  }
  for (std::uint32_t i = 0; i < subject.lists.size(); ++i) add_list(plan, i);
  plan.parts = parts_of(plan.fields);
  // A pair inside a list belongs to its rows.
  std::erase_if(plan.parts, [&](const auto& pair) { return plan.fields[pair.first].field->list != kNone; });
  add_keys(plan);
  choose_stage(plan);
  return plan;
}

}  // namespace quy::facts
