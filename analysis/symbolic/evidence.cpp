#include "analysis/symbolic/evidence.h"

#include <fmt/format.h>

#include "analysis/record/year.h"
#include "analysis/symbolic/row_kinds.h"
#include "base/limits.h"
#include "runtime/vm/shape.h"

namespace quy::analysis::symbolic {

using bytecode::Field;
using bytecode::FieldKind;
using bytecode::FieldPlace;
using bytecode::kNone;

namespace {

constexpr int kTiny = 10, kSmall = 100;           ///< numbers that a reader takes in at once
constexpr int kTinyRows = 3, kSmallRows = 12;

/// Facts that the record's head gives, and those of which there is nothing to choose.
bool is_head(FieldPlace place) {
  return place == FieldPlace::period_first || place == FieldPlace::period_last || place == FieldPlace::unit || place == FieldPlace::closed ||
         place == FieldPlace::span_over || place == FieldPlace::earlier_in_span || place == FieldPlace::decision;
}

std::shared_ptr<z3::context> context_of_thread() {
  thread_local const auto context = std::make_shared<z3::context>();
  return context;
}

Integer scaled_bound(const Rational& bound, int digits) { return (bound * power_of_ten(digits)).numerator(); }

}  // namespace

Evidence::Evidence(const std::vector<Of>& subjects, int year) : context_(context_of_thread()), year_(year) {
  texts_[RecordTexts::kOwnUnit] = 0;
  texts_[RecordTexts::kOtherUnit] = 1;
  for (const Of& of : subjects) add_texts(*of.module);
  for (const Of& of : subjects)
    for (std::uint32_t list = 0; list < of.subject->lists.size(); ++list) add_list(of, list);
  for (const Of& of : subjects) add_subject(of);
  add_wishes();
}

void Evidence::add_texts(const bytecode::Module& module) {
  for (const std::string& text : module.strings) texts_.emplace(text, static_cast<std::int64_t>(texts_.size()));
}

z3::expr Evidence::text(std::string_view text) const {
  return context_->int_val(static_cast<std::int64_t>(texts_.find(text)->second));
}

std::string Evidence::key(const bytecode::Subject& subject, const Field& field, std::size_t kind) const {
  const std::string list = field.list == kNone ? "" : subject.lists[field.list].id;
  return fmt::format("{}.{}.{}.{}", static_cast<int>(field.place), list, kind, field.id + field.clause);
}

std::size_t Evidence::variable(const z3::expr& term) {
  variables_.push_back(term);
  return variables_.size() - 1;
}

const FieldTerms& Evidence::field(const bytecode::Subject& subject, std::uint32_t index, std::size_t kind) const {
  return fields_.at(key(subject, subject.fields[index], kind));
}

z3::expr Evidence::fresh(const char* what, const Rational& low, const Rational& high) {
  z3::expr made = context_->int_const(fmt::format("{}!{}", what, fresh_++).c_str());
  assume(made >= integer(*context_, low.floor()) && made <= integer(*context_, high.ceiling()));
  return made;
}

// ---------------------------------------------------------------- lists

void Evidence::add_list(const Of& of, std::uint32_t list) {
  const bytecode::List& info = of.subject->lists[list];
  const RowKinds wanted = symbolic::row_kinds(*of.module, *of.subject, list);
  if (wanted.cut) lists_cut_.push_back(info.label);
  std::vector<z3::expr>& kinds = lists_[info.id];
  while (kinds.size() < wanted.needed) {
    const z3::expr rows = context_->int_const(fmt::format("rows.{}.{}", info.id, kinds.size()).c_str());
    assume(rows >= 0 && rows <= static_cast<int>(limits::list_items));
    row_variables_[info.id].push_back(variable(rows));
    kinds.push_back(rows);
  }
}

// ---------------------------------------------------------------- fields

void Evidence::add_subject(const Of& of) {
  for (std::uint32_t i = 0; i < of.subject->fields.size(); ++i) {
    const Field& field = of.subject->fields[i];
    const std::size_t kinds = field.list == kNone ? 1 : lists_.at(of.subject->lists[field.list].id).size();
    for (std::size_t kind = 0; kind < kinds; ++kind) add_field(of, i, kind);
  }
  bound_parts(of);
}

FieldTerms Evidence::head_field(const Field& field) {
  z3::expr value = context_->int_val(0);
  if (field.place == FieldPlace::period_first) value = context_->int_val(static_cast<std::int64_t>(*day_number(year_, 1, 1)));
  if (field.place == FieldPlace::period_last) value = context_->int_val(static_cast<std::int64_t>(*day_number(year_, 12, 31)));
  if (field.place == FieldPlace::unit) value = text(RecordTexts::kOwnUnit);
  if (field.kind == FieldKind::boolean) value = context_->bool_val(field.place == FieldPlace::span_over && is_over_with_the_year(field));
  // Nothing has been decided yet: what is handed over stays with the authority.
  return {value, context_->bool_val(field.place == FieldPlace::decision), context_->int_val(0), field.digits};
}

void Evidence::add_field(const Of& of, std::uint32_t index, std::size_t kind) {
  const Field& field = of.subject->fields[index];
  const std::string name = key(*of.subject, field, kind);
  if (is_head(field.place)) {
    fields_.try_emplace(name, head_field(field));
    return;
  }
  const auto known = fields_.find(name);
  if (known != fields_.end()) {
    bound(of, field, known->second);
    return;
  }
  const bool is_boolean = field.kind == FieldKind::boolean;
  FieldTerms terms{is_boolean ? context_->bool_const(name.c_str()) : context_->int_const(name.c_str()), context_->bool_val(false),
                   context_->int_val(0), field.digits};
  Place place{variable(terms.value), kNowhere, kNowhere};
  if (field.may_be_left_out) {
    terms.left_out = context_->bool_const((name + ".out").c_str());
    terms.cause = context_->int_const((name + ".cause").c_str());
    assume(terms.cause >= 0 && terms.cause <= 2);
    place.left_out = variable(terms.left_out);
    place.cause = variable(terms.cause);
    tiny_.push_back(negated(terms.left_out));
    // "It did not arise" is the ordinary cause.
    small_.push_back(terms.cause == 1);
  }
  fields_.emplace(name, terms);
  places_.emplace(name, place);
  bound(of, field, terms);
}

void Evidence::bound(const Of& of, const Field& field, const FieldTerms& terms) {
  if (field.kind == FieldKind::boolean) return;
  if (field.kind == FieldKind::text) {
    assume(terms.value >= 0 && terms.value < static_cast<int>(texts_.size()));
    return;
  }
  const vm::Shape shape = vm::field_shape(*of.module, *of.subject, field);
  assume(terms.value >= integer(*context_, scaled_bound(shape.low, terms.digits)) &&
         terms.value <= integer(*context_, scaled_bound(shape.high, terms.digits)));
  if (field.step) {
    const Rational step = *field.step * power_of_ten(field.digits);
    if (step.is_integer() && step.numerator() > 1) assume(z3::mod(terms.value, integer(*context_, step.numerator())) == 0);
  }
  if (field.kind == FieldKind::date) {
    const auto from = *day_number(year_ - 10, 1, 1), to = *day_number(year_ + 1, 12, 31);
    small_.push_back(terms.value >= context_->int_val(static_cast<std::int64_t>(from)) &&
                     terms.value <= context_->int_val(static_cast<std::int64_t>(to)));
    return;
  }
  const bool is_index = field.kind >= FieldKind::step;
  if (is_index) return;
  const Integer scale = power_of_ten(field.digits).numerator();
  if (scale > 1) small_.push_back(z3::mod(terms.value, integer(*context_, scale)) == 0);
  if (field.place == FieldPlace::given_total || field.place == FieldPlace::score) return;
  tiny_.push_back(terms.value <= integer(*context_, Integer(scale * kTiny)));
  small_.push_back(terms.value <= integer(*context_, Integer(scale * kSmall)));
}

void Evidence::bound_parts(const Of& of) {
  for (const Field& field : of.subject->fields) {
    if (field.at_most_field == kNone) continue;
    const Field& whole = of.subject->fields[field.at_most_field];
    const std::size_t kinds = field.list == kNone ? 1 : lists_.at(of.subject->lists[field.list].id).size();
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      const FieldTerms &part = fields_.at(key(*of.subject, field, kind)), &all_of_it = fields_.at(key(*of.subject, whole, kind));
      Linear a{part.value, power_of_ten(part.digits).numerator()}, b{all_of_it.value, power_of_ten(all_of_it.digits).numerator()};
      bring_together(a, b);
      assume(either(either(part.left_out, all_of_it.left_out), a.top <= b.top));
    }
  }
}

