#include <iostream>

#include "base/text.h"
#include "runtime/facts/facts.h"
#include "tools/commands/commands.h"

namespace quy::tools {
namespace {

struct Options {
  std::string path, subject;
};

int run(const Context& context, const Options& options) {
  int status = kDone;
  std::optional<Pack> pack = open_pack(context, options.path, status);
  if (!pack) return status;
  std::optional<std::uint32_t> subject = pack->find_subject(options.subject);
  if (!subject) {
    std::vector<std::string> ids;
    for (const bytecode::Subject& known : pack->module().subjects) ids.push_back(known.id);
    return context.fail({Diag::no_such_subject, {options.subject}, nearest(options.subject, ids)}, kUsage);
  }
  std::cout << facts::json_schema(pack->module(), *subject) << '\n';
  return kDone;
}

}  // namespace

void add_schema(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("schema", context.say("In JSON Schema của minh chứng một đối tượng", "Print the JSON Schema of a subject's evidence"));
  command->add_option("PACK", options->path, context.say("Gói .qpk hoặc nguồn", "A .qpk pack or source"))->required();
  command->add_option("--subject", options->subject, context.say("Mã đối tượng", "Id of the subject"))->required();
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
