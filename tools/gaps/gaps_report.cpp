#include "tools/gaps/gaps_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <optional>

#include "compiler/syntax/parse.h"
#include "runtime/trace/outcome.h"
#include "tools/testing/case_writer.h"
#include "tools/testing/evidence_of_test.h"

namespace quy::tools {

using analysis::GapCause;
using analysis::GapFinding;
using bytecode::kNone;
using bytecode::Module;

namespace {

using Kind = GapCause::Kind;

/// Subjects with one key have the same rules over the same evidence: what is true of one is true of all.
std::string rules_key(const bytecode::Subject& subject) {
  std::string key;
  for (const bytecode::Instruction& each : subject.code) {
    key += fmt::format("{},{},{},{}", static_cast<int>(each.opcode), each.a, each.b, each.domain);
    for (const bytecode::Register operand : each.operands) key += fmt::format(".{}", operand);
    key += ';';
  }
  for (const bytecode::Field& field : subject.fields) key += field.id + ';';
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

class Report {
 public:
  Report(const Module& module, const sema::Pack& pack, const vm::Program::Readings& readings, std::chrono::milliseconds limit)
      : module_(module), pack_(pack), readings_(readings), limit_(limit) {}

  std::vector<RatingGaps> run() {
    for (std::uint32_t rating = 0; rating < module_.ratings.size(); ++rating) add_rating(rating);
    return std::move(all_);
  }

 private:
  void add_rating(std::uint32_t rating) {
    const bytecode::RatingInfo& info = module_.ratings[rating];
    RatingGaps gaps{.id = info.id, .label = info.label, .level_ids = {}, .level_labels = {}, .lines = {}, .not_analysed_vi = {}, .not_analysed_en = {}};
    for (const bytecode::LevelInfo& level : info.levels) {
      gaps.level_ids.push_back(level.id);
      gaps.level_labels.push_back(level.label.empty() ? level.id : level.label);
    }
    std::map<std::string, std::set<std::string>> kinds_of;   // kinds of subject by rules
    std::vector<std::pair<std::string, std::uint32_t>> first_of;
    for (std::uint32_t i = 0; i < pack_.subjects.size(); ++i) {
      const bytecode::Subject& subject = module_.subjects[i];
      if (subject.rating != rating || subject.levels == kNone) continue;
      ++gaps.subjects;
      const std::string key = rules_key(module_.subjects[rated(i)]);
      if (!kinds_of.contains(key)) first_of.emplace_back(key, i);
      kinds_of[key].insert(subject.kind);
    }
    for (const auto& [key, subject] : first_of) add_subject(gaps, subject, kinds_of[key]);
    std::ranges::stable_sort(gaps.lines, {}, [](const GapLine& line) { return !is_gap(line.cause.kind); });
    if (gaps.subjects > 0) all_.push_back(std::move(gaps));
  }

  /// The subject over a stated total, so that no cause hangs on which criteria make the points; as it is when it has no total.
  std::uint32_t rated(std::uint32_t subject) const {
    const std::uint32_t variant = module_.subjects[subject].given_total_variant;
    return variant == kNone ? subject : variant;
  }

  static bool is_gap(Kind kind) { return kind != Kind::two_conditions && kind != Kind::forced_below; }

  void add_subject(RatingGaps& gaps, std::uint32_t subject, const std::set<std::string>& kinds) {
    analysis::Bench bench(module_, rated(subject), readings_, test_year(pack_));
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
    try_other_readings(gaps, subject);
  }

  void add_finding(RatingGaps& gaps, const analysis::Bench& bench, std::uint32_t subject, const GapFinding& finding, const std::set<std::string>& kinds) {
    GapLine line;
    line.cause = finding.cause;
    line.settled = finding.verdict == analysis::symbolic::Verdict::possible;
    describe(bench.subject(), line);
    for (GapLine& known : gaps.lines) {
      if (!same_cause(known, line)) continue;
      known.kinds.insert(kinds.begin(), kinds.end());
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
      return std::tuple(line.cause.kind, by_level ? line.cause.level : kNone, line.cause.other_level, line.condition.vi, line.clauses, line.settled);
    };
    return key(a) == key(b);
  }

  void describe(const bytecode::Subject& subject, GapLine& line) const {
    for (const auto& [observable, condition] : {std::pair(line.cause.observable, &line.condition), {line.cause.other_observable, &line.other_condition}}) {
      if (observable == kNone) continue;
      const bytecode::Observable& rule = subject.observables[observable];
      *condition = rule.text;
      if (rule.origin == kNone) continue;
      for (const std::string& clause : subject.origins[rule.origin].clauses)
        if (std::ranges::find(line.clauses, clause) == line.clauses.end()) line.clauses.push_back(clause);
    }
    if (line.cause.kind == Kind::no_condition) line.condition = {};
  }

  void add_witness(GapLine& line, const analysis::Bench& bench, std::uint32_t subject, const GapFinding& finding) {
    line.outcome = static_cast<std::uint32_t>(std::countr_zero(finding.outcome));
    const CaseWriter writer(module_, bench.subject(), pack_, pack_.subjects[subject]);
    const std::string of = line.clauses.empty() ? "" : " (" + line.clauses.front() + ")";
    line.test = writer.text({title_of(line.cause.kind) + of, finding.witness, {writer.outcome(line.outcome)}});
    line.evidence = evidence(line.test, bench.subject());
    witnesses_.emplace_back(line.test, finding.witness);
  }

  static std::string evidence(const std::string& test, const bytecode::Subject& subject) {
    SourceMap sources;
    DiagnosticSink diagnostics;
    const std::optional<FileId> file = sources.add("test.quy", test, nullptr);
    const syntax::File tree = syntax::parse(sources, *file, diagnostics);
    for (const syntax::Item& each : tree.items)
      if (const auto* parsed = std::get_if<syntax::Test>(&each)) return evidence_of_test(*parsed, subject);
    throw std::logic_error("a test that cannot be read back: " + test);
  }

  /// For the witnesses just added: what each gets when one reading is another.
  void try_other_readings(RatingGaps& gaps, std::uint32_t subject) {
    for (const std::uint32_t reading : module_.subjects[rated(subject)].readings) {
      const bytecode::ReadingInfo& info = module_.readings[reading];
      const auto picked = readings_.find(reading);
      const std::uint32_t chosen = picked != readings_.end() ? picked->second : info.chosen;
      for (std::uint32_t option = 0; option < info.option_ids.size(); ++option)
        if (option != chosen) try_reading(gaps, subject, reading, option);
    }
    witnesses_.clear();
  }

  void try_reading(RatingGaps& gaps, std::uint32_t subject, std::uint32_t reading, std::uint32_t option) {
    vm::Program::Readings readings = readings_;
    readings[reading] = option;
    analysis::Bench bench(module_, rated(subject), readings, test_year(pack_));
    std::vector<analysis::Record> records;
    for (const auto& [test, record] : witnesses_) records.push_back(record);
    bench.run(records, [&](std::size_t record, const vm::Machine& machine, std::uint32_t row) {
      const auto outcome = trace::only(machine.outcomes(row));
      for (GapLine& line : gaps.lines) {
        if (line.test != witnesses_[record].first || !outcome || *outcome == line.outcome) continue;
        const bytecode::ReadingInfo& info = module_.readings[reading];
        line.other_readings.push_back({info.id, info.label, info.option_ids[option], info.option_labels[option], *outcome});
      }
    });
  }

  const Module& module_;
  const sema::Pack& pack_;
  const vm::Program::Readings& readings_;
  std::chrono::milliseconds limit_;
  std::vector<RatingGaps> all_;
  std::vector<std::pair<std::string, analysis::Record>> witnesses_;   ///< of the subject at work, by test
};

}  // namespace

std::vector<RatingGaps> find_gaps(const Module& module, const sema::Pack& pack, const vm::Program::Readings& readings, std::chrono::milliseconds limit) {
  return Report(module, pack, readings, limit).run();
}

}  // namespace quy::tools
