#include <fmt/ostream.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/file_io.h"
#include "base/text.h"
#include "tools/commands/commands.h"
#include "tools/commands/write_test.h"
#include "tools/testing/boundary_tests.h"
#include "tools/testing/case_writer.h"
#include "tools/testing/junit.h"
#include "tools/testing/mutation_run.h"
#include "tools/testing/run_tests.h"

namespace quy::tools {
namespace {

using analysis::symbolic::Verdict;

struct Options {
  std::vector<std::string> paths;
  std::string format = "text";
  bool coverage = false;
  std::string junit;
  std::string write;
  bool mutate = false;
  std::string write_test;
  unsigned limit_ms = 3000;  ///< of the solver, for one change
};

using Conditions = std::vector<CoveredCondition>;

/// Sides that are asked about without --coverage: few enough for nobody to wait.
constexpr std::size_t kMostSidesAsked = 40;

struct Results {
  std::vector<TestReport> reports;  ///< one a pack
  Conditions conditions;
  bool proved = false;  ///< the solver was asked about the sides not seen

  std::size_t tests() const {
    std::size_t sum = 0;
    for (const TestReport& report : reports) sum += report.outcomes.size();
    return sum;
  }
  std::size_t failed() const {
    std::size_t sum = 0;
    for (const TestReport& report : reports) sum += report.failed();
    return sum;
  }
  std::size_t seen_both() const { return count(&CoveredCondition::seen_both); }
  std::size_t settled() const { return count(&CoveredCondition::settled); }

