// The command line: options that every command shares, then the command.

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>

#include "base/heap.h"
#include "base/late_library.h"
#include "tools/commands/commands.h"
#include "tools/usage.h"

namespace {

using namespace quy;
using namespace quy::tools;

/// The language of messages and help is needed before options are parsed, because help texts depend on it.
Language language_of(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    std::string_view value;
    if (argument.starts_with("--lang=")) value = argument.substr(7);
    if (argument == "--lang" && i + 1 < argc) value = argv[i + 1];
    if (value == "en") return Language::en;
    if (value == "vi") return Language::vi;
  }
  const char* wanted = std::getenv("QUY_LANG");
  return wanted && std::strcmp(wanted, "en") == 0 ? Language::en : Language::vi;
}

int run(int argc, char** argv) {
  Context context;
  context.language = language_of(argc, argv);
  context.colour = isatty(STDERR_FILENO) != 0 && !std::getenv("NO_COLOR");

  CLI::App app{context.say("Quy: viết, kiểm tra và chạy bộ tiêu chí đánh giá, xếp loại", "Quy: write, check and run criteria sets for rating"), "quy"};
  std::string language;
  name_parts_of_help(context, app);
  app.set_help_flag("-h,--help", context.say("In hướng dẫn này", "Print this help"));
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--lang", language, context.say("Ngôn ngữ của thông báo: vi hoặc en", "Language of messages: vi or en"))
      ->check(CLI::IsMember({"vi", "en"}));

  Status status = kDone;
  for (auto add : {add_init, add_check, add_lint, add_build, add_eval, add_ingest, add_replay, add_explain, add_list, add_coverage, add_readings,
                   add_doc, add_form, add_schema, add_test, add_refine, add_diff, add_gaps, add_theorems, add_fmt, add_disasm})
    add(app, context, status);
  for (CLI::App* command : app.get_subcommands({})) {
    command->set_help_flag("-h,--help", context.say("In hướng dẫn này", "Print this help"));
    command->group(context.say("Các lệnh", "Commands"));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    app.exit(help);
    return kDone;
  } catch (const LibraryMissing& missing) {
    return context.fail({Diag::library_missing, {missing.name, missing.what()}, {}}, kUnreadable);
  } catch (const CLI::ParseError& error) {
    std::cerr << context.say("sai cách dùng: ", "wrong usage: ") << usage_fault(context, error) << '\n'
              << context.say("xem: quy --help, quy LỆNH --help", "see: quy --help, quy COMMAND --help") << '\n';
    return kUsage;
  }
  std::cout.flush();
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  reserve_heap();
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "quy: internal error: " << error.what() << '\n';
    return kInternalError;
  }
}
