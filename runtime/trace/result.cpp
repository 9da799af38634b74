#include "runtime/trace/result.h"

#include <algorithm>

#include "runtime/trace/numbers.h"
#include "runtime/trace/reasons.h"
#include "runtime/vm/completion.h"

namespace quy::trace {
namespace {

using bytecode::Observable;
using bytecode::Subject;
using vm::FieldState;
using vm::Truth;

void print(PrintedNumber& out, const Rational& value, int digits) {
  if (!append_decimal(out.decimal, value, digits)) out.fraction = fraction_text(value);
}

/// Bounds are rounded away from each other, so that the printed range never leaves out a value.
void print(PrintedRange& out, const Rational& low, const Rational& high, int digits) {
  const Rational step = power_of_ten(-digits);
  append_decimal(out.low, low.round_to(step, Rounding::floor), digits);
  append_decimal(out.high, high.round_to(step, Rounding::ceiling), digits);
}

/// A number register as results print it: its value, or its bounds, or neither when it is left out.
void print(const RecordView& view, Register reg, PrintedNumber& number, PrintedRange& range) {
  const int digits = static_cast<int>(view.index.subject().total_print_digits);
  Wide scaled = 0;
  int places = 0;
  if (!view.has(reg, bytecode::ValueKind::number)) return;
  if (view.machine.scaled(reg, view.row, scaled, places)) {
    if (!append_decimal(number.decimal, scaled, places, digits)) {
      number.fraction = fraction_text(view.number(reg).low);
    }
    return;
  }
  const vm::Range value = view.number(reg);
  if (value.left_out) return;
  if (value.known()) return print(number, value.low, digits);
  print(range, value.low, value.high, digits);
}

/// Whether a field is in a state: a row's field, in some row.
bool is_in_state(const RecordView& view, std::uint32_t field, FieldState state) {
  const std::uint32_t list = view.index.subject().fields[field].list;
  // A span of time that is not over is how a threshold comes not to be due.
  if (state == FieldState::not_yet_due && view.index.subject().fields[field].place == bytecode::FieldPlace::span_over)
    return view.batch.value(field, view.row) == 0;
  if (list == kNone) return view.batch.state(field, view.row) == state;
  if (!view.batch.list_present(list, view.row)) return false;
  for (std::uint32_t row = view.batch.list_begin(list, view.row); row < view.batch.list_end(list, view.row); ++row) {
    if (view.batch.state(field, row) == state) return true;
  }
  return false;
}

/// The cause of a line's absence: not yet due before excluded before did not arise, a zero denominator among the last.
FieldState cause(const RecordView& view, const std::vector<std::uint32_t>& fields) {
  const auto any = [&](FieldState state) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](std::uint32_t field) { return is_in_state(view, field, state); });
  };
  if (any(FieldState::not_yet_due)) return FieldState::not_yet_due;
  if (any(FieldState::excluded)) return FieldState::excluded;
  return FieldState::did_not_arise;
}

/// Points never pass their maximum, unless a formula may exceed it; bounds of what is missing may.
void keep_within_maximum(const RecordView& view, const Observable& o, PointsLine& line) {
  const vm::Range points = view.number(o.reg), maximum = view.number(o.maximum);
  if (!maximum.known() || points.high <= maximum.low || points.low > maximum.low) return;
  line.range.clear();
  print(line.range, points.low, maximum.low, static_cast<int>(view.index.subject().total_print_digits));
}

bool some_points_by_formula(const Subject& subject) {
  return std::any_of(subject.criteria.begin(), subject.criteria.end(),
                     [](const bytecode::CriterionInfo& c) { return c.scoring == "formula"; });
}

void fill_line(const RecordView& view, std::uint32_t observable, const std::vector<std::uint32_t>& fields,
               PointsLine& line) {
  line.points.clear(), line.range.clear(), line.maximum.clear();
  line.left_out = FieldState::value;
  if (observable == kNone) return;
  const Observable& o = view.index.observable(observable);
  print(view, o.reg, line.points, line.range);
  PrintedRange open_maximum;
  print(view, o.maximum, line.maximum, open_maximum);
  if (!line.range.empty() && !some_points_by_formula(view.index.subject())) keep_within_maximum(view, o, line);
  if (view.truth(o.applies_left_out) == Truth::yes) line.left_out = cause(view, fields);
}

