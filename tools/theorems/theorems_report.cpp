#include "tools/theorems/theorems_report.h"

#include <fmt/format.h>

#include <map>

#include "analysis/record/rating_part.h"
#include "analysis/theorems/sheet.h"
#include "analysis/theorems/theorems.h"
#include "runtime/trace/outcome.h"
#include "tools/testing/case_writer.h"
#include "tools/testing/evidence_of_test.h"
#include "tools/theorems/no_evidence.h"

namespace quy::tools {

using analysis::Inquiry;
using analysis::Record;
using analysis::Statement;
using analysis::Theorem;
using bytecode::kNone;
using bytecode::Module;

namespace {

/// Whether subjects have the same criteria too, since their code does not name them.
std::string sheet_key(const bytecode::Subject& subject) {
  std::string key = analysis::rules_key(subject);
  for (const bytecode::CriterionInfo& criterion : subject.criteria) key += criterion.id + ";";
  return key;
}

class SubjectReport {
 public:
  SubjectReport(const Inquiry& inquiry, const sema::Pack& pack)
      : inquiry_(inquiry),
        subject_(inquiry.of()),
        plain_(inquiry, pack, inquiry.subject),
        over_stated_total_(inquiry, pack,
                           subject_.given_total_variant == kNone ? inquiry.subject : subject_.given_total_variant) {}

  SubjectTheorems run() {
    SubjectTheorems report{.id = subject_.id, .label = subject_.label, .alike = {}, .lines = {}};
    for (const auto& prove : {analysis::reachable_levels, analysis::criteria_that_count, analysis::directions_of_points,
                              points_without_evidence, analysis::neutral_texts})
      for (Statement& statement : prove(inquiry_)) report.lines.push_back(line(std::move(statement)));
    return report;
  }

 private:
  /// What runs witnesses and writes them as tests.
  struct Witnesses {
    Witnesses(const Inquiry& inquiry, const sema::Pack& pack, std::uint32_t subject)
        : bench(inquiry.module, subject, inquiry.readings, inquiry.year),
          writer(inquiry.module, bench.subject(), pack, pack.subjects[inquiry.subject]) {}
    analysis::Bench bench;
    CaseWriter writer;
  };

  TheoremLine line(Statement statement) {
    TheoremLine line;
    line.statement = std::move(statement);
    const Statement& of = line.statement;
    if (of.level != kNone) {
      const bytecode::LevelInfo& level = inquiry_.module.ratings[subject_.rating].levels[of.level];
      line.level = level.id;
      line.level_label = level.label.empty() ? level.id : level.label;
    }
    if (of.criterion != kNone) {
      const bytecode::CriterionInfo& criterion = subject_.criteria[of.criterion];
      line.criterion = criterion.id;
      line.criterion_label = criterion.label;
      line.clause = criterion.citation;
    }
    if (of.field != kNone) {
      const bytecode::Field& field = subject_.fields[of.field];
      const bytecode::List* list = field.list == kNone ? nullptr : &subject_.lists[field.list];
      line.field = list == nullptr ? field.id : list->id + "." + field.id;
      line.field_label = list == nullptr ? label_of(field) : list->label + ": " + label_of(field);
    }
    Witnesses& witnesses = of.over_stated_total ? over_stated_total_ : plain_;
    for (const Record& record : of.witness) line.witness.push_back(witness(line, record, witnesses));
    return line;
  }

  static const std::string& label_of(const bytecode::Field& field) {
    return field.label.empty() ? field.name : field.label;
  }

  WitnessLine witness(const TheoremLine& line, const Record& record, Witnesses& witnesses) {
    std::vector<std::string> expectations;
    witnesses.bench.run({record}, [&](std::size_t, const vm::Machine& machine, std::uint32_t row) {
      expectations = expected(line.statement, witnesses, machine, row);
    });
    WitnessLine made;
    made.test = witnesses.writer.text({title(line), record, expectations});
    made.evidence = evidence_of_text(made.test, witnesses.bench.subject(), subject_.id);
    return made;
  }

  std::vector<std::string> expected(const Statement& statement, const Witnesses& witnesses, const vm::Machine& machine,
                                    std::uint32_t row) const {
    const auto points = [&](std::uint32_t criterion) {
      return witnesses.writer.criterion_points(
          criterion, analysis::sheet_points(subject_, subject_.criteria[criterion].observable, machine, row));
    };
    std::vector<std::string> all;
    if (statement.criterion != kNone) all.push_back(points(statement.criterion));
    if (statement.theorem == Theorem::criterion_counts && subject_.total != kNone &&
        machine.number(subject_.total, row).known())
      all.push_back(witnesses.writer.total_points(machine.number(subject_.total, row)));
    if (statement.criterion != kNone) return all;
    const bytecode::Register levels = witnesses.bench.subject().levels;
    if (const auto outcome = levels == kNone ? std::nullopt : trace::only(machine.outcomes(levels, row)))
      all.push_back(witnesses.writer.outcome(*outcome));
    if (statement.theorem == Theorem::neutral && !statement.over_stated_total)
      for (std::uint32_t criterion = 0; criterion < subject_.criteria.size(); ++criterion)
        if (machine.number(analysis::registers_of(subject_, criterion).points, row).known())
          all.push_back(points(criterion));
    return all;
  }

  std::string title(const TheoremLine& line) const {
    switch (line.statement.theorem) {
      case Theorem::level_reachable: return fmt::format("{}: đạt mức “{}”", subject_.label, line.level_label);
      case Theorem::criterion_counts: return fmt::format("{}: “{}” và tổng điểm", subject_.label, line.criterion_label);
      case Theorem::more_never_lowers:
        return fmt::format("{}: “{}” theo “{}”", subject_.label, line.criterion_label, line.field_label);
      case Theorem::no_evidence_no_points:
        return fmt::format("{}: “{}” khi chưa có minh chứng", subject_.label, line.criterion_label);
      case Theorem::neutral: break;
    }
    return fmt::format("{}: kết quả theo “{}”", subject_.label, line.field_label);
  }

  const Inquiry& inquiry_;
  const bytecode::Subject& subject_;
  Witnesses plain_, over_stated_total_;
};

}  // namespace

std::vector<SubjectTheorems> prove_theorems(const Module& module, const sema::Pack& pack,
                                            const vm::Program::Readings& readings, const TheoremOptions& options) {
  std::vector<SubjectTheorems> all;
  std::map<std::string, std::size_t> known;
  for (std::uint32_t subject = 0; subject < pack.subjects.size(); ++subject) {
    if (!options.subject.empty() && options.subject != pack.subjects[subject].id) continue;
    const auto [same, is_new] = known.emplace(sheet_key(module.subjects[subject]), all.size());
    if (!is_new) {
      all[same->second].alike.push_back(pack.subjects[subject].id);
      continue;
    }
    const Inquiry inquiry{module, subject, readings, test_year(pack), options.limit};
    all.push_back(SubjectReport(inquiry, pack).run());
  }
  return all;
}

}  // namespace quy::tools
