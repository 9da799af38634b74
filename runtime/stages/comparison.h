#pragma once
// A record at all its stages side by side, and why the outcome changed from one to the next.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/trace/result.h"
#include "runtime/vm/machine.h"

namespace quy::stages {

/// What has to change in a record for its outcome to change as it did.
struct Change {
  std::vector<std::string> because;   ///< places in the record: `scores.uy_tin`, `evidence.van_ban`
  bool smallest = true;
};

/// Compares records of one subject.
class Comparison {
 public:
  /// `program` and `texts` must outlive it.
  Comparison(const vm::Program& program, Language language, const vm::TextPool* texts);

  /// The outcome of a row alone.
  trace::StageOutcome outcome(const vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head);
  /// The smallest set of differences between two rows of this subject that, applied to the first, gives the outcome of the second; nothing
  /// to say when the outcomes are the same. Sets are tried by size as far as the limit of trials goes; then one of which nothing can be
  /// left away is found instead.
  Change change(const vm::Batch& before, std::uint32_t before_row, const vm::Batch& after, std::uint32_t after_row);

 private:
  /// A field of the record, or a list as a whole.
  struct Part {
    std::uint32_t field = bytecode::kNone, list = bytecode::kNone;
  };
  using Chosen = std::vector<bool>;   ///< by part: taken from the second row

  std::vector<Part> differences(const vm::Batch& before, std::uint32_t before_row, const vm::Batch& after, std::uint32_t after_row) const;
  /// By choice: whether it gives `wanted`.
  std::vector<bool> give(const std::vector<Chosen>& choices, vm::OutcomeSet wanted);
  void append(const Chosen& chosen);
  std::optional<Chosen> smallest_of_size(std::size_t size, vm::OutcomeSet wanted);
  Chosen minimal(vm::OutcomeSet wanted);
  std::string place(const Part& part) const;

  vm::Program program_;
  trace::ResultMaker maker_;
  vm::Batch trials_;
  vm::Machine machine_;
  trace::Result result_;
  std::size_t budget_ = 0;
  // Of the change being looked for.
  std::vector<Part> parts_;
  const vm::Batch* before_ = nullptr;
  const vm::Batch* after_ = nullptr;
  std::uint32_t before_row_ = 0, after_row_ = 0;
};

}  // namespace quy::stages
