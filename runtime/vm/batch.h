#pragma once
// Evidence of up to kBatchRows records of one subject, in columns, as the reader fills it and the machine reads it.
//
// A field is a value column (integers at the field's decimal scale: 12.5 with digits = 1 is 125; days as day numbers; steps, table rows and
// levels as indexes; texts as TextPool ids; Booleans 0 or 1), a known plane and a left-out plane, with the cause beside it. Rows of lists
// lie in child columns; each record has the offset of its first row. A fresh row has every field missing and every list missing.
//
// Rows without a value hold the least number of the field's range, rows past the last one too: so the machine reads the columns in place.

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/vm/program.h"

namespace quy::vm {

inline constexpr std::uint32_t kBatchRows = 1024;
inline constexpr std::uint32_t kBatchItems = 8192;  ///< a batch also ends when a list holds this many rows

enum class FieldState : std::uint8_t { missing, value, excluded, did_not_arise, not_yet_due };

/// Rows as columns of a batch, lying anywhere: what Batch::stored() shows of a batch and Batch::append() takes. Planes have whole words, and
/// every null says what saves the look at it.
struct StoredColumn {
  const std::int32_t* narrow = nullptr;    ///< one of the three; none when every row is missing. `narrow` fits wide columns too.
  const std::int64_t* wide = nullptr;
  const std::uint64_t* truth = nullptr;
  const std::uint64_t* known = nullptr;    ///< null: every row is known
  const std::uint64_t* left_out = nullptr; ///< null: no row is left out
  const std::uint8_t* cause = nullptr;
};
struct StoredList {
  const std::uint32_t* begin = nullptr;    ///< rows + 1 entries
  const std::uint64_t* present = nullptr;
};
struct StoredRows {
  std::uint32_t rows = 0;
  std::vector<StoredColumn> columns;       ///< by field
  std::vector<StoredList> lists;           ///< by list
};

class Batch {
 public:
  explicit Batch(const Program& program);

  void clear();
  std::uint32_t rows() const { return rows_; }
  bool full() const;
  /// Appends a record with everything missing; returns its row.
  std::uint32_t add_row();
  /// Takes back the last row (a record that turned out to be rejected), its list rows included.
  void drop_row();

  /// `position` is the record's row, or the list row that add_item() returned for fields of a list. The value must be within the
  /// field's bounds.
  void set_value(std::uint32_t field, std::uint32_t position, std::int64_t scaled);
  /// The same where nothing has been set since the row was added.
  [[gnu::always_inline]] void set_fresh(std::uint32_t field, std::uint32_t position, std::int64_t scaled) {
    Column& column = columns_[field];
    const std::uint64_t mask = std::uint64_t{1} << (position % 64);
    column.known[position / 64] |= mask;
    if (column.narrow != nullptr) {
      column.narrow[position] = static_cast<std::int32_t>(scaled);
    } else if (column.wide != nullptr) {
      column.wide[position] = scaled;
    } else {
      column.truth[position / 64] |= scaled != 0 ? mask : 0;
    }
  }
  void set_left_out(std::uint32_t field, std::uint32_t position, FieldState cause);
  void set_missing(std::uint32_t field, std::uint32_t position);
  /// Missing, but known to be a value within these bounds (of numbers): another's level that is not settled, or what completion.h
  /// asks "and if it were no more than …" with.
  void set_between(std::uint32_t field, std::uint32_t position, std::int64_t low, std::int64_t high);

  /// The list is there (perhaps empty) for the last record; items are appended to the last record only.
  void open_list(std::uint32_t list);
  std::uint32_t add_item(std::uint32_t list);

  /// What set_between() was told of a missing value; nothing when nothing was.
  std::optional<std::pair<std::int64_t, std::int64_t>> between(std::uint32_t field, std::uint32_t position) const;

