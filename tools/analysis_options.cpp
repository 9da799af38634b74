#include "tools/analysis_options.h"

#include "runtime/api/settings.h"
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

bool choose_readings(const Context& context, const bytecode::Module& module, const std::vector<std::string>& wanted,
                     vm::Program::Readings& readings) {
  for (const std::string& each : wanted) {
    const std::size_t mark = each.find('=');
    const std::optional<Message> problem =
        mark == std::string::npos ? std::optional(Message{Diag::option_not_name_value, {each}, {}})
                                  : api::choose_reading(module, each.substr(0, mark), each.substr(mark + 1), readings);
    if (!problem) continue;
    context.fail(*problem, kUsage);
    return false;
  }
  return true;
}

}  // namespace quy::tools
