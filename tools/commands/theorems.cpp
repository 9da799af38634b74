#include <algorithm>
#include <iostream>

#include "base/text.h"
#include "runtime/bytecode/codec.h"
#include "tools/analysis_options.h"
#include "tools/commands/commands.h"
#include "tools/commands/write_test.h"
#include "tools/theorems/theorems_print.h"

namespace quy::tools {
namespace {

struct Options : AnalysisOptions {
  std::string subject;
};

/// Tests of levels, and of what does not hold.
void collect(const std::vector<SubjectTheorems>& subjects, Language keywords, WrittenTests& tests) {
  for (const SubjectTheorems& subject : subjects)
    for (const TheoremLine& line : subject.lines) {
      const bool is_wanted = line.statement.theorem == analysis::Theorem::level_reachable ||
                             line.statement.standing == analysis::Standing::refuted;
      for (const WitnessLine& witness : line.witness)
        if (is_wanted) tests.add(witness.test, keywords);
    }
}

bool all_hold(const std::vector<SubjectTheorems>& subjects) {
  return std::ranges::all_of(subjects, [](const SubjectTheorems& subject) {
    return std::ranges::all_of(subject.lines, [](const TheoremLine& line) {
      return line.statement.standing == analysis::Standing::proved ||
             line.statement.standing == analysis::Standing::excepted;
    });
  });
}

std::vector<std::string> subject_ids(const Compilation& compilation) {
  std::vector<std::string> ids;
  for (const sema::Pack* pack : compilation.packs())
    for (const sema::Subject& subject : pack->subjects) ids.push_back(subject.id);
  return ids;
}

int run(const Context& context, const Options& options) {
  Compilation compilation;
  for (const std::string& path : options.paths) compilation.add_path(path);
  const bool good = compilation.check();
  Context as_text = context;
  as_text.json = false;
  if (!good) {
    print_diagnostics(as_text, compilation);
    return only_unreadable(compilation) ? kUnreadable : kFindings;
  }
  const std::string wanted = fold_id(options.subject);
  const std::vector<std::string> ids = subject_ids(compilation);
  if (!wanted.empty() && std::ranges::find(ids, wanted) == ids.end())
    return context.fail({Diag::no_such_subject, {options.subject}, nearest(options.subject, ids)}, kUsage);
  bool hold = true;
  WrittenTests tests;
  for (const sema::Pack* pack : compilation.packs()) {
    const bytecode::Module module = compilation.module(*pack, {.given_total_variants = true});
    if (const std::optional<Message> problem = bytecode::verify(module))
      throw std::logic_error(text(*problem, Language::en));
    vm::Program::Readings readings;
    if (!choose_readings(context, module, options.readings, readings)) return kUsage;
    const std::vector<SubjectTheorems> subjects =
        prove_theorems(module, *pack, readings, {wanted, std::chrono::milliseconds(options.limit_ms)});
    if (options.format == "json")
      print_theorems_json(std::cout, context, pack->id, subjects);
    else
      print_theorems(std::cout, context, subjects);
    hold = hold && all_hold(subjects);
    collect(subjects, keywords_of(compilation.sources(), pack->files.front()), tests);
  }
  if (const int status = write_tests(context, options.write_test, tests); status != kDone) return status;
  return hold ? kDone : kFindings;
}

}  // namespace

void add_theorems(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "theorems",
      context.say("Chứng minh những điều ai cũng mong một bộ tiêu chí phải có, hoặc chỉ ra chỗ sai kèm ví dụ",
                  "Prove what anyone expects of a criteria set, or refute it with an example"));
  add_analysis_options(*command, context, *options);
  command->add_option("--subject", options->subject,
                      context.say("Chỉ đối tượng có mã này", "Only the subject with this id"));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
