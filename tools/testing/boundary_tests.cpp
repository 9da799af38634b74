#include "tools/testing/boundary_tests.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "analysis/cases/criterion_cases.h"
#include "analysis/cases/subject_cases.h"
#include "base/text.h"
#include "runtime/bytecode/codec.h"
#include "tools/testing/case_writer.h"
#include "tools/testing/one_record.h"

namespace quy::tools {

using analysis::CriterionCase;
using bytecode::kNone;

namespace {

/// A title is for finding the test; the condition is in the rule.
std::string shortened(const std::string& text) {
  constexpr std::size_t kMost = 90;
  std::size_t end = 0;
  for (std::size_t letters = 0; letters < kMost && end < text.size(); ++letters) end = next_grapheme(text, end);
  return end < text.size() ? text.substr(0, end) + "…" : text;
}

class SubjectWriter {
 public:
  SubjectWriter(const bytecode::Module& module, const sema::Pack& pack, std::uint32_t subject)
      : source_(pack.subjects[subject]),
        bench_(module, subject, {}, test_year(pack)),
        module_(module),
        writer_(module, bench_.subject(), pack, source_) {}

  std::string run(BoundaryTests& report) {
    std::string text = fmt::format(
        "# {}: do `quy test --write` viết ra từ bộ tiêu chí. Trị số đứng đúng ở ngưỡng, rồi lệch một bước.\n",
        source_.label);
    whole_sheets();
    for (std::uint32_t criterion = 0; criterion < subject().criteria.size(); ++criterion)
      add_criterion(criterion, report);
    for (const analysis::TestCase& test : tests_) text += "\n" + writer_.text(test);
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
    if (const auto without = analysis::left_out(bench_, met.record))
      add_sheet("có tiêu chí không áp dụng", without->seen,
                {writer_.criterion_points(without->criterion, vm::Range{.left_out = true, .low = {}, .high = {}})});
    nothing_known();
  }

  void nothing_known() {
    OneRecord record(module_, bench_.program().subject_index(), {}, Language::vi);
    const nlohmann::json known{{"id", "1"},
                               {"subject", subject().id},
                               {"period", std::to_string(bench_.year())},
                               {"evidence", nlohmann::json::object()}};
    if (const auto rejected = record.run(known.dump(), std::nullopt))
      throw std::logic_error("an empty record is rejected: " + *rejected);
    const trace::Result& result = record.result();
    if (result.status != trace::Status::undecided || result.total_range.empty()) return;
    analysis::TestCase test{fmt::format("{}: chưa biết gì thì chưa có điểm nào", source_.label), {}, {}};
    test.expectations = {"chưa xác định", fmt::format("tổng điểm từ {} đến {}", decimal_comma(result.total_range.low),
                                                      decimal_comma(result.total_range.high))};
    tests_.push_back(std::move(test));
  }

  static std::string decimal_comma(std::string number) {
    std::ranges::replace(number, '.', ',');
    return number;
  }

  void add_sheet(const char* what, const analysis::SubjectCase& seen, std::vector<std::string> expectations) {
    expectations.push_back(writer_.total_points(seen.total));
    if (std::popcount(seen.outcomes) == 1)
      expectations.push_back(writer_.outcome(static_cast<std::uint32_t>(std::countr_zero(seen.outcomes))));
    tests_.push_back({fmt::format("{}: {}", source_.label, what), seen.record, std::move(expectations)});
  }

  // ---------------------------------------------------------------- criteria

  void add_criterion(std::uint32_t criterion, BoundaryTests& report) {
    const bytecode::CriterionInfo& info = subject().criteria[criterion];
    if (analysis::targets_below(subject(), info.observable).conditions.empty()) return;
    const analysis::CriterionCases found = analysis::criterion_cases(module_, subject(), criterion, bench_.year());
    for (const CriterionCase& each : found.cases) {
      std::string title = fmt::format("{}, {}: {}", info.citation, info.label, what(each));
      tests_.push_back({std::move(title), each.record, {writer_.criterion_points(criterion, each.points)}});
    }
    for (const std::uint32_t observable : found.unseen)
      report.unseen.push_back(fmt::format("{} ({}): {}", source_.id, info.citation,
                                          subject().observables[observable].text.in(Language::vi)));
  }

  std::string what(const CriterionCase& each) const {
    if (each.kind == CriterionCase::Kind::met) return "vừa đủ";
    return fmt::format("{} “{}”", each.holds ? "đúng" : "sai",
                       shortened(subject().observables[each.condition].text.in(Language::vi)));
  }

  const sema::Subject& source_;
  analysis::Bench bench_;
  const bytecode::Module& module_;
  CaseWriter writer_;
  std::vector<analysis::TestCase> tests_;
};

}  // namespace

BoundaryTests boundary_tests(Compilation& compilation, const sema::Pack& pack) {
  const bytecode::Module module = compilation.module(pack);
  if (const std::optional<Message> problem = bytecode::verify(module))
    throw std::logic_error(text(*problem, Language::en));
  BoundaryTests made;
  for (std::uint32_t i = 0; i < pack.subjects.size(); ++i) {
    const std::string name = pack.subjects[i].id.substr(pack.subjects[i].id.find('.') + 1) + ".quy";
    made.files.push_back({name, SubjectWriter(module, pack, i).run(made)});
  }
  return made;
}

}  // namespace quy::tools
