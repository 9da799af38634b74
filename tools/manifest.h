#pragma once
// What a run was made of, kept beside its results so that it can be run again: files with their hashes, and options.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/api/evaluation.h"
#include "tools/pack_versions.h"

namespace quy::tools {

/// A file of the run; its path as seen from the folder of the manifest.
struct ManifestFile {
  std::string path, sha256;
};

/// A pack of the run; the hash is that of the pack, also where the path is of its source.
struct ManifestPack {
  ManifestFile file;
  std::string id, version;
};

struct Manifest {
  std::vector<ManifestPack> packs;            ///< as they were named
  std::vector<ManifestFile> evidence, earlier_results;
  EvaluationOptions options;
  std::string results_sha256;
};

/// `results` + ".manifest.json".
std::string manifest_path(const std::string& results);

/// The manifest of a run whose results are in the file `results`, to be written beside it; a message when a file cannot be read.
std::variant<Manifest, Message> make_manifest(const std::string& results, const std::vector<OpenedPack>& packs,
                                              const std::vector<std::string>& evidence, const EvaluationOptions& options);
std::string manifest_text(const Manifest& manifest);
std::variant<Manifest, Message> read_manifest(const std::string& results);

/// A path of the manifest as seen from where the program runs.
std::string path_from_here(const std::string& results, const ManifestFile& file);
/// 64 hexadecimal digits; a message when the file cannot be read.
std::variant<std::string, Message> file_sha256(const std::string& path);

}  // namespace quy::tools
