#pragma once
// One record's result: what the contract's keys say, before any format. docs/results.md describes the keys.
//
// A Result is kept by its owner and refilled record after record, so that a run of millions allocates next to nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/facts/facts.h"
#include "runtime/trace/dependence.h"
#include "runtime/trace/outcome.h"
#include "runtime/trace/record_view.h"
#include "runtime/trace/subject_index.h"

namespace quy::trace {

/// Why the outcome is what it is; the clauses belong to the module.
struct Reason {
  const std::vector<std::string>* clauses = nullptr;
  std::string text;
};

/// A number as results carry it: the printed decimal, and the fraction when the decimal is rounded. Empty when there is none.
struct PrintedNumber {
  std::string decimal, fraction;
  void clear() { decimal.clear(), fraction.clear(); }
};
/// Bounds of a number that is not known; the lower one rounded down, the upper one up.
struct PrintedRange {
  std::string low, high;
  bool empty() const { return low.empty(); }
  void clear() { low.clear(), high.clear(); }
};

/// Points of one group or criterion.
struct PointsLine {
  PrintedNumber points;  ///< empty when not known, or when the line is out of the sum
  PrintedRange range;    ///< when not known
  PrintedNumber maximum;
  vm::FieldState left_out = vm::FieldState::value;  ///< the cause, when the line is left out
};

/// What decides an undecided record once it is known, whatever it turns out to be.
struct WouldDecide {
  struct Item {
    std::string id;               ///< as in Result::missing
    std::uint32_t field = kNone;  ///< that it is, or of the list that it is
    vm::OutcomeSet alone = 0;     ///< outcomes that a value of it brings about whatever the rest is
  };
  std::vector<Item> items;        ///< the most influential first
  bool smallest = true;           ///< false: a smaller set was not ruled out
  void clear() { items.clear(), smallest = true; }
};

/// Whether evidence is missing that can no longer change anything.
enum class Settled : std::uint8_t { no, rating, total, both };   ///< no: nothing is missing, or it still matters

/// A record's outcome at one of its stages, and what brought it about.
struct StageOutcome {
  std::string_view stage;
  PrintedNumber total;
  PrintedRange total_range;
  Status status = Status::undecided;
  std::uint32_t level = kNone;
  std::vector<std::string> because;   ///< smallest set of facts and scores whose change since the stage before gives this outcome
  bool smallest = true;               ///< false: none of them can be left away, but a smaller set was not ruled out
};

struct Result {
  const facts::RecordHead* head = nullptr;
  Status status = Status::undecided;
  std::uint32_t level = kNone;  ///< index of the decided level
  vm::OutcomeSet possible = 0;  ///< undecided: outcomes; for the authority: levels that it may choose
  PrintedNumber total;
  PrintedRange total_range;
  bool outer = false;                                     ///< bounds and outcomes are outer ones
  std::vector<PointsLine> groups, criteria;               ///< as Subject::groups and ::criteria; empty unless asked for
  const std::vector<Reason>* constant_reasons = nullptr;  ///< when the same for every such record
  std::vector<Reason> own_reasons;
  std::vector<std::uint32_t> influential;  ///< missing fields that can change the rating
  std::vector<std::string> missing;        ///< their ids
  WouldDecide would_decide;
  Settled settled = Settled::no;
  /// Numbers that add up, with those of earlier periods, where a span that a rule speaks of is not over.
  struct ToDate {
    std::uint32_t field;   ///< FieldPlace::earlier_in_span
    std::string number;
  };
  std::vector<ToDate> to_date;
  // Filled by the run, which knows other records.
  std::vector<OtherResult> waits_for;      ///< undecided: whose results it waits for
  std::vector<OtherResult> provisional;    ///< results it rests on that a quota may still lower
  std::optional<QuotaPlace> quota;
  std::vector<StageOutcome> stages;        ///< with `--stage all`: every stage of the subject, in order

  const std::vector<Reason>& reasons() const { return constant_reasons != nullptr ? *constant_reasons : own_reasons; }
};

/// Which parts are wanted; the rest is not worked out.
struct ResultNeeds {
  bool reasons = true;
  bool points = false;  ///< groups and criteria
  bool range = true;
  bool influence = true;  ///< which missing fields matter; reasons of a result that is open are chosen by them
  bool deciding = false;  ///< the smallest set of them that decides; needs influence
  bool settled = false;
};

/// Makes results of one subject.
class ResultMaker {
 public:
  /// `program` and `texts` must outlive the maker.
  ResultMaker(const vm::Program& program, ResultNeeds needs, Language language, const vm::TextPool* texts);

  const SubjectIndex& index() const { return index_; }
  /// By level: the reason of a rating that points alone have given; what Result::constant_reasons points to.
  const std::vector<std::vector<Reason>>& band_reasons() const { return band_reasons_; }
  /// Whether the machine must keep every register for what is wanted.
  bool needs_registers() const { return needs_.reasons || needs_.points || !index_.phases().hand_overs.empty(); }
  /// `machine` has just run `batch`; `head` must live as long as the result is used.
  void make(const vm::Machine& machine, const vm::Batch& batch, std::uint32_t row, const facts::RecordHead& head,
            Result& result) const;

 private:
  void settle_outcome(const RecordView& view, Result& result) const;
  void settle_missing(const RecordView& view, Result& result) const;
  vm::OutcomeSet complete(const RecordView& view, vm::OutcomeSet outer, Result& result) const;
  void note_to_date(const RecordView& view, Result& result) const;
  void give_reasons(const RecordView& view, Result& result) const;

  SubjectIndex index_;
  ResultNeeds needs_;
  Language language_;
  const vm::TextPool* texts_;
  std::vector<std::vector<Reason>> band_reasons_;  ///< by level: reached by points alone
  std::vector<std::pair<std::uint32_t, std::uint32_t>> tracked_;   ///< fields: what earlier periods add, and whether their span is over
  std::vector<std::vector<std::uint32_t>> group_fields_,
      criterion_fields_;  ///< evidence whose absence leaves a line out
};

/// Id of a missing field as results name it: a list as a whole when it is the list that is missing.
std::string missing_id(const RecordView& view, std::uint32_t field);
/// The same for people.
std::string missing_label(const RecordView& view, std::uint32_t field);

}  // namespace quy::trace
