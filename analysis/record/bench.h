#pragma once
// Runs many made-up records of one subject on the machine at once.

#include <functional>
#include <string_view>
#include <vector>

#include "analysis/record/record.h"
#include "runtime/vm/machine.h"

namespace quy::analysis {

class Bench {
 public:
  /// Records lie in `year` and belong to own_unit(). `module` must outlive the bench.
  Bench(const bytecode::Module& module, std::uint32_t subject, const vm::Program::Readings& readings, int year);

  const vm::Program& program() const { return program_; }
  const bytecode::Subject& subject() const { return program_.subject(); }
  const vm::Program::Readings& readings() const { return readings_; }
  int year() const { return year_; }
  /// Texts that a record may hold: its own unit's id, and that of some other one.
  std::int64_t own_unit() const { return own_unit_; }
  std::int64_t other_unit() const { return other_unit_; }
  std::string_view text(std::int64_t id) const { return texts_.text(id); }
  vm::TextPool& texts() { return texts_; }

  using Look = std::function<void(std::size_t record, const vm::Machine& machine, std::uint32_t row)>;
  /// Runs the records and shows those that the reader would take: fits(), and no requirement broken.
  void run(const std::vector<Record>& records, const Look& look);

 private:
  void append(const Record& record);
  void append_head(std::uint32_t row);
  void set(std::uint32_t field, std::uint32_t position, const Cell& cell);
  bool requirements_hold(std::uint32_t row) const;

  vm::TextPool texts_;
  vm::Program::Readings readings_;
  vm::Program program_;
  vm::Batch batch_;
  vm::Machine machine_;
  int year_;
  std::int64_t own_unit_, other_unit_;
};

/// What a criterion or group has in a record of the machine's last run: its points, or left out.
vm::Range sheet_points(const bytecode::Subject& subject, std::uint32_t observable, const vm::Machine& machine, std::uint32_t row);

}  // namespace quy::analysis