 private:
  std::size_t count(bool (CoveredCondition::*is)() const) const {
    return static_cast<std::size_t>(std::ranges::count_if(conditions, is));
  }
};

void print_failure(const Context& context, const Compilation& compilation, const TestFailure& failure) {
  const LineColumn place = compilation.sources().line_column(failure.span.file, failure.span.begin);
  fmt::print("{}:{}:{}: {} \"{}\"\n    {} {}\n    {} {}\n", compilation.sources().name(failure.span.file), place.line,
             place.column, context.say("kiểm thử không đạt", "test failed"), failure.title,
             context.say("chờ:  ", "expected:"), failure.expected, context.say("nhận: ", "found:   "), failure.found);
}

/// What the tests have not shown of a condition, or why they need not. Empty when there is nothing to say.
std::string open_sides(const Context& context, const CoveredCondition& condition) {
  using enum SideSeen;
  if (condition.holds == impossible && condition.fails == impossible)
    return context.say("không bao giờ đúng cũng không bao giờ sai, đã chứng minh (luôn bỏ qua)",
                       "never true and never false, proved (always left out)");
  std::string all;
  const auto add = [&](const char* words) { all += (all.empty() ? "" : "; ") + std::string(words); };
  if (condition.holds == impossible)
    add(context.say("không thể đúng, đã chứng minh: không hồ sơ nào làm nó đúng",
                    "cannot be true, proved: no record makes it true"));
  if (condition.fails == impossible)
    add(context.say("không thể sai, đã chứng minh: không hồ sơ nào làm nó sai",
                    "cannot be false, proved: no record makes it false"));
  if (condition.holds == no && condition.fails == no)
    return context.say("chưa kiểm thử nào thấy đúng hay sai", "no test has seen it true or false");
  if (condition.holds == no) add(context.say("chưa kiểm thử nào thấy đúng", "no test has seen it true"));
  if (condition.fails == no) add(context.say("chưa kiểm thử nào thấy sai", "no test has seen it false"));
  return all;
}

void print_condition(const Context& context, const CoveredCondition& condition) {
  const std::string open = open_sides(context, condition);
  if (open.empty()) return;
  const std::string owner =
      condition.place.owner + (condition.place.line_id.empty() ? "" : ", " + condition.place.line_id);
  fmt::print("{}:{}:{}: {}: {} ({}, {})\n", condition.place.file, condition.place.line, condition.place.column, open,
             condition.text.in(context.language), condition.clause, owner);
}

/// `điều kiện đã thấy cả đúng lẫn sai: 9/11, 2 chỉ có thể một phía; phủ 100%`.
std::string coverage_text(const Context& context, const Results& results) {
  const std::size_t all = results.conditions.size(), both = results.seen_both(), settled = results.settled();
  std::string text = fmt::format(
      "{} {}/{}", context.say("điều kiện đã thấy cả đúng lẫn sai:", "conditions seen both true and false:"), both, all);
  if (settled > both)
    text += fmt::format(", {} {}", settled - both,
                        context.say("đã chứng minh chỉ có thể một phía", "proved to have one side only"));
  return all == 0 ? text : text + fmt::format("{} {}%", context.say("; phủ", "; coverage"), settled * 100 / all);
}

void print_text(const Context& context, const Compilation& compilation, const Results& results) {
  for (const TestReport& report : results.reports)
    for (const TestOutcome& outcome : report.outcomes)
      for (const TestFailure& failure : outcome.failures) print_failure(context, compilation, failure);
  for (const CoveredCondition& condition : results.conditions) print_condition(context, condition);
  if (!results.proved)
    fmt::print(
        "{}\n",
        context.say("Còn nhiều phía chưa thấy, nên chưa hỏi phía nào không thể xảy ra; --coverage thì hỏi.",
                    "Many sides are not seen, so it was not asked which of them cannot occur; --coverage asks."));
  fmt::print("{} {}, {} {}; {}\n", results.tests() - results.failed(), context.say("kiểm thử đạt", "tests passed"),
             results.failed(), context.say("không đạt", "failed"), coverage_text(context, results));
}

const char* side_word(SideSeen seen) {
  switch (seen) {
    case SideSeen::yes: return "seen";
    case SideSeen::no: return "not_seen";
    case SideSeen::impossible: return "impossible";
  }
  return "";
}

nlohmann::ordered_json condition_json(const Context& context, const CoveredCondition& condition) {
  return {{"owner", condition.place.owner},
          {"line_of", condition.place.line_id.empty() ? nlohmann::ordered_json(nullptr)
                                                      : nlohmann::ordered_json(condition.place.line_id)},
          {"clause", condition.clause},
          {"text", condition.text.in(context.language)},
          {"file", condition.place.file},
          {"line", condition.place.line},
          {"column", condition.place.column},
          {"true", side_word(condition.holds)},
          {"false", side_word(condition.fails)},
          {"reason", open_sides(context, condition)}};
}

void print_json(const Context& context, const Compilation& compilation, const Results& results) {
  nlohmann::ordered_json failures = nlohmann::ordered_json::array(), open = nlohmann::ordered_json::array();
  for (const TestReport& report : results.reports)
    for (const TestOutcome& outcome : report.outcomes)
      for (const TestFailure& failure : outcome.failures)
        failures.push_back({{"title", failure.title},
                            {"file", compilation.sources().name(failure.span.file)},
                            {"line", compilation.sources().line_column(failure.span.file, failure.span.begin).line},
                            {"expected", failure.expected},
                            {"found", failure.found}});
  for (const CoveredCondition& condition : results.conditions)
    if (!condition.seen_both()) open.push_back(condition_json(context, condition));
  const nlohmann::ordered_json out{{"tests", results.tests()},
                                   {"passed", results.tests() - results.failed()},
                                   {"failed", results.failed()},
                                   {"failures", failures},
                                   {"coverage",
                                    {{"conditions", results.conditions.size()},
                                     {"covered", results.seen_both()},
                                     {"one_sided", results.settled() - results.seen_both()},
                                     {"proofs_asked", results.proved},
                                     {"open", open}}}};
  std::cout << out.dump(2) << '\n';
}

void print_unseen(const Context& context, const UnseenCondition& condition) {
  const char* side = condition.holds ? context.say("đúng", "true") : context.say("sai", "false");
  const char* why = condition.impossible ? context.say("không thể xảy ra, đã chứng minh", "cannot occur, proved")
                                         : context.say("chưa tìm được hồ sơ", "no record found");
  fmt::print(std::cerr, "{} ({}): “{}” {}: {}\n", condition.subject, condition.clause,
             condition.text.in(context.language), side, why);
}

int write_boundary_tests(const Context& context, Compilation& compilation, const Options& options) {
  BoundaryTests all;
  for (const sema::Pack* pack : compilation.packs()) {
    BoundaryTests made = boundary_tests(compilation, *pack);
    std::ranges::move(made.files, std::back_inserter(all.files));
    std::ranges::move(made.unseen, std::back_inserter(all.unseen));
    all.tests += made.tests;
  }
  if (auto problem = write_new_folder(options.write, all.files))
    return context.fail(*problem, problem->id == Diag::folder_not_empty ? kUsage : kUnreadable);
  for (const UnseenCondition& condition : all.unseen) print_unseen(context, condition);
  fmt::print(
      std::cerr, "{}: {} {}\n", options.write, all.tests,
      context.say("kiểm thử; đọc kỹ kết quả chờ rồi hãy giữ", "tests; read what they expect before you keep them"));
  return kDone;
}

const char* why_it_survives(const Context& context, const Survivor& survivor) {
  if (survivor.differs == Verdict::impossible)
    return context.say(
        "    đã chứng minh: không hồ sơ đầy đủ nào cho kết quả khác, nên không kiểm thử nào nhận ra được\n",
        "    proved: no complete record has another result, so no test can notice\n");
  return context.say(
      "    chưa xác định trong thời hạn: chưa tìm được hồ sơ nào cho kết quả khác, cũng chưa chứng minh được là không "
      "có\n",
      "    not settled within the limit: no record with another result was found, and none was proved impossible\n");
}

void print_survivor(const Context& context, const Compilation& compilation, const Survivor& survivor) {
  const LineColumn place = compilation.sources().line_column(survivor.span.file, survivor.span.begin);
  fmt::print("{}:{}:{}: {} ({}): {}\n", compilation.sources().name(survivor.span.file), place.line, place.column,
             survivor.differs == Verdict::impossible
                 ? context.say("sửa đổi không đổi kết quả", "a change without effect")
                 : context.say("không kiểm thử nào nhận ra", "no test notices"),
             survivor.owner, survivor.change.in(context.language));
  fmt::print("    {}\n", printable(survivor.source));
  fmt::print("{}\n", survivor.test.empty() ? why_it_survives(context, survivor) : survivor.test);
}

const char* verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::possible: return "test";
    case Verdict::impossible: return "equivalent";
    case Verdict::not_settled: break;
  }
  return "not_settled";
}

