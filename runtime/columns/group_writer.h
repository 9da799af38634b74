#pragma once
// Records as the reader gives them, gathered into one row group: each subject's rows in a batch, then as a block of columns.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/columns/bytes.h"
#include "runtime/columns/schema.h"
#include "runtime/facts/facts.h"

namespace quy::columns {

/// Texts of a group, each kept once and numbered in the order in which they came; the empty one is number 0.
class Texts {
 public:
  Texts() { clear(); }
  std::uint32_t number(std::string_view text);
  void write(Encoder& into) const;
  void clear();
  std::size_t bytes() const { return bytes_; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> texts_;
  std::size_t bytes_ = 0;
};

class GroupWriter : public facts::Reader::Sink {
 public:
  /// `texts` is the pool of the reader that fills the batches.
  GroupWriter(const bytecode::Module& module, const vm::TextPool& texts);
  ~GroupWriter() override;

  vm::Batch* batch(std::string_view subject) override;
  void row(vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head) override;
  void reject(facts::Reject reject) override;
  void cohort(facts::CohortRecord record) override;

  std::uint32_t records() const { return static_cast<std::uint32_t>(order_.size()); }
  std::size_t bytes() const { return bytes_ + values_.bytes() + names_.bytes(); }
  bool full() const { return records() == kGroupRecords || bytes() > kGroupBytes || blocks_.size() >= kMostBlocks; }
  /// The bytes of the group, whose first record has this place among all; begins the next one.
  std::string end_group(std::uint64_t first_record);

 private:
  struct Open;   ///< the block of a subject that is being filled

  Open& open(std::uint32_t subject);
  void seal(Open& open);
  void write_columns(const Open& open, Encoder& into);
  void write_texts(const vm::StoredColumn& column, std::uint32_t positions, Encoder& into);

  const bytecode::Module& module_;
  const vm::TextPool& pool_;
  std::unordered_map<std::string_view, std::uint32_t> subject_of_;
  std::vector<std::unique_ptr<Open>> open_;   ///< by subject
  Open* current_ = nullptr;
  std::vector<std::uint16_t> order_;
  std::vector<std::string> blocks_;           ///< empty while the block is open
  Encoder rejects_, cohorts_;
  std::uint32_t reject_count_ = 0, cohort_count_ = 0;
  Texts values_, names_;                      ///< of columns; of heads
  std::unordered_map<std::int64_t, std::uint32_t> value_numbers_;   ///< from the pool's ids
  std::size_t bytes_ = 0;
};

}  // namespace quy::columns
