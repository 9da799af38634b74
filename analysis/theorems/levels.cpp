// Every level is reachable.

#include "analysis/record/rating_part.h"
#include "analysis/record/slice.h"
#include "analysis/theorems/settle.h"
#include "analysis/theorems/theorems.h"
#include "analysis/theorems/trial.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Module;
using symbolic::Verdict;

namespace {

Question reaches(std::uint32_t levels, std::uint32_t level) {
  return {[=](const symbolic::Encoding& encoding) { return encoding.outcome_is(levels, level); },
          [=](const vm::Machine& machine, std::uint32_t row) {
            return machine.outcomes(levels, row) == vm::OutcomeSet{1} << level;
          }};
}

bool depends_on(const bytecode::Subject& subject, bytecode::Register reg, bytecode::Register wanted) {
  if (wanted == kNone) return false;
  std::vector<bool> depends(subject.code.size());
  for (bytecode::Register each = 0; each < depends.size(); ++each) {
    depends[each] = each == wanted;
    for (const bytecode::Register operand : subject.code[each].operands)
      depends[each] = depends[each] || depends[operand];
  }
  return depends[reg];
}

class LevelSearch {
 public:
  explicit LevelSearch(const Inquiry& inquiry)
      : inquiry_(inquiry), statements_(inquiry.module.ratings[inquiry.of().rating].levels.size()) {
    for (std::uint32_t level = 0; level < statements_.size(); ++level) statements_[level] = of_level(level);
  }

  std::vector<Statement> run() {
    const bytecode::Subject& subject = inquiry_.of();
    // No actual points give what no total gives.
    const Module part = rating_part(inquiry_.module, inquiry_.subject);
    const bytecode::Subject& rated = part.subjects.front();
    ask(part, true);
    if (subject.has_open_points || !depends_on(rated, rated.levels, rated.total)) return std::move(statements_);
    for (Statement& statement : statements_)
      if (statement.standing == Standing::proved) statement = of_level(statement.level);
    try_records();
    ask(slice(inquiry_.module, subject, {subject.total, subject.levels}), false);
    return std::move(statements_);
  }

 private:
  static Statement of_level(std::uint32_t level) {
    Statement statement;
    statement.level = level;
    return statement;
  }

  void ask(const Module& part, bool over_stated_total) {
    const std::uint32_t levels = part.subjects.front().levels;
    std::vector<Question> questions;
    std::vector<Statement*> asked;
    for (Statement& statement : statements_) {
      if (statement.standing != Standing::not_settled) continue;
      questions.push_back(reaches(levels, statement.level));
      asked.push_back(&statement);
    }
    if (questions.empty()) return;
    const std::vector<Reply> replies = settle(inquiry_, part, {levels}, questions);
    for (std::size_t i = 0; i < replies.size(); ++i) {
      asked[i]->over_stated_total = over_stated_total;
      asked[i]->not_analysed = replies[i].not_analysed;
      if (replies[i].verdict == Verdict::impossible) {
        asked[i]->standing = Standing::refuted;
        asked[i]->proof = Proof::solver;
      }
      if (replies[i].verdict == Verdict::possible) {
        asked[i]->standing = Standing::proved;
        asked[i]->witness = {replies[i].record};
      }
    }
  }

  void try_records() {
    const bytecode::Subject& subject = inquiry_.of();
    Bench bench(inquiry_.module, inquiry_.subject, inquiry_.readings, inquiry_.year);
    const std::vector<Record> records = trial_records(bench, extremes(bench));
    bench.run(records, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
      for (Statement& statement : statements_) {
        if (statement.standing != Standing::not_settled || machine.outcomes(row) != vm::OutcomeSet{1}
                                                                                        << statement.level)
          continue;
        statement = of_level(statement.level);
        statement.standing = Standing::proved;
        statement.witness = {records[record]};
      }
    });
    for (Statement& statement : statements_)
      if (statement.standing == Standing::proved)
        statement.witness = {shorten(bench, statement.witness.front(), reaches(subject.levels, statement.level).shows)};
  }

  const Inquiry& inquiry_;
  std::vector<Statement> statements_;
};

}  // namespace

std::vector<Statement> reachable_levels(const Inquiry& inquiry) {
  const bytecode::Subject& subject = inquiry.of();
  if (subject.rating == kNone || subject.levels == kNone) return {};
  return LevelSearch(inquiry).run();
}

}  // namespace quy::analysis
