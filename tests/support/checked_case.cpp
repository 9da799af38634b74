#include "tests/support/checked_case.h"

#include <algorithm>

#include "base/file_io.h"
#include "compiler/sema/print.h"
#include "compiler/syntax/parse.h"
#include "tests/support/golden.h"

namespace quy::test {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_data(const std::string& directory, const std::string& file) {
  return read_file((fs::path(directory) / file).string(), 1 << 20);
}

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

}  // namespace

std::vector<fs::path> checked_cases(std::string_view form) {
  std::vector<fs::path> cases;
  for (const fs::path& entry : sorted_entries(golden_folder(form)))
    if (fs::is_directory(entry) || entry.extension() == ".quy") cases.push_back(entry);
  return cases;
}

CheckedCase::CheckedCase(const fs::path& path) {
  std::vector<sema::PackSource> pack_sources;
  const auto add_pack = [&](const std::vector<fs::path>& pack_files, const fs::path& folder) {
    sema::PackSource& pack = pack_sources.emplace_back();
    pack.directory = folder.string();
    for (const fs::path& file : pack_files) {
      files.push_back(file);
      add_file(pack, *sources.load(file.string(), nullptr, file.filename().string()));
    }
  };
  if (!fs::is_directory(path)) {
    add_pack({path}, path.parent_path());
  } else {
    for (const fs::path& folder : sorted_entries(path)) add_pack(golden_files(folder, ".quy"), folder);
  }
  check(pack_sources);
}

CheckedCase CheckedCase::of_text(std::string_view text) {
  CheckedCase made_up;
  std::vector<sema::PackSource> pack_sources(1);
  made_up.add_file(pack_sources.front(), *made_up.sources.add("made-up.quy", text, nullptr));
  made_up.check(pack_sources);
  return made_up;
}

void CheckedCase::add_file(sema::PackSource& pack, FileId file) {
  trees.push_back(syntax::parse(sources, file, diagnostics));
  pack.files.push_back(&trees.back());
}

void CheckedCase::check(const std::vector<sema::PackSource>& pack_sources) {
  packs = sema::from_syntax(pack_sources, read_data, diagnostics);
  diagnostics.sort();
}

std::vector<std::string> CheckedCase::problems() const {
  std::vector<std::string> all;
  for (FileId file = 0; file < files.size(); ++file)
    for (const std::string& problem : compare_diagnostics(sources, file, diagnostics.all())) all.push_back(files[file].string() + " " + problem);
  return all;
}

std::string CheckedCase::typed() const {
  std::string text;
  for (const auto& pack : packs) text += sema::print(*pack);
  return text;
}

}  // namespace quy::test
