#pragma once
// Where an answer goes: standard output, or a file that appears whole or not at all.

#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "base/file_io.h"

namespace quy::tools {

class Output {
 public:
  /// An empty path, or `-`, is standard output.
  explicit Output(const std::string& path);
  /// A file that goes on after what a killed run has left of it (AtomicFile::partial_path).
  Output(const std::string& path, std::uint64_t kept);
  ~Output();
  std::ostream& stream() { return *stream_; }
  /// Hands over what has been written, and returns how many bytes that is in all; of files only.
  std::uint64_t flushed_bytes();
  /// Ends the output; false (with errno in system_error) when it could not be written. Without a commit no file appears.
  bool commit();
  int system_error() const;

 private:
  struct FileBuffer;
  struct StandardBuffer;
  void use(std::unique_ptr<std::streambuf> buffer);

  std::unique_ptr<AtomicFile> file_;
  std::unique_ptr<std::streambuf> buffer_;
  std::unique_ptr<std::ostream> stream_;
};

}  // namespace quy::tools
