#include <iostream>

#include "tools/commands/commands.h"
#include "tools/evaluation_options.h"

namespace quy::tools {
namespace {

struct Options {
  std::string pack, id, format = "text";
  std::vector<std::string> inputs;
  SharedEvaluationOptions shared;
};

int run(const Context& context, const Options& options) {
  int status = kDone;
  std::optional<Pack> pack = open_pack(context, options.pack, status);
  if (!pack) return status;
  EvaluationOptions how;
  if (!fill(context, options.shared, how)) return kUsage;
  Explanation answer = explain(*pack, options.inputs, options.id, how);
  if (answer.problem) return context.fail(*answer.problem, answer.found ? kSomeRejected : kUnreadable);
  if (!answer.found) return context.fail({Diag::no_such_record, {options.id}, {}}, kFindings);
  std::cout << (options.format == "json" ? answer.json : answer.text);
  return kDone;
}

}  // namespace

void add_explain(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("explain", context.say("Giải thích: vì sao xếp loại này, vì sao chưa được mức trên",
                                                                "Explain: why this rating, and why not the level above"));
  command->add_option("PACK", options->pack, context.say("Gói .qpk hoặc nguồn", "A .qpk pack or source"))->required();
  command->add_option("EVIDENCE", options->inputs, context.say("Tệp minh chứng", "Evidence files"))->required();
  command->add_option("--id", options->id, context.say("Mã bản ghi", "Id of the record"))->required();
  command->add_option("--format", options->format, context.say("text hoặc json", "text or json"))->check(CLI::IsMember({"text", "json"}));
  add_shared_options(*command, context, options->shared);
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
