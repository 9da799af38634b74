#include "compiler/driver/compilation.h"

#include <algorithm>
#include <filesystem>

#include "base/file_io.h"
#include "base/limits.h"
#include "base/text.h"
#include "compiler/driver/embedded_library.h"
#include "compiler/sema/from_syntax.h"
#include "compiler/syntax/parse.h"

namespace quy {

namespace fs = std::filesystem;

namespace {

const char* const kLibraryPrefix = "stdlib-rules/";

/// Tables lie beside the rules that name them; a path cannot leave the pack's folder.
std::optional<std::string> read_data(const std::string& directory, const std::string& file) {
  fs::path relative = fs::path(file).lexically_normal();
  if (directory.empty() || relative.is_absolute() || (!relative.empty() && *relative.begin() == "..")) return std::nullopt;
  return read_file((fs::path(directory) / relative).string(), limits::source_bytes);
}

/// Every `.quy` file below a folder, by name, so that the order never depends on the disk.
std::vector<std::string> rule_files_below(const fs::path& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end; at != end && !error;
       at.increment(error))
    if (at->is_regular_file(error) && at->path().extension() == ".quy") paths.push_back(at->path().lexically_normal().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool has_header(const syntax::File& file) {
  return std::any_of(file.items.begin(), file.items.end(), [](const syntax::Item& item) { return std::holds_alternative<syntax::PackHeader>(item); });
}

}  // namespace

const syntax::File* Compilation::tree(FileId file) const {
  auto found = trees_.find(file);
  return found == trees_.end() ? nullptr : found->second.get();
}

bool Compilation::holds_header(FileId file) const {
  const syntax::File* parsed = tree(file);
  return parsed && has_header(*parsed);
}

void Compilation::add_file(const std::string& path) {
  std::string key = fs::path(path).lexically_normal().string();
  if (by_path_.contains(key)) return;
  SourceProblem problem{};
  std::optional<FileId> file = sources_.load(path, &problem);
  if (!file) {
    switch (problem.kind) {
      case SourceProblem::Kind::unreadable: diagnostics_.report({}, Diag::file_unreadable, {path, system_error_text(ENOENT)}); break;
      case SourceProblem::Kind::not_utf8: diagnostics_.report({}, Diag::file_not_utf8, {path, problem.offset + 1}); break;
      case SourceProblem::Kind::too_large:
        diagnostics_.report({}, Diag::file_too_large, {path, problem.offset, limits::source_bytes});
        break;
    }
    return;
  }
  by_path_[key] = *file;
  given_files_.push_back(*file);
}

void Compilation::add_folder(const std::string& path) {
  std::vector<std::string> found = rule_files_below(path);
  if (found.empty()) diagnostics_.report({}, Diag::no_source_files, {path});
  for (const std::string& file : found) add_file(file);
}

void Compilation::add_path(const std::string& path) {
  std::error_code error;
  fs::file_status status = fs::status(path, error);
  if (error || !fs::exists(status)) {
    diagnostics_.report({}, Diag::file_unreadable, {path, system_error_text(error ? error.value() : ENOENT)});
  } else if (fs::is_directory(status)) {
    add_folder(path);
  } else {
    add_file(path);
  }
}

bool Compilation::parse() {
  for (FileId file : given_files_)
    if (!trees_.contains(file)) trees_[file] = std::make_unique<syntax::File>(syntax::parse(sources_, file, diagnostics_));
  return !diagnostics_.has_errors();
}

std::vector<Compilation::Folder> Compilation::group_by_pack() const {
  std::vector<Folder> folders;
  std::vector<FileId> without_header;
  for (const auto* files : {&given_files_, &library_files_})
    for (FileId file : *files) {
      if (holds_header(file))
        folders.push_back({fs::path(sources_.name(file)).parent_path().string(), {file}, files == &library_files_});
      else
        without_header.push_back(file);
    }
  for (FileId file : without_header) {
    // The nearest folder above that has a header.
    Folder* owner = nullptr;
    std::string place = fs::path(sources_.name(file)).parent_path().string();
    for (Folder& folder : folders) {
      bool inside = folder.directory.empty() || place == folder.directory || place.starts_with(folder.directory + "/");
      if (inside && (!owner || folder.directory.size() > owner->directory.size())) owner = &folder;
    }
    if (owner) {
      owner->files.push_back(file);
    } else {
      folders.push_back({place, {file}, false});   // sema reports that the header is missing
    }
  }
  return folders;
}

void Compilation::add_library_if_refined() {
  // A lone file of a larger pack: bring in the rest of its folder.
  std::vector<FileId> given = given_files_;
  for (FileId file : given) {
    bool covered = std::any_of(given_files_.begin(), given_files_.end(), [&](FileId other) {
      std::string header_folder = fs::path(sources_.name(other)).parent_path().string();
      std::string place = fs::path(sources_.name(file)).parent_path().string();
      return holds_header(other) && (place == header_folder || header_folder.empty() || place.starts_with(header_folder + "/"));
    });
    if (covered) continue;
    for (fs::path folder = fs::absolute(sources_.name(file)).parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
      std::vector<std::string> beside;
      std::error_code error;
      for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".quy") beside.push_back(entry.path().string());
      if (beside.empty()) break;
      for (const std::string& path : rule_files_below(folder)) add_file(fs::relative(path, error).string());
      parse();
      bool found = std::any_of(given_files_.begin(), given_files_.end(), [&](FileId id) { return holds_header(id); });
      if (found) break;
    }
  }

