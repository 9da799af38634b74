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
    // Where keys came in any order a guess is not worth its time.
    guesses_ = 2 * followed_ >= entered_;
    followed_ = entered_ = 0;
    last_ = static_cast<std::uint32_t>(keys_.size() - 1);
  }
  /// The key expected next when it is written at `at`, ready for take(); else kNone. Up to 32 bytes after `end` are looked at.
  std::uint32_t guess(const char* at, const char* end) const {
    const std::uint32_t expected = keys_[last_].successor;
    return guesses_ && expected != kNone && is_at(keys_[expected], at, end) ? expected : kNone;
  }
  /// Enters a key into the object; kNone when it is in it already, or is none of these keys (and then is_known() tells which).
  std::uint32_t take(std::uint32_t key) {
    last_ = key;
    if (keys_[key].seen_in == object_) return kNone;
    keys_[key].seen_in = object_;
    return key;
  }
  std::uint32_t take(std::string_view name) {
    const std::uint32_t key = find(name);
    return key == kNone ? kNone : follow(key);
  }
  /// The same, and it is expected there the next time.
  std::uint32_t follow(std::uint32_t key) {
    ++entered_;
    followed_ += keys_[last_].successor == key;
    keys_[last_].successor = key;
    return take(key);
  }
  std::uint32_t find(std::string_view name) const { return table_.find(name); }   ///< kNone when unknown
  /// The key that is written at `at`, whatever came before it; kNone when it is none of these, or not in its plain spelling. `after` is then past
  /// its colon. Up to 40 bytes after `end` are looked at. Nothing in it branches on what the key is: keys in random order would be guessed wrong each
  /// time. And `after` waits for nothing but the closing quote, so that a processor reads the value while it still looks for the key.
  std::uint32_t find_written(const char* at, const char* end, const char*& after) const;
  bool is_known(std::string_view name) const { return find(name) != kNone; }
  const std::vector<std::string>& names() const { return table_.names(); }
  /// Bytes of `"name":`.
  std::size_t spelling_size(std::uint32_t key) const { return keys_[key].size; }

 private:
  static constexpr std::size_t kSpelling = 32, kHashed = 16;
  struct alignas(64) Key {
    char spelling[kSpelling] = {};
    std::uint32_t mask = 0;           ///< one bit a byte of the spelling; 0 where it is too long, or a name that JSON writes with escapes
    std::uint32_t size = 0;
    std::uint32_t successor = kNone;
    std::uint64_t seen_in = 0;        ///< number of the object that had it last
  };

  static bool is_at(const Key& key, const char* at, const char* end) {
    if (key.mask == 0 || static_cast<std::size_t>(end - at) < key.size) return false;
#ifdef __SSE2__
    const std::uint32_t differ = ~(equal_bytes(at, key.spelling) | equal_bytes(at + 16, key.spelling + 16) << 16);
    return (differ & key.mask) == 0;
#else
    return std::memcmp(at, key.spelling, key.size) == 0;
#endif
  }

  /// Of the bytes at `name`, of which `size` are the name's.
  std::uint64_t hash_of_written(const char* name, std::size_t size) const;
  void place_written();
  bool place_written(std::size_t slots);

  NameTable table_;
  std::vector<std::uint32_t> written_;   ///< keys that have a spelling, by hash_of_written(); kNone is free; a power of two
  std::uint64_t multiplier_ = 1;         ///< one with which, as a rule, no two of them have the same place
  std::vector<Key> keys_;   ///< by key; the last one stands for the beginning of an object
  std::uint64_t object_ = 0;
  std::uint32_t last_ = 0;
  std::uint32_t entered_ = 0, followed_ = 0;   ///< keys of this object, and those of them that came where they were expected
  bool guesses_ = true;
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
  const std::uint64_t hash = (first ^ std::rotl(second * 0xc2b2ae3d27d4eb4fU, 29) ^ size) * multiplier_;
  return hash >> 40;
}

inline std::uint32_t KeySet::find_written(const char* at, const char* end, const char*& after) const {
  if (at >= end) return kNone;
  const std::size_t size = bytes_before_quote(at + 1);
  if (size == kSpelling) return kNone;
  after = at + size + 3;
  std::size_t slot = hash_of_written(at + 1, size) & (written_.size() - 1);
  for (; written_[slot] != kNone; slot = (slot + 1) & (written_.size() - 1))
    if (is_at(keys_[written_[slot]], at, end)) return written_[slot];
  return kNone;
}

}  // namespace quy::facts
