#include "tools/gaps/gaps_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <optional>

#include "analysis/conditions.h"
#include "analysis/record/slice.h"
#include "runtime/trace/outcome.h"
#include "tools/testing/case_writer.h"
#include "tools/testing/evidence_of_test.h"
#include "tools/testing/read_test.h"

namespace quy::tools {

using analysis::GapCause;
using analysis::GapFinding;
using bytecode::kNone;
using bytecode::Module;

namespace {

using Kind = GapCause::Kind;

/// Subjects with one key have the same rules over the same evidence: what is true of one is true of all.
std::string rules_key(const bytecode::Subject& subject) {
  using bytecode::Opcode;
  std::string key;
  for (const bytecode::Instruction& each : subject.code) {
    const bool reads_field =
        each.opcode == Opcode::field || each.opcode == Opcode::flag || each.opcode == Opcode::state;
    const bool reads_list = each.opcode >= Opcode::fold_count && each.opcode <= Opcode::fold_largest;
    const std::string what = reads_field  ? subject.fields[each.a].id
                             : reads_list ? subject.lists[each.a].id
                                          : std::to_string(each.a);
    key += fmt::format("{},{},{},{}", static_cast<int>(each.opcode), what, each.b,
                       each.domain == 0 ? "" : subject.lists[each.domain - 1].id);
    for (const bytecode::Register operand : each.operands) key += fmt::format(".{}", operand);
    key += ';';
  }
  return key;
}

const char* title_of(Kind kind) {
  switch (kind) {
    case Kind::need_failed: return "Không mức nào: đủ điểm mà thiếu điều kiện";
    case Kind::no_basis: return "Không mức nào: không có căn cứ";
    case Kind::no_condition: return "Không mức nào: không đạt điều kiện của mức nào";
    case Kind::two_conditions: return "Hai mức: đạt điều kiện của cả hai";
    case Kind::forced_below: return "Hai mức: đủ điểm và điều kiện mà bị buộc xuống";
    case Kind::other: break;
  }
  return "Không mức nào";
}

/// What the rating depends on, over a stated total where there is one, so that no cause hangs on which criteria make the points.
Module rating_part(const Module& module, std::uint32_t subject) {
  const std::uint32_t variant = module.subjects[subject].given_total_variant;
  const bytecode::Subject& rated = module.subjects[variant == kNone ? subject : variant];
  std::vector<bytecode::Register> registers{rated.levels};
  for (const bytecode::Observable& observable : rated.observables)
    if (analysis::is_condition_of_rating(observable.role) || observable.role == bytecode::Role::band ||
        observable.role == bytecode::Role::no_basis)
      registers.push_back(observable.reg);
  return analysis::slice(module, rated, registers);
}

class Report {
 public:
  Report(const Module& module, const sema::Pack& pack, const vm::Program::Readings& readings,
         std::chrono::milliseconds limit)
      : module_(module), pack_(pack), readings_(readings), limit_(limit) {}

  std::vector<RatingGaps> run() {
    for (std::uint32_t rating = 0; rating < module_.ratings.size(); ++rating) add_rating(rating);
    return std::move(all_);
  }

 private:
  void add_rating(std::uint32_t rating) {
    const bytecode::RatingInfo& info = module_.ratings[rating];
    RatingGaps gaps{.id = info.id,
                    .label = info.label,
                    .level_ids = {},
                    .level_labels = {},
                    .lines = {},
                    .not_analysed_vi = {},
                    .not_analysed_en = {}};
    for (const bytecode::LevelInfo& level : info.levels) {
      gaps.level_ids.push_back(level.id);
      gaps.level_labels.push_back(level.label.empty() ? level.id : level.label);
    }
    std::map<std::string, std::set<std::string>> kinds_of;  // kinds of subject by rules
    std::vector<std::pair<std::string, std::uint32_t>> first_of;
    std::map<std::string, Module> parts;
    for (std::uint32_t i = 0; i < pack_.subjects.size(); ++i) {
      const bytecode::Subject& subject = module_.subjects[i];
      if (subject.rating != rating || subject.levels == kNone) continue;
      ++gaps.subjects;
      Module part = rating_part(module_, i);
      const std::string key = rules_key(part.subjects.front());
      if (parts.try_emplace(key, std::move(part)).second) first_of.emplace_back(key, i);
      if (!subject.kind.empty()) kinds_of[key].insert(pack_.spellings.of(subject.kind));
    }
    for (const auto& [key, subject] : first_of) add_subject(gaps, parts.at(key), subject, kinds_of[key]);
    std::ranges::stable_sort(gaps.lines, {}, [](const GapLine& line) { return !is_gap(line.cause.kind); });
    if (gaps.subjects > 0) all_.push_back(std::move(gaps));
  }

  static bool is_gap(Kind kind) { return kind != Kind::two_conditions && kind != Kind::forced_below; }

  void add_subject(RatingGaps& gaps, const Module& part, std::uint32_t subject, const std::set<std::string>& kinds) {
    analysis::Bench bench(part, 0, readings_, test_year(pack_));
    analysis::Gaps found = analysis::find_gaps(bench, limit_);
    gaps.excluded += found.excluded;
    for (const auto& each : found.not_analysed) {
      gaps.not_analysed_vi.insert(each.reason.vi);
      gaps.not_analysed_en.insert(each.reason.en);
    }
    for (const std::string& list : found.lists_cut) {
      gaps.not_analysed_vi.insert(fmt::format("“{}”: chỉ xét danh sách có ít kiểu dòng", list));
      gaps.not_analysed_en.insert(fmt::format("“{}”: only lists with few kinds of row", list));
    }
    for (const GapFinding& finding : found.findings) add_finding(gaps, bench, subject, finding, kinds);
    try_other_readings(gaps, part);
  }