  FieldState state(std::uint32_t field, std::uint32_t position) const;
  std::int64_t value(std::uint32_t field, std::uint32_t position) const;
  bool list_present(std::uint32_t list, std::uint32_t row) const;
  std::uint32_t list_begin(std::uint32_t list, std::uint32_t row) const { return lists_[list].begin[row]; }
  std::uint32_t list_end(std::uint32_t list, std::uint32_t row) const { return lists_[list].begin[row + 1]; }

  /// Copies one record with its list rows from another batch of the same program; returns the new row.
  std::uint32_t copy_row(const Batch& from, std::uint32_t row);

  /// What the batch holds, as long as it is not changed; set_between() is not part of it.
  StoredRows stored() const;
  /// Appends `count` records of rows that were stored from a batch of the same fields; there must be room. Returns the first new row.
  std::uint32_t append(const StoredRows& from, std::uint32_t first, std::uint32_t count);
  /// Records of `from` that fit behind those that are there, from its record `first` on.
  std::uint32_t room_for(const StoredRows& from, std::uint32_t first) const;

  struct Column {
    std::int32_t* narrow = nullptr;        ///< one of the two, by the field's range; none for Booleans
    std::int64_t* wide = nullptr;
    std::uint64_t* truth = nullptr;        ///< Booleans: set where the value is 1
    std::uint64_t* known = nullptr;        ///< one bit a row: a value, or known to be left out
    std::uint64_t* left_out = nullptr;     ///< known, and no value
    std::uint8_t* cause = nullptr;         ///< FieldState where left out
    std::int64_t least = 0;                ///< what rows without a value hold
    // Only where set_between() was used: missing rows that are a value between what the column holds and `most`.
    std::vector<std::uint64_t> bounded;
    std::vector<std::int64_t> most;
  };
  struct ListRows {
    std::vector<std::uint32_t> begin;      ///< rows() + 1 entries
    std::vector<std::uint64_t> present;
    std::uint32_t items = 0;
  };
  const Column& column(std::uint32_t field) const { return columns_[field]; }
  const ListRows& list(std::uint32_t list) const { return lists_[list]; }
  const Program& program() const { return program_; }

 private:
  /// The columns of one domain, which lie together: a run walks through all of them.
  struct Room {
    std::vector<std::uint32_t> fields;
    std::uint32_t positions = 0;           ///< rows that there is room for, in whole words
    std::unique_ptr<std::uint64_t[]> words;
  };
  void grow(Room& room, std::uint32_t positions);
  void put(Column& column, std::uint32_t position, std::int64_t scaled);
  void forget(std::uint32_t field, std::uint32_t begin, std::uint32_t end);
  void copy_field(const Batch& from, std::uint32_t field, std::uint32_t from_position, std::uint32_t to_position);
  void append_column(std::uint32_t field, std::uint32_t to, const StoredColumn& from, std::uint32_t first, std::uint32_t count);
  std::uint32_t add_items(std::uint32_t list, std::uint32_t count);

  Program program_;
  std::uint32_t rows_ = 0;
  std::vector<Column> columns_;
  std::vector<ListRows> lists_;
  Room record_room_;
  std::vector<Room> list_rooms_;           ///< of each list's rows
};

inline void Batch::put(Column& column, std::uint32_t position, std::int64_t scaled) {
  if (column.narrow != nullptr) {
    column.narrow[position] = static_cast<std::int32_t>(scaled);
  } else if (column.wide != nullptr) {
    column.wide[position] = scaled;
  } else {
    const std::uint64_t mask = std::uint64_t{1} << (position % 64);
    std::uint64_t& word = column.truth[position / 64];
    word = scaled != 0 ? word | mask : word & ~mask;
  }
}

inline void Batch::set_value(std::uint32_t field, std::uint32_t position, std::int64_t scaled) {
  Column& column = columns_[field];
  const std::uint64_t mask = std::uint64_t{1} << (position % 64);
  put(column, position, scaled);
  column.known[position / 64] |= mask;
  column.left_out[position / 64] &= ~mask;
}

}  // namespace quy::vm