/// Fields whose absence leaves a line out.
std::vector<std::uint32_t> fields_of_line(const SubjectIndex& index, std::uint32_t observable) {
  if (observable == kNone) return {};
  const Observable& o = index.observable(observable);
  return index.fields_read(o.applies_left_out != kNone ? o.applies_left_out : o.reg);
}

template <typename Info>
std::vector<std::vector<std::uint32_t>> fields_of_lines(const SubjectIndex& index, const std::vector<Info>& lines) {
  std::vector<std::vector<std::uint32_t>> fields;
  for (const Info& line : lines) fields.push_back(fields_of_line(index, line.observable));
  return fields;
}

template <typename Info>
void fill_lines(const RecordView& view, const std::vector<Info>& infos,
                const std::vector<std::vector<std::uint32_t>>& fields, std::vector<PointsLine>& lines) {
  lines.resize(infos.size());
  for (std::size_t i = 0; i < infos.size(); ++i) fill_line(view, infos[i].observable, fields[i], lines[i]);
}

void clear(Result& result) {
  result.level = kNone;
  result.possible = 0;
  result.outer = false;
  result.total.clear();
  result.total_range.clear();
  result.constant_reasons = nullptr;
  result.own_reasons.clear();
  result.influential.clear();
  result.missing.clear();
  result.would_decide.clear();
  result.settled = Settled::no;
  result.to_date.clear();
  result.waits_for.clear();
  result.provisional.clear();
  result.quota.reset();
  result.stages.clear();
}

/// Not what a record could state: the points that a framework leaves open, a test's total.
bool can_be_supplied(bytecode::FieldPlace place) {
  using enum bytecode::FieldPlace;
  return place == evidence || place == score || place == decision || place == exception || place == maximum ||
         place == result_total || place == earlier_in_span;
}

void add_missing(const RecordView& view, Result& result) {
  for (const std::uint32_t field : result.influential) {
    std::string id = missing_id(view, field);
    if (std::find(result.missing.begin(), result.missing.end(), id) == result.missing.end())
      result.missing.push_back(std::move(id));
  }
}

bool is_missing_list(const RecordView& view, const bytecode::Field& field) {
  return field.list != kNone && !view.batch.list_present(field.list, view.row);
}

void add_deciding(const RecordView& view, const vm::Completion& completion, WouldDecide& would_decide) {
  would_decide.smallest = completion.smallest;
  for (const vm::Deciding& item : completion.deciding) {
    const std::uint32_t field = item.fields.front();
    if (can_be_supplied(view.index.subject().fields[field].place))
      would_decide.items.push_back({missing_id(view, field), field, item.alone});
  }
}

/// Whether the record lacks something that it could state; a decision that is not there has not been made.
bool lacks_evidence(const RecordView& view) {
  const Subject& subject = view.index.subject();
  for (std::uint32_t f = 0; f < subject.fields.size(); ++f) {
    const bytecode::Field& field = subject.fields[f];
    if (!can_be_supplied(field.place) || field.place == bytecode::FieldPlace::decision) continue;
    if (is_missing_list(view, field) || is_in_state(view, f, FieldState::missing)) return true;
  }
  return false;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> tracked_fields(const Subject& subject) {
  using enum bytecode::FieldPlace;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> tracked;
  for (std::uint32_t f = 0; f < subject.fields.size(); ++f)
    for (std::uint32_t over = 0; over < subject.fields.size(); ++over)
      if (subject.fields[f].place == earlier_in_span && subject.fields[over].place == span_over && subject.fields[over].per == subject.fields[f].per)
        tracked.emplace_back(f, over);
  return tracked;
}

}  // namespace

ResultMaker::ResultMaker(const vm::Program& program, ResultNeeds needs, Language language, const vm::TextPool* texts)
    : index_(program),
      needs_(needs),
      language_(language),
      texts_(texts),
      band_reasons_(trace::band_reasons(index_, language)),
      tracked_(tracked_fields(index_.subject())) {
  if (!needs_.points) return;
  group_fields_ = fields_of_lines(index_, index_.subject().groups);
  criterion_fields_ = fields_of_lines(index_, index_.subject().criteria);
}

void ResultMaker::make(const vm::Machine& machine, const vm::Batch& batch, std::uint32_t row,
                       const facts::RecordHead& head, Result& result) const {
  const RecordView view{index_, machine, batch, row, texts_, language_};
  clear(result);
  result.head = &head;
  const Subject& subject = index_.subject();
  if (subject.total != kNone) print(view, subject.total, result.total, result.total_range);
  settle_outcome(view, result);
  if (needs_.settled) settle_missing(view, result);
  note_to_date(view, result);
  if (needs_.points) {
    fill_lines(view, subject.groups, group_fields_, result.groups);
    fill_lines(view, subject.criteria, criterion_fields_, result.criteria);
  }
  // A summary counts by which clause decisions are handed over, whatever keys are written.
  if (needs_.reasons || result.status == Status::authority) give_reasons(view, result);
}

