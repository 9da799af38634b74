#include "tools/lint/witness.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "analysis/cases/boundary_cases.h"
#include "analysis/record/shorten.h"
#include "analysis/record/slice.h"
#include "analysis/symbolic/encoding.h"
#include "analysis/symbolic/solver.h"
#include "runtime/trace/outcome.h"
#include "tools/testing/case_writer.h"

namespace quy::lint {

using bytecode::kNone;
using bytecode::Register;

namespace symbolic = analysis::symbolic;

namespace {

/// What a test speaks of: one criterion, or the rating over a stated total where there is one.
struct Scope {
  const bytecode::Subject* subject = nullptr;
  std::uint32_t criterion = kNone;

  std::vector<Register> registers() const {
    if (criterion == kNone) return {subject->levels};
    const bytecode::Observable& item = subject->observables[subject->criteria[criterion].observable];
    return {item.reg, item.applies_left_out};
  }
};

Scope scope_of(const bytecode::Module& module, std::uint32_t subject, std::uint32_t criterion) {
  const std::uint32_t variant = module.subjects[subject].given_total_variant;
  const bool over_total = criterion == kNone && variant != kNone;
  return {&module.subjects[over_total ? variant : subject], criterion};
}

bool stands_at(const SourceMap& sources, const bytecode::Origin& origin, Span span) {
  const LineColumn begin = sources.line_column(span.file, span.begin), end = sources.line_column(span.file, span.end);
  return origin.file == sources.name(span.file) && origin.begin_line == begin.line &&
         origin.begin_column == begin.column && origin.end_line == end.line && origin.end_column == end.column;
}

/// The truth register that stands at the place; kNone when none does.
Register register_at(const SourceMap& sources, const Scope& scope, Span span) {
  for (const bytecode::Observable& observable : scope.subject->observables) {
    if (observable.reg == kNone || observable.origin == kNone) continue;
    const bytecode::Instruction& made_by = scope.subject->code[observable.reg];
    const bool is_truth = made_by.kind == bytecode::ValueKind::boolean && made_by.domain == 0;
    if (is_truth && stands_at(sources, scope.subject->origins[observable.origin], span)) return observable.reg;
  }
  return kNone;
}

/// One question about a scope: registers, what they should be to the solver, and on the machine.
class Search {
 public:
  using Make = std::function<z3::expr(symbolic::Encoding& encoding, const std::vector<Register>& registers)>;
  using Shows =
      std::function<bool(const vm::Machine& machine, std::uint32_t row, const std::vector<Register>& registers)>;

  Search(const PackView& view, std::uint32_t subject, const Scope& scope, const std::vector<Register>& registers)
      : view_(view),
        source_(view.subjects()[subject].subject()),
        scope_(scope),
        part_(analysis::slice(view.module(), *scope.subject, all(registers))),
        bench_(part_, 0, {}, tools::test_year(view.pack())),
        registers_(renumbered(registers)) {}

  std::vector<std::string> run(const std::string& title, const Make& make, const Shows& wanted) {
    symbolic::Evidence evidence({{&part_, &bench_.subject()}}, bench_.year());
    std::vector<Register> roots = scope().registers();
    roots.insert(roots.end(), registers_.begin(), registers_.end());
    symbolic::Encoding encoding(evidence, part_, bench_.subject(), {}, roots);
    const auto answer = symbolic::ask(evidence, {make(encoding, registers_)}, view_.settings().limit).front();
    if (answer.verdict != symbolic::Verdict::possible) return {};
    analysis::RecordTexts texts = bench_.texts();
    const analysis::Shows shows = [&](const vm::Machine& machine, std::uint32_t row) {
      return wanted(machine, row, registers_) && is_known(machine, row);
    };
    const analysis::Record complete = evidence.record(answer.values, bench_.subject(), texts);
    if (!analysis::shows(bench_, complete, shows)) return {};
    const analysis::Record record = analysis::shorten(bench_, complete, shows);
    std::string expected;
    bench_.run({record}, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      expected = expectation(machine, row);
    });
    return {writer().text({title, record, {expected}})};
  }

 private:
  Scope scope() const { return {&bench_.subject(), scope_.criterion}; }
  tools::CaseWriter writer() const { return {view_.module(), *scope_.subject, view_.pack(), source_}; }

