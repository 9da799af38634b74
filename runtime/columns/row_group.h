#pragma once
// A row group of a .qev file, looked at where it lies in memory, its numbers widened: records in input order, their columns by block, refusals.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/columns/bytes.h"
#include "runtime/columns/schema.h"
#include "runtime/facts/facts.h"

namespace quy::columns {

/// Of an override: stage, place, from, to, reason, document.
inline constexpr std::uint32_t kOverrideTexts = 6;

class RowGroup {
 public:
  /// Where a record lies. `index` is its row in the block, or its place among refusals or cohorts' records.
  struct Place {
    std::uint16_t block;   ///< or kRefused, kOfCohort
    std::uint32_t index;
  };
  struct Block {
    std::uint32_t subject = 0;   ///< of Module::subjects
    vm::StoredRows rows;
    const std::uint64_t* lines = nullptr;
    const std::uint32_t* texts[7] = {};   ///< numbers of names: id, period, unit, cohort, sheet, closed_by, closed_date
    const std::uint8_t* closed = nullptr;
    const std::uint32_t *presumed_ends = nullptr, *presumed = nullptr, *decision_ends = nullptr, *decisions = nullptr;
    const std::uint32_t *override_ends = nullptr, *overrides = nullptr;   ///< kOverrideTexts numbers of names each
  };

  /// Nothing when the bytes, which begin at a multiple of 8 and must outlive the group, are no group of this module's evidence. Every number,
  /// index and value has been checked then. `forms` is field_forms() by subject. Values that are texts get their numbers in `pool`.
  static std::optional<RowGroup> parse(std::string_view bytes, const bytecode::Module& module, const std::vector<std::vector<FieldForm>>& forms,
                                       vm::TextPool& pool);

  /// Place of the first record among all of the file.
  std::uint64_t first_record() const { return first_record_; }
  const std::vector<Place>& places() const { return places_; }
  const std::vector<Block>& blocks() const { return blocks_; }
  /// `head` lends its memory.
  void head(const Place& place, std::uint64_t record, facts::RecordHead& head) const;
  facts::Reject reject(const Place& place, std::uint64_t record) const;
  facts::CohortRecord cohort(const Place& place, std::uint64_t record) const;

 private:
  using TextColumn = std::vector<std::int64_t>;

  struct Texts {
    std::uint32_t count = 0;
    const std::uint32_t* ends = nullptr;
    const char* bytes = nullptr;
    std::string_view at(std::uint32_t number) const {
      const std::uint32_t begin = number == 0 ? 0 : ends[number - 1];
      return {bytes + begin, ends[number] - begin};
    }
  };

  explicit RowGroup(const bytecode::Module& module) : module_(&module) {}
  static Texts parse_texts(Decoder& in);
  void parse_block(Decoder& in, const std::vector<std::vector<FieldForm>>& forms, const std::vector<std::int64_t>& pool_ids);
  void parse_heads(Decoder& in, Block& block);
  void parse_columns(Decoder& in, Block& block, const std::vector<FieldForm>& forms, const std::vector<std::int64_t>& pool_ids);
  vm::StoredColumn parse_column(Decoder& in, const FieldForm& form, std::uint32_t positions, const std::vector<std::int64_t>& pool_ids);
  void find_places(Decoder& in, const std::uint16_t* order, std::uint32_t records);

  const bytecode::Module* module_;
  std::uint64_t first_record_ = 0;
  std::vector<Place> places_;
  std::vector<Block> blocks_;
  Texts names_;
  Expanded room_;   ///< of what lies narrower in the file than it is used
  std::vector<TextColumn> text_columns_;   ///< as the pool numbers them; what blocks point to stays where it is when this grows
  std::vector<facts::Reject> rejects_;
  std::vector<facts::CohortRecord> cohorts_;
};

}  // namespace quy::columns
