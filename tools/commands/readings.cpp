#include "base/file_io.h"
#include "tools/commands/commands.h"
#include "tools/output.h"
#include "tools/readings/readings_page.h"

namespace quy::tools {
namespace {

struct Options {
  std::string path, output, pack;
};

int run(const Context& context, const Options& options) {
  Compilation compilation;
  compilation.add_path(options.path);
  const bool good = compilation.check();
  print_diagnostics(context, compilation);
  if (!good) return only_unreadable(compilation) ? kUnreadable : kFindings;
  int status = kDone;
  const sema::Pack* pack = only_pack(context, compilation, options.pack, status);
  if (!pack) return status;
  Output output(options.output);
  output.stream() << readings_page(context, *pack, compilation.module(*pack));
  if (!output.commit())
    return context.fail({Diag::file_unwritable, {options.output, system_error_text(output.system_error())}, {}}, kUnreadable);
  return kDone;
}

}  // namespace

void add_readings(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("readings", context.say("Viết trang các chỗ để mở và cách hiểu mà mỗi hồ sơ chọn (Markdown)",
                                                                 "Write a page of the open choices and what each profile picks (Markdown)"));
  command->add_option("PATH", options->path, context.say("Tệp .quy hoặc thư mục", "A .quy file or a folder"))->required();
  command->add_option("-o,--output", options->output, context.say("Tệp nhận trang; bỏ trống thì in ra", "File for the page; printed when left out"));
  command->add_option("--pack", options->pack, context.say("Mã gói, khi thư mục có nhiều gói", "Id of the pack, when there are several"));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
