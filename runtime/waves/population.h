#pragma once
// Everything that a run's records say about each other, gathered in one reading: who takes whose result, and who is compared with whom.
//
// Records are numbered in the order in which they are read, over all inputs, refused ones included. A few dozen bytes are kept of each.

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/facts/facts.h"
#include "runtime/vm/batch.h"

namespace quy::waves {

inline constexpr std::uint32_t kNone = bytecode::kNone;
using RecordNumber = std::uint32_t;

/// The columns of a list of results.
struct ResultColumns {
  std::uint32_t list = kNone, id = kNone, level = kNone, total = kNone, divisor = kNone;   ///< fields; kNone where the list has none
  bytecode::OwnResults own = bytecode::OwnResults::none;
  bool total_uncapped = false;   ///< the rules work on with a total as large as a field may hold it, which no sheet gives
};
std::vector<ResultColumns> result_columns(const bytecode::Subject& subject);

/// Texts, each kept once and numbered.
class Names {
 public:
  std::uint32_t intern(std::string_view text);
  std::uint32_t find(std::string_view text) const;   ///< kNone: not there
  const std::string& text(std::uint32_t name) const { return *texts_[name]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> texts_;
};

/// A result that some record takes: of whom, and of which period.
struct Target {
  std::string id;
  std::uint32_t period = kNone;
  std::vector<RecordNumber> records;   ///< of the run: those with this id and period, whatever their subject
};

/// Records that one quota compares.
struct Group {
  std::uint32_t rating = kNone, quota = kNone;
  std::string unit, cohort;            ///< empty where the quota does not tell records apart by it
  std::uint32_t period = kNone;
  std::vector<RecordNumber> members;
};

class Population {
 public:
  explicit Population(const bytecode::Module& module);

  void add_record(std::uint32_t subject, const vm::Batch& batch, std::uint32_t row, const vm::TextPool& texts, const facts::RecordHead& head);
  void add_refused();
  void add_cohort(facts::CohortRecord record);
  /// Everything has been read: finds the records that are targets.
  void close();

  RecordNumber size() const { return static_cast<RecordNumber>(records_.size()); }
  /// kNone for a refused record and for one about a cohort.
  std::uint32_t subject(RecordNumber record) const { return records_[record].subject; }
  std::string_view id(RecordNumber record) const;
  const std::string& period(RecordNumber record) const { return periods_.text(records_[record].period); }
  /// The targets that a record takes, in the order of its lists and their rows.
  const std::uint32_t* targets_begin(RecordNumber record) const { return taken_.data() + records_[record].first_taken; }
  const std::uint32_t* targets_end(RecordNumber record) const;
  bool takes_results(RecordNumber record) const { return targets_begin(record) != targets_end(record); }

  const std::vector<Target>& targets() const { return targets_; }
  std::uint32_t find_target(std::string_view id, std::string_view period) const;   ///< kNone: nobody takes it
  const std::vector<Group>& groups() const { return groups_; }
  /// The groups a record belongs to.
  std::vector<std::uint32_t> groups_of(RecordNumber record) const;
  /// The group that a cohort's record speaks of for one quota; kNone when it has no member.
  std::uint32_t find_group(std::uint32_t rating, std::uint32_t quota, const facts::RecordHead& head) const;
  const std::unordered_map<RecordNumber, facts::CohortRecord>& cohort_records() const { return cohort_records_; }
  const std::string& period_text(std::uint32_t period) const { return periods_.text(period); }

 private:
  struct Record {
    std::uint32_t subject = kNone;
    std::uint32_t period = kNone;
    std::uint32_t first_taken = 0;
    std::uint32_t key = kNone;          ///< which set of groups
    std::uint64_t id_end = 0;           ///< in ids_; it begins where the one before ends
  };

  std::uint32_t target_of(std::string_view id, std::string_view period);
  void take_results(const std::vector<ResultColumns>& lists, const vm::Batch& batch, std::uint32_t row, const vm::TextPool& texts,
                    const facts::RecordHead& head);
  std::uint32_t key_of(std::uint32_t rating, const facts::RecordHead& head);
  std::uint32_t group_of(std::uint32_t rating, std::uint32_t quota, const facts::RecordHead& head);
  void add(std::uint32_t subject, std::string_view id, std::string_view period, std::uint32_t key);

  const bytecode::Module& module_;
  std::vector<std::vector<ResultColumns>> lists_;   ///< by subject
  std::vector<Record> records_;
  std::string ids_;
  Names periods_, keys_, target_names_, group_names_;
  std::vector<std::uint32_t> taken_;
  std::vector<Target> targets_;
  std::vector<Group> groups_;
  std::vector<std::vector<std::uint32_t>> groups_of_key_;
  std::unordered_map<RecordNumber, facts::CohortRecord> cohort_records_;
};

/// Calls `visit(columns, item)` for every row of results whose level is to be looked up, and `visit_own(columns)` for every list of own
/// results that the record does not give; lists and rows in order.
template <class Visit, class VisitOwn>
void for_each_taken(const std::vector<ResultColumns>& lists, const vm::Batch& batch, std::uint32_t row, Visit visit, VisitOwn visit_own) {
  for (const ResultColumns& columns : lists) {
    if (!batch.list_present(columns.list, row)) {
      if (columns.own != bytecode::OwnResults::none) visit_own(columns);
      continue;
    }
    for (std::uint32_t item = batch.list_begin(columns.list, row); item < batch.list_end(columns.list, row); ++item) {
      const bool named = batch.state(columns.id, item) == vm::FieldState::value;
      const bool given = columns.level != kNone && batch.state(columns.level, item) != vm::FieldState::missing;
      if (named && !given) visit(columns, item);
    }
  }
}

}  // namespace quy::waves
