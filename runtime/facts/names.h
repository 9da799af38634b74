#pragma once
// Look-up of names, and of the keys of objects that mostly come in the order of the last one.

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/bytecode/module.h"
#include "runtime/facts/byte_scan.h"

namespace quy::facts {

using bytecode::kNone;

/// Whether JSON may write the name without escapes.
bool stands_for_itself(std::string_view name);

/// Names numbered from 0 in the order given, found by hash.
class NameTable {
 public:
  NameTable() = default;
  /// Of equal names the first is found.
  explicit NameTable(std::vector<std::string> names);

  std::uint32_t find(std::string_view name) const;  ///< kNone when it is not there
  const std::vector<std::string>& names() const { return names_; }
  std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::vector<std::uint32_t> slots_;  ///< kNone is free; a power of two, at most half full
};

/// The keys of one kind of object. A writer nearly always gives the keys of the next record in the order of the last, so what stands in the
/// text is first compared, quotes and colon and all, with the key that followed its predecessor before; only when that fails is it read and
/// looked up.
class KeySet {
 public:
  KeySet() : KeySet(std::vector<std::string>{}) {}
  explicit KeySet(std::vector<std::string> names);

  void begin() {  ///< a new object
    ++object_;
    // Where keys come in any order neither a guess is worth its time nor what it is made from; now and then an object shows whether they still do.
    if (notes_) guesses_ = 2 * followed_ >= entered_;
    notes_ = guesses_ || object_ % kSeldom == 0;
    followed_ = entered_ = 0;
    last_ = static_cast<std::uint32_t>(keys_.size() - 1);
  }
  /// The key that is written at `at` in its plain spelling, ready for follow(), and `value` is then past its colon; else kNone. Up to 40 bytes after
  /// `end` are looked at.
  [[gnu::always_inline]] std::uint32_t written_at(const char* at, const char* end, const char*& value) const {
    if (guesses_) {
      const std::uint32_t expected = keys_[last_].successor;
      if (expected != kNone && is_at(keys_[expected], at, end)) return value = at + keys_[expected].size, expected;
    }
    return find_written(at, end, value);
  }
  /// Enters a key into the object, and it is expected there the next time; kNone when it is in it already.
  [[gnu::always_inline]] std::uint32_t follow(std::uint32_t key) {
    if (notes_) note(key);
    if (keys_[key].seen_in == object_) return kNone;
    keys_[key].seen_in = object_;
    return key;
  }
  /// The same; also kNone when it is none of these keys (is_known() tells which).
  std::uint32_t take(std::string_view name) {
    const std::uint32_t key = find(name);
    return key == kNone ? kNone : follow(key);
  }
  std::uint32_t find(std::string_view name) const { return table_.find(name); }   ///< kNone when unknown
  bool is_known(std::string_view name) const { return find(name) != kNone; }
  const std::vector<std::string>& names() const { return table_.names(); }

 private:
  static constexpr std::size_t kSpelling = 32, kHashed = 16, kAround = 3;   ///< the last: quotes and colon
  static constexpr std::uint64_t kSeldom = 16;
  struct alignas(64) Key {
    char spelling[kSpelling] = {};
    std::uint32_t mask = 0;      ///< one bit a byte of the spelling; 0 where it is too long, or a name that JSON writes with escapes
    std::uint32_t size = 0;      ///< of the spelling
    std::uint32_t successor = kNone;
    std::uint64_t seen_in = 0;   ///< number of the object that had it last
  };

  /// Whether a key that has a spelling, of at most kBytes, is written at `at`; the record may end before.
  template <std::size_t kBytes>
  static bool is_spelled(const Key& key, const char* at) {
#ifdef __SSE2__
    std::uint32_t equal = equal_bytes(at, key.spelling);
    if constexpr (kBytes > 16) equal |= equal_bytes(at + 16, key.spelling + 16) << 16;
    return (~equal & key.mask) == 0;
#else
    return std::memcmp(at, key.spelling, key.size) == 0;
#endif
  }
  static bool is_at(const Key& key, const char* at, const char* end) {
    return key.mask != 0 && end - at >= std::int64_t{key.size} && is_spelled<kSpelling>(key, at);
  }

  void note(std::uint32_t key) {
    entered_ += keys_[last_].successor != kNone;   // the first time none is expected
    followed_ += keys_[last_].successor == key;
    keys_[last_].successor = key;
    last_ = key;
  }
  /// As written_at(), whatever came before. Nothing in it branches on what the key is (but on whether it is long, and few are): keys in random order
  /// would be guessed wrong each time. And `value` waits for nothing but the closing quote, so that a processor reads the value while it still looks
  /// for the key.
  [[gnu::always_inline]] std::uint32_t find_written(const char* at, const char* end, const char*& value) const;
  template <std::size_t kBytes>
  [[gnu::always_inline]] std::uint32_t find_spelled(const char* at, const char* end, const char*& value, std::size_t size) const;
  /// Of the bytes at `name`, of which `size` are the name's.
  std::uint64_t hash_of_written(const char* name, std::size_t size) const;
  void place_written();
  bool place_written(std::size_t slots);

  NameTable table_;
  std::vector<std::uint32_t> written_;   ///< keys that have a spelling, by hash_of_written(); kNone is free; a power of two
  std::uint64_t last_slot_ = 0;          ///< of `written_`
  std::uint64_t multiplier_ = 1;         ///< one with which, as a rule, no two of them have the same place
  std::vector<Key> keys_;                ///< by key; the last one stands for the beginning of an object
  std::uint64_t object_ = 0;
  std::uint32_t last_ = 0;
  std::uint32_t entered_ = 0, followed_ = 0;   ///< keys of this object where one was expected, and those of them that were it
  bool guesses_ = true;                  ///< a key is looked for first where it came the last time
  bool notes_ = true;                    ///< the order of this object's keys is kept
};

inline std::uint64_t KeySet::hash_of_written(const char* name, std::size_t size) const {
  // The first bytes of a run of sixteen that count, then sixteen that do not.
  alignas(16) static constexpr std::uint8_t kMask[2 * kHashed] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                                                  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  const std::uint8_t* const mask = kMask + kHashed - (size < kHashed ? size : kHashed);
  const auto word = [](const void* from) {
    std::uint64_t value = 0;
    std::memcpy(&value, from, sizeof value);
    return value;
  };
  const std::uint64_t first = word(name) & word(mask), second = word(name + 8) & word(mask + 8);
  return (first ^ std::rotl(second, 29) ^ size) * multiplier_ >> 40;
}

template <std::size_t kBytes>
inline std::uint32_t KeySet::find_spelled(const char* at, const char* end, const char*& value, std::size_t size) const {
  value = at + size + kAround;
  if (value > end) return kNone;
  for (std::size_t slot = hash_of_written(at + 1, size);; ++slot) {
    const std::uint32_t key = written_[slot & last_slot_];
    if (key == kNone || is_spelled<kBytes>(keys_[key], at)) return key;
  }
}

inline std::uint32_t KeySet::find_written(const char* at, const char* end, const char*& value) const {
  constexpr std::size_t kShort = 16;   // half of the work is then enough
  std::size_t size = bytes_before_quote<kShort>(at + 1);
  if (size + kAround <= kShort) return find_spelled<kShort>(at, end, value, size);
  size = bytes_before_quote<kSpelling>(at + 1);
  return size == kSpelling ? kNone : find_spelled<kSpelling>(at, end, value, size);
}

}  // namespace quy::facts
