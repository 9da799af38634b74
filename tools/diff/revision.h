#pragma once
// Sources that are not on disk as they are to be compared: `REV:PATH` of the git repository that the current folder is in, a pack with one file
// in another state, and the three-way merge of texts. All by the program `git`.

#include <optional>
#include <string>
#include <variant>

#include "base/diagnostics/diagnostics.h"

namespace quy::tools {

/// Files of one revision in a folder of their own, which goes when this goes.
class Revision {
 public:
  /// `name` is REV:PATH; PATH is seen from the current folder, and may be a folder or a file of one.
  static std::variant<Revision, Message> check_out(const std::string& name);
  /// The pack that the file at `path` is of, with `content` (a file, or /dev/null for none) in its place.
  static std::variant<Revision, Message> with_file(const std::string& path, const std::string& content);
  /// An empty folder that is shown as `name`.
  static Revision empty(const std::string& name);
  Revision(Revision&& other) noexcept;
  Revision& operator=(Revision&&) = delete;
  ~Revision();

  /// What to compile.
  const std::string& path() const { return path_; }
  const std::string& name() const { return name_; }
  /// A place in the folder as the repository names it; any other as it is.
  std::string shown(const std::string& file) const;

 private:
  Revision() = default;

  std::string folder_;  ///< empty once moved from
  std::string path_, name_;
};

/// Merges into `ours`, in place, what changed from `base` to `theirs`. False where the two changed the same lines: `ours` then shows both.
bool merge_texts(const std::string& ours, const std::string& base, const std::string& theirs);

/// Whether `path` names a revision: it holds a colon and there is no such file.
bool is_revision(const std::string& path);

}  // namespace quy::tools
