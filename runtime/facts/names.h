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

/// The keys of one kind of object. A writer nearly always gives the keys of the next record in the order of the last, so each key is
/// first compared with the one that followed its predecessor before; only when that fails is it looked up.
class KeySet {
 public:
  KeySet() = default;
  explicit KeySet(std::vector<std::string> names);

  void begin();  ///< a new object
  /// kNone when unknown.
  std::uint32_t find(std::string_view key) {
    const std::uint32_t guess = successor_[last_];
    return guess != kNone && same(names()[guess], key) ? last_ = guess : look_up(key);
  }
  /// False when the object has had this key already.
  bool first_time(std::uint32_t key) {
    if (seen_in_[key] == object_) return false;
    seen_in_[key] = object_;
    return true;
  }
  const std::vector<std::string>& names() const { return table_.names(); }

 private:
  /// Equality in words of eight bytes: keys are short, and calling a library for each costs more than comparing them.
  static bool same(std::string_view name, std::string_view key) {
    if (name.size() != key.size()) return false;
    const char* a = name.data();
    const char* b = key.data();
    std::size_t left = name.size();
    for (; left >= sizeof(std::uint64_t);
         left -= sizeof(std::uint64_t), a += sizeof(std::uint64_t), b += sizeof(std::uint64_t)) {
      if (word(a) != word(b)) return false;
    }
    for (; left > 0; --left) {
      if (*a++ != *b++) return false;
    }
    return true;
  }
  static std::uint64_t word(const char* from) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, from, sizeof bytes);
    return bytes;
  }
  std::uint32_t look_up(std::string_view key);

  NameTable table_;
  std::vector<std::uint32_t> successor_{kNone};  ///< by key; the last entry is what an object began with
  std::vector<std::uint64_t> seen_in_;           ///< by key: number of the object that had it last
  std::uint64_t object_ = 0;
  std::uint32_t last_ = 0;
};

}  // namespace quy::facts
