#pragma once
// Whole files in, whole files out: an output file appears complete or not at all.

#include <atomic>
#include <cstddef>
#include <cstdint>
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

/// A regular file, open as long as this lives, of which any part can be read.
class RandomAccessFile {
 public:
  explicit RandomAccessFile(const std::string& path);
  ~RandomAccessFile();
  RandomAccessFile(const RandomAccessFile&) = delete;
  RandomAccessFile& operator=(const RandomAccessFile&) = delete;

  /// Why nothing of it can be read; a pipe is no regular file.
  const std::optional<FileError>& error() const { return error_; }
  /// Bytes, when it was opened.
  std::uint64_t size() const { return size_; }
  /// How many of the `size` bytes from `offset` on were read: fewer when the file ends before them, or cannot be read (`error`).
  std::size_t read(std::uint64_t offset, char* into, std::size_t size, FileError* error) const;

 private:
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::optional<FileError> error_;
};

/// A file that has to go when a signal ends the program, as long as this object lives. At most 16 at a time; more are not noticed.
class UnfinishedFile {
 public:
  /// `path` must stay where it is; the file need not exist yet.
  explicit UnfinishedFile(const char* path);
  ~UnfinishedFile();
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  /// Removes them all. For signal handlers: calls nothing that may not be called there.
  static void remove_all();

 private:
  std::atomic<const char*>* slot_ = nullptr;
};

/// A file that is written aside, in the folder of its target, and takes the target's name only in commit(). When the object goes
/// away without a commit, nothing is left. An existing target keeps its permissions and is untouched until then; a symbolic
/// link is followed, so the file it points to is replaced.
/// A target that is not a regular file (a pipe, /dev/stdout) cannot be replaced by renaming and is written in place.
class AtomicFile {
 public:
  explicit AtomicFile(const std::string& path);
  /// Written aside under partial_path(), which only one process at a time can do: a killed process leaves it, and another may go on after
  /// its first `kept` bytes.
  AtomicFile(const std::string& path, std::uint64_t kept);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// False once anything has failed; later calls then do nothing, so it is enough to look at commit().
  bool ok() const { return error_ == 0; }
  bool write(std::string_view bytes);
  /// Hands everything written to the system, where it outlives this process.
  bool flush();
  /// Flushes, syncs to disk and renames. Returns whether the file is there now. `on_disk` false: without the sync, for what may be lost
  /// with the machine's power.
  bool commit(bool on_disk = true);
  /// Of the whole file so far.
  std::uint64_t size() const { return flushed_ + buffer_.size(); }
  /// `path` + ".partial", links followed.
  static std::string partial_path(const std::string& path);
  /// errno of the first failure, or 0.
  int system_error() const { return error_; }

 private:
  bool open_in_place();
  void open_aside();
  void open_partial(std::uint64_t kept);
  void take_permissions();
  bool fail(int error);
  void close_descriptor();

  std::string target_;
  std::string aside_;  ///< empty when written in place, and after commit
  std::optional<UnfinishedFile> unfinished_;   ///< `aside_`
  std::string buffer_;
  std::uint64_t flushed_ = 0;
  int descriptor_ = -1;
  int error_ = 0;
};

/// Writes a whole file at once through AtomicFile.
bool write_file(const std::string& path, std::string_view bytes, FileError* error = nullptr);

}  // namespace quy
