#include <fmt/ostream.h>

#include <iostream>

#include "tools/commands/commands.h"
#include "tools/evidence_cache.h"

namespace quy::tools {
namespace {

struct Options {
  std::string pack, output;
  std::vector<std::string> inputs;
};

int run(const Context& context, const Options& options) {
  int status = kDone;
  const std::optional<Pack> pack = open_pack(context, options.pack, status);
  if (!pack) return status;
  std::vector<EvidenceFile> sources;
  for (const std::string& input : options.inputs) sources.push_back({input, input});
  const auto outcome = write_cache(*pack, sources, options.output);
  if (const auto* fault = std::get_if<Message>(&outcome)) return context.fail(*fault, kUnreadable);
  const auto& summary = std::get<IngestSummary>(outcome);
  fmt::print(std::cerr, "{} {} = {} {} + {} {}\n", summary.records_in, context.say("bản ghi vào", "records in"), summary.kept,
             context.say("đã nạp", "kept"), summary.rejected, context.say("bị từ chối", "rejected"));
  return summary.rejected == 0 ? kDone : kSomeRejected;
}

}  // namespace

void add_ingest(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("ingest", context.say("Đọc và kiểm tra minh chứng một lần, ghi bộ đệm theo cột cho các lần chấm sau",
                                                               "Read and check evidence once, into a cache of columns for later runs"));
  command->add_option("PACK", options->pack, context.say("Gói .qpk hoặc nguồn, cho biết cấu trúc minh chứng", "A .qpk pack or source, whose schema the evidence has"))->required();
  command->add_option("EVIDENCE", options->inputs, context.say("Tệp NDJSON, JSON, CSV hoặc .xlsx, có thể nén gzip, zstd", "NDJSON, JSON, CSV or .xlsx files, perhaps in gzip or zstd"))
      ->required();
  command->add_option("-o,--output", options->output, context.say("Tệp bộ đệm .qev", "The .qev cache file"))->required();
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
