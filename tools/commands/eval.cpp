#include <fmt/ostream.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tools/commands/commands.h"
#include "tools/evaluation_options.h"
#include "tools/evidence_cache.h"
#include "tools/manifest.h"
#include "tools/output.h"
#include "tools/report/line_stream.h"
#include "tools/report/report.h"

namespace quy::tools {
namespace {

struct Options {
  std::string pack;
  std::vector<std::string> inputs;
  std::string output, rejects, format = "ndjson";
  unsigned threads = 1;
  bool summary = false, manifest = false;
  SharedEvaluationOptions shared;
};

/// A line on stderr, now and then, for runs of more than two seconds at a terminal.
std::function<void(std::uint64_t)> progress_line(const Context& context) {
  if (!isatty(STDERR_FILENO)) return {};
  auto start = std::chrono::steady_clock::now();
  auto last = std::make_shared<std::chrono::steady_clock::time_point>(start);
  return [&context, start, last](std::uint64_t records) {
    auto now = std::chrono::steady_clock::now();
    if (now - start < std::chrono::seconds(2) || now - *last < std::chrono::milliseconds(200)) return;
    *last = now;
    auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - start).count();
    fmt::print(std::cerr, "\r{} {} ({}/s) ", records, context.say("bản ghi", "records"),
               records * 1000 / static_cast<std::uint64_t>(elapsed));
    std::cerr.flush();
  };
}

/// Rejects go to the file asked for; without one each is a line on stderr, so that none is lost.
struct RejectsText {
  std::ostringstream text;
  void print(const Context& context) {
    if (text.str().empty()) return;
    std::cerr << context.say("bản ghi bị từ chối (--rejects TỆP để ghi ra tệp):", "rejected records (--rejects FILE writes them to a file):") << '\n'
              << text.str();
  }
};

/// The manifest, written beside the results once they are there.
std::optional<Message> write_manifest(const Options& options, const Pack& pack, const EvaluationOptions& how) {
  const std::variant<Manifest, Message> made = make_manifest(options.output, options.pack, pack, options.inputs, how);
  if (const auto* fault = std::get_if<Message>(&made)) return *fault;
  const std::string path = manifest_path(options.output);
  Output file(path);
  file.stream() << manifest_text(std::get<Manifest>(made));
  if (file.commit()) return std::nullopt;
  return Message{Diag::file_unwritable, {path, system_error_text(file.system_error())}, {}};
}

/// What a manifest cannot be made of.
std::optional<Message> without_manifest(const Options& options) {
  const bool to_file = !options.output.empty() && options.output != "-";
  if (to_file && std::find(options.inputs.begin(), options.inputs.end(), "-") == options.inputs.end()) return std::nullopt;
  return Message{Diag::manifest_bad, {to_file ? "-" : manifest_path(options.output), Bilingual{"--manifest cần -o TỆP và minh chứng từ tệp",
                                                                                          "--manifest needs -o FILE and evidence from files"}}, {}};
}

/// Nothing for the formats that are written as they come.
std::unique_ptr<Report> make_report(const std::string& format, const Pack& pack, const Context& context) {
  if (format == "xlsx") return workbook_report(pack.module(), context.language);
  if (format == "html") return page_report(pack.module(), context.language);
  return nullptr;
}

/// The report takes the lines of results and of rejects, which go to their own stream as well.
std::variant<EvaluationSummary, Message> evaluate_into(Report& report, const Pack& pack, const std::vector<std::string>& inputs,
                                                       const EvaluationOptions& how, std::ostream& rejects, std::ostream& out) {
  LineStream results([&](std::string_view line) {
    constexpr std::string_view kExplanation = "{\"explanation\":";
    if (line.starts_with(kExplanation)) {
      report.explanation(line.substr(kExplanation.size(), line.size() - kExplanation.size() - 1));
    } else {
      report.result(line);
    }
  });
  LineStream refused([&](std::string_view line) {
    rejects << line << '\n';
    report.reject(line);
  });
  auto outcome = evaluate(pack, inputs, how, results, &refused);
  if (const auto* summary = std::get_if<EvaluationSummary>(&outcome)) {
    auto document = report.finish(*summary);
    if (auto* problem = std::get_if<Message>(&document)) return std::move(*problem);
    out << std::get<std::string>(document);
  }
  return outcome;
}

int run(const Context& context, const Options& options) {
  if (options.manifest)
    if (const std::optional<Message> fault = without_manifest(options)) return context.fail(*fault, kUsage);
  int status = kDone;
  std::optional<Pack> pack = open_pack(context, options.pack, status);
  if (!pack) return status;
  EvaluationOptions how;
  if (!fill(context, options.shared, how)) return kUsage;
  if (const std::optional<Message> fault = refresh_caches(context, *pack, options.inputs)) return context.fail(*fault, kUnreadable);
  if (options.format == "csv") how.format = ResultFormat::csv;
  if (options.format == "json") how.format = ResultFormat::json;
  if (options.format == "xlsx" && options.output.empty()) return context.fail({Diag::format_needs_file, {options.format}, {}}, kUsage);
  const std::unique_ptr<Report> report = make_report(options.format, *pack, context);
  how.explained = report && report->wants_explanations();
  if (report) how.fields.clear();
  how.progress = progress_line(context);

  Output results(options.output);
  std::unique_ptr<Output> rejects;
  RejectsText on_terminal;
  if (!options.rejects.empty()) rejects = std::make_unique<Output>(options.rejects);
  std::ostream& rejects_stream = rejects ? rejects->stream() : on_terminal.text;
  std::variant<EvaluationSummary, Message> outcome;
  if (report) {
    outcome = evaluate_into(*report, *pack, options.inputs, how, rejects_stream, results.stream());
  } else {
    outcome = evaluate(*pack, options.inputs, how, results.stream(), &rejects_stream);
  }
  if (const auto* problem = std::get_if<Message>(&outcome)) {
    bool wrong_usage = problem->id == Diag::unknown_reading || problem->id == Diag::unknown_reading_option || problem->id == Diag::unknown_stage;
    return context.fail(*problem, wrong_usage ? kUsage : kUnreadable);
  }
  // Rejects first: results that appear are never without theirs.
  if (rejects && !rejects->commit())
    return context.fail({Diag::file_unwritable, {options.rejects, system_error_text(rejects->system_error())}, {}}, kUnreadable);
  if (!results.commit()) return context.fail({Diag::file_unwritable, {options.output, system_error_text(results.system_error())}, {}}, kUnreadable);

  if (options.manifest)
    if (const std::optional<Message> fault = write_manifest(options, *pack, how)) return context.fail(*fault, kUnreadable);

  const auto& summary = std::get<EvaluationSummary>(outcome);
  if (!rejects) on_terminal.print(context);
  if (options.summary) {
    // The table is an answer when the results go to a file; beside results on stdout it would spoil them.
    write_summary(options.output.empty() ? std::cerr : std::cout, summary, context.language);
  } else {
    fmt::print(std::cerr, "{} {} = {} {} + {} {}\n", summary.records_in, context.say("bản ghi vào", "records in"), summary.results,
               context.say("kết quả", "results"), summary.rejected, context.say("bị từ chối", "rejected"));
  }
  return summary.rejected == 0 ? kDone : kSomeRejected;
}

}  // namespace

