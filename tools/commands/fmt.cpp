#include <iostream>

#include "base/file_io.h"
#include "compiler/syntax/format.h"
#include "tools/commands/commands.h"

namespace quy::tools {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string keywords;
  bool check = false, to_stdout = false;
};

int run(const Context& context, const Options& options) {
  Compilation compilation;
  for (const std::string& path : options.paths) compilation.add_path(path);
  if (!compilation.parse()) {
    // A file that does not parse is left as it is: a formatter must never guess.
    print_diagnostics(context, compilation);
    return kFindings;
  }
  std::optional<Language> keywords;
  if (!options.keywords.empty()) keywords = options.keywords == "en" ? Language::en : Language::vi;
  int status = kDone;
  for (FileId file : compilation.files()) {
    const std::string& name = compilation.sources().name(file);
    std::string formatted = syntax::format(compilation.sources(), file, keywords);
    if (options.to_stdout) {
      std::cout << formatted;
      continue;
    }
    FileError error;
    std::optional<std::string> bytes = read_file(name, static_cast<std::size_t>(-1), &error);
    if (bytes && *bytes == formatted) continue;
    if (options.check) {
      std::cout << name << '\n';
      status = kFindings;
    } else if (!write_file(name, formatted, &error)) {
      return context.fail({Diag::file_unwritable, {name, system_error_text(error.system_error)}, {}}, kUnreadable);
    }
  }
  return status;
}

}  // namespace

void add_fmt(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("fmt", context.say("Trình bày lại nguồn; đổi từ khoá Việt – Anh", "Put sources into canonical layout; turn keywords vi – en"));
  command->add_option("PATH", options->paths, context.say("Tệp .quy hoặc thư mục", ".quy files or folders"))->required();
  command->add_option("--keywords", options->keywords, context.say("Ngôn ngữ của từ khoá: vi hoặc en", "Language of the keywords: vi or en"))
      ->check(CLI::IsMember({"vi", "en"}));
  command->add_flag("--check", options->check, context.say("Chỉ nêu tệp chưa đúng trình bày", "Only name the files that would change"));
  command->add_flag("--stdout", options->to_stdout, context.say("In ra thay vì ghi đè", "Print instead of writing"));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
