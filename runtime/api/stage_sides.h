#pragma once
// With `--stage all`: every record as it stands at each of its stages, side by side.

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/facts/facts.h"
#include "runtime/stages/comparison.h"
#include "runtime/waves/links.h"

namespace quy::api {

class StageSides {
 public:
  /// `stages` are those before the last, in order; what is referred to must outlive the sides. `links` may be null.
  StageSides(const bytecode::Module& module, const vm::Program::Readings& readings, std::vector<std::string> stages, Language language,
             vm::TextPool& texts, const waves::Links* links);
  ~StageSides();

  /// Where the reader puts the record that it is about to read at one of the stages.
  facts::Reader::Sink* at_stage(std::size_t stage);
  /// The record that has been read at its stages, and whose last stage is a row of `batch`: its outcomes, and why they changed. Empty for a
  /// subject with one stage only.
  std::vector<trace::StageOutcome> compare(const vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head, std::uint32_t record);

 private:
  class Side;

  const bytecode::Module& module_;
  const vm::Program::Readings& readings_;
  std::vector<std::string> stages_;
  Language language_;
  vm::TextPool& texts_;
  const waves::Links* links_;
  std::vector<std::unique_ptr<Side>> sides_;
  std::unordered_map<std::uint32_t, std::unique_ptr<stages::Comparison>> comparisons_;   ///< by subject
};

}  // namespace quy::api
