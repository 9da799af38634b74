#include "runtime/facts/byte_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file_io.h"

namespace quy::facts {
namespace {

class FileSource : public ByteSource {
 public:
  explicit FileSource(std::string path) : path_(std::move(path)), standard_(path_ == "-") {
    descriptor_ = standard_ ? STDIN_FILENO : ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) error_ = errno;
  }
  ~FileSource() override {
    if (!standard_ && descriptor_ >= 0) ::close(descriptor_);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::size_t read(char* into, std::size_t size) override {
    if (error_ != 0) return 0;
    ssize_t count = 0;
    do {
      count = ::read(descriptor_, into, size);
    } while (count < 0 && errno == EINTR);
    if (count < 0) error_ = errno;
    return count > 0 ? static_cast<std::size_t>(count) : 0;
  }

  std::optional<Message> problem() const override {
    if (error_ == 0) return std::nullopt;
    return Message{Diag::evidence_unreadable, {path_, system_error_text(error_)}, {}};
  }

 private:
  std::string path_;
  bool standard_;
  int descriptor_ = -1;
  int error_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> open_file(const std::string& path) { return std::make_unique<FileSource>(path); }

std::size_t MemorySource::read(char* into, std::size_t size) {
  const std::size_t count = std::min(size, bytes_.size());
  std::copy_n(bytes_.begin(), count, into);
  bytes_.remove_prefix(count);
  return count;
}

}  // namespace quy::facts
