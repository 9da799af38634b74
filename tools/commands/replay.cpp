// Runs a run again from its manifest: the same pack, evidence and options must give the same bytes.

#include <fmt/ostream.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "tools/commands/commands.h"
#include "tools/manifest.h"

namespace quy::tools {
namespace {

/// Takes what is written and compares it with a file; remembers the first line that differs.
class Comparing : public std::streambuf {
 public:
  explicit Comparing(const std::string& path) : file_(path, std::ios::binary) {}

  /// From 1; nothing while all is the same. Ends the comparison.
  std::optional<std::uint64_t> differs_from() {
    if (!differs_ && file_.peek() != std::ifstream::traits_type::eof()) differs_ = line_;
    return differs_;
  }

 protected:
  int_type overflow(int_type byte) override {
    if (!traits_type::eq_int_type(byte, traits_type::eof())) compare(traits_type::to_char_type(byte));
    return traits_type::not_eof(byte);
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    for (std::streamsize i = 0; i < size && !differs_; ++i) compare(text[i]);
    return size;
  }

 private:
  void compare(char written) {
    if (differs_) return;
    if (file_.get() != traits_type::to_int_type(written)) differs_ = line_;
    else if (written == '\n') ++line_;
  }

  std::ifstream file_;
  std::uint64_t line_ = 1;
  std::optional<std::uint64_t> differs_;
};

/// A message when the file is not the one of the run.
std::optional<Message> changed(const std::string& path, const std::string& sha256) {
  std::variant<std::string, Message> hash = file_sha256(path);
  if (auto* fault = std::get_if<Message>(&hash)) return std::move(*fault);
  if (std::get<std::string>(hash) == sha256) return std::nullopt;
  return Message{Diag::replay_input_changed, {path, sha256, std::get<std::string>(hash)}, {}};
}

std::optional<Message> changed_pack(const std::vector<OpenedPack>& now, const std::vector<ManifestPack>& then) {
  for (std::size_t i = 0; i < now.size(); ++i)
    if (now[i].pack.sha256() != then[i].file.sha256)
      return Message{Diag::replay_input_changed, {now[i].path, then[i].file.sha256, now[i].pack.sha256()}, {}};
  return std::nullopt;
}

int run(const Context& context, const std::string& results) {
  std::variant<Manifest, Message> read = read_manifest(results);
  if (const auto* fault = std::get_if<Message>(&read)) return context.fail(*fault, kUnreadable);
  Manifest& manifest = std::get<Manifest>(read);
  if (std::optional<Message> fault = changed(results, manifest.results_sha256)) return context.fail(*fault, kFindings);
  std::vector<std::string> evidence;
  for (const ManifestFile& file : manifest.evidence) {
    evidence.push_back(path_from_here(results, file));
    if (std::optional<Message> fault = changed(evidence.back(), file.sha256)) return context.fail(*fault, kFindings);
  }
  for (const ManifestFile& file : manifest.earlier_results) {
    manifest.options.earlier_results.push_back(path_from_here(results, file));
    if (std::optional<Message> fault = changed(manifest.options.earlier_results.back(), file.sha256)) return context.fail(*fault, kFindings);
  }
  int status = kDone;
  std::vector<std::string> paths;
  for (const ManifestPack& pack : manifest.packs) paths.push_back(path_from_here(results, pack.file));
  const std::optional<OpenedVersions> opened = open_versions(context, paths, status);
  if (!opened) return status;
  if (std::optional<Message> fault = changed_pack(opened->packs, manifest.packs)) return context.fail(*fault, kFindings);

  Comparing comparing(results);
  std::ostream stream(&comparing);
  std::ostringstream rejects;
  const auto outcome = evaluate(opened->versions, evidence, manifest.options, stream, &rejects);
  if (const auto* fault = std::get_if<Message>(&outcome)) return context.fail(*fault, kUnreadable);
  stream.flush();
  if (const std::optional<std::uint64_t> line = comparing.differs_from())
    return context.fail({Diag::replay_differs, {results, *line}, {}}, kFindings);
  fmt::print(std::cout, "{}: {} {}\n", results, std::get<EvaluationSummary>(outcome).results,
             context.say("kết quả, chạy lại giống từng byte", "results, the same to the byte when run again"));
  return kDone;
}

}  // namespace

void add_replay(CLI::App& app, Context& context, Status& status) {
  auto results = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("replay", context.say("Chạy lại một lần chấm từ biên bản của nó, so từng byte",
                                                               "Run a run again from its manifest and compare every byte"));
  command->add_option("RESULTS", *results, context.say("Tệp kết quả của `quy eval -o TỆP --manifest`", "The results of `quy eval -o FILE --manifest`"))
      ->required();
  command->callback([&context, &status, results] { status = run(context, *results); });
}

}  // namespace quy::tools
