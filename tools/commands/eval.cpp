#include <fmt/ostream.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tools/commands/commands.h"
#include "tools/evaluation_options.h"
#include "tools/evidence_cache.h"
#include "tools/interrupt.h"
#include "tools/journal.h"
#include "tools/manifest.h"
#include "tools/output.h"
#include "tools/pack_versions.h"
#include "tools/progress.h"
#include "tools/report/line_stream.h"
#include "tools/report/report.h"

namespace quy::tools {
namespace {

struct Options {
  std::string pack;
  std::vector<std::string> also, inputs;
  std::string output, rejects, format = "ndjson";
  unsigned threads = 1;
  bool summary = false, manifest = false, resume = false;
  SharedEvaluationOptions shared;
};

/// Rejects go to the file asked for; without one each is a line on stderr at the end, so that none is lost. Until then those are kept in
/// memory, or beside the results of a run that another may have to go on with.
class Rejects {
 public:
  Rejects(const std::string& wanted, const std::string& results, bool journaled, std::uint64_t kept) : path_(path(wanted, results)), wanted_(!wanted.empty()) {
    if (journaled) file_ = std::make_unique<Output>(path_, kept);
    else if (wanted_) file_ = std::make_unique<Output>(wanted);
  }
  static std::string path(const std::string& wanted, const std::string& results) { return wanted.empty() ? results + ".rejects" : wanted; }

  std::ostream& stream() { return file_ ? file_->stream() : memory_; }
  Output* file() { return file_.get(); }
  /// Nothing when none has been lost so far.
  std::optional<Message> commit() {
    if (!file_) return std::nullopt;
    if (!wanted_) file_->flushed_bytes();
    if (wanted_ ? file_->commit() : file_->system_error() == 0) return std::nullopt;
    return Message{Diag::file_unwritable, {path_, system_error_text(file_->system_error())}, {}};
  }
  void print_unless_wanted(const Context& context) {
    if (wanted_) return;
    std::istringstream in_memory(memory_.str());
    std::ifstream beside;
    if (file_ && file_->flushed_bytes() > 0) beside.open(AtomicFile::partial_path(path_));
    std::istream& text = file_ ? static_cast<std::istream&>(beside) : in_memory;
    if (text.peek() == std::istream::traits_type::eof()) return;
    std::cerr << context.say("bản ghi bị từ chối (--rejects TỆP để ghi ra tệp):", "rejected records (--rejects FILE writes them to a file):") << '\n'
              << text.rdbuf();
  }

