#include "tools/analysis_options.h"

#include "base/file_io.h"
#include "runtime/api/settings.h"

namespace quy::tools {

void add_analysis_options(CLI::App& command, const Context& context, AnalysisOptions& options) {
  command.add_option("PATH", options.paths, context.say("Tệp .quy hoặc thư mục", ".quy files or folders"))->required();
  command.add_option("--reading", options.readings,
                     context.say("Chọn cách hiểu khác: TÊN=LỰA_CHỌN", "Choose another reading: NAME=OPTION"));
  command.add_option("--format", options.format, context.say("text hoặc json", "text or json"))
      ->check(CLI::IsMember({"text", "json"}));
  command.add_option("--write-test", options.write_test,
                     context.say("Viết các ví dụ thành kiểm thử vào tệp", "Write the examples as tests into a file"));
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

bool write_tests(const Context& context, const AnalysisOptions& options, const std::string& tests) {
  FileError error;
  if (options.write_test.empty() || write_file(options.write_test, tests, &error)) return true;
  context.fail({Diag::file_unwritable, {options.write_test, system_error_text(error.system_error)}, {}}, kUnreadable);
  return false;
}

}  // namespace quy::tools
