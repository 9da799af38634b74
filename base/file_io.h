#pragma once
// Whole files in, whole files out: an output file appears complete or not at all.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace quy {

/// Why a file could not be read or written.
struct FileError {
  enum class Kind { unreadable, too_large, unwritable } kind = Kind::unreadable;
  int system_error = 0;  ///< errno, or 0 when the system gave none
  std::size_t size = 0;  ///< bytes known to be there, for too_large
};

/// All bytes of a file (a pipe or a device too), at most `limit` of them.
std::optional<std::string> read_file(const std::string& path, std::size_t limit, FileError* error = nullptr);

/// The system's own words for an errno.
std::string system_error_text(int system_error);

/// A file that is written aside, in the folder of its target, and takes the target's name only in commit(). When the object goes
/// away without a commit, nothing is left. An existing target keeps its permissions and is untouched until then; a symbolic
/// link is followed, so the file it points to is replaced.
/// A target that is not a regular file (a pipe, /dev/stdout) cannot be replaced by renaming and is written in place.
class AtomicFile {
 public:
  explicit AtomicFile(const std::string& path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// False once anything has failed; later calls then do nothing, so it is enough to look at commit().
  bool ok() const { return error_ == 0; }
  bool write(std::string_view bytes);
  /// Flushes, syncs to disk and renames. Returns whether the file is there now.
  bool commit();
  /// errno of the first failure, or 0.
  int system_error() const { return error_; }

 private:
  void open_aside();
  bool flush();
  bool fail(int error);
  void close_descriptor();

  std::string target_;
  std::string aside_;  ///< empty when written in place, and after commit
  std::string buffer_;
  int descriptor_ = -1;
  int error_ = 0;
};

/// Writes a whole file at once through AtomicFile.
bool write_file(const std::string& path, std::string_view bytes, FileError* error = nullptr);

}  // namespace quy
