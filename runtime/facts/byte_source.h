#pragma once
// Where the bytes of an input come from: a file, standard input, memory, or another source that is turned into something else on the way.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostics/diagnostics.h"

namespace quy::facts {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills up to `size` bytes and returns how many; 0 at the end, and after a problem.
  virtual std::size_t read(char* into, std::size_t size) = 0;
  /// Why the bytes ended before their end.
  virtual std::optional<Message> problem() const { return std::nullopt; }
};

/// The file at `path`; `-` is standard input, which is left open.
std::unique_ptr<ByteSource> open_file(const std::string& path);

/// Bytes that the caller keeps.
class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::size_t read(char* into, std::size_t size) override;

 private:
  std::string_view bytes_;
};

}  // namespace quy::facts