 private:
  std::string path_;
  bool wanted_;
  std::unique_ptr<Output> file_;
  std::ostringstream memory_;
};

/// The manifest, written beside the results once they are there.
std::optional<Message> write_manifest(const Options& options, const std::vector<OpenedPack>& packs, const EvaluationOptions& how) {
  const std::variant<Manifest, Message> made = make_manifest(options.output, packs, options.inputs, how);
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
std::unique_ptr<Report> make_report(const std::string& format, const PackVersions& versions, const Context& context) {
  std::vector<const bytecode::Module*> modules;
  for (const Pack& pack : versions.packs()) modules.push_back(&pack.module());
  if (format == "xlsx") return workbook_report(std::move(modules), context.language);
  if (format == "html") return page_report(std::move(modules), context.language);
  return nullptr;
}

/// The report takes the lines of results and of rejects, which go to their own stream as well.
std::variant<EvaluationSummary, Message> evaluate_into(Report& report, const PackVersions& versions, const std::vector<std::string>& inputs,
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
  auto outcome = evaluate(versions, inputs, how, results, &refused);
  if (const auto* summary = std::get_if<EvaluationSummary>(&outcome)) {
    auto document = report.finish(*summary);
    if (auto* problem = std::get_if<Message>(&document)) return std::move(*problem);
    out << std::get<std::string>(document);
  }
  return outcome;
}

void print_counts(const Context& context, const EvaluationSummary& summary) {
  fmt::print(std::cerr, "{} {} = {} {} + {} {}\n", summary.records_in, context.say("bản ghi vào", "records in"), summary.results,
             context.say("kết quả", "results"), summary.rejected, context.say("bị từ chối", "rejected"));
}

/// What a run writes, and its notes when a killed one can be gone on with.
struct RunFiles {
  RunFiles(const Context& context, const Options& options, const PackVersions& versions, EvaluationOptions& how, bool journaled) {
    if (journaled) {
      journal.emplace(versions, options.inputs, how, options.output, Rejects::path(options.rejects, options.output));
      std::optional<Resumption> from;
      if (options.resume) from = journal->resumption();
      results = std::make_unique<Output>(options.output, from ? from->results_bytes : 0);
      rejects = std::make_unique<Rejects>(options.rejects, options.output, true, from ? from->rejects_bytes : 0);
      if (results->system_error() == 0) journal->begin(from.has_value());
      if (from) how.go_on_from = std::move(from->checkpoint);
      how.checkpoint = [this](const Checkpoint& at) { journal->note(at, *results, rejects->file()); };
    } else {
      results = std::make_unique<Output>(options.output);
      rejects = std::make_unique<Rejects>(options.rejects, options.output, false, 0);
    }
    if (!options.resume) return;
    if (how.go_on_from) {
      std::cerr << context.say("chạy tiếp sau bản ghi thứ ", "going on after record ") << how.go_on_from->records << '\n';
    } else {
      std::cerr << context.say("không có lần chạy dở nào chạy tiếp được; chạy từ đầu", "no unfinished run to go on with; starting anew") << '\n';
    }
  }

  std::optional<Journal> journal;
  std::unique_ptr<Output> results;
  std::unique_ptr<Rejects> rejects;
};

int run(const Context& context, const Options& options) {
  if (options.manifest)
    if (const std::optional<Message> fault = without_manifest(options)) return context.fail(*fault, kUsage);
  int status = kDone;
  std::vector<std::string> paths{options.pack};
  paths.insert(paths.end(), options.also.begin(), options.also.end());
  const std::optional<OpenedVersions> opened = open_versions(context, paths, status);
  if (!opened) return status;
  const PackVersions& versions = opened->versions;
  EvaluationOptions how;
  if (!fill(context, options.shared, how)) return kUsage;
  // A cache is of one version only; beside others it is refused when it is read.
  if (options.also.empty())
    if (const std::optional<Message> fault = refresh_caches(context, versions.newest(), options.inputs)) return context.fail(*fault, kUnreadable);
  if (options.format == "csv") how.format = ResultFormat::csv;
  if (options.format == "json") how.format = ResultFormat::json;
  if (options.format == "xlsx" && options.output.empty()) return context.fail({Diag::format_needs_file, {options.format}, {}}, kUsage);
  const std::unique_ptr<Report> report = make_report(options.format, versions, context);
  how.explained = report && report->wants_explanations();
  if (report) how.fields.clear();
  how.threads = options.threads;
  std::optional<ProgressLine> progress;
  if (isatty(STDERR_FILENO) != 0) {
    progress.emplace(context, std::cerr, total_size(options.inputs));
    how.progress = [&progress](const Progress& at) { progress->show(at); };
  }

  end_cleanly_when_interrupted(context);
  RunFiles files(context, options, versions, how, !report && Journal::is_possible(options.output));
  std::ostream& results = files.results->stream();
  std::variant<EvaluationSummary, Message> outcome;
  if (report) {
    outcome = evaluate_into(*report, versions, options.inputs, how, files.rejects->stream(), results);
  } else {
    outcome = evaluate(versions, options.inputs, how, results, &files.rejects->stream());
  }
  progress.reset();
  if (const auto* problem = std::get_if<Message>(&outcome)) {
    bool wrong_usage = problem->id == Diag::unknown_reading || problem->id == Diag::unknown_reading_option || problem->id == Diag::unknown_stage;
    return context.fail(*problem, wrong_usage ? kUsage : kUnreadable);
  }
  // Rejects first: results that appear are never without theirs.
  if (const std::optional<Message> fault = files.rejects->commit()) return context.fail(*fault, kUnreadable);
  if (!files.results->commit()) {
    const std::string shown = options.output.empty() ? context.say("đầu ra chuẩn", "standard output") : options.output;
    return context.fail({Diag::file_unwritable, {shown, system_error_text(files.results->system_error())}, {}}, kUnreadable);
  }
  if (options.manifest)
    if (const std::optional<Message> fault = write_manifest(options, opened->packs, how)) return context.fail(*fault, kUnreadable);

  const auto& summary = std::get<EvaluationSummary>(outcome);
  files.rejects->print_unless_wanted(context);
  for (const Message& warning : summary.warnings) context.warn(warning);
  // The table is an answer when the results go to a file; beside results on stdout it would spoil them.
  if (options.summary) write_summary(options.output.empty() ? std::cerr : std::cout, summary, context.language);
  else print_counts(context, summary);
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
  command->add_option("--also", options->also, context.say("Các phiên bản khác của cùng bộ tiêu chí: mỗi hồ sơ do phiên bản có hiệu lực vào ngày cuối kỳ chấm",
                                                           "Other versions of the same criteria set: the one in force on the last day of its period rates a record"));
  command->add_option("-o,--output", options->output, context.say("Tệp kết quả (mặc định: đầu ra chuẩn)", "Result file (default: standard output)"));
  command->add_option("--rejects", options->rejects, context.say("Tệp ghi các bản ghi bị từ chối", "File for rejected records"));
  command->add_option("--format", options->format, context.say("ndjson, json, csv, xlsx (bảng tính) hoặc html (trang báo cáo)", "ndjson, json, csv, xlsx (workbook) or html (report)"))
      ->check(CLI::IsMember({"ndjson", "json", "csv", "xlsx", "html"}));
  command->add_option("--threads", options->threads, context.say("Số luồng tối đa (mặc định: 1); kết quả không đổi", "At most so many threads (default: 1); the results stay the same"))
      ->check(CLI::Range(1U, 256U));
  command->add_flag("--resume", options->resume, context.say("Chạy tiếp lần chạy trước bị ngắt, ghi dở cùng tệp -o", "Go on with an earlier run that was killed while writing the same -o file"));
  command->add_flag("--summary", options->summary, context.say("In bảng tổng hợp", "Print the summary table"));
  command->add_flag("--manifest", options->manifest, context.say("Ghi biên bản chạy cạnh tệp kết quả, để `quy replay` chạy lại được", "Write the run's manifest beside the results, for `quy replay`"));
  add_shared_options(*command, context, options->shared);
  command->callback([&context, &status, options] { status = run(context, *options); });
}

}  // namespace quy::tools
