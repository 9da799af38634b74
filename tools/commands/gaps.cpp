#include <algorithm>
#include <iostream>

#include "base/file_io.h"
#include "runtime/api/settings.h"
#include "runtime/bytecode/codec.h"
#include "tools/commands/commands.h"
#include "tools/gaps/gaps_print.h"

namespace quy::tools {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::vector<std::string> readings;   ///< NAME=R
  std::string format = "text";
  std::string write_test;
  unsigned limit_ms = 3000;            ///< for one question
};

/// False after a message.
bool choose(const Context& context, const bytecode::Module& module, const Options& options, vm::Program::Readings& readings) {
  for (const std::string& each : options.readings) {
    const std::size_t mark = each.find('=');
    const std::optional<Message> problem =
        mark == std::string::npos ? std::optional(Message{Diag::option_not_name_value, {each}, {}})
                                  : api::choose_reading(module, each.substr(0, mark), each.substr(mark + 1), readings);
    if (!problem) continue;
    context.fail(*problem, kUsage);
    return false;
  }
  return true;
}

std::string tests_of(const std::vector<RatingGaps>& ratings) {
  std::string tests;
  for (const RatingGaps& rating : ratings)
    for (const GapLine& line : rating.lines)
      if (!line.test.empty()) tests += (tests.empty() ? "" : "\n") + line.test;
  return tests;
}

bool nothing_found(const std::vector<RatingGaps>& ratings) {
  return std::ranges::all_of(ratings, [](const RatingGaps& rating) { return rating.lines.empty(); });
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
  bool nothing = true;
  std::string tests;
  for (const sema::Pack* pack : compilation.packs()) {
    const bytecode::Module module = compilation.module(*pack, {.given_total_variants = true});
    if (const std::optional<Message> problem = bytecode::verify(module)) throw std::logic_error(text(*problem, Language::en));
    vm::Program::Readings readings;
    if (!choose(context, module, options, readings)) return kUsage;
    const std::vector<RatingGaps> ratings = find_gaps(module, *pack, readings, std::chrono::milliseconds(options.limit_ms));
    if (options.format == "json")
      print_gaps_json(std::cout, context, pack->id, ratings);
    else
      print_gaps(std::cout, context, ratings);
    nothing = nothing && nothing_found(ratings);
    tests += tests_of(ratings);
  }
  FileError error;
  if (!options.write_test.empty() && !write_file(options.write_test, tests, &error))
    return context.fail({Diag::file_unwritable, {options.write_test, system_error_text(error.system_error)}, {}}, kUnreadable);
  return nothing ? kDone : kFindings;
}

}  // namespace

void add_gaps(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("gaps", context.say("Tìm hồ sơ không có mức nào, hoặc có hai mức, kèm nguyên nhân và ví dụ",
                                                             "Find records without a level, or with two, with causes and examples"));
  command->add_option("PATH", options->paths, context.say("Tệp .quy hoặc thư mục", ".quy files or folders"))->required();
  command->add_option("--reading", options->readings, context.say("Chọn cách hiểu khác: TÊN=LỰA_CHỌN", "Choose another reading: NAME=OPTION"));
  command->add_option("--format", options->format, context.say("text hoặc json", "text or json"))->check(CLI::IsMember({"text", "json"}));
  command->add_option("--write-test", options->write_test, context.say("Viết các ví dụ thành kiểm thử vào tệp", "Write the examples as tests into a file"));
  command->add_option("--limit", options->limit_ms, context.say("Thời hạn cho mỗi câu hỏi, mili giây", "Time limit of one question, in milliseconds"));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