  void add_finding(RatingGaps& gaps, const analysis::Bench& bench, std::uint32_t subject, const GapFinding& finding,
                   const std::set<std::string>& kinds) {
    GapLine line;
    line.cause = finding.cause;
    line.settled = finding.verdict == analysis::symbolic::Verdict::possible;
    describe(bench.subject(), line);
    for (GapLine& known : gaps.lines) {
      if (!same_cause(known, line)) continue;
      known.kinds.insert(kinds.begin(), kinds.end());
      for (const std::string& clause : line.clauses)
        if (std::ranges::find(known.clauses, clause) == known.clauses.end()) known.clauses.push_back(clause);
      return;
    }
    line.kinds = kinds;
    line.subject = pack_.subjects[subject].id;
    if (line.settled) add_witness(line, bench, subject, finding);
    gaps.lines.push_back(std::move(line));
  }

  static bool same_cause(const GapLine& a, const GapLine& b) {
    const auto key = [](const GapLine& line) {
      const bool by_level = line.cause.kind != Kind::forced_below;
      return std::tuple(line.cause.kind, by_level ? line.cause.level : kNone, line.cause.other_level, line.condition.vi,
                        line.settled);
    };
    return key(a) == key(b);
  }

  static void describe(const bytecode::Subject& subject, GapLine& line) {
    if (line.cause.observable != kNone) line.condition = subject.observables[line.cause.observable].text;
    for (const std::uint32_t observable : {line.cause.observable, line.cause.other_observable})
      if (observable != kNone) cite(subject, subject.observables[observable], line);
    if (line.cause.kind != Kind::no_condition) return;
    line.condition = {};
    for (const bytecode::Observable& observable : subject.observables)
      if (observable.role == bytecode::Role::level_condition) cite(subject, observable, line);
  }

  static void cite(const bytecode::Subject& subject, const bytecode::Observable& rule, GapLine& line) {
    if (rule.origin == kNone) return;
    for (const std::string& clause : subject.origins[rule.origin].clauses)
      if (std::ranges::find(line.clauses, clause) == line.clauses.end()) line.clauses.push_back(clause);
  }

  void add_witness(GapLine& line, const analysis::Bench& bench, std::uint32_t subject, const GapFinding& finding) {
    line.outcome = static_cast<std::uint32_t>(std::countr_zero(finding.outcome));
    const CaseWriter writer(bench.program().module(), bench.subject(), pack_, pack_.subjects[subject]);
    const std::string of = line.clauses.empty() ? "" : " (" + line.clauses.front() + ")";
    line.test = writer.text({title_of(line.cause.kind) + of, finding.witness, {writer.outcome(line.outcome)}});
    line.evidence = evidence(line.test, bench.subject(), pack_.subjects[subject].id);
    witnesses_.emplace_back(line.test, finding.complete);
  }

  static std::string evidence(const std::string& test, bytecode::Subject subject, const std::string& id) {
    subject.id = id;  // not that of the variant over a stated total
    return evidence_of_test(ReadTest(test).test(), subject);
  }

  /// For the witnesses just added: what each gets when one reading is another.
  void try_other_readings(RatingGaps& gaps, const Module& part) {
    for (const std::uint32_t reading : part.subjects.front().readings) {
      const bytecode::ReadingInfo& info = module_.readings[reading];
      const auto picked = readings_.find(reading);
      const std::uint32_t chosen = picked != readings_.end() ? picked->second : info.chosen;
      for (std::uint32_t option = 0; option < info.option_ids.size(); ++option)
        if (option != chosen) try_reading(gaps, part, reading, option);
    }
    witnesses_.clear();
  }

  void try_reading(RatingGaps& gaps, const Module& part, std::uint32_t reading, std::uint32_t option) {
    vm::Program::Readings readings = readings_;
    readings[reading] = option;
    analysis::Bench bench(part, 0, readings, test_year(pack_));
    std::vector<analysis::Record> records;
    for (const auto& [test, record] : witnesses_) records.push_back(record);
    bench.run(records, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
      const auto outcome = trace::only(machine.outcomes(row));
      for (GapLine& line : gaps.lines) {
        if (line.test != witnesses_[record].first || !outcome || *outcome == line.outcome) continue;
        const bytecode::ReadingInfo& info = module_.readings[reading];
        line.other_readings.push_back(
            {info.id, info.label, info.option_ids[option], info.option_labels[option], *outcome});
      }
    });
  }

  const Module& module_;
  const sema::Pack& pack_;
  const vm::Program::Readings& readings_;
  std::chrono::milliseconds limit_;
  std::vector<RatingGaps> all_;
  std::vector<std::pair<std::string, analysis::Record>> witnesses_;  ///< of the subject at work, by test
};

}  // namespace

std::vector<RatingGaps> find_gaps(const Module& module, const sema::Pack& pack, const vm::Program::Readings& readings,
                                  std::chrono::milliseconds limit) {
  return Report(module, pack, readings, limit).run();
}

}  // namespace quy::tools