  std::vector<std::string> ids, wanted;
  for (FileId file : given_files_)
    if (const syntax::File* parsed = tree(file))
      for (const syntax::Item& item : parsed->items)
        if (const auto* header = std::get_if<syntax::PackHeader>(&item)) {
          ids.push_back(fold_id(header->path.text));
          if (header->refines) wanted.push_back(fold_id(header->refines->text));
        }
  auto is_given = [&](const std::string& wanted_id) {
    return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) { return wanted_id == id || wanted_id.starts_with(id + "."); });
  };
  bool needs_library = !std::all_of(wanted.begin(), wanted.end(), is_given);
  if (needs_library) load_library();
}

void Compilation::add_library() {
  library_asked_ = true;
  load_library();
}

void Compilation::load_library() {
  if (!library_files_.empty()) return;
  for (const EmbeddedFile& embedded : embedded_library()) {
    std::optional<FileId> file = sources_.add(kLibraryPrefix + std::string(embedded.path), embedded.text, nullptr);
    if (!file) continue;
    library_files_.push_back(*file);
    trees_[*file] = std::make_unique<syntax::File>(syntax::parse(sources_, *file, diagnostics_));
  }
}

bool Compilation::check() {
  if (checked_) return !diagnostics_.has_errors();
  checked_ = true;
  parse();
  add_library_if_refined();
  std::vector<sema::PackSource> sources;
  for (const Folder& folder : group_by_pack()) {
    sema::PackSource source;
    source.directory = folder.from_library ? "" : folder.directory.empty() ? "." : folder.directory;
    for (FileId file : folder.files) source.files.push_back(tree(file));
    sources.push_back(std::move(source));
  }
  packs_ = sema::from_syntax(sources, &read_data, diagnostics_);
  diagnostics_.sort();
  return !diagnostics_.has_errors();
}

std::vector<const sema::Pack*> Compilation::packs() const {
  std::vector<const sema::Pack*> asked;
  for (const auto& pack : packs_) {
    bool given = std::any_of(pack->files.begin(), pack->files.end(), [&](FileId file) {
      auto among = [&](const std::vector<FileId>& files) { return std::find(files.begin(), files.end(), file) != files.end(); };
      return among(given_files_) || (library_asked_ && among(library_files_));
    });
    if (given) asked.push_back(pack.get());
  }
  return asked;
}

const sema::Pack* Compilation::refined(const sema::Pack& pack) const {
  const auto parent = std::find_if(packs_.begin(), packs_.end(), [&](const auto& other) { return other->id == pack.refines; });
  return parent == packs_.end() ? nullptr : parent->get();
}

bytecode::Module Compilation::module(const sema::Pack& pack, emit::Options options) {
  // Parents come first in packs_, so each ancestor is built once, nearest first.
  std::vector<const bytecode::Module*> ancestors;
  for (const sema::Pack* parent = refined(pack); parent != nullptr; parent = refined(*parent)) {
    std::unique_ptr<bytecode::Module>& built = modules_[parent];
    if (!built) built = std::make_unique<bytecode::Module>(module(*parent));
    ancestors.push_back(built.get());
  }
  return emit::from_typed(sources_, pack, ancestors, options);
}

bytecode::Module Compilation::published_module(const sema::Pack& pack) {
  std::map<std::string, std::string> names;
  for (const Folder& folder : group_by_pack()) {
    if (folder.from_library) continue;
    const fs::path root = fs::absolute(folder.directory.empty() ? "." : folder.directory).lexically_normal();
    const fs::path name = root.has_filename() ? root.filename() : root.parent_path().filename();
    for (FileId file : folder.files)
      names[sources_.name(file)] = (name / fs::absolute(sources_.name(file)).lexically_normal().lexically_relative(root)).generic_string();
  }
  bytecode::Module published = module(pack);
  for (bytecode::Subject& subject : published.subjects)
    for (bytecode::Origin& origin : subject.origins)
      if (const auto found = names.find(origin.file); found != names.end()) origin.file = found->second;
  return published;
}

}  // namespace quy
