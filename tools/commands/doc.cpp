#include "base/file_io.h"
#include "tools/commands/commands.h"
#include "tools/document/document.h"
#include "tools/output.h"
#include "tools/subject_choice.h"

namespace quy::tools {
namespace {

struct Options {
  std::string path, subject, output;
};

int run(const Context& context, const Options& options) {
  int status = kDone;
  const std::optional<Pack> pack = open_pack(context, options.path, status);
  if (!pack) return status;
  const std::optional<std::uint32_t> subject = choose_subject(context, *pack, options.subject, status);
  if (!subject) return status;
  Output output(options.output);
  output.stream() << criteria_document(pack->module(), *subject, context.language);
  if (!output.commit())
    return context.fail({Diag::file_unwritable, {options.output, system_error_text(output.system_error())}, {}},
                        kUnreadable);
  return kDone;
}

}  // namespace

void add_doc(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("doc", context.say("Viết bộ tiêu chí của một đối tượng thành trang để đọc và in (HTML)",
                                            "Write a subject's criteria as a page to read and print (HTML)"));
  command->add_option("PACK", options->path, context.say("Gói .qpk hoặc nguồn", "A .qpk pack or source"))->required();
  command->add_option("--subject", options->subject,
                      context.say("Mã đối tượng; gói chỉ có một thì không cần nêu",
                                  "Id of the subject; not needed when the pack has only one"));
  command->add_option("-o,--output", options->output,
                      context.say("Tệp nhận trang; bỏ trống thì in ra", "File for the page; printed when left out"));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