  std::vector<Register> all(const std::vector<Register>& registers) const {
    std::vector<Register> roots = scope_.registers();
    roots.insert(roots.end(), registers.begin(), registers.end());
    return roots;
  }

  /// The registers of the cut subject, found by the observables that they belong to.
  std::vector<Register> renumbered(const std::vector<Register>& registers) const {
    std::vector<Register> numbers;
    for (const Register reg : registers)
      for (std::size_t i = 0; i < scope_.subject->observables.size(); ++i)
        if (scope_.subject->observables[i].reg == reg) {
          numbers.push_back(bench_.subject().observables[i].reg);
          break;
        }
    return numbers;
  }

  vm::Range points(const vm::Machine& machine, std::uint32_t row) const {
    return analysis::sheet_points(bench_.subject(), bench_.subject().criteria[scope_.criterion].observable, machine,
                                  row);
  }

  bool is_known(const vm::Machine& machine, std::uint32_t row) const {
    if (scope_.criterion == kNone) return trace::only(machine.outcomes(row)).has_value();
    const vm::Range here = points(machine, row);
    return here.known() || here.left_out;
  }

  /// What a record that is_known gets.
  std::string expectation(const vm::Machine& machine, std::uint32_t row) const {
    if (scope_.criterion == kNone) return writer().outcome(*trace::only(machine.outcomes(row)));
    return writer().criterion_points(scope_.criterion, points(machine, row));
  }

  const PackView& view_;
  const sema::Subject& source_;
  Scope scope_;
  bytecode::Module part_;
  analysis::Bench bench_;
  std::vector<Register> registers_;
};

}  // namespace

std::vector<std::string> Witness::where(const std::string& title, std::uint32_t criterion,
                                        const std::vector<Wanted>& wanted) const {
  if (!view_.settings().tests) return {};
  const Scope scope = scope_of(view_.module(), subject_, criterion);
  std::vector<Register> registers;
  for (const Wanted& each : wanted) registers.push_back(register_at(view_.sources(), scope, each.span));
  if (std::ranges::find(registers, kNone) != registers.end()) return {};
  return Search(view_, subject_, scope, registers)
      .run(
          title,
          [&](symbolic::Encoding& encoding, const std::vector<Register>& at) {
            z3::expr condition = encoding.context().bool_val(true);
            for (std::size_t i = 0; i < at.size(); ++i)
              condition = symbolic::both(
                  condition, wanted[i].holds ? encoding.truth(at[i]).yes : encoding.truth(at[i]).no());
            return condition;
          },
          [&](const vm::Machine& machine, std::uint32_t row, const std::vector<Register>& at) {
            for (std::size_t i = 0; i < at.size(); ++i)
              if (machine.truth(at[i], row) != (wanted[i].holds ? vm::Truth::yes : vm::Truth::no)) return false;
            return true;
          });
}

std::vector<std::string> Witness::at_thresholds(std::uint32_t criterion) const {
  if (!view_.settings().tests) return {};
  const bytecode::Module& module = view_.module();
  const bytecode::Subject& subject = module.subjects[subject_];
  const tools::CaseWriter writer(module, subject, view_.pack(), view_.subjects()[subject_].subject());
  std::vector<std::string> tests;
  const std::uint32_t line = subject.criteria[criterion].observable;
  for (const analysis::BoundaryCase& each :
       analysis::boundary_cases(module, subject, line, analysis::targets_of_line(subject, line), tools::test_year(view_.pack())).cases) {
    const std::string title = fmt::format("{}: ngưỡng, {}", subject.criteria[criterion].label, tests.size() + 1);
    tests.push_back(writer.text({title, each.record, {writer.criterion_points(criterion, each.points)}}));
  }
  return tests;
}

std::vector<std::string> Witness::of_level(const std::string& title, std::uint32_t level) const {
  if (!view_.settings().tests) return {};
  const Scope scope = scope_of(view_.module(), subject_, kNone);
  if (scope.subject->levels == kNone) return {};
  return Search(view_, subject_, scope, {})
      .run(
          title,
          [&](symbolic::Encoding& encoding, const std::vector<Register>&) {
            return encoding.outcome_is(encoding.subject().levels, level);
          },
          [&](const vm::Machine& machine, std::uint32_t row, const std::vector<Register>&) {
            return machine.outcomes(row) == vm::OutcomeSet{1} << level;
          });
}

}  // namespace quy::lint
