#include <algorithm>
#include <functional>
#include <iostream>

#include "tools/commands/commands.h"
#include "tools/commands/write_test.h"
#include "tools/diff/changelog.h"
#include "tools/diff/checks_print.h"
#include "tools/diff/drafts.h"
#include "tools/diff/impact_print.h"
#include "tools/diff/page.h"
#include "tools/diff/print.h"
#include "tools/output.h"

namespace quy::tools {
namespace {

struct Options {
  std::vector<std::string> versions, fail_on, evidence;
  std::string pack, subject, format = "text", output, write_test;
  bool changelog = false, checks = false, driver = false;
  std::chrono::milliseconds::rep limit_ms = 1000;
};

/// What makes the exit status 1.
int status_of(const Options& options, const DiffReport& report) {
  const auto asked = [&](const char* what) { return std::ranges::find(options.fail_on, what) != options.fail_on.end(); };
  const bool any = options.fail_on.empty() || asked("any");
  const bool fails = (any && report.standing() != analysis::Standing::same) || (asked("looser") && report.may_be_looser()) ||
                     (asked("not-proved") && report.not_proved());
  return fails ? kFindings : kDone;
}

/// Writes the answer where it is wanted; `status` unless that failed.
int write(const Context& context, const Options& options, const std::function<void(std::ostream&)>& answer, int status) {
  Output output(options.output);
  answer(output.stream());
  if (output.commit()) return status;
  return context.fail({Diag::file_unwritable, {options.output, system_error_text(output.system_error())}, {}}, kUnreadable);
}

std::chrono::milliseconds limit(const Options& options) { return std::chrono::milliseconds(options.limit_ms); }

bool is_page(const std::string& path) { return path.ends_with(".html"); }

int compare(const Context& context, const Options& options, DiffSide& before, DiffSide& after) {
  const DiffReport report = compare_packs(before, after, options.subject, limit(options));
  std::optional<Impact> impact;
  if (!options.evidence.empty()) {
    auto found = find_impact(before, after, options.evidence, context.language);
    if (const Message* problem = std::get_if<Message>(&found)) return context.fail(*problem, kUnreadable);
    impact = std::move(std::get<Impact>(found));
  }
  std::optional<Checks> checks;
  if (options.checks || is_page(options.output)) checks = check_versions(before, after, limit(options), context.language);
  const Changelog entry = changelog(report, before, after);
  const auto answer = [&](std::ostream& out) {
    if (is_page(options.output)) {
      out << change_page(context, report, entry, impact, checks);
    } else if (options.changelog) {
      print_changelog(out, context, report, entry);
    } else if (options.format == "json") {
      nlohmann::ordered_json json = json_of(context, report);
      json["proposed_version"] = entry.proposed;
      json["warnings"] = nlohmann::ordered_json::array();
      for (const Bilingual& warning : entry.warnings) json["warnings"].push_back(warning.in(context.language));
      if (impact) json["impact"] = json_of(context, *impact);
      if (checks) json["checks"] = json_of(context, *checks);
      out << json.dump(2) << '\n';
    } else {
      print_diff(out, context, report);
      if (impact) print_impact(out, context, *impact);
      if (checks) print_checks(out, context, *checks);
    }
  };
  const int status = write(context, options, answer, status_of(options, report));
  if (status == kUnreadable) return status;
  if (const int written = write_tests(context, options.write_test, tests_of(report)); written != kDone) return written;
  return status;
}

int compare_two(const Context& context, const Options& options) {
  int status = kDone;
  std::optional<DiffSide> before = open_side(context, options.versions[0], options.pack, status);
  if (!before) return status;
  std::optional<DiffSide> after = open_side(context, options.versions[1], options.pack, status);
  return after ? compare(context, options, *before, *after) : status;
}

int compare_three(const Context& context, const Options& options) {
  int status = kDone;
  std::vector<DiffSide> sides;
  for (const std::string& version : options.versions) {
    std::optional<DiffSide> side = open_side(context, version, options.pack, status);
    if (!side) return status;
    sides.push_back(std::move(*side));
  }
  const DraftsReport report = compare_drafts(context, sides[0], sides[1], sides[2], options.pack, limit(options));
  const auto answer = [&](std::ostream& out) {
    if (options.format == "json")
      out << json_of(context, report).dump(2) << '\n';
    else
      print_drafts(out, context, report);
  };
  return write(context, options, answer, report.good() ? kDone : kFindings);
}

/// What git calls for a changed file: path, then old file, hash and mode, then new ones. Git takes any other status for a failure.
int drive(const Context& context, const Options& options) {
  enum { path, old_file, old_hash, old_mode, new_file };
  std::cout << "quy diff " << options.versions[path] << '\n';
  std::vector<DiffSide> sides;
  for (const int content : {old_file, new_file}) {
    int status = kDone;
    auto sources = Revision::with_file(options.versions[path], options.versions[static_cast<std::size_t>(content)]);
    if (const Message* problem = std::get_if<Message>(&sources)) {
      context.fail(*problem, kUnreadable);
      return kDone;
    }
    std::optional<DiffSide> side = open_side(context, std::move(std::get<Revision>(sources)), options.pack, status);
    if (!side) {
      std::cout << context.say("một trong hai bản không biên dịch được; xem các dòng đã sửa bằng: git diff --no-ext-diff",
                               "one of the two does not compile; the lines that changed: git diff --no-ext-diff")
                << '\n';
      return kDone;
    }
    sides.push_back(std::move(*side));
  }
  compare(context, options, sides[0], sides[1]);
  return kDone;
}

/// Two versions or three; as git's driver what git gives: path, old file, hash, mode, new file, hash, mode, and more for a renamed one.
std::optional<Message> miscounted(const Options& options) {
  constexpr std::size_t kOfDriver = 7;
  const std::size_t count = options.versions.size();
  if (options.driver ? count >= kOfDriver : count == 2 || count == 3) return std::nullopt;
  const Bilingual needed = options.driver ? Bilingual{"bảy đối số của git", "the seven arguments of git"} : Bilingual{"hai hoặc ba bản", "two or three versions"};
  return Message{Diag::versions_miscounted, {needed, count}, {}};
}

int run(const Context& context, const Options& options) {
  if (options.driver) return drive(context, options);
  return options.versions.size() == 3 ? compare_three(context, options) : compare_two(context, options);
}

}  // namespace

void add_diff(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "diff", context.say("So sánh hai phiên bản của một bộ tiêu chí: sửa gì, và ai được xếp loại khác đi",
                          "Compare two versions of a criteria set: what changed, and who is rated otherwise"));
  command
      ->add_option("VERSIONS", options->versions,
                   context.say("Bản cũ, bản mới: tệp .quy, thư mục, gói .qpk, hoặc BẢN_GIT:ĐƯỜNG_DẪN. Ba bản: bản gốc và hai bản dự thảo",
                               "The older and the newer: a .quy file, a folder, a .qpk pack, or REV:PATH of git. Three: a base and two drafts"))
      ->expected(0, 9);
  command->add_option("--pack", options->pack, context.say("Mã gói, khi thư mục có nhiều gói", "Id of the pack, when a folder holds several"));
  command->add_option("--subject", options->subject, context.say("Chỉ xét ý nghĩa của một đối tượng", "The meaning of one subject only"));
  command->add_option("--format", options->format, context.say("text hoặc json", "text or json"))->check(CLI::IsMember({"text", "json"}));
  command->add_option("-o,--output", options->output, context.say("Tệp nhận câu trả lời, tên .html thì viết thành trang; bỏ trống thì in ra",
                                  "File for the answer, a page when its name ends in .html; printed when left out"));
  command->add_option("--evidence", options->evidence,
                      context.say("Tệp minh chứng: cả hai bản xếp các hồ sơ này, ai đổi và vì sao",
                                  "Evidence files: both versions rate these records; who changes, and why"));
  command->add_flag("--changelog", options->changelog,
                    context.say("Viết mục nhật ký thay đổi, đề xuất số phiên bản, cảnh báo (Markdown)",
                                "Write the entry for the list of changes, the version proposed, warnings (Markdown)"));
  command->add_flag("--checks", options->checks,
                    context.say("Kèm kết quả rà soát hai bản: so với khung, kiểm thử, lint (trang .html luôn có)",
                                "With the checks of both versions: against the framework, tests, lints (a page always has them)"));
  command->add_flag("--driver", options->driver,
                    context.say("Chạy làm diff.quy.command của git, với các đối số mà git đưa",
                                "Run as git's diff.quy.command, with the arguments that git gives"));
  command
      ->add_option("--fail-on", options->fail_on,
                   context.say("Mã thoát là 1 khi: any (đổi nghĩa hoặc chưa chứng minh; mặc định), looser (có hồ sơ có lợi hơn, hoặc "
                               "chưa loại trừ), not-proved",
                               "Exit status 1 on: any (changed or not proved; the default), looser (some record is better off, or that "
                               "is not excluded), not-proved"))
      ->check(CLI::IsMember({"any", "looser", "not-proved"}));
  add_write_test(*command, context, options->write_test);
  command->add_option("--limit", options->limit_ms,
                      context.say("Thời hạn cho mỗi câu hỏi, mili giây", "Time limit of one question, in milliseconds"));
  command->callback([&context, &status, options] {
    if (const std::optional<Message> fault = miscounted(*options)) {
      status = context.fail(*fault, kUsage);
      return;
    }
    status = run(context, *options);
  });
}

}  // namespace quy::tools
