#pragma once
// What a record lacks, and what may stand there: the space that completion searches.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/vm/batch.h"

namespace quy::vm {

/// What is supposed of one place: nothing, a value between two bounds, left out, or for a list certain rows.
struct Cell {
  enum class Kind : std::uint8_t { open, between, left_out, rows };
  Kind kind = Kind::open;
  FieldState cause = FieldState::missing;   ///< left_out
  std::int64_t low = 0, high = 0;           ///< between; scaled
  std::uint32_t rows = 0;                   ///< rows: index into Place::contents

  bool is_point() const { return kind == Kind::left_out || kind == Kind::rows || (kind == Kind::between && low == high); }
  friend bool operator==(const Cell&, const Cell&) = default;
};
inline Cell between(std::int64_t low, std::int64_t high) { return {Cell::Kind::between, FieldState::missing, low, high, 0}; }
inline Cell exactly(std::int64_t value) { return between(value, value); }
inline Cell left_out(FieldState cause) { return {Cell::Kind::left_out, cause, 0, 0, 0}; }
inline Cell rows(std::uint32_t contents) { return {Cell::Kind::rows, FieldState::missing, 0, 0, contents}; }

/// One cell a place. A box whose cells are points is a completion.
using Box = std::vector<Cell>;

/// A value of each field of a list's row, by field index.
struct SupposedRow {
  std::vector<std::uint32_t> fields;
  std::vector<Cell> cells;
};

/// A missing field of the record or of a list's row, or a missing list.
struct Place {
  std::uint32_t field = bytecode::kNone;   ///< of a list: kNone
  std::uint32_t item = 0;                  ///< row of the record's list
  std::uint32_t list = bytecode::kNone;    ///< the list that is missing, or whose row this is
  bool boolean = false;
  std::vector<FieldState> causes;          ///< by which it may be left out, one of each effect
  std::int64_t low = 0, high = 0, step = 1;
  std::uint32_t whole = bytecode::kNone;   ///< place that this one is a part of
  std::vector<std::int64_t> starts;        ///< values at which something changes, rising (cuts.h)
  std::vector<std::vector<SupposedRow>> contents;   ///< of a missing list: what it might hold (contents.h)

  bool is_list() const { return field == bytecode::kNone; }
  /// Everything that may stand here.
  Cell everything() const;
  /// Parts that together are the cell: at the starts within it, or in the middle when there are none. One part when it cannot be split.
  std::vector<Cell> split(const Cell& cell) const;
  bool has_start_inside(const Cell& cell) const;
  /// Points worth trying: ends, starts and their neighbours, left out.
  std::vector<Cell> samples() const;
  std::int64_t on_grid_from(std::int64_t value) const;    ///< the least number of the grid not below
  std::int64_t on_grid_to(std::int64_t value) const;      ///< the largest not above
};

/// Which fields and lists the outcome depends on, and how; the same for all records.
struct Reach {
  std::vector<bool> fields, lists;
  std::vector<bool> causes_matter;   ///< by field: some `state` tells one cause from another
  std::vector<bool> in_requirement, list_in_requirement;   ///< some requirement on the record reads it
  std::vector<std::vector<bytecode::Register>> row_values;   ///< by list: what the record takes of each of its rows
  explicit Reach(const Program& program);
};

class Places {
 public:
  Places(const Program& program, const Reach& reach, const Batch& batch, std::uint32_t row);

  std::vector<Place>& all() { return places_; }
  const std::vector<Place>& all() const { return places_; }
  std::size_t size() const { return places_.size(); }
  const Place& operator[](std::size_t i) const { return places_[i]; }

  Box everything() const;
  /// Brings parts and wholes together; false when nothing is left.
  bool tighten(Box& box) const;
  /// A completion within the box, each value at one end: the high one where `high` says so. Parts yield to their wholes.
  Box corner(const Box& box, const std::vector<bool>& high) const;
  /// The box, made to fit after one of its cells was set: parts are lowered to their wholes, and wholes raised to a part that was set.
  void make_fit(Box& box, std::size_t set) const;
  /// Whether parts of a completion are within their wholes.
  bool fits(Box box) const { return tighten(box); }
  /// The record with the box in place of what is missing, appended to `trial`.
  void append(const Box& box, Batch& trial) const;

 private:
  struct Bounds {
    std::int64_t low, high;
  };
  Bounds scaled_range(std::uint32_t field) const;
  void add_field(std::uint32_t field, std::uint32_t item);
  void add_list(std::uint32_t list);
  void link_wholes();
  void narrow_by_wholes(Place& place) const;
  void narrow_by_parts(Place& place, std::uint32_t whole) const;
  std::uint32_t position(std::uint32_t field, std::uint32_t item, const Batch& batch, std::uint32_t row) const;
  /// The largest part within a whole, and the least whole of a part, at their own scales.
  std::int64_t most_part(const Place& part, std::uint32_t whole_field, std::int64_t whole) const;
  std::int64_t least_whole(std::uint32_t whole_field, std::uint32_t part_field, std::int64_t part) const;

  const Program& program_;
  const bytecode::Subject& subject_;
  const Reach& reach_;
  const Batch& batch_;
  std::uint32_t row_;
  std::vector<Place> places_;
};

}  // namespace quy::vm
