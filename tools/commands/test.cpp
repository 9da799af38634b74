#include <fmt/ostream.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "tools/commands/commands.h"
#include "tools/commands/write_test.h"
#include "tools/testing/boundary_tests.h"
#include "tools/testing/mutation_run.h"
#include "tools/testing/run_tests.h"

namespace quy::tools {
namespace {

using analysis::symbolic::Verdict;

struct Options {
  std::vector<std::string> paths;
  std::string format = "text";
  bool coverage = false;
  std::string write;
  bool mutate = false;
  std::string write_test;
  unsigned limit_ms = 3000;  ///< of the solver, for one change
};

void merge(TestReport& all, TestReport one) {
  all.tests += one.tests;
  all.failed += one.failed;
  all.failures.insert(all.failures.end(), one.failures.begin(), one.failures.end());
}

using Conditions = std::vector<CoveredCondition>;

std::size_t covered(const Conditions& conditions) {
  return static_cast<std::size_t>(std::ranges::count_if(conditions, &CoveredCondition::covered));
}

void print_text(const Context& context, const Compilation& compilation, const TestReport& report,
                const Conditions& conditions, bool list_conditions) {
  for (const TestFailure& failure : report.failures) {
    LineColumn place = compilation.sources().line_column(failure.span.file, failure.span.begin);
    fmt::print("{}:{}:{}: {} \"{}\"\n    {} {}\n    {} {}\n", compilation.sources().name(failure.span.file), place.line,
               place.column, context.say("kiểm thử không đạt", "test failed"), failure.title,
               context.say("chờ:  ", "expected:"), failure.expected, context.say("nhận: ", "found:   "), failure.found);
  }
  if (list_conditions)
    for (const CoveredCondition& condition : conditions) {
      if (condition.covered()) continue;
      const char* side = condition.seen_true    ? context.say("chưa thấy sai", "never false")
                         : condition.seen_false ? context.say("chưa thấy đúng", "never true")
                                                : context.say("chưa thấy", "never seen");
      fmt::print("{}:{}: {}: {} ({})\n", condition.file, condition.line, side, condition.text, condition.clause);
    }
  fmt::print("{} {}, {} {}; {} {}/{}\n", report.tests - report.failed, context.say("kiểm thử đạt", "tests passed"),
             report.failed, context.say("không đạt", "failed"),
             context.say("điều kiện đã thấy cả đúng lẫn sai:", "conditions seen both true and false:"),
             covered(conditions), conditions.size());
}

void print_json(const Compilation& compilation, const TestReport& report, const Conditions& conditions) {
  nlohmann::ordered_json failures = nlohmann::ordered_json::array(), open = nlohmann::ordered_json::array();
  for (const TestFailure& failure : report.failures)
    failures.push_back({{"title", failure.title},
                        {"file", compilation.sources().name(failure.span.file)},
                        {"line", compilation.sources().line_column(failure.span.file, failure.span.begin).line},
                        {"expected", failure.expected},
                        {"found", failure.found}});
  for (const CoveredCondition& condition : conditions)
    if (!condition.covered())
      open.push_back({{"owner", condition.owner},
                      {"clause", condition.clause},
                      {"text", condition.text},
                      {"file", condition.file},
                      {"line", condition.line},
                      {"seen_true", condition.seen_true},
                      {"seen_false", condition.seen_false}});
  nlohmann::ordered_json out{
      {"tests", report.tests},
      {"passed", report.tests - report.failed},
      {"failed", report.failed},
      {"failures", failures},
      {"coverage", {{"conditions", conditions.size()}, {"covered", covered(conditions)}, {"open", open}}}};
  std::cout << out.dump(2) << '\n';
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
  for (const std::string& condition : all.unseen)
    fmt::print(std::cerr, "{}: {}\n",
               context.say("chưa tìm được hồ sơ cho cả hai phía", "no record found for both sides"), condition);
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
  TestReport report;
  ConditionCoverage coverage(context.language);
  for (const sema::Pack* pack : compilation.packs())
    merge(report, run_tests(compilation, *pack, context.language, coverage));
  const Conditions conditions = coverage.conditions();
  if (options.format == "json")
    print_json(compilation, report, conditions);
  else
    print_text(context, compilation, report, conditions, options.coverage);
  return report.failed == 0 ? kDone : kFindings;
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
  command->add_flag("--coverage", options->coverage,
                    context.say("Nêu các điều kiện chưa thấy cả hai phía", "Name the conditions not seen both ways"));
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
