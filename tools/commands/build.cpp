#include <iostream>

#include "base/file_io.h"
#include "runtime/bytecode/codec.h"
#include "tools/commands/commands.h"

namespace quy::tools {
namespace {

struct Options {
  std::string path, output, pack;
};

int run(const Context& context, const Options& options) {
  Compilation compilation;
  compilation.add_path(options.path);
  bool good = compilation.check();
  print_diagnostics(context, compilation);
  if (!good) {
    bool places = false;
    for (const Diagnostic& d : compilation.diagnostics().all()) places |= d.span.valid();
    return places ? kFindings : kUnreadable;
  }
  int status = kDone;
  const sema::Pack* pack = only_pack(context, compilation, options.pack, status);
  if (!pack) return status;
  std::string bytes = bytecode::encode(compilation.published_module(*pack));
  FileError error;
  if (!write_file(options.output, bytes, &error))
    return context.fail({Diag::file_unwritable, {options.output, system_error_text(error.system_error)}, {}}, kUnreadable);
  std::cerr << options.output << ": " << pack->id << ' ' << pack->version << ", " << pack->subjects.size()
            << context.say(" đối tượng, ", " subjects, ") << bytes.size() << " byte, sha256 " << bytecode::pack_hash(bytes) << '\n';
  return kDone;
}

}  // namespace

void add_build(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("build", context.say("Biên dịch một bộ tiêu chí thành gói .qpk", "Compile a criteria set into a .qpk pack"));
  command->add_option("PATH", options->path, context.say("Tệp .quy hoặc thư mục", "A .quy file or a folder"))->required();
  command->add_option("-o,--output", options->output, context.say("Tệp gói", "Pack file"))->required();
  command->add_option("--pack", options->pack, context.say("Mã gói, khi thư mục có nhiều gói", "Id of the pack, when there are several"));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
