#pragma once
// Evidence worth trying for what some registers say: the constants that it is compared with and their neighbours, and a few plain values.
//
// Nothing here knows what a condition says. A value too many costs time; one too few leaves a side of a condition unseen, which is reported.

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "analysis/record/bench.h"

namespace quy::analysis {

/// What one field may hold, or one list. Simple values first.
struct Place {
  bool is_list = false;
  std::uint32_t index = 0;                   ///< of the field or list
  std::vector<Cell> cells;                   ///< of the field
  std::vector<std::vector<Cells>> contents;  ///< of the list: its rows
};

/// One value of a record.
struct Spot {
  std::uint32_t field = 0;
  std::uint32_t list = bytecode::kNone;  ///< of a row field
  std::size_t row = 0;
};

class Candidates {
 public:
  /// For what `registers` depend on. `bench` must outlive the candidates.
  Candidates(const Bench& bench, const std::vector<bytecode::Register>& registers);

  /// In the order of fields, then lists; a part comes after its whole.
  const std::vector<Place>& places() const { return places_; }
  /// Where a search begins: every place at its first value; and everything nothing (0, no, no rows), which requirements seldom forbid.
  Record first() const;
  Record nothing() const;
  /// The record with the place changed, in every way that `places` lists.
  std::vector<Record> alternatives(const Record& record, const Place& place) const;
  /// Every alternative of every place, every small step in a row, and rows more or fewer.
  std::vector<Record> changes(const Record& record) const;
  /// What can change by small steps in the record: its fields, and the cells of its lists (of equal rows only the first).
  std::vector<Spot> spots(const Record& record) const;
  /// The record with every value near what the spot may hold, by rising value; what it holds now is among them.
  std::vector<Record> steps(const Record& record, const Spot& spot) const;
  /// The record with rows of two kinds in the list, at every size where a count or share may turn: rising sizes, falling numbers of `one`.
  std::vector<Record> mixtures(const Record& record, std::uint32_t list, const Cells& one, const Cells& other) const;
  /// The record with one row more of those it has, or one fewer.
  std::vector<Record> longer_or_shorter(const Record& record) const;
  /// Whether the field is the whole of some share and not itself compared with a constant: any value of it serves.
  bool is_mere_whole(std::uint32_t field) const;

 private:
  void reach(const std::vector<bytecode::Register>& registers);
  void note_comparison(const bytecode::Instruction& instruction);
  void note_constant(std::uint32_t constant, bytecode::Register of);
  void note_ratio(std::uint32_t constant, bytecode::Register part, bytecode::Register whole);
  /// Whether the ratio of the two is how much a number has grown: its difference to a base, in that base.
  bool is_growth(bytecode::Register difference, bytecode::Register base) const;
  void note_growth(std::uint32_t constant, bytecode::Register difference, bytecode::Register base);
  void note_part(bytecode::Register part, bytecode::Register whole);
  std::set<std::uint32_t> fields_below(bytecode::Register reg) const;
  std::vector<Cell> cells(std::uint32_t field) const;
  std::vector<std::int64_t> values(std::uint32_t field, int depth = 0) const;
  std::vector<std::int64_t> numbers(std::uint32_t field, int depth) const;
  std::vector<std::int64_t> dates(std::uint32_t field) const;
  std::vector<std::int64_t> near_constants(std::uint32_t field) const;
  std::vector<std::int64_t> near_values(std::uint32_t field) const;
  Place place_of_list(std::uint32_t list) const;
  std::vector<Cells> rows(std::uint32_t list) const;
  void set(Record& record, std::uint32_t field, const Cell& cell) const;

  const Bench& bench_;
  const bytecode::Subject& subject_;
  std::vector<bool> reached_;
  std::set<std::uint32_t> fields_, lists_;
  std::map<std::uint32_t, std::set<Rational>> constants_;    ///< by field: what it is compared with
  std::map<std::uint32_t, std::set<std::uint32_t>> wholes_;  ///< by part
  std::set<std::uint32_t> is_whole_;
  std::map<std::uint32_t, Integer> hundreds_;  ///< by whole: how many times 100 lets its parts meet their ratios
  std::set<std::int64_t> sizes_;               ///< numbers of rows that a share or a count is compared at
  std::vector<Place> places_;
};

}  // namespace quy::analysis