void add_eval(CLI::App& app, Context& context, Status& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("eval", context.say("Chấm điểm, xếp loại các bản ghi minh chứng", "Rate evidence records"));
  command->add_option("PACK", options->pack, context.say("Gói .qpk hoặc nguồn", "A .qpk pack or source"))->required();
  command->add_option("EVIDENCE", options->inputs, context.say("Tệp NDJSON, JSON, CSV hoặc .xlsx, có thể nén gzip, zstd; - là đầu vào chuẩn",
                                                             "NDJSON, JSON, CSV or .xlsx files, perhaps in gzip or zstd; - is standard input"))
      ->required();
  command->add_option("-o,--output", options->output, context.say("Tệp kết quả (mặc định: đầu ra chuẩn)", "Result file (default: standard output)"));
  command->add_option("--rejects", options->rejects, context.say("Tệp ghi các bản ghi bị từ chối", "File for rejected records"));
  command->add_option("--format", options->format, context.say("ndjson, json, csv, xlsx (bảng tính) hoặc html (trang báo cáo)", "ndjson, json, csv, xlsx (workbook) or html (report)"))
      ->check(CLI::IsMember({"ndjson", "json", "csv", "xlsx", "html"}));
  command->add_option("--threads", options->threads, context.say("Số luồng tối đa (bản này dùng một)", "At most so many threads (this version uses one)"))
      ->check(CLI::Range(1U, 256U));
  command->add_flag("--summary", options->summary, context.say("In bảng tổng hợp", "Print the summary table"));
  command->add_flag("--manifest", options->manifest, context.say("Ghi biên bản chạy cạnh tệp kết quả, để `quy replay` chạy lại được", "Write the run's manifest beside the results, for `quy replay`"));
  add_shared_options(*command, context, options->shared);
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
