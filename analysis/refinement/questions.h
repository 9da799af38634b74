#pragma once
// Questions about the only subject of a module, all asked of the solver at once, and witnesses that the machine confirms.

#include <chrono>
#include <optional>
#include <vector>

#include "analysis/joint/joint.h"
#include "analysis/record/bench.h"
#include "analysis/record/shorten.h"
#include "analysis/symbolic/encoding.h"
#include "analysis/symbolic/solver.h"

namespace quy::analysis {

class Questions {
 public:
  /// Over what `roots` depend on. The module must be finished and outlive the questions.
  Questions(const bytecode::Module& single, int year, const std::vector<bytecode::Register>& roots);

  const symbolic::Encoding& encoding() const { return encoding_; }
  symbolic::Encoding& encoding() { return encoding_; }
  z3::context& context() const { return evidence_.context(); }

  /// Asks whether some evidence satisfies the condition; the number of the answer.
  std::size_t ask(const z3::expr& condition);
  /// The Boolean register is true.
  std::size_t ask(bytecode::Register condition) { return ask(encoding_.truth(condition).yes); }
  /// Each within `limit`.
  void answer(std::chrono::milliseconds limit);
  symbolic::Verdict verdict(std::size_t question) const { return answers_[question].verdict; }
  bool impossible(std::size_t question) const { return verdict(question) == symbolic::Verdict::impossible && !cut_; }

  /// The record found for a question, as short as the machine still shows what it should; nothing when the machine does not show it.
  std::optional<Record> witness(std::size_t question, const Shows& shown);
  /// The same where more than the module's machine has to look at it.
  std::optional<Record> witness(std::size_t question, const Holds& holds);
  Bench& bench();

  /// Of what was looked at, whatever the solver could not see exactly.
  const std::vector<symbolic::NotAnalysed>& not_analysed() const { return encoding_.not_analysed(); }

 private:
  const bytecode::Module& module_;
  int year_;
  symbolic::Evidence evidence_;
  symbolic::Encoding encoding_;
  bool cut_;  ///< more kinds of row could matter than were looked at
  std::vector<z3::expr> conditions_;
  std::vector<symbolic::Answer> answers_;
  std::optional<Bench> bench_;
};

/// The bench's record in the fields of the joint's first side, with the texts of `local`, that side's module.
Record of_first_side(const Joint& joint, const Bench& bench, const Record& record, const bytecode::Module& local);

}  // namespace quy::analysis