nlohmann::ordered_json survivor_json(const Context& context, const Compilation& compilation, const Survivor& survivor) {
  const LineColumn place = compilation.sources().line_column(survivor.span.file, survivor.span.begin);
  return {{"owner", survivor.owner},
          {"file", compilation.sources().name(survivor.span.file)},
          {"line", place.line},
          {"column", place.column},
          {"source", survivor.source},
          {"change", survivor.change.in(context.language)},
          {"verdict", verdict_word(survivor.differs)},
          {"test", survivor.test}};
}

std::size_t count(const MutationReport& report, Verdict verdict) {
  return static_cast<std::size_t>(std::ranges::count(report.survivors, verdict, &Survivor::differs));
}

void print_mutations(const Context& context, const Compilation& compilation, const MutationReport& report) {
  for (const Survivor& survivor : report.survivors) print_survivor(context, compilation, survivor);
  for (const std::string& subject : report.untested)
    fmt::print("{}: {}\n", subject, context.say("không có kiểm thử nào", "no test"));
  fmt::print(
      fmt::runtime(context.say(
          "{} sửa đổi: {} bị kiểm thử phát hiện, {} chưa (đã có kiểm thử ở trên), {} không đổi kết quả, {} chưa xác "
          "định\n",
          "{} changes: {} noticed by tests, {} not (a test is given above), {} without effect, {} not settled\n")),
      report.made, report.killed, count(report, Verdict::possible), count(report, Verdict::impossible),
      count(report, Verdict::not_settled));
}

void print_mutations_json(const Context& context, const Compilation& compilation, const MutationReport& report) {
  nlohmann::ordered_json survivors = nlohmann::ordered_json::array();
  for (const Survivor& survivor : report.survivors) survivors.push_back(survivor_json(context, compilation, survivor));
  const nlohmann::ordered_json out{
      {"changes", report.made}, {"noticed", report.killed}, {"survivors", survivors}, {"untested", report.untested}};
  std::cout << out.dump(2) << '\n';
}

void merge(MutationReport& all, MutationReport one) {
  all.made += one.made;
  all.killed += one.killed;
  std::ranges::move(one.survivors, std::back_inserter(all.survivors));
  std::ranges::move(one.untested, std::back_inserter(all.untested));
}

