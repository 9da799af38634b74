#include "tools/diff/revision.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <vector>

extern char** environ;

namespace quy::tools {

namespace fs = std::filesystem;

namespace {

struct Answer {
  int status = 0;
  std::string said;  ///< on either stream
};

/// Runs git without a shell. `index`, where it is given, is the index file to use in place of the repository's own.
Answer git(const std::vector<std::string>& arguments, const std::string& index) {
  std::array<int, 2> pipe_ends{};
  if (::pipe(pipe_ends.data()) != 0) return {127, "pipe"};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], stream);
  for (const int end : pipe_ends) posix_spawn_file_actions_addclose(&actions, end);

  std::vector<std::string> words{"git"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::string own_index = "GIT_INDEX_FILE=" + index;
  std::vector<char*> environment;
  if (!index.empty()) environment.push_back(own_index.data());
  for (char** each = environ; *each != nullptr; ++each)
    if (index.empty() || !std::string_view(*each).starts_with("GIT_INDEX_FILE=")) environment.push_back(*each);
  environment.push_back(nullptr);

  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, "git", &actions, nullptr, argv.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe_ends[1]);
  Answer answer;
  std::array<char, 4096> chunk{};
  for (ssize_t count = 0; failed == 0 && (count = ::read(pipe_ends[0], chunk.data(), chunk.size())) > 0;)
    answer.said.append(chunk.data(), static_cast<std::size_t>(count));
  ::close(pipe_ends[0]);
  if (failed != 0) return {127, "git"};
  int status = 0;
  ::waitpid(child, &status, 0);
  answer.status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  while (answer.said.ends_with('\n')) answer.said.pop_back();
  return answer;
}

std::string new_folder() {
  std::error_code error;
  std::string pattern = (fs::temp_directory_path(error) / "quy-diff-XXXXXX").string();
  return ::mkdtemp(pattern.data()) == nullptr ? "" : pattern;
}

}  // namespace

bool is_revision(const std::string& path) {
  std::error_code error;
  return path.find(':') != std::string::npos && !fs::exists(path, error);
}

std::variant<Revision, Message> Revision::check_out(const std::string& name) {
  Revision made;
  made.name_ = name;
  made.folder_ = new_folder();
  const auto refused = [&](const Answer& answer) { return Message{Diag::file_unreadable, {name, answer.said}, {}}; };
  const std::size_t colon = name.find(':');
  const std::string revision = name.substr(0, colon);
  fs::path wanted = fs::path(name.substr(colon + 1)).lexically_normal();
  const std::string index = made.folder_ + "/.index", files = made.folder_ + "/files/";
  const auto tree_of = [&](const fs::path& path) {
    const std::string text = path.string();
    return revision + ":" + (text.empty() || text == "." ? "./" : text.starts_with("..") || path.is_absolute() ? text : "./" + text);
  };
  const Answer kind = git({"cat-file", "-t", tree_of(wanted)}, index);
  if (kind.status != 0) return refused(kind);
  // One file of a pack needs the others beside it.
  std::string file;
  if (kind.said == "blob") {
    file = wanted.filename().string();
    wanted = wanted.parent_path();
  }
  for (const auto& arguments : {std::vector<std::string>{"read-tree", tree_of(wanted)},
                                std::vector<std::string>{"checkout-index", "--all", "--prefix=" + files}}) {
    const Answer answer = git(arguments, index);
    if (answer.status != 0) return refused(answer);
  }
  made.path_ = file.empty() ? files : files + file;
  return made;
}

Revision Revision::empty(const std::string& name) {
  Revision made;
  made.name_ = name;
  made.folder_ = new_folder();
  made.path_ = made.folder_ + "/files/";
  std::error_code error;
  fs::create_directories(made.path_, error);
  return made;
}

std::variant<Revision, Message> Revision::with_file(const std::string& path, const std::string& content) {
  const auto holds_rules = [](const fs::path& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder.empty() ? "." : folder, error))
      if (entry.path().extension() == ".quy") return true;
    return false;
  };
  fs::path folder = fs::path(path).parent_path();
  while (folder.has_parent_path() && holds_rules(folder.parent_path())) folder = folder.parent_path();
  Revision made = empty(folder.string());
  std::error_code error;
  fs::copy(folder.empty() ? "." : folder, made.path_, fs::copy_options::recursive, error);
  const fs::path place = fs::path(made.path_) / fs::path(path).lexically_relative(folder.empty() ? "." : folder);
  fs::remove(place, error);
  error.clear();
  if (content != "/dev/null") fs::copy_file(content, place, error);
  if (error) return Message{Diag::file_unreadable, {content, error.message()}, {}};
  return made;
}

bool merge_texts(const std::string& ours, const std::string& base, const std::string& theirs) {
  return git({"merge-file", "--quiet", ours, base, theirs}, {}).status == 0;
}

Revision::Revision(Revision&& other) noexcept
    : folder_(std::move(other.folder_)), path_(std::move(other.path_)), name_(std::move(other.name_)) {
  other.folder_.clear();
}

Revision::~Revision() {
  std::error_code error;
  if (!folder_.empty()) fs::remove_all(folder_, error);
}

std::string Revision::shown(const std::string& file) const {
  const std::string files = folder_ + "/files/";
  if (!file.starts_with(files)) return file;
  const std::string rest = file.substr(files.size());
  if (path_ != files) return name_.substr(0, name_.size() - (path_.size() - files.size())) + rest;
  return name_ + (name_.ends_with('/') || name_.ends_with(':') ? "" : "/") + rest;
}

}  // namespace quy::tools