void ResultMaker::settle_outcome(const RecordView& view, Result& result) const {
  const Subject& subject = index_.subject();
  vm::OutcomeSet outcomes = subject.levels == kNone ? 0 : view.machine.outcomes(view.row);
  const bool open_rating = subject.levels != kNone && !only(outcomes);
  if (open_rating || (needs_.range && !result.total_range.empty())) outcomes = complete(view, outcomes, result);
  // A subject without a rating has points only: its result is as settled as its total.
  result.status = subject.levels != kNone      ? status_of(outcomes)
                  : result.total_range.empty() ? Status::decided
                                               : Status::undecided;
  if (result.status == Status::decided && subject.levels != kNone) result.level = *only(outcomes);
  if (result.status == Status::undecided) {
    result.possible = outcomes;
    add_missing(view, result);
  }
  if (result.status == Status::authority) result.possible = allowed_to_authority(view);
}

void ResultMaker::settle_missing(const RecordView& view, Result& result) const {
  const Subject& subject = index_.subject();
  const bool rating = subject.levels != kNone && result.status != Status::undecided;
  const bool total = subject.total != kNone && result.total_range.empty();
  if ((!rating && !(subject.levels == kNone && total)) || !lacks_evidence(view)) return;
  result.settled = rating && total ? Settled::both : rating ? Settled::rating : Settled::total;
}

void ResultMaker::note_to_date(const RecordView& view, Result& result) const {
  const vm::Batch& batch = view.batch;
  for (const auto& [earlier, over] : tracked_) {
    const bytecode::Field& field = view.index.subject().fields[earlier];
    const bool known = batch.state(earlier, view.row) == FieldState::value && batch.state(field.earlier_of, view.row) == FieldState::value;
    if (!known || batch.value(over, view.row) != 0) continue;
    const Rational sum = Rational(batch.value(earlier, view.row)) + Rational(batch.value(field.earlier_of, view.row));
    result.to_date.push_back({earlier, (sum / power_of_ten(field.digits)).exact_text()});
  }
}

vm::OutcomeSet ResultMaker::complete(const RecordView& view, vm::OutcomeSet outer, Result& result) const {
  vm::Completion completion =
      vm::complete(index_.program(), view.machine, view.batch, view.row, {.influence = needs_.influence, .deciding = needs_.deciding});
  result.outer = !completion.exact;
  for (const std::uint32_t field : completion.influential) {
    if (can_be_supplied(index_.subject().fields[field].place)) result.influential.push_back(field);
  }
  add_deciding(view, completion, result.would_decide);
  if (!result.total_range.empty() && completion.total_low && completion.total_high) {
    const auto digits = static_cast<int>(index_.subject().total_print_digits);
    result.total_range.clear();
    if (*completion.total_low == *completion.total_high) {
      print(result.total, *completion.total_low, digits);
    } else {
      print(result.total_range, *completion.total_low, *completion.total_high, digits);
    }
  }
  return completion.possible != 0 ? completion.possible : outer;
}

void ResultMaker::give_reasons(const RecordView& view, Result& result) const {
  if (!band_reasons_.empty() && decided_by_points(view, result)) {
    result.constant_reasons = &band_reasons_[result.level];
  } else {
    add_reasons(view, result);
  }
}

std::string missing_id(const RecordView& view, std::uint32_t field) {
  const Subject& subject = view.index.subject();
  const bytecode::Field& info = subject.fields[field];
  if (info.list == kNone) return info.id;
  const std::string& list = subject.lists[info.list].id;
  return is_missing_list(view, info) ? list : list + "." + info.id;
}

std::string missing_label(const RecordView& view, std::uint32_t field) {
  const Subject& subject = view.index.subject();
  const bytecode::Field& info = subject.fields[field];
  const std::string& name = info.label.empty() ? info.name : info.label;
  if (info.list == kNone) return name;
  const bytecode::List& list = subject.lists[info.list];
  const std::string& list_name = list.label.empty() ? list.name : list.label;
  return is_missing_list(view, info) ? list_name : list_name + ": " + name;
}

}  // namespace quy::trace
