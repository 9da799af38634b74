#include "base/file_io.h"
#include "tools/commands/commands.h"
#include "tools/form/form.h"
#include "tools/output.h"
#include "tools/subject_choice.h"

namespace quy::tools {
namespace {

struct Options {
  std::string path, subject, output;
  bool changes = false;
};

int run(const Context& context, const Options& options) {
  int status = kDone;
  const std::optional<Pack> pack = open_pack(context, options.path, status);
  if (!pack) return status;
  const std::optional<std::uint32_t> subject = choose_subject(context, *pack, options.subject, status);
  if (!subject) return status;
  const auto form = blank_form(pack->module(), *subject, context.language, options.changes);
  const auto unwritable = [&](int error) {
    return context.fail({Diag::file_unwritable, {options.output, system_error_text(error)}, {}}, kUnreadable);
  };
  if (const int* error = std::get_if<int>(&form)) return unwritable(*error);
  Output output(options.output);
  output.stream() << std::get<std::string>(form);
  return output.commit() ? kDone : unwritable(output.system_error());
}

}  // namespace

void add_form(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("form", context.say("Viết biểu trống để kê minh chứng của một đối tượng (.xlsx)",
                                                             "Write the blank form for a subject's evidence (.xlsx)"));
  command->add_option("PACK", options->path, context.say("Gói .qpk hoặc nguồn", "A .qpk pack or source"))->required();
  command->add_option("--subject", options->subject,
                      context.say("Mã đối tượng; gói chỉ có một thì không cần nêu", "Id of the subject; not needed when the pack has only one"));
  command->add_option("-o,--output", options->output, context.say("Tệp .xlsx nhận biểu", "The .xlsx file for the form"))->required();
  command->add_flag("--changes", options->changes,
                    context.say("Thêm cột cho từng số liệu ở từng bước sau, và cho lý do, văn bản của từng chỗ sửa",
                                "Add columns for every fact at every later stage, and for the reason and document of every change"));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
