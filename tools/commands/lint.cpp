#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include "base/file_io.h"
#include "tools/commands/commands.h"
#include "tools/commands/write_test.h"
#include "tools/lint/fix.h"
#include "tools/lint/lint.h"
#include "tools/lint/pages.h"
#include "tools/lint/write_findings.h"

namespace quy::tools {
namespace {

struct Options {
  std::vector<std::string> paths, only;
  std::string format = "text", level = "advice", explain, pages;
  std::string write_test;
  unsigned limit_ms = 2000;  ///< of the solver, for one question
  bool list = false, fix = false, fix_rewrites = false;
};

/// A compilation with what was asked for, before the rest of a lone file's pack came along.
struct Checked {
  Compilation compilation;
  lint::Request request;
  bool good = false;
};

std::unique_ptr<Checked> check(const Options& options) {
  auto checked = std::make_unique<Checked>();
  for (const std::string& path : options.paths) checked->compilation.add_path(path);
  checked->request.files.insert(checked->compilation.files().begin(), checked->compilation.files().end());
  checked->request.only.insert(options.only.begin(), options.only.end());
  checked->request.least = lint::level_of(options.level);
  checked->request.settings = {std::chrono::milliseconds(options.limit_ms), !options.write_test.empty()};
  checked->good = checked->compilation.check();
  return checked;
}

int refuse(const Context& context, const Compilation& compilation) {
  print_diagnostics(context, compilation);
  return only_unreadable(compilation) ? kUnreadable : kFindings;
}

std::map<std::string, std::string> meanings(Compilation& compilation) {
  std::map<std::string, std::string> by_pack;
  for (const sema::Pack* pack : compilation.packs()) by_pack[pack->id] = compilation.module(*pack).hashes[0];
  return by_pack;
}

bool write_texts(const Context& context, const SourceMap& sources, const std::map<FileId, std::string>& texts) {
  for (const auto& [file, text] : texts) {
    FileError error;
    if (write_file(sources.name(file), text, &error)) continue;
    context.fail({Diag::file_unwritable, {sources.name(file), system_error_text(error.system_error)}, {}}, kUnreadable);
    return false;
  }
  return true;
}

/// Only rules with a fix need to run.
void keep_mendable(lint::Request& request) {
  const std::set<std::string> asked = std::move(request.only);
  request.only.clear();
  for (const lint::Rule& rule : lint::rules())
    if (rule.fix != lint::FixKind::none && (asked.empty() || asked.contains(rule.id))) request.only.insert(rule.id);
}

/// One round of mending; afterwards the packs must still be good, and mean the same unless rules may be rewritten. Otherwise the files are put
/// back.
int mend_once(const Context& context, const Options& options, bool rewrites, std::size_t& mended) {
  auto before = check(options);
  if (!before->good) return refuse(context, before->compilation);
  keep_mendable(before->request);
  mended = 0;
  if (before->request.only.empty()) return kDone;
  const SourceMap& sources = before->compilation.sources();
  const lint::FixedFiles fixed = lint::mend(sources, lint::lint(before->compilation, before->request), rewrites);
  mended = fixed.mended;
  if (fixed.texts.empty()) return kDone;
  std::map<FileId, std::string> originals;
  for (const auto& [file, text] : fixed.texts) originals[file] = std::string(sources.text(file));
  if (!write_texts(context, sources, fixed.texts)) return kUnreadable;
  auto after = check(options);
  const bool same = after->good && (rewrites || meanings(after->compilation) == meanings(before->compilation));
  if (same) return kDone;
  write_texts(context, sources, originals);
  std::cerr << context.say(
      "lỗi của quy: sửa tự động làm đổi nghĩa của gói; các tệp đã được trả lại như cũ\n",
      "a bug in quy: mending would have changed what the pack means; the files have been put back\n");
  return kInternalError;
}

/// Rounds until nothing is left: a fix may uncover another, and each round mends what does not overlap.
int mend_until_done(const Context& context, const Options& options, bool rewrites, std::size_t& sum) {
  constexpr int kRounds = 8;
  for (int round = 0; round < kRounds; ++round) {
    std::size_t mended = 0;
    const int status = mend_once(context, options, rewrites, mended);
    if (status != kDone || mended == 0) return status;
    sum += mended;
  }
  return kDone;
}

int mend_all(const Context& context, const Options& options) {
  std::size_t sum = 0;
  int status = mend_until_done(context, options, false, sum);
  if (status == kDone && options.fix_rewrites) status = mend_until_done(context, options, true, sum);
  if (status == kDone) std::cerr << context.say("đã sửa: ", "mended: ") << sum << '\n';
  return status;
}

int show_findings(const Context& context, const Options& options) {
  const auto checked = check(options);
  if (!checked->good) return refuse(context, checked->compilation);
  std::vector<lint::Finding> findings = lint::lint(checked->compilation, checked->request);
  std::erase_if(findings, [&](const lint::Finding& finding) { return finding.level() > checked->request.least; });
  const SourceMap& sources = checked->compilation.sources();
  if (context.json)
    lint::write_findings_json(std::cout, sources, findings, context.language);
  else
    lint::write_findings(std::cout, sources, findings, context.language);
  WrittenTests tests;
  for (const lint::Finding& finding : findings)
    for (const std::string& test : finding.tests) tests.add(test, keywords_of(sources, finding.span.file));
  if (const int status = write_tests(context, options.write_test, tests); status != kDone) return status;
  const bool serious = std::any_of(findings.begin(), findings.end(),
                                   [](const lint::Finding& f) { return f.level() != lint::Level::advice; });
  return serious ? kFindings : kDone;
}

int write_pages(const Context& context, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  for (const NewFile& page : lint::all_pages(context.language)) {
    FileError problem;
    const std::string path = (std::filesystem::path(folder) / page.path).string();
    if (!write_file(path, page.text, &problem))
      return context.fail({Diag::file_unwritable, {path, system_error_text(problem.system_error)}, {}}, kUnreadable);
  }
  return kDone;
}

int unknown_rule(const Context& context, const std::string& id) {
  std::cerr << context.say("không có luật ", "there is no rule ") << id
            << context.say("; xem: quy lint --list\n", "; see: quy lint --list\n");
  return kUsage;
}

int run(const Context& context, const Options& options) {
  if (options.list) {
    std::cout << (context.json ? lint::list_of_rules_json(context.language) : lint::list_of_rules(context.language));
    return kDone;
  }
  if (!options.explain.empty()) {
    const lint::Rule* rule = lint::find_rule(options.explain);
    if (!rule) return unknown_rule(context, options.explain);
    std::cout << lint::page_of(*rule, context.language);
    return kDone;
  }
  if (!options.pages.empty()) return write_pages(context, options.pages);
  for (const std::string& id : options.only)
    if (!lint::find_rule(id)) return unknown_rule(context, id);
  if (options.paths.empty()) {
    std::cerr << context.say("nêu tệp .quy hoặc thư mục; xem: quy lint --help\n",
                             "name .quy files or folders; see: quy lint --help\n");
    return kUsage;
  }
  if (options.fix || options.fix_rewrites) {
    const int status = mend_all(context, options);
    if (status != kDone) return status;
  }
  return show_findings(context, options);
}

}  // namespace

void add_lint(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("lint", context.say("Nêu những chỗ nhiều khả năng không đúng ý người viết bộ tiêu chí",
                                             "Show what is very likely not meant in a criteria set"));
  command->add_option("PATH", options->paths, context.say("Tệp .quy hoặc thư mục", ".quy files or folders"));
  command->add_option("--format", options->format, context.say("text hoặc json", "text or json"))
      ->check(CLI::IsMember({"text", "json"}));
  command
      ->add_option("--level", options->level,
                   context.say("Chỉ nêu từ mức này: error, warning, advice",
                               "Show this level and above: error, warning, advice"))
      ->check(CLI::IsMember({"error", "warning", "advice"}));
  command
      ->add_option("--rule", options->only,
                   context.say("Chỉ chạy luật này; nêu được nhiều lần", "Run this rule only; may be repeated"))
      ->take_all()
      ->allow_extra_args(false);
  command->add_flag("--fix", options->fix,
                    context.say("Sửa trong tệp nguồn những chỗ không đổi nghĩa của gói",
                                "Mend in the sources what leaves the pack's meaning as it is"));
  command->add_flag("--fix-rewrites", options->fix_rewrites,
                    context.say("Sửa cả những chỗ chỉ đổi cách viết quy tắc (mã băm nghĩa đổi)",
                                "Also write rules in a plainer, equivalent way (the meaning hash changes)"));
  add_write_test(*command, context, options->write_test);
  command->add_option("--limit", options->limit_ms,
                      context.say("Thời hạn chứng minh cho mỗi câu hỏi, mili giây",
                                  "Time limit of the proof for one question, in milliseconds"));
  command->add_flag("--list", options->list, context.say("In danh sách các luật", "Print the list of rules"));
  command->add_option("--explain", options->explain, context.say("In trang của một luật", "Print the page of a rule"));
  command->add_option(
      "--pages", options->pages,
      context.say("Viết trang của mọi luật vào thư mục này", "Write the pages of all rules into this folder"));
  command->callback([&context, &status, options] {
    context.json = options->format == "json";
    status = run(context, *options);
  });
}

}  // namespace quy::tools
