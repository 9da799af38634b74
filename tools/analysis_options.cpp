#include "tools/analysis_options.h"

#include "tools/commands/write_test.h"

namespace quy::tools {

void add_analysis_options(CLI::App& command, const Context& context, AnalysisOptions& options) {
  command.add_option("PATH", options.paths, context.say("Tệp .quy hoặc thư mục", ".quy files or folders"))->required();
  command.add_option("--reading", options.readings,
                     context.say("Chọn cách hiểu khác: TÊN=LỰA_CHỌN", "Choose another reading: NAME=OPTION"));
  command.add_option("--format", options.format, context.say("text hoặc json", "text or json"))
      ->check(CLI::IsMember({"text", "json"}));
  add_write_test(command, context, options.write_test);
  command.add_option("--limit", options.limit_ms,
                     context.say("Thời hạn cho mỗi câu hỏi, mili giây", "Time limit of one question, in milliseconds"));
}

}  // namespace quy::tools
