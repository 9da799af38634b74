#include "tools/manifest.h"

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/file_io.h"
#include "base/sha256.h"

namespace quy::tools {
namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

/// Raised when the manifest is read: a form other than the one below.
constexpr int kForm = 1;
constexpr const char* kFormats[] = {"ndjson", "json", "csv"};   // by ResultFormat

fs::path folder_of(const std::string& results) { return fs::absolute(results).parent_path(); }

ordered_json to_json(const ManifestFile& file) { return {{"path", file.path}, {"sha256", file.sha256}}; }

ordered_json to_json(const std::vector<ManifestFile>& files) {
  ordered_json list = ordered_json::array();
  for (const ManifestFile& file : files) list.push_back(to_json(file));
  return list;
}

ManifestFile file_from(const ordered_json& json) { return {json.at("path").get<std::string>(), json.at("sha256").get<std::string>()}; }

std::vector<ManifestFile> files_from(const ordered_json& json) {
  std::vector<ManifestFile> files;
  for (const ordered_json& file : json) files.push_back(file_from(file));
  return files;
}

ordered_json to_json(const EvaluationOptions& options) {
  return {{"stage", options.stage},   {"readings", options.readings}, {"fields", options.fields},
          {"detail", options.detail}, {"format", kFormats[static_cast<std::size_t>(options.format)]},
          {"lang", options.language == Language::vi ? "vi" : "en"}};
}

EvaluationOptions options_from(const ordered_json& json) {
  EvaluationOptions options;
  options.stage = json.at("stage").get<std::string>();
  options.readings = json.at("readings").get<std::map<std::string, std::string>>();
  options.fields = json.at("fields").get<std::vector<std::string>>();
  options.detail = json.at("detail").get<bool>();
  options.language = json.at("lang").get<std::string>() == "en" ? Language::en : Language::vi;
  const std::string format = json.at("format").get<std::string>();
  for (std::size_t i = 0; i < std::size(kFormats); ++i)
    if (format == kFormats[i]) options.format = static_cast<ResultFormat>(i);
  return options;
}

ordered_json to_json(const ManifestPack& pack) {
  ordered_json json = to_json(pack.file);
  json["id"] = pack.id;
  json["version"] = pack.version;
  return json;
}

ManifestPack pack_from(const ordered_json& json) {
  return {file_from(json), json.at("id").get<std::string>(), json.at("version").get<std::string>()};
}

Manifest from_json(const ordered_json& json) {
  if (json.at("quy_manifest").get<int>() != kForm) throw std::runtime_error("quy_manifest");
  Manifest manifest;
  manifest.packs.push_back(pack_from(json.at("pack")));
  for (const ordered_json& pack : json.value("also", ordered_json::array())) manifest.packs.push_back(pack_from(pack));
  manifest.evidence = files_from(json.at("evidence"));
  manifest.earlier_results = files_from(json.at("earlier_results"));
  manifest.options = options_from(json.at("options"));
  manifest.results_sha256 = json.at("results_sha256").get<std::string>();
  return manifest;
}

std::string path_from_results(const std::string& results, const std::string& path) {
  return fs::proximate(fs::absolute(path), folder_of(results)).generic_string();
}

/// Hashes the files and turns their paths; the first one that cannot be read is the message.
std::optional<Message> add_files(const std::string& results, const std::vector<std::string>& paths, std::vector<ManifestFile>& files) {
  for (const std::string& path : paths) {
    std::variant<std::string, Message> hash = file_sha256(path);
    if (auto* fault = std::get_if<Message>(&hash)) return std::move(*fault);
    files.push_back({path_from_results(results, path), std::get<std::string>(hash)});
  }
  return std::nullopt;
}

}  // namespace

std::string manifest_path(const std::string& results) { return results + ".manifest.json"; }

std::string path_from_here(const std::string& results, const ManifestFile& file) {
  return (folder_of(results) / file.path).lexically_normal().string();
}

std::variant<std::string, Message> file_sha256(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  Sha256 hash;
  std::array<char, 1 << 16> block;
  while (file.read(block.data(), block.size()) || file.gcount() > 0) hash.update({block.data(), static_cast<std::size_t>(file.gcount())});
  if (!file.eof()) return Message{Diag::file_unreadable, {path, system_error_text(errno)}, {}};
  return hex(hash.finish());
}

std::variant<Manifest, Message> make_manifest(const std::string& results, const std::vector<OpenedPack>& packs,
                                              const std::vector<std::string>& evidence, const EvaluationOptions& options) {
  Manifest manifest;
  for (const auto& [path, pack] : packs)
    manifest.packs.push_back({{path_from_results(results, path), pack.sha256()}, pack.module().id, pack.module().version});
  manifest.options = options;
  if (std::optional<Message> fault = add_files(results, evidence, manifest.evidence)) return std::move(*fault);
  if (std::optional<Message> fault = add_files(results, options.earlier_results, manifest.earlier_results)) return std::move(*fault);
  std::variant<std::string, Message> hash = file_sha256(results);
  if (auto* fault = std::get_if<Message>(&hash)) return std::move(*fault);
  manifest.results_sha256 = std::get<std::string>(hash);
  return manifest;
}

std::string manifest_text(const Manifest& manifest) {
  ordered_json all = {{"quy_manifest", kForm}, {"pack", to_json(manifest.packs.front())}};
  for (std::size_t i = 1; i < manifest.packs.size(); ++i) all["also"].push_back(to_json(manifest.packs[i]));
  all["evidence"] = to_json(manifest.evidence);
  all["earlier_results"] = to_json(manifest.earlier_results);
  all["options"] = to_json(manifest.options);
  all["results_sha256"] = manifest.results_sha256;
  return all.dump(2) + "\n";
}

std::variant<Manifest, Message> read_manifest(const std::string& results) {
  const std::string path = manifest_path(results);
  std::ifstream file(path);
  if (!file) return Message{Diag::manifest_bad, {path, system_error_text(errno)}, {}};
  try {
    return from_json(ordered_json::parse(file));
  } catch (const std::exception&) {
    return Message{Diag::manifest_bad, {path, Bilingual{"không phải biên bản của `quy eval`", "it is not a manifest of `quy eval`"}}, {}};
  }
}

}  // namespace quy::tools
