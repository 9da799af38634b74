#pragma once
// Numbers, texts and arrays to bytes and back. Arrays begin at multiples of their element's size, so that they can be used where they lie.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "runtime/columns/format.h"

namespace quy::columns {

class Encoder {
 public:
  template <class Number>
  requires std::is_arithmetic_v<Number>
  void number(Number value) { array(&value, 1); }

  template <class Number>
  void array(const Number* values, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<Number> && sizeof(Number) <= kAlignment);
    align(sizeof(Number));
    bytes_.append(reinterpret_cast<const char*>(values), count * sizeof(Number));
  }
  template <class Number>
  void array(const std::vector<Number>& values) { array(values.data(), values.size()); }

  void text(std::string_view text) {
    number(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  /// The bytes of another encoder, whose arrays stay where they must be.
  void bytes(std::string_view aligned) {
    align(kAlignment);
    bytes_ += aligned;
  }

  void align(std::size_t to) { bytes_.resize((bytes_.size() + to - 1) / to * to); }
  std::size_t size() const { return bytes_.size(); }
  const std::string& result() const { return bytes_; }
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

/// Reads what an Encoder wrote; the bytes must begin at a multiple of 8. Past the end, and after anything that expect() refuses, it only
/// gives zeros, empty texts and null arrays, so it is enough to look at failed() before they are used.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) {}

  bool failed() const { return failed_; }
  bool at_end() const { return at_ == bytes_.size(); }
  bool expect(bool holds) {
    failed_ = failed_ || !holds;
    return !failed_;
  }

  template <class Number>
  Number number() {
    const Number* one = array<Number>(1);
    return one != nullptr ? *one : Number{};
  }
  /// Bounds a count by the bytes that its elements take at least, so that nobody makes room for what cannot be there.
  std::uint32_t count(std::size_t element_bytes) {
    const auto stated = number<std::uint32_t>();
    return expect(stated <= (bytes_.size() - at_) / element_bytes) ? stated : 0;
  }
  template <class Number>
  const Number* array(std::size_t count) {
    align(sizeof(Number));
    if (!expect(count <= (bytes_.size() - at_) / sizeof(Number))) return nullptr;
    const char* begin = bytes_.data() + at_;
    at_ += count * sizeof(Number);
    return reinterpret_cast<const Number*>(begin);
  }
  std::string_view text() {
    const std::uint32_t size = count(1);
    return raw(size);
  }
  std::string_view raw(std::size_t size) {
    if (!expect(size <= bytes_.size() - at_)) return {};
    const std::string_view taken = bytes_.substr(at_, size);
    at_ += size;
    return taken;
  }
  void align(std::size_t to) {
    const std::size_t aligned = (at_ + to - 1) / to * to;
    if (expect(aligned <= bytes_.size())) at_ = aligned;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace quy::columns
