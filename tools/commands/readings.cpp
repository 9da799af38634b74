#include <fmt/ostream.h>

#include <iostream>

#include "base/file_io.h"
#include "runtime/api/settings.h"
#include "runtime/trace/rejects.h"
#include "tools/commands/commands.h"
#include "tools/evaluation_options.h"
#include "tools/output.h"
#include "tools/readings/print_comparison.h"
#include "tools/readings/readings_page.h"

namespace quy::tools {
namespace {

struct Options {
  std::string path, output, pack, format = "text";
  std::vector<std::string> inputs;
  std::vector<std::string> fixed;  ///< NAME=R
};

int commit(const Context& context, const Options& options, Output& output) {
  if (output.commit()) return kDone;
  return context.fail({Diag::file_unwritable, {options.output, system_error_text(output.system_error())}, {}},
                      kUnreadable);
}

int write_page(const Context& context, const Options& options) {
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
  return commit(context, options, output);
}

int compare(const Context& context, const Options& options) {
  int status = kDone;
  const std::optional<Pack> pack = open_pack(context, options.path, status);
  if (!pack) return status;
  EvaluationOptions how;
  SharedEvaluationOptions fixed;
  fixed.readings = options.fixed;
  if (!fill(context, fixed, how)) return kUsage;
  const auto settled = api::settle(*pack, how);
  if (const auto* problem = std::get_if<Message>(&settled)) return context.fail(*problem, kUsage);
  const OnReject on_reject = [&](const facts::Reject& reject, const std::string& input) {
    std::string line;
    trace::append_reject(line, reject, context.language, input);
    std::cerr << line;
  };
  const auto answer = compare_readings(*pack, options.inputs, std::get<api::Settings>(settled).readings, on_reject);
  if (const auto* problem = std::get_if<Message>(&answer)) return context.fail(*problem, kUnreadable);
  const auto& comparison = std::get<ReadingComparison>(answer);
  Output output(options.output);
  if (options.format == "json")
    print_comparison_json(output.stream(), *pack, comparison);
  else
    print_comparison(output.stream(), context, *pack, comparison);
  status = commit(context, options, output);
  if (status != kDone) return status;
  fmt::print(std::cerr, "{} {}, {} {}, {} {}\n", comparison.records_in, context.say("bản ghi", "records"),
             comparison.records.size(),
             context.say("đổi xếp loại theo cách hiểu", "rated otherwise by another reading"), comparison.rejected,
             context.say("bị từ chối", "rejected"));
  return comparison.rejected == 0 ? kDone : kSomeRejected;
}

}  // namespace

void add_readings(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "readings",
      context.say("Viết trang các chỗ để mở (Markdown); có minh chứng thì nêu bản ghi đổi xếp loại theo cách hiểu khác",
                  "Write a page of the open choices (Markdown); with evidence, list records rated otherwise by another "
                  "reading"));
  command
      ->add_option("PACK", options->path,
                   context.say("Tệp .quy, thư mục, hoặc gói .qpk khi có minh chứng",
                               "A .quy file or folder, or a .qpk pack with evidence"))
      ->required();
  CLI::Option* inputs = command->add_option("EVIDENCE", options->inputs,
                                            context.say("Tệp minh chứng: thử mọi cách kết hợp các cách hiểu",
                                                        "Evidence files: all combinations of readings are tried"));
  command->add_option(
      "-o,--output", options->output,
      context.say("Tệp nhận câu trả lời; bỏ trống thì in ra", "File for the answer; printed when left out"));
  command
      ->add_option(
          "--pack", options->pack,
          context.say("Mã gói, khi thư mục có nhiều gói (trang)", "Id of the pack, when there are several (page)"))
      ->excludes(inputs);
  command
      ->add_option("--reading", options->fixed,
                   context.say("Giữ một cách hiểu, không đổi: TÊN=LỰA_CHỌN", "Keep one reading as it is: NAME=OPTION"))
      ->needs(inputs);
  command->add_option("--format", options->format, context.say("text hoặc json", "text or json"))
      ->check(CLI::IsMember({"text", "json"}))
      ->needs(inputs);
  command->callback([&context, &status, options] {
    status = options->inputs.empty() ? write_page(context, *options) : compare(context, *options);
  });
}

}  // namespace quy::tools
