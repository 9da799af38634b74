#include "tools/testing/run_tests.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <set>
#include <stdexcept>
#include <tuple>

#include "analysis/record/bench.h"
#include "base/text.h"
#include "runtime/bytecode/codec.h"
#include "runtime/trace/numbers.h"
#include "tools/testing/evidence_of_test.h"
#include "tools/testing/one_record.h"

namespace quy::tools {

using bytecode::kNone;
using syntax::Expectation;

class TestRunner::Impl {
 public:
  Impl(const bytecode::Module& module, Language language, ConditionCoverage* coverage)
      : module_(module), language_(language), coverage_(coverage) {}

  std::vector<TestFailure> run(const syntax::Test& test, std::uint32_t subject) {
    failures_.clear();
    run_one(test, subject);
    return std::move(failures_);
  }

 private:
  const char* say(const char* vi, const char* en) const { return language_ == Language::vi ? vi : en; }

  vm::Program::Readings readings_of(const syntax::Test& test) const {
    vm::Program::Readings readings;
    for (const syntax::Choice& choice : test.choices)
      for (std::uint32_t r = 0; r < module_.readings.size(); ++r) {
        if (module_.readings[r].id != fold_id(choice.name.text)) continue;
        const auto& options = module_.readings[r].option_ids;
        auto option = std::find(options.begin(), options.end(), fold_id(choice.option.text));
        if (option != options.end()) readings[r] = static_cast<std::uint32_t>(option - options.begin());
      }
    return readings;
  }

  /// Tests of one subject follow each other, so the last program is kept; all of them would not fit.
  OneRecord& record_of(std::uint32_t subject, vm::Program::Readings readings) {
    if (record_ && subject == record_subject_ && readings == record_readings_) return *record_;
    record_ = std::make_unique<OneRecord>(module_, subject, readings, language_);
    record_subject_ = subject;
    record_readings_ = std::move(readings);
    return *record_;
  }

  void run_one(const syntax::Test& source, std::uint32_t subject) {
    std::optional<Rational> given_total;
    for (const syntax::GivenFact& fact : source.facts)
      if (fact.kind == syntax::GivenFact::Kind::total_points) given_total = fact.value.number.value;
    if (given_total) subject = module_.subjects[subject].given_total_variant;
    if (subject == kNone)
      return fail(source, source.span, say("đối tượng có xếp loại", "a subject with a rating"),
                  say("không có", "none"));

    OneRecord& record = record_of(subject, readings_of(source));
    if (auto rejected = record.run(evidence_of_test(source, module_.subjects[subject]), given_total))
      return fail(source, source.span, say("bản ghi hợp lệ", "a valid record"), *rejected);
    for (const Expectation& expectation : source.expectations) check(source, expectation, record);
    if (coverage_ != nullptr) coverage_->note(record.subject(), record.machine());
  }

  void fail(const syntax::Test& test, Span span, std::string expected, std::string found) {
    failures_.push_back({test.title, span, std::move(expected), std::move(found)});
  }

  // ---------------------------------------------------------------- what came out, in words

  std::string outcome_name(const OneRecord& record, std::uint32_t outcome) const {
    if (outcome == vm::kOutcomeGap) return say("không mức nào", "no level");
    if (outcome == vm::kOutcomeNotRated) return say("không xếp loại", "not rated");
    if (outcome == vm::kOutcomeAuthority) return say("thẩm quyền quyết định", "for the authority");
    return module_.ratings[record.subject().rating].levels[outcome].id;
  }

  std::string outcomes_text(const OneRecord& record, vm::OutcomeSet set) const {
    std::string list;
    for (std::uint32_t outcome = 0; outcome <= vm::kOutcomeAuthority; ++outcome)
      if (trace::contains(set, outcome)) list += (list.empty() ? "" : ", ") + outcome_name(record, outcome);
    return list;
  }

  std::string found_text(const OneRecord& record) const {
    const trace::Result& result = record.explained();
    std::string found;
    if (result.status == trace::Status::decided)
      found = outcome_name(record, result.level);
    else if (result.status == trace::Status::undecided)
      found = std::string(say("chưa xác định, có thể ", "undecided, possible ")) +
              outcomes_text(record, result.possible) +
              (result.missing.empty()
                   ? ""
                   : fmt::format("{}{}", say("; thiếu ", "; missing "), fmt::join(result.missing, ", ")));
    else if (result.status == trace::Status::authority)
      found = say("thẩm quyền quyết định", "for the authority");
    else
      found =
          result.status == trace::Status::gap ? say("không mức nào", "no level") : say("không xếp loại", "not rated");
    for (const trace::Reason& reason : result.reasons())
      found += fmt::format("\n      {} ({})", reason.text,
                           reason.clauses ? fmt::format("{}", fmt::join(*reason.clauses, ", ")) : "");
    return found;
  }

