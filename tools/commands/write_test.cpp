#include "tools/commands/write_test.h"

namespace quy::tools {

CLI::Option* add_write_test(CLI::App& command, const Context& context, std::string& path) {
  return command.add_option(
      "--write-test", path,
      context.say(
          "Viết các hồ sơ tìm được thành kiểm thử vào tệp này; tệp do quy viết lần trước thì được viết thêm vào cuối",
          "Write the records found as tests into this file; to one that quy wrote before, new tests are added"));
}

int write_tests(const Context& context, const std::string& path, const WrittenTests& tests) {
  if (path.empty()) return kDone;
  const std::optional<Message> problem = tests.write(path);
  if (!problem) return kDone;
  return context.fail(*problem, problem->id == Diag::file_not_of_written_tests ? kUsage : kUnreadable);
}

}  // namespace quy::tools
