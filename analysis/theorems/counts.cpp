// Every criterion can change the total.

#include "analysis/record/slice.h"
#include "analysis/record/pair.h"
#include "analysis/theorems/settle.h"
#include "analysis/theorems/sheet.h"
#include "analysis/theorems/theorems.h"
#include "analysis/theorems/trial.h"

namespace quy::analysis {

using bytecode::kNone;
using bytecode::Module;
using bytecode::Register;
using symbolic::Verdict;

namespace {

constexpr std::uint32_t kEqual = 4, kNotEqual = 5;  ///< signs of comparisons, as in opcodes.def

/// What a record gives each criterion, and in all.
struct Sheet {
  std::vector<vm::Range> points;
  vm::Range total;
};

bool same(const vm::Range& a, const vm::Range& b) {
  return a.left_out == b.left_out && a.known() == b.known() && a.low == b.low && a.high == b.high;
}

class CountSearch {
 public:
  explicit CountSearch(const Inquiry& inquiry) : inquiry_(inquiry), subject_(inquiry.of()) {}

  std::vector<Statement> run() {
    std::vector<Statement> all(subject_.criteria.size());
    for (std::uint32_t criterion = 0; criterion < all.size(); ++criterion) {
      all[criterion].theorem = Theorem::criterion_counts;
      all[criterion].criterion = criterion;
    }
    const bool has_closed_total = subject_.total != kNone && !subject_.has_open_points;
    if (has_closed_total) try_records(all);
    for (Statement& statement : all) {
      if (statement.standing == Standing::proved) continue;
      if (has_closed_total)
        ask_of_total(statement);
      else
        ask_of_points(statement);
    }
    return all;
  }

 private:
  // ---------------------------------------------------------------- trying

  void try_records(std::vector<Statement>& statements) {
    Bench bench(inquiry_.module, inquiry_.subject, inquiry_.readings, inquiry_.year);
    const Extremes both = extremes(bench);
    for (Statement& statement : statements)
      for (const Record* from : {&both.met, &both.nothing})
        if (statement.standing != Standing::proved) try_changes(bench, *from, statement);
  }

  void try_changes(Bench& bench, const Record& from, Statement& statement) {
    const Candidates candidates(bench, {registers_of(subject_, statement.criterion).points});
    std::vector<Record> records{from};
    for (const Place& place : candidates.places())
      for (Record& changed : candidates.alternatives(from, place)) records.push_back(std::move(changed));
    std::optional<Sheet> before;
    bench.run(records, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
      if (statement.standing == Standing::proved) return;
      const Sheet sheet = read(machine, row);
      if (record == 0) before = sheet;
      if (!before || !differ_by(statement.criterion, *before, sheet)) return;
      statement.standing = Standing::proved;
      statement.witness = {from, records[record]};
    });
  }

  Sheet read(const vm::Machine& machine, std::uint32_t row) const {
    Sheet sheet{{}, machine.number(subject_.total, row)};
    for (const bytecode::CriterionInfo& criterion : subject_.criteria)
      sheet.points.push_back(sheet_points(subject_, criterion.observable, machine, row));
    return sheet;
  }

  static bool differ_by(std::uint32_t criterion, const Sheet& a, const Sheet& b) {
    for (std::uint32_t i = 0; i < a.points.size(); ++i)
      if (same(a.points[i], b.points[i]) == (i == criterion)) return false;
    return a.total.known() && b.total.known() && a.total.low != b.total.low;
  }

  // ---------------------------------------------------------------- asking