int mutate(const Context& context, Compilation& compilation, const Options& options) {
  const bool on_terminal = isatty(STDERR_FILENO) == 1;
  const auto progress = [&](std::size_t done, std::size_t of) {
    if (on_terminal) fmt::print(std::cerr, "\r{}/{}{}", done, of, done == of ? "\n" : "");
  };
  MutationReport all;
  WrittenTests tests;
  for (const sema::Pack* pack : compilation.packs()) {
    MutationReport one = run_mutations(compilation, *pack, std::chrono::milliseconds(options.limit_ms), progress);
    for (const Survivor& survivor : one.survivors)
      if (!survivor.test.empty()) tests.add(survivor.test, keywords_of(compilation.sources(), pack->files.front()));
    merge(all, std::move(one));
  }
  (options.format == "json" ? print_mutations_json : print_mutations)(context, compilation, all);
  if (const int status = write_tests(context, options.write_test, tests); status != kDone) return status;
  return count(all, Verdict::impossible) == all.survivors.size() ? kDone : kFindings;
}

Results run_all(const Context& context, Compilation& compilation, bool always_prove) {
  Results results;
  std::deque<bytecode::Module> modules;  // the coverage points into them
  ConditionCoverage coverage;
  for (const sema::Pack* pack : compilation.packs())
    coverage.add(modules.emplace_back(tested_module(compilation, *pack)), test_year(*pack));
  auto module = modules.begin();
  for (const sema::Pack* pack : compilation.packs())
    results.reports.push_back(run_tests(*pack, *module++, context.language, coverage));
  results.proved = coverage.prove(always_prove ? std::numeric_limits<std::size_t>::max() : kMostSidesAsked);
  results.conditions = coverage.conditions();
  return results;
}

int run_and_print(const Context& context, Compilation& compilation, const Options& options) {
  const Results results = run_all(context, compilation, options.coverage);
  if (options.format == "json")
    print_json(context, compilation, results);
  else
    print_text(context, compilation, results);
  if (!options.junit.empty()) {
    FileError error;
    if (!write_file(options.junit, junit_text(results.reports, compilation.sources(), context.language), &error))
      return context.fail({Diag::file_unwritable, {options.junit, system_error_text(error.system_error)}, {}},
                          kUnreadable);
  }
  return results.failed() == 0 ? kDone : kFindings;
}

int run(const Context& context, const Options& options) {
  Compilation compilation;
  for (const std::string& path : options.paths) compilation.add_path(path);
  bool good = compilation.check();
  Context as_text = context;
  as_text.json = false;
  if (!good) {
    print_diagnostics(as_text, compilation);
    return kFindings;
  }
  if (!options.write.empty()) return write_boundary_tests(context, compilation, options);
  if (options.mutate) return mutate(context, compilation, options);
  return run_and_print(context, compilation, options);
}

}  // namespace

void add_test(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "test", context.say("Chạy các kiểm thử viết trong nguồn", "Run the tests written in the sources"));
  command->add_option("PATH", options->paths, context.say("Tệp .quy hoặc thư mục", ".quy files or folders"))
      ->required();
  command->add_option("--format", options->format, context.say("text hoặc json", "text or json"))
      ->check(CLI::IsMember({"text", "json"}));
  command->add_flag(
      "--coverage", options->coverage,
      context.say("Điều kiện nào còn phía chưa thấy thì luôn hỏi xem phía ấy có thể xảy ra không, dù còn nhiều",
                  "Always ask whether the sides of conditions that were not seen can occur, however many"));
  command->add_option("--junit", options->junit,
                      context.say("Ghi thêm kết quả ra tệp JUnit XML", "Write the results as JUnit XML too"));
  command->add_option(
      "--write", options->write,
      context.say("Không chạy: viết vào thư mục mới các kiểm thử ở đúng ngưỡng và lệch một bước, cho từng đối tượng",
                  "Do not run: write into a new folder tests at the thresholds and one step off, for each subject"));
  CLI::Option* mutate = command->add_flag(
      "--mutate", options->mutate,
      context.say("Sửa lệch từng quy tắc một ít; nêu sửa đổi mà không kiểm thử nào nhận ra, kèm kiểm thử nhận ra được",
                  "Change each rule a little; name the changes that no test notices, with a test that would"));
  add_write_test(*command, context, options->write_test)->needs(mutate);
  command
      ->add_option("--limit", options->limit_ms,
                   context.say("Với --mutate: thời hạn chứng minh cho mỗi sửa đổi, mili giây",
                               "With --mutate: time limit of the proof for one change, in milliseconds"))
      ->needs(mutate);
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
