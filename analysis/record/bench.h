#pragma once
// Runs many made-up records of one subject on the machine at once.

#include <functional>
#include <string_view>
#include <vector>

#include "analysis/record/record.h"
#include "runtime/vm/machine.h"

namespace quy::analysis {

/// The texts of made-up records: those of the module, the id of the unit that a record belongs to, and that of some other one.
struct RecordTexts {
  static constexpr const char* kOwnUnit = "A1";
  static constexpr const char* kOtherUnit = "B2";
  explicit RecordTexts(const bytecode::Module& module);
  vm::TextPool pool;
  std::int64_t own_unit, other_unit;
};

class Bench {
 public:
  /// Records lie in `year` and belong to the texts' own unit. `module` must outlive the bench.
  Bench(const bytecode::Module& module, std::uint32_t subject, const vm::Program::Readings& readings, int year);

  const vm::Program& program() const { return program_; }
  const bytecode::Subject& subject() const { return program_.subject(); }
  const vm::Program::Readings& readings() const { return readings_; }
  int year() const { return year_; }
  const RecordTexts& texts() const { return texts_; }

  using Look = std::function<void(std::size_t record, const vm::Machine& machine, std::uint32_t row)>;
  /// Runs the records and shows those that the reader would take: fits(), and no requirement broken.
  void run(const std::vector<Record>& records, const Look& look);

 private:
  void append(const Record& record);
  void append_head(std::uint32_t row);
  void set(std::uint32_t field, std::uint32_t position, const Cell& cell);
  bool requirements_hold(std::uint32_t row) const;

  RecordTexts texts_;
  vm::Program::Readings readings_;
  vm::Program program_;
  vm::Batch batch_;
  vm::Machine machine_;
  int year_;
};

/// What a criterion or group has in a record of the machine's last run: its points, or left out.
vm::Range sheet_points(const bytecode::Subject& subject, std::uint32_t observable, const vm::Machine& machine, std::uint32_t row);

}  // namespace quy::analysis