  /// Alone, while all others stay as they are; or, where its evidence is that of others too, together with those.
  void ask_of_total(Statement& statement) {
    std::vector<Register> registers{subject_.total};
    for (std::uint32_t i = 0; i < subject_.criteria.size(); ++i)
      for (const Register reg : {registers_of(subject_, i).points, registers_of(subject_, i).left_out})
        registers.push_back(reg);
    const Module part = slice(inquiry_.module, subject_, registers);
    const bytecode::Subject& in_part = part.subjects.front();
    Pair pair(part, evidence_read(in_part, {registers_of(in_part, statement.criterion).points}));
    std::vector<Register> others;
    for (std::uint32_t i = 0; i < in_part.criteria.size(); ++i)
      if (i != statement.criterion && moves(pair, registers_of(in_part, i)))
        others.push_back(unchanged(pair, registers_of(in_part, i)));
    const Register changes = pair.negation(unchanged(pair, registers_of(in_part, statement.criterion)));
    const Register total = pair.compare(in_part.total, kNotEqual, pair.second(in_part.total));
    others.push_back(changes);
    const Register alone = pair.all(others), counts_alone = pair.all({alone, total}),
                   counts = pair.all({changes, total});
    const std::vector<Reply> replies = settle(inquiry_, pair.module(), {alone, counts_alone, counts},
                                              {is_true(counts_alone), is_true(alone), is_true(counts)});
    conclude(statement, pair, replies);
  }

  void conclude(Statement& statement, const Pair& pair, const std::vector<Reply>& replies) const {
    const Reply &counts_alone = replies[0], &alone = replies[1], &counts = replies[2];
    const auto state = [&](Standing standing, const Reply& shown) {
      statement.standing = standing;
      statement.proof = standing == Standing::refuted ? Proof::solver : Proof::witness;
      if (shown.verdict == Verdict::possible) statement.witness = {pair.first(shown.record), pair.second(shown.record)};
      statement.not_analysed = shown.not_analysed;
    };
    if (counts_alone.verdict == Verdict::possible) return state(Standing::proved, counts_alone);
    if (counts_alone.verdict == Verdict::not_settled) return state(Standing::not_settled, counts_alone);
    if (alone.verdict == Verdict::possible) return state(Standing::refuted, alone);
    if (alone.verdict == Verdict::not_settled) return state(Standing::not_settled, alone);
    if (counts.verdict == Verdict::possible) return state(Standing::proved, counts);
    state(counts.verdict == Verdict::impossible ? Standing::refuted : Standing::not_settled, counts);
  }

  static bool moves(const Pair& pair, const ItemRegisters& item) {
    return pair.second(item.points) != item.points || pair.second(item.left_out) != item.left_out;
  }

  static Register unchanged(Pair& pair, const ItemRegisters& item) {
    return pair.all({pair.compare(item.points, kEqual, pair.second(item.points)),
                     pair.same(item.left_out, pair.second(item.left_out))});
  }

  /// The maximum is open and the same in both records; what is earned of it is asked.
  void ask_of_points(Statement& statement) {
    const ItemRegisters item = registers_of(subject_, statement.criterion);
    const Module part = with_maxima_stated(slice(inquiry_.module, subject_, {item.points, item.left_out}));
    const ItemRegisters in_part = registers_of(part.subjects.front(), statement.criterion);
    Pair pair(part, evidence_read(subject_, {item.points}));
    const Register differ = pair.negation(unchanged(pair, in_part));
    const Reply reply = settle(inquiry_, pair.module(), {differ}, {is_true(differ)}).front();
    if (reply.verdict == Verdict::possible)
      statement.witness = {taken(subject_, pair.first(reply.record)), taken(subject_, pair.second(reply.record))};
    if (reply.verdict == Verdict::impossible) statement.proof = Proof::solver;
    if (reply.verdict != Verdict::not_settled)
      statement.standing = reply.verdict == Verdict::possible ? Standing::proved : Standing::refuted;
    statement.not_analysed = reply.not_analysed;
  }

  const Inquiry& inquiry_;
  const bytecode::Subject& subject_;
};

}  // namespace

std::vector<Statement> criteria_that_count(const Inquiry& inquiry) { return CountSearch(inquiry).run(); }

}  // namespace quy::analysis
