#include "tools/testing/boundary_tests.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "analysis/cases/criterion_cases.h"
#include "analysis/cases/subject_cases.h"
#include "analysis/record/test_text.h"
#include "base/text.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/spelling.h"
#include "runtime/bytecode/codec.h"
#include "tools/testing/one_record.h"

namespace quy::tools {

using analysis::CriterionCase;
using bytecode::kNone;
using syntax::spelled;

namespace {

constexpr int kDefaultYear = 2025;

/// A number that a test can write; nothing when its decimals do not end.
bool ends(const Rational& number) { return number.exact_text().find('/') == std::string::npos; }

std::string number_text(const Rational& number) { return number.exact_text(','); }

/// The two hundredths around a number.
std::string enclosing(const Rational& number) {
  const Integer below = (number * Rational(100)).floor();
  return fmt::format("từ {} đến {}", number_text(Rational(below) / Rational(100)), number_text(Rational(Integer(below + 1)) / Rational(100)));
}

/// `điểm x = 5`, `điểm x từ 0 đến 70`, `điểm x không áp dụng`; `tổng điểm 85` has no sign.
std::string points_text(const std::string& of, const char* sign, const vm::Range& points) {
  if (points.left_out) return of + " không áp dụng";
  if (!points.known()) return fmt::format("{} từ {} đến {}", of, number_text(points.low), number_text(points.high));
  return of + (ends(points.low) ? sign + number_text(points.low) : " " + enclosing(points.low));
}

/// A title is for finding the test; the condition is in the rule.
std::string shortened(const std::string& text) {
  constexpr std::size_t kMost = 90;
  std::size_t end = 0;
  for (std::size_t letters = 0; letters < kMost && end < text.size(); ++letters) end = next_grapheme(text, end);
  return end < text.size() ? text.substr(0, end) + "…" : text;
}

class SubjectWriter {
 public:
  SubjectWriter(const bytecode::Module& module, const sema::Pack& pack, std::uint32_t subject, int year)
      : source_(pack.subjects[subject]), bench_(module, subject, {}, year), module_(module),
        writer_(module, bench_.subject(), names(pack), year, std::string(bench_.text(bench_.own_unit()))) {}

  std::string run(BoundaryTests& report) {
    std::string text = fmt::format("# {}: do `quy test --write` viết ra từ bộ tiêu chí. Trị số đứng đúng ở ngưỡng, rồi lệch một bước.\n\n", source_.label);
    whole_sheets();
    for (std::uint32_t criterion = 0; criterion < subject().criteria.size(); ++criterion) add_criterion(criterion, report);
    for (const analysis::TestCase& test : tests_) text += writer_.text(test) + "\n";
    report.tests += tests_.size();
    return text;
  }

 private:
  const bytecode::Subject& subject() const { return bench_.subject(); }

  analysis::TestWriter::Names names(const sema::Pack& pack) {
    std::string path = pack.spellings.of(source_.id.substr(source_.id.find('.') + 1));
    auto spell = [this, &pack](const std::string& id) { return spelling(pack, id); };
    return {spelled(path), std::move(spell), [this](std::int64_t text) { return bench_.text(text); }};
  }

  std::string spelling(const sema::Pack& pack, const std::string& id) const {
    if (source_.rating)
      for (const sema::Level& level : source_.rating->levels)
        if (level.id == id) return level.name;
    for (const sema::Criterion& criterion : source_.criteria)
      if (criterion.id == id) return criterion.name;
    return pack.spellings.of(id);
  }

  // ---------------------------------------------------------------- whole sheets

  void whole_sheets() {
    if (subject().total == kNone) return;
    const analysis::SubjectCase met = analysis::all_met(bench_);
    add_sheet("đạt mọi tiêu chí", met, {});
    if (const auto without = analysis::left_out(bench_, met.record))
      add_sheet("có tiêu chí không áp dụng", without->seen,
                {points_text("điểm " + criterion_name(without->criterion), " = ", vm::Range{.left_out = true, .low = {}, .high = {}})});
    nothing_known();
  }

