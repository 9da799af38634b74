#include <iostream>

#include "tools/commands/commands.h"
#include "tools/lanes.h"
#include "tools/refinement/refinement_report.h"

namespace quy::tools {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string format = "text";
};

int run(const Context& context, const Options& options) {
  Compilation compilation;
  for (const std::string& path : options.paths) compilation.add_path(path);
  bool good = compilation.check();
  if (good) good = report_refinements(compilation);
  print_diagnostics(context, compilation);
  bool unreadable = false;
  for (const Diagnostic& d : compilation.diagnostics().all())
    unreadable |= d.message.id == Diag::file_unreadable || d.message.id == Diag::file_not_utf8 ||
                  d.message.id == Diag::file_too_large;
  if (unreadable) return kUnreadable;
  if (!good) return kFindings;
  if (!context.json)
    for (const sema::Pack* pack : compilation.packs()) report_pack(context, std::cout, compilation, *pack);
  return kDone;
}

}  // namespace

void add_check(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("check", context.say("Kiểm tra bộ tiêu chí: cú pháp, tên, đơn vị, căn cứ, điểm",
                                              "Check criteria sets: syntax, names, units, citations, points"));
  command->add_option("PATH", options->paths, context.say("Tệp .quy hoặc thư mục", ".quy files or folders"))
      ->required();
  command->add_option("--format", options->format, context.say("text hoặc json", "text or json"))
      ->check(CLI::IsMember({"text", "json"}));
  command->callback([&context, &status, options] {
    context.json = options->format == "json";
    status = run(context, *options);
  });
}

}  // namespace quy::tools
