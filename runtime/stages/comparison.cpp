#include "runtime/stages/comparison.h"

#include <algorithm>

#include "base/limits.h"

namespace quy::stages {
namespace {

using bytecode::Field;
using bytecode::FieldPlace;
using bytecode::kNone;
using vm::Batch;
using vm::FieldState;
using vm::OutcomeSet;

/// Places that can differ between two stages of one record.
bool is_given(FieldPlace place) {
  using enum FieldPlace;
  return place == evidence || place == score || place == decision || place == exception || place == maximum;
}

bool same_cell(const Batch& a, std::uint32_t at_a, const Batch& b, std::uint32_t at_b, std::uint32_t field) {
  const FieldState state = a.state(field, at_a);
  if (state != b.state(field, at_b)) return false;
  if (state == FieldState::missing) return a.between(field, at_a) == b.between(field, at_b);
  return state != FieldState::value || a.value(field, at_a) == b.value(field, at_b);
}

void copy_cell(const Batch& from, std::uint32_t at, Batch& to, std::uint32_t into, std::uint32_t field) {
  const FieldState state = from.state(field, at);
  if (state == FieldState::value) {
    to.set_value(field, into, from.value(field, at));
  } else if (state != FieldState::missing) {
    to.set_left_out(field, into, state);
  } else if (const auto bounds = from.between(field, at)) {
    to.set_between(field, into, bounds->first, bounds->second);
  }
}

std::vector<std::uint32_t> fields_of(const bytecode::Subject& subject, std::uint32_t list) {
  std::vector<std::uint32_t> fields;
  for (std::uint32_t f = 0; f < subject.fields.size(); ++f)
    if (subject.fields[f].list == list) fields.push_back(f);
  return fields;
}

bool same_list(const bytecode::Subject& subject, std::uint32_t list, const Batch& a, std::uint32_t row_a, const Batch& b, std::uint32_t row_b) {
  if (a.list_present(list, row_a) != b.list_present(list, row_b)) return false;
  const std::uint32_t begin_a = a.list_begin(list, row_a), begin_b = b.list_begin(list, row_b), size = a.list_end(list, row_a) - begin_a;
  if (b.list_end(list, row_b) - begin_b != size) return false;
  for (const std::uint32_t field : fields_of(subject, list))
    for (std::uint32_t item = 0; item < size; ++item)
      if (!same_cell(a, begin_a + item, b, begin_b + item, field)) return false;
  return true;
}

void copy_list(const bytecode::Subject& subject, std::uint32_t list, const Batch& from, std::uint32_t row, Batch& to) {
  if (!from.list_present(list, row)) return;
  to.open_list(list);
  const std::vector<std::uint32_t> fields = fields_of(subject, list);
  for (std::uint32_t item = from.list_begin(list, row); item < from.list_end(list, row); ++item) {
    const std::uint32_t into = to.add_item(list);
    for (const std::uint32_t field : fields) copy_cell(from, item, to, into, field);
  }
}

/// The next choice of as many parts; false after the last.
bool next_choice(std::vector<bool>& chosen) { return std::prev_permutation(chosen.begin(), chosen.end()); }

}  // namespace

Comparison::Comparison(const vm::Program& program, Language language, const vm::TextPool* texts)
    : program_(program),
      maker_(program_, {.reasons = false, .points = false, .range = true, .influence = false}, language, texts),
      trials_(program_),
      machine_(program_, true) {}

trace::StageOutcome Comparison::outcome(const Batch& batch, std::uint32_t row, const facts::RecordHead& head) {
  trials_.clear();
  trials_.copy_row(batch, row);
  machine_.run(trials_);
  maker_.make(machine_, trials_, 0, head, result_);
  trace::StageOutcome outcome;
  outcome.total = result_.total;
  outcome.total_range = result_.total_range;
  outcome.status = result_.status;
  outcome.level = result_.level;
  return outcome;
}

std::vector<Comparison::Part> Comparison::differences(const Batch& before, std::uint32_t before_row, const Batch& after,
                                                      std::uint32_t after_row) const {
  const bytecode::Subject& subject = program_.subject();
  std::vector<Part> parts;
  for (std::uint32_t f = 0; f < subject.fields.size(); ++f) {
    const Field& field = subject.fields[f];
    if (field.list == kNone && is_given(field.place) && !same_cell(before, before_row, after, after_row, f)) parts.push_back({f, kNone});
  }
  for (std::uint32_t list = 0; list < subject.lists.size(); ++list)
    if (!same_list(subject, list, before, before_row, after, after_row)) parts.push_back({kNone, list});
  return parts;
}

/// The first row with the chosen parts of the second, appended to the trials.
void Comparison::append(const Chosen& chosen) {
  const bytecode::Subject& subject = program_.subject();
  const std::uint32_t into = trials_.add_row();
  const auto taken = [&](std::uint32_t field, std::uint32_t list) {
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (parts_[i].field == field && parts_[i].list == list) return static_cast<bool>(chosen[i]);
    return false;
  };
  for (const std::uint32_t field : fields_of(subject, kNone)) {
    const bool second = taken(field, kNone);
    copy_cell(second ? *after_ : *before_, second ? after_row_ : before_row_, trials_, into, field);
  }
  for (std::uint32_t list = 0; list < subject.lists.size(); ++list) {
    const bool second = taken(kNone, list);
    copy_list(subject, list, second ? *after_ : *before_, second ? after_row_ : before_row_, trials_);
  }
}

std::vector<bool> Comparison::give(const std::vector<Chosen>& choices, OutcomeSet wanted) {
  std::vector<bool> given;
  budget_ -= std::min(budget_, choices.size());
  for (std::size_t begin = 0; begin < choices.size();) {
    trials_.clear();
    while (begin + trials_.rows() < choices.size() && !trials_.full()) append(choices[begin + trials_.rows()]);
    machine_.run(trials_);
    for (std::uint32_t row = 0; row < trials_.rows(); ++row) given.push_back(machine_.outcomes(row) == wanted);
    begin += trials_.rows();
  }
  return given;
}

std::optional<Comparison::Chosen> Comparison::smallest_of_size(std::size_t size, OutcomeSet wanted) {
  Chosen chosen(parts_.size(), false);
  std::fill_n(chosen.begin(), size, true);
  std::vector<Chosen> choices;
  for (bool more = true; more && choices.size() < budget_; more = next_choice(chosen)) choices.push_back(chosen);
  const std::vector<bool> given = give(choices, wanted);
  const auto found = std::find(given.begin(), given.end(), true);
  if (found == given.end()) return std::nullopt;
  return choices[static_cast<std::size_t>(found - given.begin())];
}

/// From all differences, one after the other left away where the outcome stays.
Comparison::Chosen Comparison::minimal(OutcomeSet wanted) {
  Chosen chosen(parts_.size(), true);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    chosen[i] = false;
    if (!give({chosen}, wanted).front()) chosen[i] = true;
  }
  return chosen;
}