  /// As the language writes it, and exact.
  std::string number_text(const Rational& value) const {
    trace::DisplayNumber number = trace::display_number(value, language_);
    return number.exact ? number.text : value.exact_text();
  }

  std::string range_text(const vm::Range& range) const {
    if (range.left_out) return say("không áp dụng", "not applicable");
    if (range.known()) return number_text(range.low);
    return fmt::format("{}…{}", number_text(range.low), number_text(range.high));
  }

  // ---------------------------------------------------------------- expectations

  void check(const syntax::Test& test, const Expectation& expectation, const OneRecord& record) {
    using Kind = Expectation::Kind;
    switch (expectation.kind) {
      case Kind::rating: check_rating(test, expectation, record); break;
      case Kind::total: check_total(test, expectation, record); break;
      case Kind::points: check_points(test, expectation, record); break;
      case Kind::left_out: check_left_out(test, expectation, record); break;
      case Kind::undecided: check_undecided(test, expectation, record); break;
      case Kind::authority:
        check_status(test, expectation, record, trace::Status::authority,
                     say("thẩm quyền quyết định", "for the authority"));
        break;
      case Kind::gap:
        check_status(test, expectation, record, trace::Status::gap, say("không mức nào", "no level"));
        break;
      case Kind::not_rated:
        check_status(test, expectation, record, trace::Status::not_rated, say("không xếp loại", "not rated"));
        break;
      case Kind::missing: check_missing(test, expectation, record); break;
    }
    check_clauses(test, expectation, record);
  }

  void check_rating(const syntax::Test& test, const Expectation& expectation, const OneRecord& record) {
    std::string wanted = fold_id(expectation.name.text);
    const trace::Result& result = record.outcome();
    bool good = result.status == trace::Status::decided && outcome_name(record, result.level) == wanted;
    if (!good) fail(test, expectation.span, wanted, found_text(record));
  }

  void check_status(const syntax::Test& test, const Expectation& expectation, const OneRecord& record,
                    trace::Status wanted, const char* words) {
    if (record.outcome().status != wanted) fail(test, expectation.span, words, found_text(record));
  }

  void check_range(const syntax::Test& test, const Expectation& expectation, const vm::Range& range) {
    // A known value may be a fraction that a test can only enclose; an open one must have exactly these ends.
    const Rational &from = expectation.from.value, &to = expectation.to.value;
    bool good =
        range.known() ? from <= range.low && range.low <= to : !range.left_out && range.low == from && range.high == to;
    if (good) return;
    vm::Range wanted;
    wanted.low = expectation.from.value;
    wanted.high = expectation.to.value;
    fail(test, expectation.span, range_text(wanted), range_text(range));
  }

  void check_total(const syntax::Test& test, const Expectation& expectation, const OneRecord& record) {
    const bytecode::Subject& subject = record.subject();
    if (subject.total == kNone)
      return fail(test, expectation.span, number_text(expectation.from.value), say("không có tổng điểm", "no total"));
    vm::Range range = record.machine().number(subject.total, 0);
    if (range.known()) return check_range(test, expectation, range);
    // Completions narrow the machine's outer bound; their ends are decimals whenever the expectation's are.
    const trace::Result& result = record.outcome();
    if (!result.total_range.empty()) {
      range.low = Rational::parse(result.total_range.low).value_or(range.low);
      range.high = Rational::parse(result.total_range.high).value_or(range.high);
    }
    check_range(test, expectation, range);
  }

  void check_points(const syntax::Test& test, const Expectation& expectation, const OneRecord& record) {
    if (std::optional<vm::Range> range = points(test, expectation, record)) check_range(test, expectation, *range);
  }

  void check_left_out(const syntax::Test& test, const Expectation& expectation, const OneRecord& record) {
    std::optional<vm::Range> range = points(test, expectation, record);
    if (range && !range->left_out)
      fail(test, expectation.span, say("không áp dụng", "not applicable"), range_text(*range));
  }

  /// Of the criterion or group that is named; a failure and nothing when this run did not work it out.
  std::optional<vm::Range> points(const syntax::Test& test, const Expectation& expectation, const OneRecord& record) {
    const bytecode::Subject& subject = record.subject();
    std::string id = fold_id(expectation.name.text);
    std::uint32_t observable = kNone;
    for (const bytecode::CriterionInfo& criterion : subject.criteria)
      if (criterion.id == id) observable = criterion.observable;
    for (const bytecode::GroupInfo& group : subject.groups)
      if (group.id == id) observable = group.observable;
    if (observable != kNone) return analysis::sheet_points(subject, observable, record.machine(), 0);
    fail(test, expectation.span, id,
         say("không được tính khi đã cho tổng điểm", "not worked out when the total is given"));
    return std::nullopt;
  }

