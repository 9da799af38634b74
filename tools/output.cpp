#include "tools/output.h"

#include <array>
#include <cerrno>
#include <iostream>
#include <streambuf>

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

Output::Output(const std::string& path) : stream_(&std::cout) {
  if (path.empty() || path == "-") return;
  file_ = std::make_unique<AtomicFile>(path);
  buffer_ = std::make_unique<FileBuffer>(*file_);
  owned_ = std::make_unique<std::ostream>(buffer_.get());
  stream_ = owned_.get();
}

Output::~Output() = default;

bool Output::commit() {
  stream_->flush();
  return file_ ? file_->commit() : stream_->good();
}

int Output::system_error() const { return file_ ? file_->system_error() : EIO; }

}  // namespace quy::tools