std::string Comparison::place(const Part& part) const {
  const bytecode::Subject& subject = program_.subject();
  if (part.list != kNone) return "evidence." + subject.lists[part.list].id;
  const Field& field = subject.fields[part.field];
  switch (field.place) {
    case FieldPlace::score: return "scores." + field.id;
    case FieldPlace::decision: return "decisions." + field.clause;
    case FieldPlace::maximum: return "maxima." + field.id;
    default: return "evidence." + field.id;
  }
}

Change Comparison::change(const Batch& before, std::uint32_t before_row, const Batch& after, std::uint32_t after_row) {
  before_ = &before;
  after_ = &after;
  before_row_ = before_row;
  after_row_ = after_row;
  parts_ = differences(before, before_row, after, after_row);
  if (parts_.empty() || program_.subject().levels == kNone) return {};
  budget_ = limits::completions;
  trials_.clear();
  append(Chosen(parts_.size(), false));
  append(Chosen(parts_.size(), true));
  machine_.run(trials_);
  const OutcomeSet first = machine_.outcomes(0), wanted = machine_.outcomes(1);
  if (first == wanted) return {};

  std::optional<Chosen> found;
  bool ruled_out = true;
  for (std::size_t size = 1; size <= parts_.size() && !found && ruled_out; ++size) {
    found = smallest_of_size(size, wanted);
    ruled_out = budget_ > 0;
  }
  Change change;
  change.smallest = found.has_value();
  if (!found) found = minimal(wanted);
  for (std::size_t i = 0; i < parts_.size(); ++i)
    if ((*found)[i]) change.because.push_back(place(parts_[i]));
  return change;
}

}  // namespace quy::stages
