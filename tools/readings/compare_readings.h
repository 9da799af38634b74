#pragma once
// Which records are rated otherwise when the open choices of the text are read otherwise.
//
// Each subject's readings that can reach its rating are put together in every way, unless that is more than kMostCombinations. Then each is
// varied alone, the others as chosen; and those that change the rating of some record of a batch are put together in every way, if they are
// few enough. So a difference that shows only when two readings change that change nothing alone can then stay unseen; the answer says it.

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/api/evaluation.h"
#include "runtime/facts/facts.h"
#include "runtime/trace/outcome.h"
#include "runtime/vm/program.h"

namespace quy::tools {

/// Ways to choose the readings of one subject that are all tried; each means loading the program and running the batch once.
inline constexpr std::uint64_t kMostCombinations = 4096;

/// What a record comes to under one choice of readings.
struct ReadingOutcome {
  bool rejected = false;  ///< a rule on the record itself is broken
  trace::Status status = trace::Status::undecided;
  std::uint32_t level = bytecode::kNone;  ///< of the subject's rating, when decided
  auto operator<=>(const ReadingOutcome&) const = default;
};

/// One option of one reading, both as the module numbers them.
struct ReadingChoice {
  std::uint32_t reading = 0, option = 0;
};

struct OutcomeUnderReadings {
  ReadingOutcome outcome;
  /// Any of these leads there; each is a set of choices that have to be made together, whatever the other readings.
  std::vector<std::vector<ReadingChoice>> when;
};

struct DifferingRecord {
  std::uint64_t turn = 0;  ///< place among all records of the run, from 0
  std::uint64_t line = 0;
  std::string id, input;  ///< input: the file, when there are several
  std::uint32_t subject = 0;
  ReadingOutcome chosen;
  std::vector<OutcomeUnderReadings> others;
};

/// How the readings of a subject were varied.
struct VariedSubject {
  std::uint32_t subject = 0;
  std::vector<std::uint32_t> readings;  ///< that can reach the rating and are not fixed
  std::uint64_t combinations = 1;       ///< of their options; at most 2^63
  std::uint64_t records = 0;
  bool combined = true;  ///< all were tried
};

struct ReadingComparison {
  std::vector<VariedSubject> subjects;   ///< in the order in which they first appear
  std::vector<DifferingRecord> records;  ///< in input order
  std::uint64_t records_in = 0, rejected = 0;
};

using OnReject = std::function<void(const facts::Reject&, const std::string& input)>;

/// `fixed` readings are as given and not varied. A message when an input cannot be read.
std::variant<ReadingComparison, Message> compare_readings(const Pack& pack, const std::vector<std::string>& inputs,
                                                          const vm::Program::Readings& fixed,
                                                          const OnReject& on_reject);

}  // namespace quy::tools
