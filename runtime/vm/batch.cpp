#include "runtime/vm/batch.h"

#include <algorithm>
#include <cassert>

#include "runtime/vm/plan.h"

namespace quy::vm {
namespace {

constexpr std::uint32_t kWord = 64;

std::uint64_t mask_of(std::uint32_t position) { return std::uint64_t{1} << (position % kWord); }
bool has(const std::uint64_t* plane, std::uint32_t position) { return (plane[position / kWord] & mask_of(position)) != 0; }

/// Words of the columns of `rows` rows, whole words of them: values, planes, causes.
std::size_t words_of(Lane lane, std::size_t rows) {
  const std::size_t values = lane == Lane::none ? 1 : element_size(lane) * kWord / sizeof(std::uint64_t);
  constexpr std::size_t kPlanes = 2, kCauses = kWord / sizeof(std::uint64_t);
  return (values + kPlanes + kCauses) * (rows / kWord);
}

/// Sets bits [to, to + count) of `plane` to those of `from` from `first` on.
void copy_bits(std::uint64_t* plane, std::uint32_t to, const std::uint64_t* from, std::uint32_t first, std::uint32_t count) {
  while (count > 0) {
    const std::uint32_t taken = std::min({count, kWord - to % kWord, kWord - first % kWord});
    const std::uint64_t ones = taken == kWord ? ~std::uint64_t{0} : (std::uint64_t{1} << taken) - 1;
    const std::uint64_t bits = (from[first / kWord] >> (first % kWord)) & ones;
    std::uint64_t& word = plane[to / kWord];
    word = (word & ~(ones << (to % kWord))) | bits << (to % kWord);
    to += taken;
    first += taken;
    count -= taken;
  }
}

void set_bits(std::uint64_t* plane, std::uint32_t to, std::uint32_t count) {
  static constexpr std::uint64_t kOnes = ~std::uint64_t{0};
  while (count > 0) {
    const std::uint32_t taken = std::min(count, kWord - to % kWord);
    copy_bits(plane, to, &kOnes, 0, taken);
    to += taken;
    count -= taken;
  }
}

/// Hands out pieces of one allocation.
struct Pieces {
  std::uint64_t* next;
  template <class T>
  T* take(std::size_t count) {
    T* piece = reinterpret_cast<T*>(next);
    next += count * sizeof(T) / sizeof(std::uint64_t);
    return piece;
  }
};

template <class T>
void move_into(T*& column, T* room, std::size_t rows, std::size_t room_rows, T fill) {
  if (column != nullptr) std::copy_n(column, rows, room);
  std::fill(room + (column != nullptr ? rows : 0), room + room_rows, fill);
  column = room;
}

}  // namespace

Batch::Batch(const Program& program) : program_(program) {
  const bytecode::Subject& subject = program.subject();
  columns_.resize(subject.fields.size());
  lists_.resize(subject.lists.size());
  list_rooms_.resize(subject.lists.size());
  for (std::uint32_t f = 0; f < columns_.size(); ++f) {
    const std::uint32_t list = subject.fields[f].list;
    (list == bytecode::kNone ? record_room_ : list_rooms_[list]).fields.push_back(f);
    columns_[f].least = program.plan().fields[f].least;
  }
  grow(record_room_, kBatchRows);
  for (Room& room : list_rooms_) grow(room, kBatchRows);
  for (ListRows& list : lists_) {
    list.begin.assign(1, 0);
    list.present.resize(kBatchRows / kWord);
  }
}

/// Values first, one field's after the other's, then all planes: in the order in which a run reads them.
void Batch::grow(Room& room, std::uint32_t positions) {
  const std::size_t old_rows = room.positions, old_words = old_rows / kWord;
  const std::size_t words = (positions + kWord - 1) / kWord, rows = words * kWord;
  std::size_t all = 0;
  const auto lane_of = [&](std::uint32_t field) { return program_.plan().fields[field].lane; };
  for (const std::uint32_t field : room.fields) all += words_of(lane_of(field), rows);
  auto grown = std::make_unique_for_overwrite<std::uint64_t[]>(all);
  Pieces pieces{grown.get()};
  for (const std::uint32_t field : room.fields) {
    Column& column = columns_[field];
    if (lane_of(field) == Lane::i32)
      move_into(column.narrow, pieces.take<std::int32_t>(rows), old_rows, rows, static_cast<std::int32_t>(column.least));
    if (lane_of(field) == Lane::i64) move_into(column.wide, pieces.take<std::int64_t>(rows), old_rows, rows, column.least);
  }
  const auto plane = [&](std::uint64_t*& of) { move_into(of, pieces.take<std::uint64_t>(words), old_words, words, std::uint64_t{0}); };
  for (const std::uint32_t field : room.fields) {
    Column& column = columns_[field];
    plane(column.known);
    plane(column.left_out);
    if (lane_of(field) == Lane::none) plane(column.truth);
  }
  for (const std::uint32_t field : room.fields)
    move_into(columns_[field].cause, pieces.take<std::uint8_t>(rows), old_rows, rows, std::uint8_t{0});
  room.positions = static_cast<std::uint32_t>(rows);
  room.words = std::move(grown);
}

void Batch::clear() {
  for (const std::uint32_t field : record_room_.fields) forget(field, 0, rows_);
  for (std::size_t k = 0; k < lists_.size(); ++k) {
    for (const std::uint32_t field : list_rooms_[k].fields) forget(field, 0, lists_[k].items);
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
  for (const std::uint32_t field : record_room_.fields) forget(field, rows_, rows_ + 1);
  for (std::size_t k = 0; k < lists_.size(); ++k) {
    ListRows& list = lists_[k];
    for (const std::uint32_t field : list_rooms_[k].fields) forget(field, list.begin[rows_], list.items);
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
  const std::uint32_t list = program_.subject().fields[field].list;
  const std::uint32_t positions = (list == bytecode::kNone ? record_room_ : list_rooms_[list]).positions;
  column.bounded.resize(positions / kWord);
  column.most.resize(positions);
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
  if (position >= list_rooms_[list].positions) grow(list_rooms_[list], position * 2);
  return position;
}

FieldState Batch::state(std::uint32_t field, std::uint32_t position) const {
  const Column& column = columns_[field];
  if (!has(column.known, position)) return FieldState::missing;
  return has(column.left_out, position) ? static_cast<FieldState>(column.cause[position]) : FieldState::value;
}

std::int64_t Batch::value(std::uint32_t field, std::uint32_t position) const {
  const Column& column = columns_[field];
  if (column.narrow != nullptr) return column.narrow[position];
  return column.wide == nullptr ? std::int64_t{has(column.truth, position)} : column.wide[position];
}

std::optional<std::pair<std::int64_t, std::int64_t>> Batch::between(std::uint32_t field, std::uint32_t position) const {
  const Column& column = columns_[field];
  if (position / kWord >= column.bounded.size() || !has(column.bounded.data(), position)) return std::nullopt;
  return std::pair{value(field, position), column.most[position]};
}

bool Batch::list_present(std::uint32_t list, std::uint32_t row) const { return has(lists_[list].present.data(), row); }

StoredRows Batch::stored() const {
  StoredRows all;
  all.rows = rows_;
  for (const Column& column : columns_) {
    StoredColumn& stored = all.columns.emplace_back();
    stored = {column.narrow, column.wide, column.truth, column.known, column.left_out, column.cause};
  }
  for (const ListRows& list : lists_) all.lists.push_back({list.begin.data(), list.present.data()});
  return all;
}

std::uint32_t Batch::room_for(const StoredRows& from, std::uint32_t first) const {
  std::uint32_t count = std::min(kBatchRows - rows_, from.rows - first);
  // A batch ends after the record with which a list has its items, as it does when records come singly.
  for (std::size_t k = 0; k < lists_.size(); ++k) {
    const std::uint32_t* begin = from.lists[k].begin + first;
    const std::uint32_t most = *begin + kBatchItems - std::min(kBatchItems, lists_[k].items);
    const auto full = static_cast<std::uint32_t>(std::lower_bound(begin, begin + count, most) - begin);
    count = std::min(count, full);
  }
  return count;
}

std::uint32_t Batch::append(const StoredRows& from, std::uint32_t first, std::uint32_t count) {
  assert(rows_ + count <= kBatchRows);
  const std::uint32_t row = rows_;
  rows_ += count;
  const bytecode::Subject& subject = program_.subject();
  for (std::uint32_t k = 0; k < lists_.size(); ++k) {
    const std::uint32_t* begin = from.lists[k].begin + first;
    const std::uint32_t to = add_items(k, begin[count] - begin[0]);
    for (std::uint32_t i = 1; i <= count; ++i) lists_[k].begin.push_back(to + begin[i] - begin[0]);
    copy_bits(lists_[k].present.data(), row, from.lists[k].present, first, count);
  }
  for (std::uint32_t field = 0; field < columns_.size(); ++field) {
    const std::uint32_t list = subject.fields[field].list;
    if (list == bytecode::kNone) {
      append_column(field, row, from.columns[field], first, count);
    } else {
      const std::uint32_t* begin = from.lists[list].begin + first;
      append_column(field, lists_[list].begin[row], from.columns[field], begin[0], begin[count] - begin[0]);
    }
  }
  return row;
}

/// The places are fresh, so what is missing need not be written.
void Batch::append_column(std::uint32_t field, std::uint32_t to, const StoredColumn& from, std::uint32_t first, std::uint32_t count) {
  Column& column = columns_[field];
  if (count == 0) return;
  if (from.truth != nullptr) {
    copy_bits(column.truth, to, from.truth, first, count);
  } else if (from.narrow != nullptr && column.narrow != nullptr) {
    std::copy_n(from.narrow + first, count, column.narrow + to);
  } else if (from.narrow != nullptr) {
    std::copy_n(from.narrow + first, count, column.wide + to);
  } else if (from.wide != nullptr) {
    std::copy_n(from.wide + first, count, column.wide + to);
  } else {
    return;
  }
  from.known == nullptr ? set_bits(column.known, to, count) : copy_bits(column.known, to, from.known, first, count);
  if (from.left_out == nullptr) return;
  copy_bits(column.left_out, to, from.left_out, first, count);
  std::copy_n(from.cause + first, count, column.cause + to);
}

/// Room for that many fresh rows of a list; they belong to the record whose end is noted next.
std::uint32_t Batch::add_items(std::uint32_t list, std::uint32_t count) {
  ListRows& rows = lists_[list];
  const std::uint32_t position = rows.items;
  rows.items += count;
  if (rows.items > list_rooms_[list].positions) grow(list_rooms_[list], std::max(rows.items, position * 2));
  return position;
}

std::uint32_t Batch::copy_row(const Batch& from, std::uint32_t row) {
  const std::uint32_t to = add_row();
  for (const std::uint32_t field : record_room_.fields) copy_field(from, field, row, to);
  for (std::uint32_t k = 0; k < lists_.size(); ++k) {
    if (from.list_present(k, row)) open_list(k);
    for (std::uint32_t item = from.list_begin(k, row); item < from.list_end(k, row); ++item) {
      const std::uint32_t copy = add_item(k);
      for (const std::uint32_t field : list_rooms_[k].fields) copy_field(from, field, item, copy);
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
  if (column.narrow != nullptr) {
    std::fill(column.narrow + begin, column.narrow + end, static_cast<std::int32_t>(column.least));
  } else if (column.wide != nullptr) {
    std::fill(column.wide + begin, column.wide + end, column.least);
  }
  for (std::uint32_t row = begin; row < end;) {
    const std::uint32_t offset = row % kWord, taken = std::min(kWord - offset, end - row);
    const std::uint64_t stay = ~((taken == kWord ? ~std::uint64_t{0} : (std::uint64_t{1} << taken) - 1) << offset);
    column.known[row / kWord] &= stay;
    column.left_out[row / kWord] &= stay;
    if (column.truth != nullptr) column.truth[row / kWord] &= stay;
    if (row / kWord < column.bounded.size()) column.bounded[row / kWord] &= stay;
    row += taken;
  }
}

}  // namespace quy::vm
