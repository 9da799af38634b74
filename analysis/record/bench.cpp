#include "analysis/record/bench.h"

#include <algorithm>

#include "analysis/record/year.h"

namespace quy::analysis {

using bytecode::FieldPlace;

RecordTexts::RecordTexts(const bytecode::Module& module)
    : pool(module), own_unit(pool.intern(kOwnUnit)), other_unit(pool.intern(kOtherUnit)) {}

Bench::Bench(const bytecode::Module& module, std::uint32_t subject, const vm::Program::Readings& readings, int year)
    : texts_(module), readings_(readings), program_(vm::Program::load(module, subject, readings)), batch_(program_), machine_(program_, true),
      year_(year) {}

void Bench::run(const std::vector<Record>& records, const Look& look) {
  std::vector<std::size_t> in_batch;
  auto finish = [&] {
    if (in_batch.empty()) return;
    machine_.run(batch_);
    for (std::uint32_t row = 0; row < in_batch.size(); ++row)
      if (requirements_hold(row)) look(in_batch[row], machine_, row);
    in_batch.clear();
  };
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (!fits(subject(), records[i])) continue;
    if (in_batch.empty()) batch_.clear();
    append(records[i]);
    in_batch.push_back(i);
    if (batch_.full()) finish();
  }
  finish();
}

void Bench::append(const Record& record) {
  const std::uint32_t row = batch_.add_row();
  append_head(row);
  for (const auto& [field, cell] : record.fields) set(field, row, cell);
  for (const auto& [list, rows] : record.lists) {
    batch_.open_list(list);
    for (const Cells& cells : rows) {
      const std::uint32_t item = batch_.add_item(list);
      for (const auto& [field, cell] : cells) set(field, item, cell);
    }
  }
}

void Bench::set(std::uint32_t field, std::uint32_t position, const Cell& cell) {
  if (cell.state == vm::FieldState::value)
    batch_.set_value(field, position, cell.value);
  else
    batch_.set_left_out(field, position, cell.state);
}

/// What the reader takes from the record's head.
void Bench::append_head(std::uint32_t row) {
  for (std::uint32_t i = 0; i < subject().fields.size(); ++i) {
    switch (subject().fields[i].place) {
      case FieldPlace::period_first: batch_.set_value(i, row, *day_number(year_, 1, 1)); break;
      case FieldPlace::period_last: batch_.set_value(i, row, *day_number(year_, 12, 31)); break;
      case FieldPlace::unit: batch_.set_value(i, row, texts_.own_unit); break;
      case FieldPlace::span_over: batch_.set_value(i, row, is_over_with_the_year(subject().fields[i]) ? 1 : 0); break;
      case FieldPlace::earlier_in_span: batch_.set_value(i, row, 0); break;
      case FieldPlace::closed: batch_.set_value(i, row, 0); break;
      default: break;
    }
  }
}

bool Bench::requirements_hold(std::uint32_t row) const {
  return std::ranges::none_of(subject().requirements, [&](const bytecode::Requirement& requirement) {
    return machine_.truth(requirement.condition, row) == vm::Truth::no;
  });
}

vm::Range sheet_points(const bytecode::Subject& subject, std::uint32_t observable, const vm::Machine& machine, std::uint32_t row) {
  const bytecode::Observable& item = subject.observables[observable];
  vm::Range points = machine.number(item.reg, row);
  if (item.applies_left_out == bytecode::kNone) return points;
  const vm::Truth out = machine.truth(item.applies_left_out, row);
  points.left_out = out == vm::Truth::yes && points.known() && points.low == Rational(0);   // "not applicable: full points" has points
  points.may_be_left_out = out == vm::Truth::missing;
  return points;
}

}  // namespace quy::analysis
