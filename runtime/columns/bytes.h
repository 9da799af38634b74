#pragma once
// Numbers, texts and arrays to bytes and back. Arrays begin at multiples of their element's size, so that they can be used where they lie.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "runtime/columns/format.h"

namespace quy::columns {

/// What numbers are brought back to their full width in; stays where it is when more is taken, and when it is moved.
class Expanded {
 public:
  template <class Number>
  Number* take(std::size_t count) {
    const std::size_t words = (count * sizeof(Number) + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);
    if (words > left_) {
      left_ = std::max(words, kChunkWords);
      chunks_.push_back(std::make_unique_for_overwrite<std::uint64_t[]>(left_));
      next_ = chunks_.back().get();
    }
    Number* const taken = reinterpret_cast<Number*>(next_);
    next_ += words;
    left_ -= words;
    return taken;
  }

 private:
  static constexpr std::size_t kChunkWords = std::size_t{1} << 14;
  std::vector<std::unique_ptr<std::uint64_t[]>> chunks_;
  std::uint64_t* next_ = nullptr;
  std::size_t left_ = 0;
};

/// Numbers, and between which two all of them lie for certain.
template <class Number>
struct Numbers {
  const Number* values = nullptr;
  Number least = std::numeric_limits<Number>::min(), most = std::numeric_limits<Number>::max();
};

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

  /// In as few bytes each as what they are above the least of them needs, none when all are equal; what is read is bound by memory, so narrow
  /// numbers are read sooner although they must be widened.
  template <class Number>
  void numbers(const Number* values, std::size_t count) {
    using Unsigned = std::make_unsigned_t<Number>;
    const auto [least, most] = count == 0 ? std::pair(values, values) : std::minmax_element(values, values + count);
    const Number base = count == 0 ? Number{} : *least;
    const std::uint64_t range = count == 0 ? 0 : static_cast<Unsigned>(static_cast<Unsigned>(*most) - static_cast<Unsigned>(base));
    const auto above = [&]<class Narrow>(Narrow) {
      if constexpr (sizeof(Narrow) < sizeof(Number)) {
        if (range > std::numeric_limits<Narrow>::max()) return false;
        number(static_cast<std::uint8_t>(sizeof(Narrow)));
        number(base);
        std::vector<Narrow> narrow(count);
        std::transform(values, values + count, narrow.begin(), [base](Number value) {
          return static_cast<Narrow>(static_cast<Unsigned>(value) - static_cast<Unsigned>(base));
        });
        array(narrow);
        return true;
      }
      return false;
    };
    if (range == 0 && sizeof(Number) > 1) {
      number(std::uint8_t{0});
      number(base);
    } else if (!above(std::uint8_t{}) && !above(std::uint16_t{}) && !above(std::uint32_t{})) {
      number(static_cast<std::uint8_t>(sizeof(Number)));
      array(values, count);
    }
  }
  template <class Number>
  void numbers(const std::vector<Number>& values) { numbers(values.data(), values.size()); }

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
  /// What Encoder::numbers() wrote: where it lies, or in `room`. The caller bounds `count`, for it may be more than the bytes that are left.
  template <class Number>
  Numbers<Number> numbers(std::size_t count, Expanded& room) {
    const auto width = number<std::uint8_t>();
    if (width == sizeof(Number)) return {array<Number>(count)};
    if (!expect(width < sizeof(Number))) return {};
    const auto base = number<Number>();
    switch (width) {
      case 0: return equal(count, base, room);
      case sizeof(std::uint8_t): return widened<std::uint8_t>(count, base, room);
      case sizeof(std::uint16_t): return widened<std::uint16_t>(count, base, room);
      case sizeof(std::uint32_t): return widened<std::uint32_t>(count, base, room);
      default: expect(false); return {};
    }
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
  template <class Number>
  Numbers<Number> equal(std::size_t count, Number value, Expanded& room) {
    if (failed_) return {};
    Number* const all = room.take<Number>(count);
    std::fill_n(all, count, value);
    return {all, value, value};
  }
  template <class Narrow, class Number>
  Numbers<Number> widened(std::size_t count, Number base, Expanded& room) {
    if constexpr (sizeof(Narrow) < sizeof(Number)) {
      using Unsigned = std::make_unsigned_t<Number>;
      constexpr auto kMost = static_cast<Number>(std::numeric_limits<Narrow>::max());
      const Narrow* const narrow = array<Narrow>(count);
      if (narrow == nullptr) return {};
      Number* const wide = room.take<Number>(count);
      for (std::size_t i = 0; i < count; ++i) wide[i] = static_cast<Number>(static_cast<Unsigned>(static_cast<Unsigned>(base) + narrow[i]));
      const bool wraps = base > std::numeric_limits<Number>::max() - kMost;
      return wraps ? Numbers<Number>{wide} : Numbers<Number>{wide, base, static_cast<Number>(base + kMost)};
    }
    expect(false);
    return {};
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace quy::columns
