#include "tools/testing/boundary_tests.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <set>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "analysis/cases/boundary_cases.h"
#include "analysis/cases/subject_cases.h"
#include "base/text.h"
#include "tools/testing/case_writer.h"
#include "tools/testing/condition_coverage.h"
#include "tools/testing/one_record.h"
#include "tools/testing/run_tests.h"

namespace quy::tools {

using analysis::BoundaryCase;
using bytecode::kNone;

namespace {

/// A title is for finding the test; the condition is in the rule.
std::string shortened(const std::string& text) {
  constexpr std::size_t kMost = 90;
  std::size_t end = 0;
  for (std::size_t letters = 0; letters < kMost && end < text.size(); ++letters) end = next_grapheme(text, end);
  return end < text.size() ? text.substr(0, end) + "…" : text;
}

/// Conditions of ratings that have tests already: subjects share them.
using TestedConditions = std::set<ConditionPlace>;

class SubjectWriter {
 public:
  SubjectWriter(const bytecode::Module& module, const sema::Pack& pack, std::uint32_t subject, TestedConditions& tested)
      : pack_(pack),
        source_(pack.subjects[subject]),
        bench_(module, subject, {}, test_year(pack)),
        module_(module),
        writer_(module, bench_.subject(), pack, source_),
        tested_(tested) {}

  std::string run(BoundaryTests& report) {
    std::string text = fmt::format(
        "# {}: do `quy test --write` viết ra từ bộ tiêu chí. Trị số đứng đúng ở ngưỡng, rồi lệch một bước.\n",
        source_.label);
    whole_sheets();
    add_lines(report);
    add_rating(report);
    for (const std::string& test : tests_) text += "\n" + test;
    report.tests += tests_.size();
    return text;
  }

 private:
  const bytecode::Subject& subject() const { return bench_.subject(); }

  // ---------------------------------------------------------------- whole sheets

  void whole_sheets() {
    if (subject().total == kNone) return;
    const analysis::SubjectCase met = analysis::all_met(bench_);
    add_sheet("đạt mọi tiêu chí", met, {});
    if (const auto without = analysis::left_out(bench_, met.record)) add_left_out(*without);
    nothing_known();
  }

  void add_left_out(const analysis::LeftOutCase& without) {
    if (without.criterion == kNone) return add_sheet("có dữ kiện không áp dụng", without.seen, {});
    add_sheet("có tiêu chí không áp dụng", without.seen,
              {writer_.criterion_points(without.criterion, vm::Range{.left_out = true, .low = {}, .high = {}})});
  }

  void nothing_known() {
    OneRecord record(module_, bench_.program().subject_index(), {}, Language::vi);
    const nlohmann::json known{{"id", "1"},
                               {"subject", subject().id},
                               {"period", std::to_string(bench_.year())},
                               {"evidence", nlohmann::json::object()}};
    if (const auto rejected = record.run(known.dump(), std::nullopt))
      throw std::logic_error("an empty record is rejected: " + *rejected);
    const trace::Result& result = record.outcome();
    if (result.status != trace::Status::undecided || result.total_range.empty()) return;
    analysis::TestCase test{fmt::format("{}: chưa biết gì thì chưa có điểm nào", source_.label), {}, {}};
    test.expectations = {"chưa xác định", fmt::format("tổng điểm từ {} đến {}", decimal_comma(result.total_range.low),
                                                      decimal_comma(result.total_range.high))};
    tests_.push_back(writer_.text(test));
  }

  static std::string decimal_comma(std::string number) {
    std::ranges::replace(number, '.', ',');
    return number;
  }

  void add_sheet(const char* what, const analysis::SubjectCase& seen, std::vector<std::string> expectations) {
    if (!seen.total.left_out) expectations.push_back(writer_.total_points(seen.total));
    if (std::popcount(seen.outcomes) == 1)
      expectations.push_back(writer_.outcome(static_cast<std::uint32_t>(std::countr_zero(seen.outcomes))));
    tests_.push_back(writer_.text({fmt::format("{}: {}", source_.label, what), seen.record, std::move(expectations)}));
  }

  // ---------------------------------------------------------------- criteria and groups

