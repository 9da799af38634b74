#include "bench/scale.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <climits>
#include <cstdio>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>
#include <stdexcept>

#include "base/file_io.h"
#include "bench/measuring.h"
#include "bench/random.h"
#include "bench/workload.h"
#include "runtime/api/ingestion.h"

namespace quy::bench {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kFewRecords = 20'000;
constexpr int kRuns = 7;

std::string file_of(const std::string& path, const std::string& text) {
  if (!write_file(path, text)) throw std::runtime_error("cannot write " + path);
  return path;
}

ordered_json shuffled(const ordered_json& value, Random& random) {
  if (!value.is_structured()) return value;
  if (value.is_array()) {
    ordered_json list = ordered_json::array();
    for (const ordered_json& item : value) list.push_back(shuffled(item, random));
    return list;
  }
  std::vector<std::string> keys;
  for (const auto& member : value.items()) keys.push_back(member.key());
  for (std::size_t left = keys.size(); left > 1; --left)
    std::swap(keys[left - 1], keys[static_cast<std::size_t>(random.up_to(static_cast<std::int32_t>(left) - 1))]);
  ordered_json object = ordered_json::object();
  for (const std::string& key : keys) object[key] = shuffled(value.at(key), random);
  return object;
}

/// The same records, the keys of each in an order of its own. Numbers keep their value, not their spelling.
std::string with_shuffled_keys(const std::string& ndjson) {
  Random random(7);
  std::string text;
  std::istringstream lines(ndjson);
  for (std::string line; std::getline(lines, line);) text += shuffled(ordered_json::parse(line), random).dump() + "\n";
  return text;
}

/// In the spelling that with_shuffled_keys() gives.
std::string with_plain_numbers(const std::string& ndjson) {
  std::string text;
  std::istringstream lines(ndjson);
  for (std::string line; std::getline(lines, line);) text += ordered_json::parse(line).dump() + "\n";
  return text;
}

double seconds_of_run(const Pack& pack, const std::string& evidence, unsigned threads) {
  EvaluationOptions options;
  options.fields = {"id", "total", "rating"};
  options.threads = threads;
  CountingBuffer buffer;
  std::ostream out(&buffer);
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = evaluate(pack, {evidence}, options, out, nullptr);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const auto* summary = std::get_if<EvaluationSummary>(&outcome);
  if (summary == nullptr || summary->results != kScaleRecords) throw std::runtime_error("the benchmark's records were not rated");
  return seconds;
}

/// The records in columns, as `quy ingest` keeps them.
std::string cache_of(const Pack& pack, const std::string& evidence, const std::string& path) {
  std::ofstream cache(path, std::ios::binary);
  const auto outcome = ingest(pack, {{evidence, evidence}}, cache);
  const auto* summary = std::get_if<IngestSummary>(&outcome);
  if (summary == nullptr || summary->kept != kScaleRecords || !cache.flush()) throw std::runtime_error("the benchmark's records were not kept");
  return path;
}

/// Peak memory of a whole run of the program, in megabytes. By a run of this benchmark that has done nothing else (peak_of_child): what a process
/// starts with counts the memory of the one that starts it.
double peak_of_run(const std::string& pack, const std::string& evidence) {
  char self[PATH_MAX] = {};
  if (readlink("/proc/self/exe", self, sizeof self - 1) < 0) throw std::runtime_error("this program does not find itself");
  const std::string line = "'" + std::string(self) + "' " + kPeakOption + " '" + QUY_PROGRAM + "' eval '" + pack + "' '" + evidence + "' --fields id,total,rating";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> said(popen(line.c_str(), "r"), pclose);
  double megabytes = 0;
  if (!said || std::fscanf(said.get(), "%lf", &megabytes) != 1) throw std::runtime_error("the program did not rate " + evidence);
  return megabytes;
}

}  // namespace

int peak_of_child(char** argv) {
  posix_spawn_file_actions_t silence;
  posix_spawn_file_actions_init(&silence);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) posix_spawn_file_actions_addopen(&silence, stream, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  int status = 0;
  struct rusage usage {};
  const bool ran = posix_spawn(&child, argv[0], &silence, nullptr, argv, environ) == 0 && wait4(child, &status, 0, &usage) == child;
  posix_spawn_file_actions_destroy(&silence);
  if (!ran || status != 0) return 1;
  std::printf("%f\n", static_cast<double>(usage.ru_maxrss) / 1024);
  return 0;
}

ScaleFigures measure_scale(const Pack& pack, const std::string& pack_path, const std::string& scratch) {
  const std::string text = with_plain_numbers(to_ndjson(generate(kScaleRecords), 0));
  const std::string ordered = file_of(scratch + "/ordered.ndjson", text);
  const std::string shuffled_keys = file_of(scratch + "/shuffled.ndjson", with_shuffled_keys(text));
  const std::string columns = cache_of(pack, ordered, scratch + "/ordered.qev");
  const std::string few = file_of(scratch + "/few.ndjson", to_ndjson(generate(kFewRecords), 0));
  const std::string many = file_of(scratch + "/many.ndjson", to_ndjson(generate(kFewRecords * 10), 0));
  ScaleFigures figures;
  for (int i = 0; i < kRuns; ++i) {
    figures.one_thread.push_back(seconds_of_run(pack, ordered, 1));
    figures.two_threads.push_back(seconds_of_run(pack, ordered, 2));
    figures.shuffled.push_back(seconds_of_run(pack, shuffled_keys, 1));
    figures.cached.push_back(seconds_of_run(pack, columns, 1));
    figures.peak_few.push_back(peak_of_run(pack_path, few));
    figures.peak_many.push_back(peak_of_run(pack_path, many));
  }
  return figures;
}

}  // namespace quy::bench
