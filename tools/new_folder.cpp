#include "tools/new_folder.h"

#include <cerrno>
#include <filesystem>

#include "base/file_io.h"

namespace quy::tools {

namespace fs = std::filesystem;

namespace {

const char* const kAside = ".quy-new";

Message unwritable(const fs::path& path, int system_error) {
  return {Diag::file_unwritable, {path.string(), system_error_text(system_error)}, {}};
}

/// What was written aside goes with this object.
struct Removed {
  fs::path path;
  ~Removed() {
    std::error_code ignored;
    if (!path.empty()) fs::remove_all(path, ignored);
  }
};

std::optional<Message> write_files(const fs::path& folder, const std::vector<NewFile>& files) {
  for (const NewFile& file : files) {
    const fs::path path = folder / file.path;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return unwritable(path.parent_path(), error.value());
    FileError problem;
    if (!write_file(path.string(), file.text, &problem)) return unwritable(path, problem.system_error);
  }
  return std::nullopt;
}

/// Into a folder that is there already: its own entry stays as it is. What was moved is taken back when something cannot be.
std::optional<Message> move_entries(const fs::path& from, const fs::path& to) {
  std::vector<fs::path> moved;
  std::error_code error;
  for (fs::directory_iterator at(from, error), end; !error && at != end; at.increment(error)) {
    const fs::path target = to / at->path().filename();
    fs::rename(at->path(), target, error);
    if (!error) moved.push_back(target);
  }
  if (!error) return std::nullopt;
  std::error_code ignored;
  for (const fs::path& path : moved) fs::remove_all(path, ignored);
  return unwritable(to, error.value());
}

}  // namespace

std::optional<Message> write_new_folder(const std::string& path, const std::vector<NewFile>& files) {
  fs::path folder = fs::absolute(path).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  std::error_code error;
  const bool there = fs::exists(folder, error);
  if (there && !fs::is_directory(folder, error)) return unwritable(path, ENOTDIR);
  if (there && !fs::is_empty(folder, error) && !error) return Message{Diag::folder_not_empty, {path}, {}};
  if (error) return unwritable(path, error.value());

  if (!there) fs::create_directories(folder.parent_path(), error);
  if (error) return unwritable(folder.parent_path(), error.value());
  const Removed aside{there ? folder / kAside : folder.parent_path() / (kAside + ("-" + folder.filename().string()))};
  fs::remove_all(aside.path, error);   // of a run that was killed
  if (!error) fs::create_directory(aside.path, error);
  if (error) return unwritable(aside.path, error.value());
  if (auto problem = write_files(aside.path, files)) return problem;
  if (there) return move_entries(aside.path, folder);
  fs::rename(aside.path, folder, error);
  if (error) return unwritable(path, error.value());
  return std::nullopt;
}

}  // namespace quy::tools
