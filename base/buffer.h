#pragma once
// Room for bytes that come from a file: a string would fill it with zeros first, and so touch all of it.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>

namespace quy {

class Buffer {
 public:
  char* data() { return bytes_.get(); }
  const char* data() const { return bytes_.get(); }
  std::size_t size() const { return size_; }
  std::string_view view(std::size_t begin, std::size_t end) const { return {bytes_.get() + begin, end - begin}; }

  /// At least `size` bytes, of which the first `kept` stay as they are and the others are anything.
  void grow(std::size_t size, std::size_t kept) {
    if (size <= size_) return;
    auto larger = std::make_unique_for_overwrite<char[]>(size);
    std::copy_n(bytes_.get(), kept, larger.get());
    bytes_ = std::move(larger);
    size_ = size;
  }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

}  // namespace quy