  /// A criterion or group; `points` says in a test what its points are.
  template <class Line>
  void add_line(const Line& line, const std::function<std::string(const vm::Range&)>& points, BoundaryTests& report) {
    const analysis::Targets targets = analysis::targets_of_line(subject(), line.observable);
    if (targets.conditions.empty()) return;
    const analysis::BoundaryCases found =
        analysis::boundary_cases(module_, subject(), line.observable, targets, bench_.year());
    for (const BoundaryCase& each : found.cases)
      tests_.push_back(writer_.text({fmt::format("{}, {}: {}", line.citation, line.label, what(each, subject())),
                                     each.record,
                                     {points(each.points)}}));
    for (const analysis::UnseenSide& side : found.unseen) report.unseen.push_back(unseen(side, subject()));
  }

  void add_lines(BoundaryTests& report) {
    for (std::uint32_t i = 0; i < subject().criteria.size(); ++i)
      add_line(
          subject().criteria[i], [&](const vm::Range& points) { return writer_.criterion_points(i, points); }, report);
    for (std::uint32_t i = 0; i < subject().groups.size(); ++i)
      add_line(
          subject().groups[i], [&](const vm::Range& points) { return writer_.group_points(i, points); }, report);
  }

  // ---------------------------------------------------------------- the rating

  /// Over stated totals: which points lead to them does not matter.
  void add_rating(BoundaryTests& report) {
    if (subject().given_total_variant == kNone) return;
    const bytecode::Subject& rated = module_.subjects[subject().given_total_variant];
    analysis::Targets targets = analysis::targets_of_rating(rated);
    std::erase_if(targets.conditions, [&](std::uint32_t target) {
      return !tested_.insert(condition_place(module_, rated, target)).second;
    });
    if (targets.conditions.empty()) return;
    const analysis::BoundaryCases found = analysis::boundary_cases(module_, rated, kNone, targets, bench_.year());
    const CaseWriter writer(module_, rated, pack_, source_);
    for (const BoundaryCase& each : found.cases)
      tests_.push_back(
          writer.text({fmt::format("{}, {}: {}", source_.label, module_.ratings[rated.rating].label, what(each, rated)),
                       each.record,
                       {writer.outcome(static_cast<std::uint32_t>(std::countr_zero(each.outcome)))}}));
    for (const analysis::UnseenSide& side : found.unseen) report.unseen.push_back(unseen(side, rated));
  }

  std::string what(const BoundaryCase& each, const bytecode::Subject& subject) const {
    if (each.kind == BoundaryCase::Kind::met) return "vừa đủ";
    if (each.kind == BoundaryCase::Kind::floor) {
      const bytecode::LevelInfo& level = module_.ratings[subject.rating].levels[each.level];
      return fmt::format("{} {} điểm của mức “{}”", each.holds ? "đúng" : "vừa dưới", level.floor->exact_text(','),
                         level.label);
    }
    return fmt::format("{} “{}”", each.holds ? "đúng" : "sai",
                       shortened(subject.observables[each.condition].text.in(Language::vi)));
  }

  UnseenCondition unseen(const analysis::UnseenSide& side, const bytecode::Subject& subject) const {
    const bytecode::Observable& condition = subject.observables[side.side.observable];
    const bytecode::Origin& origin = subject.origins[condition.origin];
    return {source_.id, origin.clauses.empty() ? "" : origin.clauses.front(), condition.text, side.side.holds,
            side.verdict == analysis::symbolic::Verdict::impossible};
  }

  const sema::Pack& pack_;
  const sema::Subject& source_;
  analysis::Bench bench_;
  const bytecode::Module& module_;
  CaseWriter writer_;
  TestedConditions& tested_;
  std::vector<std::string> tests_;
};

}  // namespace

BoundaryTests boundary_tests(Compilation& compilation, const sema::Pack& pack) {
  const bytecode::Module module = tested_module(compilation, pack);
  BoundaryTests made;
  TestedConditions tested;
  for (std::uint32_t i = 0; i < pack.subjects.size(); ++i) {
    const std::string name = pack.subjects[i].id.substr(pack.subjects[i].id.find('.') + 1) + ".quy";
    made.files.push_back({name, SubjectWriter(module, pack, i, tested).run(made)});
  }
  return made;
}

}  // namespace quy::tools
