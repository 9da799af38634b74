#include "tools/journal.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "runtime/waves/links.h"

namespace quy::tools {
namespace {

using nlohmann::json;

constexpr int kForm = 1;
/// Evidence read between two notes, in bytes.
constexpr std::uint64_t kNoteBytes = std::uint64_t{16} << 20;

/// Paths may hold bytes that are no UTF-8.
std::string text(const json& all) { return all.dump(-1, ' ', false, json::error_handler_t::replace); }

/// Size and time of the last change; empty when the path is not of a regular file.
std::string stamp(const std::string& path) {
  struct stat status {};
  if (path == "-" || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  return fmt::format("{} {}.{:09}", status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

std::string identity_of_run(const PackVersions& versions, const std::vector<std::string>& inputs, const EvaluationOptions& options, const std::string& rejects) {
  json earlier = json::array();
  for (const std::string& path : options.earlier_results) earlier.push_back({path, stamp(path)});
  json packs = json::array();
  for (const Pack& pack : versions.packs()) packs.push_back(pack.sha256());
  const json all = {packs,            inputs,           options.stage,  options.readings, options.format, options.fields,
                    options.detail,   earlier,          rejects,        options.language};
  return sha256_hex(text(all));
}

struct Count {
  const char* name;
  std::uint64_t EvaluationSummary::*value;
};
constexpr Count kCounts[] = {{"records_in", &EvaluationSummary::records_in}, {"results", &EvaluationSummary::results}, {"rejected", &EvaluationSummary::rejected}};

struct CountOfSubject {
  const char* name;
  std::uint64_t EvaluationSummary::OfSubject::*value;
};
constexpr CountOfSubject kCountsOfSubject[] = {{"results", &EvaluationSummary::OfSubject::results},
                                               {"undecided", &EvaluationSummary::OfSubject::undecided},
                                               {"authority", &EvaluationSummary::OfSubject::authority},
                                               {"gap", &EvaluationSummary::OfSubject::gap},
                                               {"not_rated", &EvaluationSummary::OfSubject::not_rated}};

struct Causes {
  const char* name;
  std::map<std::string, std::uint64_t> EvaluationSummary::*counts;
};
constexpr Causes kCauses[] = {{"undecided_for", &EvaluationSummary::undecided_for},
                              {"handed_over_by", &EvaluationSummary::handed_over_by},
                              {"rejected_for", &EvaluationSummary::rejected_for}};

json to_json(const EvaluationSummary& summary) {
  json all;
  for (const Count& count : kCounts) all[count.name] = summary.*count.value;
  for (const Causes& causes : kCauses) all[causes.name] = summary.*causes.counts;
  all["subjects"] = json::array();
  for (const EvaluationSummary::OfSubject& row : summary.subjects) {
    json subject = {{"subject", row.subject}, {"id", row.id}, {"label", row.label}, {"level_ids", row.level_ids},
                    {"level_labels", row.level_labels}, {"by_level", row.by_level}};
    for (const CountOfSubject& count : kCountsOfSubject) subject[count.name] = row.*count.value;
    all["subjects"].push_back(std::move(subject));
  }
  return all;
}

EvaluationSummary summary_from(const json& all) {
  EvaluationSummary summary;
  for (const Count& count : kCounts) all.at(count.name).get_to(summary.*count.value);
  for (const Causes& causes : kCauses) all.at(causes.name).get_to(summary.*causes.counts);
  for (const json& subject : all.at("subjects")) {
    EvaluationSummary::OfSubject& row = summary.subjects.emplace_back();
    subject.at("subject").get_to(row.subject);
    subject.at("id").get_to(row.id);
    subject.at("label").get_to(row.label);
    subject.at("level_ids").get_to(row.level_ids);
    subject.at("level_labels").get_to(row.level_labels);
    subject.at("by_level").get_to(row.by_level);
    for (const CountOfSubject& count : kCountsOfSubject) subject.at(count.name).get_to(row.*count.value);
  }
  return summary;
}

Resumption resumption_from(const json& all) {
  Resumption resumption;
  Checkpoint& at = resumption.checkpoint;
  all.at("pass").get_to(at.pass);
  all.at("input").get_to(at.input);
  all.at("byte").get_to(at.byte);
  all.at("line").get_to(at.line);
  all.at("input_records").get_to(at.input_records);
  all.at("records").get_to(at.records);
  all.at("any_result").get_to(at.any_result);
  at.summary = summary_from(all.at("summary"));
  all.at("results_bytes").get_to(resumption.results_bytes);
  all.at("rejects_bytes").get_to(resumption.rejects_bytes);
  return resumption;
}

/// At least so many bytes are there.
bool holds(const std::string& path, std::uint64_t bytes) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && static_cast<std::uint64_t>(status.st_size) >= bytes;
}

}  // namespace

Journal::Journal(const PackVersions& versions, const std::vector<std::string>& inputs, const EvaluationOptions& options, const std::string& results,
                 const std::string& rejects)
    : results_(results),
      rejects_(rejects),
      path_(AtomicFile::partial_path(results) + ".json"),
      run_(identity_of_run(versions, inputs, options, rejects)),
      reads_all_first_(std::any_of(versions.packs().begin(), versions.packs().end(), [](const Pack& pack) { return waves::may_depend(pack.module()); })) {
  for (const std::string& input : inputs) evidence_.push_back(stamp(input));
}

Journal::~Journal() {
  if (unfinished_) ::unlink(path_.c_str());
}

bool Journal::is_possible(const std::string& results) {
  struct stat status {};
  const bool exists = ::stat(results.c_str(), &status) == 0;
  return !results.empty() && results != "-" && (!exists || S_ISREG(status.st_mode));
}

void Journal::begin(bool resumed) {
  unfinished_.emplace(path_.c_str());
  if (!resumed) ::unlink(path_.c_str());
}

std::optional<Resumption> Journal::resumption() const {
  try {
    std::ifstream file(path_);
    const json all = json::parse(file);
    if (all.at("quy_partial").get<int>() != kForm || all.at("run").get<std::string>() != run_) return std::nullopt;
    Resumption resumption = resumption_from(all);
    const Checkpoint& at = resumption.checkpoint;
    const auto evidence = all.at("evidence").get<std::vector<std::string>>();
    for (std::size_t i = 0; i < evidence_.size(); ++i) {
      const bool used = reads_all_first_ || at.pass > 0 || i < at.input || (i == at.input && at.byte > 0);
      if (used && (evidence_[i].empty() || evidence_[i] != evidence.at(i))) return std::nullopt;
    }
    if (!holds(AtomicFile::partial_path(results_), resumption.results_bytes)) return std::nullopt;
    if (!rejects_.empty() && !holds(AtomicFile::partial_path(rejects_), resumption.rejects_bytes)) return std::nullopt;
    return resumption;
  } catch (const json::exception&) {
    return std::nullopt;   // no notes, or of something else
  }
}

bool Journal::is_due(const Checkpoint& checkpoint) {
  const std::uint64_t input = std::uint64_t{checkpoint.pass} * evidence_.size() + checkpoint.input;
  if (input == input_ && checkpoint.byte < byte_ + kNoteBytes) return false;
  input_ = input;
  byte_ = checkpoint.byte;
  return true;
}

void Journal::note(const Checkpoint& checkpoint, Output& results, Output* rejects) {
  if (checkpoint.input == evidence_.size() || !is_due(checkpoint)) return;
  const json all = {{"quy_partial", kForm},
                    {"run", run_},
                    {"evidence", evidence_},
                    {"pass", checkpoint.pass},
                    {"input", checkpoint.input},
                    {"byte", checkpoint.byte},
                    {"line", checkpoint.line},
                    {"input_records", checkpoint.input_records},
                    {"records", checkpoint.records},
                    {"any_result", checkpoint.any_result},
                    {"results_bytes", results.flushed_bytes()},
                    {"rejects_bytes", rejects == nullptr ? 0 : rejects->flushed_bytes()},
                    {"summary", to_json(checkpoint.summary)}};
  AtomicFile file(path_);
  file.write(text(all));
  file.commit(false);   // a run that cannot note its way is not stopped by that
}

}  // namespace quy::tools
