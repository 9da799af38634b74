#include <algorithm>
#include <iostream>

#include "base/file_io.h"
#include "tools/commands/commands.h"
#include "tools/commands/write_test.h"
#include "tools/refinement/refinement_print.h"

namespace quy::tools {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string framework, subject, format = "text", certificate, write_test;
  bool all = false;
  std::chrono::milliseconds::rep limit_ms = kQuestionLimit.count();
};

/// Checks what was added; false after the messages.
bool check(const Context& context, Compilation& compilation, int& status) {
  if (compilation.check()) return true;
  Context as_text = context;
  as_text.json = false;
  print_diagnostics(as_text, compilation);
  status = only_unreadable(compilation) ? kUnreadable : kFindings;
  return false;
}

WrittenTests tests_of(const std::vector<PackRefinement>& chain) {
  WrittenTests tests;
  for (const PackRefinement& link : chain)
    for (const SubjectRefinement& subject : link.subjects)
      for (const RefinementLine& line : subject.lines)
        if (!line.test.empty()) tests.add(line.test, link.keywords);
  return tests;
}

/// Nothing, or the message that `path` could not be written.
std::optional<Message> write(const std::string& path, const std::string& text) {
  FileError error;
  if (path.empty() || write_file(path, text, &error)) return std::nullopt;
  return Message{Diag::file_unwritable, {path, system_error_text(error.system_error)}, {}};
}

/// Each pack given and what it refines, link by link; or each against the one framework that was named.
std::optional<std::vector<PackRefinement>> links(const Context& context, const Options& options, int& status) {
  const std::chrono::milliseconds limit(options.limit_ms);
  Compilation local, named;
  for (const std::string& path : options.paths) local.add_path(path);
  if (!check(context, local, status)) return std::nullopt;
  const sema::Pack* framework = nullptr;
  if (!options.framework.empty()) {
    named.add_path(options.framework);
    if (!check(context, named, status)) return std::nullopt;
    framework = only_pack(context, named, "", status);
    if (framework == nullptr) return std::nullopt;
  }
  std::vector<PackRefinement> chain;
  for (const sema::Pack* pack : local.packs()) {
    if (framework != nullptr) {
      chain.push_back(refine_pack({&local, pack}, {&named, framework}, options.subject, limit));
      continue;
    }
    for (const sema::Pack* parent = local.refined(*pack); parent != nullptr;
         pack = parent, parent = local.refined(*pack)) {
      const bool known =
          std::ranges::any_of(chain, [&](const PackRefinement& link) { return link.local.id == pack->id; });
      if (!known) chain.push_back(refine_pack({&local, pack}, {&local, parent}, options.subject, limit));
    }
  }
  return chain;
}

bool nothing_compared(const std::vector<PackRefinement>& chain) {
  return std::ranges::all_of(chain, [](const PackRefinement& link) { return link.subjects.empty(); });
}

int run(const Context& context, const Options& options) {
  int status = kDone;
  const auto chain = links(context, options, status);
  if (!chain) return status;
  if (nothing_compared(*chain)) {
    if (!options.subject.empty()) return context.fail({Diag::no_such_subject, {options.subject}, {}}, kUsage);
    return context.fail({Diag::nothing_refined, {}, {}}, kUsage);
  }
  const nlohmann::ordered_json kept = certificate(context, *chain, std::chrono::milliseconds(options.limit_ms));
  if (options.format == "json")
    std::cout << kept.dump(2) << '\n';
  else
    for (const PackRefinement& link : *chain) print_refinement(std::cout, context, link, options.all);
  if (const auto problem = write(options.certificate, kept.dump(2) + "\n")) return context.fail(*problem, kUnreadable);
  if (const int written = write_tests(context, options.write_test, tests_of(*chain)); written != kDone) return written;
  return kept["proved"].get<bool>() ? kDone : kFindings;
}

}  // namespace

void add_refine(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "refine", context.say("Chứng minh bộ tiêu chí nằm trong khung mà nó cụ thể hoá, từng điều khoản một",
                            "Prove that a criteria set stays inside the framework that it refines, clause by clause"));
  command->add_option("LOCAL", options->paths, context.say("Tệp .quy hoặc thư mục", ".quy files or folders"))
      ->required();
  command->add_option("--to", options->framework,
                      context.say("So với gói này, thay cho gói mà bộ tiêu chí cụ thể hoá",
                                  "Hold against this pack instead of the one that the set refines"));
  command->add_option("--subject", options->subject, context.say("Chỉ một đối tượng", "One subject only"));
  command->add_flag(
      "--all", options->all,
      context.say("Nêu mọi điều khoản, cả điều giữ nguyên", "Show every clause, also those that are the same"));
  command->add_option("--format", options->format, context.say("text hoặc json", "text or json"))
      ->check(CLI::IsMember({"text", "json"}));
  command->add_option("--certificate", options->certificate,
                      context.say("Viết chứng thư vào tệp: mã băm, kết luận từng điều khoản, ví dụ",
                                  "Write the certificate into a file: hashes, a verdict for each clause, witnesses"));
  add_write_test(*command, context, options->write_test);
  command->add_option(
      "--limit", options->limit_ms,
      context.say("Thời hạn cho mỗi câu hỏi, mili giây", "Time limit of one question, in milliseconds"));
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
