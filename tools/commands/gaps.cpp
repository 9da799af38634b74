#include <algorithm>
#include <iostream>

#include "runtime/bytecode/codec.h"
#include "tools/analysis_options.h"
#include "tools/commands/commands.h"
#include "tools/commands/write_test.h"
#include "tools/gaps/gaps_print.h"

namespace quy::tools {
namespace {

void collect(const std::vector<RatingGaps>& ratings, Language keywords, WrittenTests& tests) {
  for (const RatingGaps& rating : ratings)
    for (const GapLine& line : rating.lines)
      if (!line.test.empty()) tests.add(line.test, keywords);
}

bool nothing_found(const std::vector<RatingGaps>& ratings) {
  return std::ranges::all_of(ratings, [](const RatingGaps& rating) { return rating.lines.empty(); });
}

int run(const Context& context, const AnalysisOptions& options) {
  Compilation compilation;
  for (const std::string& path : options.paths) compilation.add_path(path);
  const bool good = compilation.check();
  Context as_text = context;
  as_text.json = false;
  if (!good) {
    print_diagnostics(as_text, compilation);
    return only_unreadable(compilation) ? kUnreadable : kFindings;
  }
  bool nothing = true;
  WrittenTests tests;
  for (const sema::Pack* pack : compilation.packs()) {
    const bytecode::Module module = compilation.module(*pack, {.given_total_variants = true});
    if (const std::optional<Message> problem = bytecode::verify(module))
      throw std::logic_error(text(*problem, Language::en));
    vm::Program::Readings readings;
    if (!choose_readings(context, module, options.readings, readings)) return kUsage;
    const std::vector<RatingGaps> ratings =
        find_gaps(module, *pack, readings, std::chrono::milliseconds(options.limit_ms));
    if (options.format == "json")
      print_gaps_json(std::cout, context, pack->id, ratings);
    else
      print_gaps(std::cout, context, ratings);
    nothing = nothing && nothing_found(ratings);
    collect(ratings, keywords_of(compilation.sources(), pack->files.front()), tests);
  }
  if (const int status = write_tests(context, options.write_test, tests); status != kDone) return status;
  return nothing ? kDone : kFindings;
}

}  // namespace

void add_gaps(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<AnalysisOptions>();
  CLI::App* command =
      app.add_subcommand("gaps", context.say("Tìm hồ sơ không có mức nào, hoặc có hai mức, kèm nguyên nhân và ví dụ",
                                             "Find records without a level, or with two, with causes and examples"));
  add_analysis_options(*command, context, *options);
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
