#include "runtime/vm/batch.h"

#include <algorithm>
#include <cassert>

#include "runtime/vm/plan.h"

namespace quy::vm {
namespace {

constexpr std::uint32_t kWord = 64;

std::uint64_t mask_of(std::uint32_t position) { return std::uint64_t{1} << (position % kWord); }
bool has(const std::vector<std::uint64_t>& plane, std::uint32_t position) { return (plane[position / kWord] & mask_of(position)) != 0; }

/// Room for at least `positions` rows, in whole words.
void grow(Batch::Column& column, Lane lane, std::uint32_t positions) {
  const std::size_t words = (positions + kWord - 1) / kWord, rows = words * kWord;
  if (lane == Lane::i32) column.narrow.resize(rows, static_cast<std::int32_t>(column.least));
  if (lane == Lane::i64) column.wide.resize(rows, column.least);
  if (lane == Lane::none) column.truth.resize(words);
  column.known.resize(words);
  column.left_out.resize(words);
  column.cause.resize(rows);
}

std::uint32_t capacity(const Batch::Column& column) { return static_cast<std::uint32_t>(column.cause.size()); }

}  // namespace

Batch::Batch(const Program& program) : program_(program) {
  const Plan& plan = program.plan();
  const bytecode::Subject& subject = program.subject();
  columns_.resize(subject.fields.size());
  lists_.resize(subject.lists.size());
  list_fields_.resize(subject.lists.size());
  for (std::uint32_t f = 0; f < columns_.size(); ++f) {
    const std::uint32_t list = subject.fields[f].list;
    (list == bytecode::kNone ? record_fields_ : list_fields_[list]).push_back(f);
    columns_[f].least = plan.fields[f].least;
    grow(columns_[f], plan.fields[f].lane, kBatchRows);
  }
  for (ListRows& list : lists_) {
    list.begin.assign(1, 0);
    list.present.resize(kBatchRows / kWord);
  }
}

void Batch::clear() {
  for (const std::uint32_t field : record_fields_) forget(field, 0, rows_);
  for (std::size_t k = 0; k < lists_.size(); ++k) {
    for (const std::uint32_t field : list_fields_[k]) forget(field, 0, lists_[k].items);
    lists_[k].begin.assign(1, 0);
    std::fill(lists_[k].present.begin(), lists_[k].present.end(), 0);
    lists_[k].items = 0;
  }
  rows_ = 0;
}

bool Batch::full() const {
  return rows_ == kBatchRows ||
         std::any_of(lists_.begin(), lists_.end(), [](const ListRows& list) { return list.items >= kBatchItems; });
}

std::uint32_t Batch::add_row() {
  assert(rows_ < kBatchRows);
  for (ListRows& list : lists_) list.begin.push_back(list.items);
  return rows_++;
}

void Batch::drop_row() {
  assert(rows_ > 0);
  --rows_;
  for (const std::uint32_t field : record_fields_) forget(field, rows_, rows_ + 1);
  for (std::size_t k = 0; k < lists_.size(); ++k) {
    ListRows& list = lists_[k];
    for (const std::uint32_t field : list_fields_[k]) forget(field, list.begin[rows_], list.items);
    list.items = list.begin[rows_];
    list.begin.pop_back();
    list.present[rows_ / kWord] &= ~mask_of(rows_);
  }
}

void Batch::set_left_out(std::uint32_t field, std::uint32_t position, FieldState cause) {
  assert(cause != FieldState::missing && cause != FieldState::value);
  Column& column = columns_[field];
  forget(field, position, position + 1);
  column.known[position / kWord] |= mask_of(position);
  column.left_out[position / kWord] |= mask_of(position);
  column.cause[position] = static_cast<std::uint8_t>(cause);
}

void Batch::set_missing(std::uint32_t field, std::uint32_t position) { forget(field, position, position + 1); }

void Batch::set_between(std::uint32_t field, std::uint32_t position, std::int64_t low, std::int64_t high) {
  Column& column = columns_[field];
  forget(field, position, position + 1);
  put(column, position, low);
  column.bounded.resize(column.known.size());
  column.most.resize(column.cause.size());
  column.bounded[position / kWord] |= mask_of(position);
  column.most[position] = high;
}

void Batch::open_list(std::uint32_t list) {
  assert(rows_ > 0);
  lists_[list].present[(rows_ - 1) / kWord] |= mask_of(rows_ - 1);
}

std::uint32_t Batch::add_item(std::uint32_t list) {
  open_list(list);
  ListRows& rows = lists_[list];
  const std::uint32_t position = rows.items++;
  rows.begin.back() = rows.items;
  for (const std::uint32_t field : list_fields_[list]) {
    if (position < capacity(columns_[field])) break;  // all fields of a list grow together
    grow(columns_[field], program_.plan().fields[field].lane, position * 2);
  }
  return position;
}

FieldState Batch::state(std::uint32_t field, std::uint32_t position) const {
  const Column& column = columns_[field];
  if (!has(column.known, position)) return FieldState::missing;
  return has(column.left_out, position) ? static_cast<FieldState>(column.cause[position]) : FieldState::value;
}

std::int64_t Batch::value(std::uint32_t field, std::uint32_t position) const {
  const Column& column = columns_[field];
  if (!column.narrow.empty()) return column.narrow[position];
  return column.wide.empty() ? std::int64_t{has(column.truth, position)} : column.wide[position];
}

std::optional<std::pair<std::int64_t, std::int64_t>> Batch::between(std::uint32_t field, std::uint32_t position) const {
  const Column& column = columns_[field];
  if (position / kWord >= column.bounded.size() || !has(column.bounded, position)) return std::nullopt;
  return std::pair{value(field, position), column.most[position]};
}

bool Batch::list_present(std::uint32_t list, std::uint32_t row) const { return has(lists_[list].present, row); }

std::uint32_t Batch::copy_row(const Batch& from, std::uint32_t row) {
  const std::uint32_t to = add_row();
  for (const std::uint32_t field : record_fields_) copy_field(from, field, row, to);
  for (std::uint32_t k = 0; k < lists_.size(); ++k) {
    if (from.list_present(k, row)) open_list(k);
    for (std::uint32_t item = from.list_begin(k, row); item < from.list_end(k, row); ++item) {
      const std::uint32_t copy = add_item(k);
      for (const std::uint32_t field : list_fields_[k]) copy_field(from, field, item, copy);
    }
  }
  return to;
}

void Batch::copy_field(const Batch& from, std::uint32_t field, std::uint32_t from_position, std::uint32_t to_position) {
  const FieldState state = from.state(field, from_position);
  if (state == FieldState::missing) {
    if (const auto bounds = from.between(field, from_position)) set_between(field, to_position, bounds->first, bounds->second);
    return;
  }
  if (state == FieldState::value) {
    set_value(field, to_position, from.value(field, from_position));
  } else {
    set_left_out(field, to_position, state);
  }
}

/// Makes rows missing again.
void Batch::forget(std::uint32_t field, std::uint32_t begin, std::uint32_t end) {
  Column& column = columns_[field];
  if (!column.narrow.empty()) {
    std::fill(column.narrow.begin() + begin, column.narrow.begin() + end, static_cast<std::int32_t>(column.least));
  } else if (!column.wide.empty()) {
    std::fill(column.wide.begin() + begin, column.wide.begin() + end, column.least);
  }
  for (std::uint32_t row = begin; row < end;) {
    const std::uint32_t offset = row % kWord, taken = std::min(kWord - offset, end - row);
    const std::uint64_t stay = ~((taken == kWord ? ~std::uint64_t{0} : (std::uint64_t{1} << taken) - 1) << offset);
    column.known[row / kWord] &= stay;
    column.left_out[row / kWord] &= stay;
    if (!column.truth.empty()) column.truth[row / kWord] &= stay;
    if (row / kWord < column.bounded.size()) column.bounded[row / kWord] &= stay;
    row += taken;
  }
}

}  // namespace quy::vm
