#include "tools/output.h"

#include <unistd.h>

#include <cerrno>
#include <streambuf>
#include <string_view>

namespace quy::tools {

/// A stream buffer over an AtomicFile, which buffers by itself.
struct Output::FileBuffer : std::streambuf {
  explicit FileBuffer(AtomicFile& target) : file(target) {}
  int_type overflow(int_type character) override {
    char one = traits_type::to_char_type(character);
    return file.write({&one, 1}) ? character : traits_type::eof();
  }
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    return file.write({bytes, static_cast<std::size_t>(count)}) ? count : 0;
  }
  AtomicFile& file;
};

/// Standard output, with the reason why it fails.
struct Output::StandardBuffer : std::streambuf {
  int_type overflow(int_type character) override {
    char one = traits_type::to_char_type(character);
    return xsputn(&one, 1) == 1 ? character : traits_type::eof();
  }
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    pending.append(bytes, static_cast<std::size_t>(count));
    return pending.size() < kPendingBytes || write_out() ? count : 0;
  }
  int sync() override { return write_out() ? 0 : -1; }

  bool write_out() {
    std::string_view rest = pending;
    while (error == 0 && !rest.empty()) {
      const ssize_t count = ::write(STDOUT_FILENO, rest.data(), rest.size());
      if (count > 0) rest.remove_prefix(static_cast<std::size_t>(count));
      else if (errno != EINTR) error = errno;
    }
    pending.clear();
    return error == 0;
  }

  static constexpr std::size_t kPendingBytes = 1 << 16;
  std::string pending;
  int error = 0;
};

Output::Output(const std::string& path) {
  if (path.empty() || path == "-") {
    use(std::make_unique<StandardBuffer>());
    return;
  }
  file_ = std::make_unique<AtomicFile>(path);
  use(std::make_unique<FileBuffer>(*file_));
}

Output::Output(const std::string& path, std::uint64_t kept) : file_(std::make_unique<AtomicFile>(path, kept)) {
  use(std::make_unique<FileBuffer>(*file_));
}

void Output::use(std::unique_ptr<std::streambuf> buffer) {
  buffer_ = std::move(buffer);
  stream_ = std::make_unique<std::ostream>(buffer_.get());
}

Output::~Output() {
  if (!file_) stream_->flush();
}

std::uint64_t Output::flushed_bytes() {
  file_->flush();
  return file_->size();
}

bool Output::commit() {
  stream_->flush();
  return file_ ? file_->commit() : stream_->good();
}

int Output::system_error() const { return file_ ? file_->system_error() : static_cast<const StandardBuffer&>(*buffer_).error; }

}  // namespace quy::tools
