#pragma once
// Where an answer goes: standard output, or a file that appears whole or not at all.

#include <memory>
#include <ostream>
#include <string>

#include "base/file_io.h"

namespace quy::tools {

class Output {
 public:
  /// An empty path, or `-`, is standard output.
  explicit Output(const std::string& path);
  ~Output();
  std::ostream& stream() { return *stream_; }
  /// Ends the output; false (with errno in system_error) when it could not be written. Without a commit no file appears.
  bool commit();
  int system_error() const;

 private:
  struct FileBuffer;
  std::unique_ptr<AtomicFile> file_;
  std::unique_ptr<FileBuffer> buffer_;
  std::unique_ptr<std::ostream> owned_;
  std::ostream* stream_;
};

}  // namespace quy::tools
