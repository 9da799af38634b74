#include "analysis/cases/sides.h"

#include <chrono>

#include "analysis/record/shorten.h"
#include "analysis/symbolic/encoding.h"
#include "analysis/symbolic/solver.h"

namespace quy::analysis {

using symbolic::Verdict;

namespace {

constexpr std::chrono::seconds kLimit{10};  ///< for one side

bool is_shown(const bytecode::Subject& subject, const Side& side, const vm::Machine& machine, std::uint32_t row) {
  return machine.truth(subject.observables[side.observable].reg, row) == (side.holds ? vm::Truth::yes : vm::Truth::no);
}

}  // namespace

std::vector<SideAnswer> find_sides(Bench& bench, const std::vector<Side>& sides) {
  const bytecode::Subject& subject = bench.subject();
  const bytecode::Module& module = bench.program().module();
  std::vector<bytecode::Register> roots;
  for (const Side& side : sides) roots.push_back(subject.observables[side.observable].reg);
  symbolic::Evidence evidence({{&module, &subject}}, bench.year());
  const symbolic::Encoding encoding(evidence, module, subject, bench.readings(), roots);
  std::vector<z3::expr> conditions;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const symbolic::Truth& truth = encoding.truth(roots[i]);
    conditions.push_back(sides[i].holds ? truth.yes : truth.no());
  }
  const std::vector<symbolic::Answer> answers = symbolic::ask(evidence, conditions, kLimit);
  std::vector<SideAnswer> all(sides.size());
  for (std::size_t i = 0; i < sides.size(); ++i) {
    // With fewer kinds of row than could matter, "none found" is no proof.
    if (answers[i].verdict == Verdict::impossible && evidence.lists_cut().empty()) all[i].verdict = Verdict::impossible;
    if (answers[i].verdict != Verdict::possible) continue;
    RecordTexts texts = bench.texts();
    Record record = evidence.record(answers[i].values, subject, texts);
    const Shows shown = [&](const vm::Machine& machine, std::uint32_t row) {
      return is_shown(subject, sides[i], machine, row);
    };
    if (shows(bench, record, shown)) all[i] = {Verdict::possible, std::move(record)};
  }
  return all;
}

}  // namespace quy::analysis
