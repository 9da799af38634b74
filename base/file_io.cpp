#include "base/file_io.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace quy {
namespace {

constexpr std::size_t kBufferBytes = 1 << 18;

void set_error(FileError* error, FileError::Kind kind, int system_error, std::size_t size = 0) {
  if (error) *error = {kind, system_error, size};
}

std::atomic<const char*> unfinished_paths[16];

/// Closes a descriptor on every way out.
struct Descriptor {
  int value;
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
};

/// A read that is not broken off by signals.
ssize_t read_some(int descriptor, char* into, std::size_t size) {
  ssize_t count = 0;
  do {
    count = ::read(descriptor, into, size);
  } while (count < 0 && errno == EINTR);
  return count;
}

/// Where a chain of symbolic links ends, or the path itself when it is no link.
std::string follow_links(const std::string& path) {
  std::error_code failed;
  if (!std::filesystem::is_symlink(path, failed)) return path;
  const auto end = std::filesystem::weakly_canonical(path, failed);
  return failed ? path : end.string();
}

/// The rename itself is on disk only once its folder is.
void sync_folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const Descriptor descriptor{::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  // Some file systems cannot sync a folder; the file is whole all the same.
  if (descriptor.value >= 0) (void)::fsync(descriptor.value);
}

/// Permissions for a new file: those of the file it replaces, else what the process's mask leaves.
mode_t permissions_for(const struct stat* existing) {
  if (existing) return existing->st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

std::string system_error_text(int system_error) { return std::generic_category().message(system_error); }

std::optional<std::string> read_file(const std::string& path, std::size_t limit, FileError* error) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat status {};
  if (file.value < 0 || ::fstat(file.value, &status) != 0) {
    set_error(error, FileError::Kind::unreadable, errno);
    return std::nullopt;
  }
  const auto announced = static_cast<std::size_t>(S_ISREG(status.st_mode) ? status.st_size : 0);
  if (announced > limit) {
    set_error(error, FileError::Kind::too_large, 0, announced);
    return std::nullopt;
  }
  std::string bytes;
  std::size_t filled = 0;
  // One byte of room beyond the announced size, so that the end is seen without growing the buffer.
  bytes.resize(announced + 1);
  while (true) {
    if (filled == bytes.size()) bytes.resize(bytes.size() * 2 + 4096);
    const ssize_t count = read_some(file.value, bytes.data() + filled, bytes.size() - filled);
    if (count < 0) {
      set_error(error, FileError::Kind::unreadable, errno);
      return std::nullopt;
    }
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    if (filled > limit) {
      set_error(error, FileError::Kind::too_large, 0, filled);
      return std::nullopt;
    }
  }
  bytes.resize(filled);
  return bytes;
}

// Opening a pipe without O_NONBLOCK would wait for whoever writes it.
RandomAccessFile::RandomAccessFile(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  struct stat status {};
  if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0) {
    error_ = {FileError::Kind::unreadable, errno, 0};
  } else if (!S_ISREG(status.st_mode)) {
    error_ = {FileError::Kind::unreadable, S_ISDIR(status.st_mode) ? EISDIR : ESPIPE, 0};
  } else {
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
}

RandomAccessFile::~RandomAccessFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::size_t RandomAccessFile::read(std::uint64_t offset, char* into, std::size_t size, FileError* error) const {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t count = ::pread(descriptor_, into + done, size - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) set_error(error, FileError::Kind::unreadable, errno);
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

UnfinishedFile::UnfinishedFile(const char* path) {
  for (std::atomic<const char*>& slot : unfinished_paths) {
    const char* free = nullptr;
    if (!slot.compare_exchange_strong(free, path)) continue;
    slot_ = &slot;
    return;
  }
}

UnfinishedFile::~UnfinishedFile() {
  if (slot_ != nullptr) *slot_ = nullptr;
}

void UnfinishedFile::remove_all() {
  for (const std::atomic<const char*>& slot : unfinished_paths)
    if (const char* path = slot) ::unlink(path);
}

AtomicFile::AtomicFile(const std::string& path) : target_(follow_links(path)) {
  if (!open_in_place()) open_aside();
}

AtomicFile::AtomicFile(const std::string& path, std::uint64_t kept) : target_(follow_links(path)) {
  if (!open_in_place()) open_partial(kept);
}

AtomicFile::~AtomicFile() {
  close_descriptor();
  if (!aside_.empty()) ::unlink(aside_.c_str());
}

std::string AtomicFile::partial_path(const std::string& path) { return follow_links(path) + ".partial"; }

/// What is there and is no regular file; true when the target is settled that way, or cannot be written at all.
bool AtomicFile::open_in_place() {
  struct stat status {};
  if (::stat(target_.c_str(), &status) != 0 || S_ISREG(status.st_mode)) return false;
  if (S_ISDIR(status.st_mode)) {
    fail(EISDIR);
    return true;
  }
  descriptor_ = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail(errno);
  return true;
}

void AtomicFile::open_aside() {
  aside_ = target_ + ".tmp-XXXXXX";
  unfinished_.emplace(aside_.c_str());
  descriptor_ = ::mkostemp(aside_.data(), O_CLOEXEC);
  if (descriptor_ < 0) {
    const int reason = errno;
    unfinished_.reset();
    aside_.clear();
    fail(reason);
    return;
  }
  take_permissions();
}

void AtomicFile::open_partial(std::uint64_t kept) {
  const std::string partial = target_ + ".partial";
  descriptor_ = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  // Another process that writes it must not lose it, nor the file that it has just become.
  struct stat opened {}, named {};
  const bool mine = descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor_, &opened) == 0;
  if (!mine || ::stat(partial.c_str(), &named) != 0 || opened.st_ino != named.st_ino) {
    fail(mine ? EWOULDBLOCK : errno);
    return;
  }
  aside_ = partial;
  unfinished_.emplace(aside_.c_str());
  flushed_ = kept;
  const auto end = static_cast<off_t>(kept);
  if (::ftruncate(descriptor_, end) != 0 || ::lseek(descriptor_, end, SEEK_SET) != end) fail(errno);
  take_permissions();
}

void AtomicFile::take_permissions() {
  struct stat status {};
  const bool exists = ::stat(target_.c_str(), &status) == 0;
  if (::fchmod(descriptor_, permissions_for(exists ? &status : nullptr)) != 0) fail(errno);
}

bool AtomicFile::fail(int error) {
  if (error_ == 0) error_ = error == 0 ? EIO : error;
  return false;
}

void AtomicFile::close_descriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

bool AtomicFile::flush() {
  std::size_t done = 0;
  while (ok() && done < buffer_.size()) {
    const ssize_t count = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return fail(errno);
    done += static_cast<std::size_t>(count);
  }
  flushed_ += done;
  buffer_.clear();
  return ok();
}

bool AtomicFile::write(std::string_view bytes) {
  if (!ok()) return false;
  buffer_.append(bytes);
  return buffer_.size() < kBufferBytes || flush();
}

bool AtomicFile::commit(bool on_disk) {
  if (descriptor_ < 0 && ok()) return fail(EBADF);
  if (!flush()) return false;
  const bool in_place = aside_.empty();
  if (!in_place) {
    if (on_disk && ::fsync(descriptor_) != 0) return fail(errno);
    if (::rename(aside_.c_str(), target_.c_str()) != 0) return fail(errno);
    unfinished_.reset();
    aside_.clear();
  }
  // Last, for it lets go of a partial file, which must have its new name by then.
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) return fail(errno);
  if (!in_place && on_disk) sync_folder_of(target_);
  return true;
}

bool write_file(const std::string& path, std::string_view bytes, FileError* error) {
  AtomicFile file(path);
  file.write(bytes);
  if (file.commit()) return true;
  set_error(error, FileError::Kind::unwritable, file.system_error());
  return false;
}

}  // namespace quy