  void nothing_known() {
    OneRecord record(module_, bench_.program().subject_index(), {}, Language::vi);
    const nlohmann::json known{{"id", "1"}, {"subject", subject().id}, {"period", std::to_string(bench_.year())}, {"evidence", nlohmann::json::object()}};
    if (const auto rejected = record.run(known.dump(), std::nullopt)) throw std::logic_error("an empty record is rejected: " + *rejected);
    const trace::Result& result = record.result();
    if (result.status != trace::Status::undecided || result.total_range.empty()) return;
    analysis::TestCase test{fmt::format("{}: chưa biết gì thì chưa có điểm nào", source_.label), {}, {}};
    test.expectations = {"chưa xác định", fmt::format("tổng điểm từ {} đến {}", decimal_comma(result.total_range.low), decimal_comma(result.total_range.high))};
    tests_.push_back(std::move(test));
  }

  static std::string decimal_comma(std::string number) {
    std::ranges::replace(number, '.', ',');
    return number;
  }

  void add_sheet(const char* what, const analysis::SubjectCase& seen, std::vector<std::string> expectations) {
    expectations.push_back(points_text("tổng điểm", " ", seen.total));
    if (std::popcount(seen.outcomes) == 1) expectations.push_back(outcome_text(static_cast<std::uint32_t>(std::countr_zero(seen.outcomes))));
    tests_.push_back({fmt::format("{}: {}", source_.label, what), seen.record, std::move(expectations)});
  }

  std::string outcome_text(std::uint32_t outcome) const {
    if (outcome == vm::kOutcomeGap) return "không mức nào";
    if (outcome == vm::kOutcomeNotRated) return "không xếp loại";
    if (outcome == vm::kOutcomeAuthority) return "thẩm quyền quyết định";
    return "xếp loại " + spelled(source_.rating->levels[outcome].name);
  }

  // ---------------------------------------------------------------- criteria

  void add_criterion(std::uint32_t criterion, BoundaryTests& report) {
    const bytecode::CriterionInfo& info = subject().criteria[criterion];
    if (analysis::targets_below(subject(), info.observable).conditions.empty()) return;
    const analysis::CriterionCases found = analysis::criterion_cases(module_, subject(), criterion, bench_.year());
    for (const CriterionCase& each : found.cases) {
      std::string title = fmt::format("{}, {}: {}", info.citation, info.label, what(each));
      tests_.push_back({std::move(title), each.record, {points_text("điểm " + criterion_name(criterion), " = ", each.points)}});
    }
    for (const std::uint32_t observable : found.unseen)
      report.unseen.push_back(fmt::format("{} ({}): {}", source_.id, info.citation, subject().observables[observable].text.in(Language::vi)));
  }

  std::string what(const CriterionCase& each) const {
    if (each.kind == CriterionCase::Kind::met) return "vừa đủ";
    return fmt::format("{} “{}”", each.holds ? "đúng" : "sai", shortened(subject().observables[each.condition].text.in(Language::vi)));
  }

  std::string criterion_name(std::uint32_t criterion) const { return spelled(source_.criteria[criterion].name); }

  std::string name_of(std::uint32_t observable) const {
    for (const sema::Group& group : source_.groups)
      if (group.id == subject().observables[observable].id) return spelled(group.name);
    for (const sema::Criterion& criterion : source_.criteria)
      if (criterion.id == subject().observables[observable].id) return spelled(criterion.name);
    return subject().observables[observable].id;
  }

  const sema::Subject& source_;
  analysis::Bench bench_;
  const bytecode::Module& module_;
  analysis::TestWriter writer_;
  std::vector<analysis::TestCase> tests_;
};

std::string formatted(const std::string& name, const std::string& text) {
  SourceMap sources;
  const std::optional<FileId> file = sources.add(name, text, nullptr);
  if (!file) throw std::logic_error("a test that cannot be read back: " + name);
  return syntax::format(sources, *file);
}

}  // namespace

BoundaryTests boundary_tests(Compilation& compilation, const sema::Pack& pack) {
  const bytecode::Module module = compilation.module(pack);
  if (const std::optional<Message> problem = bytecode::verify(module)) throw std::logic_error(text(*problem, Language::en));
  const int year = pack.in_force_from ? civil_date(*pack.in_force_from).year : kDefaultYear;
  BoundaryTests made;
  for (std::uint32_t i = 0; i < pack.subjects.size(); ++i) {
    const std::string name = pack.subjects[i].id.substr(pack.subjects[i].id.find('.') + 1) + ".quy";
    made.files.push_back({name, formatted(name, SubjectWriter(module, pack, i, year).run(made))});
  }
  return made;
}

}  // namespace quy::tools
