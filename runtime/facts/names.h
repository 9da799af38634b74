#pragma once
// Look-up of names, and of the keys of objects that mostly come in the order of the last one.

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/bytecode/module.h"

namespace quy::facts {

using bytecode::kNone;

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
  KeySet() = default;
  explicit KeySet(std::vector<std::string> names);

  void begin() {  ///< a new object
    ++object_;
    last_ = static_cast<std::uint32_t>(table_.size());
  }
  /// The key expected next when it is written at `at`, ready for take(); else kNone.
  std::uint32_t guess(const char* at, const char* end) const {
    const std::uint32_t expected = successor_[last_];
    return expected != kNone && begins_with(at, end, spellings_[expected]) ? expected : kNone;
  }
  /// Enters a key into the object; kNone when it is in it already, or is none of these keys (and then is_known() tells which).
  std::uint32_t take(std::uint32_t key) {
    last_ = key;
    if (seen_in_[key] == object_) return kNone;
    seen_in_[key] = object_;
    return key;
  }
  std::uint32_t take(std::string_view name) {
    const std::uint32_t key = table_.find(name);
    if (key == kNone) return kNone;
    successor_[last_] = key;
    return take(key);
  }
  bool is_known(std::string_view name) const { return table_.find(name) != kNone; }
  const std::vector<std::string>& names() const { return table_.names(); }
  /// `"name":`
  std::string_view spelling(std::uint32_t key) const { return spellings_[key]; }

 private:
  /// Reads whole words: up to seven bytes after `end` (json_cursor.h, kPadding), and after a spelling (which is padded too).
  static bool begins_with(const char* at, const char* end, std::string_view spelling) {
    const char* expected = spelling.data();
    std::size_t left = spelling.size();
    if (left == 0 || static_cast<std::size_t>(end - at) < left) return false;
    for (; left > kWord; left -= kWord, at += kWord, expected += kWord)
      if (word(at) != word(expected)) return false;
    return (word(at) ^ word(expected)) << (8 * (kWord - left)) == 0;
  }
  static constexpr std::size_t kWord = sizeof(std::uint64_t);
  static std::uint64_t word(const char* from) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, from, sizeof bytes);
    return bytes;
  }

  NameTable table_;
  std::vector<std::string_view> spellings_;      ///< by key, in `spelt_`; empty where a name does not stand for itself in JSON
  std::vector<char> spelt_;
  std::vector<std::uint32_t> successor_{kNone};  ///< by key; the last entry is what an object began with
  std::vector<std::uint64_t> seen_in_;           ///< by key: number of the object that had it last
  std::uint64_t object_ = 0;
  std::uint32_t last_ = 0;
};

}  // namespace quy::facts
