#pragma once
// What the records of a run take from each other, worked out before its results are written. Once prepared it is only read, so any number
// of threads may share it.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "runtime/trace/result.h"
#include "runtime/waves/cohorts.h"
#include "runtime/waves/counts_to_date.h"
#include "runtime/waves/earlier_results.h"
#include "runtime/waves/inputs.h"
#include "runtime/waves/order.h"

namespace quy::waves {

/// Whether records of the pack can depend on each other at all: it has lists of results, quotas, or numbers that add up over periods.
bool may_depend(const bytecode::Module& module);

/// Whether records of the pack take their own results, or numbers, of other periods.
bool takes_own_periods(const bytecode::Module& module);

struct Setup {
  const bytecode::Module& module;
  vm::Program::Readings readings;
  Language language = Language::vi;
  std::vector<std::string> earlier_results;   ///< files of results
  const facts::Versions* versions = nullptr;  ///< among which the module is one; only its records are looked at
  std::vector<std::string> results_of_run = {};   ///< files of results of the other versions' records; they come before `earlier_results`
};

class Links {
 public:
  /// Reads the evidence through `feed` as often as the longest chain of records asks for: once to see who needs whom, then once a wave.
  /// A message when an input or a file of earlier results cannot be read.
  static std::variant<std::unique_ptr<Links>, Message> prepare(const Setup& setup, const Feed& feed);

  /// Why a record cannot be rated: it is on a circle, or decides again what has been decided. `field` gets the place in the record.
  std::optional<Message> refused(RecordNumber record, std::string& field) const;
  /// What the evidence says to no effect.
  const std::vector<Message>& warnings() const { return cohorts_->warnings(); }
  /// Fills the lists of results of a record that has just been stored as the last row of `batch`.
  void fill(RecordNumber record, vm::Batch& batch, std::uint32_t row, vm::TextPool& texts) const;
  /// The part of it that reads and changes no list: what earlier periods add to a row's numbers.
  void fill_counts(RecordNumber record, vm::Batch& batch, std::uint32_t row) const;
  /// Adds to a result what it owes to others; a decided quota lowers it.
  void finish(RecordNumber record, const vm::Batch& batch, trace::Result& result) const;
  std::vector<trace::QuotaCount> quota_counts(const facts::RecordHead& cohort) const;

 private:
  friend class Preparation;
  /// What the results under one target come to, in the levels of the rating that asks.
  struct Taken {
    bool unknown = false;                    ///< anything is possible
    vm::OutcomeSet outcomes = 0;
    bool has_total = false;
    Rational low, high;                      ///< of the total
    std::string_view status;                 ///< why it is not settled; empty when it is
    bool provisional = false;
    bool left_out() const { return !unknown && outcomes == vm::OutcomeSet{1} << vm::kOutcomeNotRated; }
  };
  /// What a wave found out about a record, in few bytes.
  struct Rated {
    vm::OutcomeSet outcomes : 24 = 0;
    std::uint32_t status : 7 = 0;            ///< trace::Status
    std::uint32_t done : 1 = 0;
  };

  explicit Links(const Setup& setup);
  Taken take(std::uint32_t target, std::uint32_t rating) const;
  void join(Taken& taken, RecordNumber record, std::uint32_t rating) const;
  void join(Taken& taken, const EarlierResult& earlier, std::uint32_t rating) const;
  void fill_item(std::uint32_t target, std::uint32_t rating, const ResultColumns& columns, std::uint32_t item, vm::Batch& batch) const;
  void lower(const bytecode::RatingInfo& rating, trace::Result& result) const;
  void note_others(RecordNumber record, std::uint32_t rating, const vm::Batch& batch, trace::Result& result) const;
  std::optional<Earned> earned(RecordNumber record) const;

  const bytecode::Module& module_;
  Language language_;
  std::vector<std::vector<ResultColumns>> lists_;   ///< by subject
  Population population_;
  EarlierResults earlier_;
  CountsToDate counts_;
  std::vector<bool> counts_to_date_;                 ///< by subject: whether its records may need `counts_`
  std::unique_ptr<Cohorts> cohorts_;
  std::vector<Rated> rated_;                         ///< by record; of those that others, or a quota, need
  std::unordered_map<RecordNumber, std::pair<Rational, Rational>> totals_;   ///< bounds, of records whose total others read
  std::unordered_map<RecordNumber, std::vector<RecordNumber>> circles_;
};

}  // namespace quy::waves