  void check_undecided(const syntax::Test& test, const Expectation& expectation, const OneRecord& record) {
    const trace::Result& result = record.outcome();
    vm::OutcomeSet wanted = 0;
    for (const syntax::Name& name : expectation.names) wanted |= outcome_bit(record, name.text);
    bool good = result.status == trace::Status::undecided && (!expectation.lists_possible || wanted == result.possible);
    if (good) return;
    std::string expected = say("chưa xác định", "undecided");
    if (expectation.lists_possible)
      expected += std::string(say(", có thể ", ", possible ")) + outcomes_text(record, wanted);
    fail(test, expectation.span, expected, found_text(record));
  }

  vm::OutcomeSet outcome_bit(const OneRecord& record, const std::string& name) const {
    if (name == "none") return vm::OutcomeSet{1} << vm::kOutcomeGap;
    if (name == "not_rated") return vm::OutcomeSet{1} << vm::kOutcomeNotRated;
    const auto& levels = module_.ratings[record.subject().rating].levels;
    for (std::uint32_t i = 0; i < levels.size(); ++i)
      if (levels[i].id == fold_id(name)) return vm::OutcomeSet{1} << i;
    return 0;
  }

  void check_missing(const syntax::Test& test, const Expectation& expectation, const OneRecord& record) {
    const std::vector<std::string>& missing = record.explained().missing;
    for (const syntax::Name& name : expectation.names)
      if (std::find(missing.begin(), missing.end(), fold_id(name.text)) == missing.end())
        fail(test, expectation.span, fold_id(name.text), fmt::format("{}", fmt::join(missing, ", ")));
  }

  void check_clauses(const syntax::Test& test, const Expectation& expectation, const OneRecord& record) {
    if (expectation.because.empty()) return;
    std::set<std::string> given;
    for (const trace::Reason& reason : record.explained().reasons())
      if (reason.clauses) given.insert(reason.clauses->begin(), reason.clauses->end());
    for (const syntax::Citation& clause : expectation.because)
      if (!given.contains(clause.text))
        fail(test, expectation.span, std::string(say("vì ", "because ")) + clause.text, found_text(record));
  }

  const bytecode::Module& module_;
  Language language_;
  ConditionCoverage* coverage_;
  std::vector<TestFailure> failures_;
  std::unique_ptr<OneRecord> record_;
  std::uint32_t record_subject_ = kNone;
  vm::Program::Readings record_readings_;
};

TestRunner::TestRunner(const bytecode::Module& module, Language language, ConditionCoverage* coverage)
    : impl_(std::make_unique<Impl>(module, language, coverage)) {}
TestRunner::~TestRunner() = default;

std::vector<TestFailure> TestRunner::run(const syntax::Test& test, std::uint32_t subject) {
  return impl_->run(test, subject);
}

namespace {

bool states_total(const syntax::Test& test) {
  return std::ranges::any_of(
      test.facts, [](const syntax::GivenFact& fact) { return fact.kind == syntax::GivenFact::Kind::total_points; });
}

/// Indexes of the pack's tests, those of one program together: to load a program takes as long as many tests.
std::vector<std::size_t> by_program(const sema::Pack& pack) {
  std::vector<std::size_t> order(pack.tests.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    const sema::Test& test = pack.tests[i];
    return std::tuple(test.subject, states_total(*test.source), test.source->choices.size());
  });
  return order;
}

}  // namespace

std::size_t TestReport::failed() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(outcomes, [](const TestOutcome& each) { return !each.failures.empty(); }));
}

bytecode::Module tested_module(Compilation& compilation, const sema::Pack& pack) {
  bytecode::Module module = compilation.module(pack, {.given_total_variants = true});
  if (const std::optional<Message> problem = bytecode::verify(module))
    throw std::logic_error(text(*problem, Language::en));
  return module;
}

TestReport run_tests(const sema::Pack& pack, const bytecode::Module& module, Language language,
                     ConditionCoverage& coverage) {
  TestRunner runner(module, language, &coverage);
  TestReport report{pack.id, {}};
  for (const sema::Test& test : pack.tests)
    report.outcomes.push_back({pack.subjects[test.subject].id, test.source, {}});
  for (const std::size_t i : by_program(pack))
    report.outcomes[i].failures = runner.run(*pack.tests[i].source, pack.tests[i].subject);
  return report;
}

}  // namespace quy::tools