void Evidence::add_wishes() {
  for (const auto& [id, kinds] : lists_) {
    z3::expr all_rows = context_->int_val(0);
    for (const z3::expr& rows : kinds) all_rows = all_rows + rows;
    assume(all_rows <= static_cast<int>(limits::list_items));
    tiny_.push_back(all_rows <= kTinyRows);
    small_.push_back(all_rows <= kSmallRows);
  }
  const z3::expr small = all(*context_, small_);
  wishes_ = {both(all(*context_, tiny_), small), small};
}

// ---------------------------------------------------------------- a model's record

Cells Evidence::cells(const Assignment& values, const bytecode::Subject& subject, std::uint32_t list, std::size_t kind, RecordTexts& texts) const {
  Cells cells;
  for (std::uint32_t i = 0; i < subject.fields.size(); ++i) {
    const Field& field = subject.fields[i];
    if (field.list != list || is_head(field.place) || field.place == FieldPlace::open_points) continue;
    const Place& place = places_.at(key(subject, field, kind));
    if (place.left_out != kNowhere && values[place.left_out] != 0) {
      cells[i] = {static_cast<vm::FieldState>(static_cast<std::int64_t>(vm::FieldState::excluded) + values[place.cause]), 0};
      continue;
    }
    std::int64_t value = values[place.value];
    if (field.kind == FieldKind::text)
      for (const auto& [text, id] : texts_)
        if (id == values[place.value]) value = texts.pool.intern(text);
    cells[i] = {vm::FieldState::value, value};
  }
  return cells;
}

Record Evidence::record(const Assignment& values, const bytecode::Subject& subject, RecordTexts& texts) const {
  Record record;
  record.fields = cells(values, subject, kNone, 0, texts);
  for (std::uint32_t list = 0; list < subject.lists.size(); ++list) {
    std::vector<Cells>& rows = record.lists[list];
    const std::vector<std::size_t>& kinds = row_variables_.at(subject.lists[list].id);
    for (std::size_t kind = 0; kind < kinds.size(); ++kind)
      for (std::int64_t row = 0; row < values[kinds[kind]]; ++row) rows.push_back(cells(values, subject, list, kind, texts));
  }
  return record;
}

}  // namespace quy::analysis::symbolic
