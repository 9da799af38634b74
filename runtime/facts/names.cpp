#include "runtime/facts/names.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace quy::facts {
namespace {

template <class T>
std::uint64_t load(const char* from) {
  T value = 0;
  std::memcpy(&value, from, sizeof value);
  return value;
}

/// Fewer than eight bytes, without a call of the library: the first and the last few, which may be the same.
std::uint64_t load_few(const char* from, std::size_t size) {
  if (size >= 4) return load<std::uint32_t>(from) | load<std::uint32_t>(from + size - 4) << 32;
  if (size == 0) return 0;
  return load<std::uint8_t>(from) | load<std::uint8_t>(from + size / 2) << 8 | load<std::uint8_t>(from + size - 1) << 16;
}

/// From the ends of the name and its length: keys of one object seldom share all three.
std::uint64_t hash_of(std::string_view name) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15U, kOther = 0xc2b2ae3d27d4eb4fU;
  const bool is_long = name.size() >= sizeof(std::uint64_t);
  const std::uint64_t first = is_long ? load<std::uint64_t>(name.data()) : load_few(name.data(), name.size());
  const std::uint64_t last = is_long ? load<std::uint64_t>(name.data() + name.size() - sizeof(std::uint64_t)) : name.size();
  const std::uint64_t hash = (first ^ std::rotl(last * kOther, 29) ^ name.size()) * kOdd;
  return hash ^ (hash >> 32);
}

/// Names are short: a call of the library would take longer than the comparison.
bool same(std::string_view a, std::string_view b) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  if (a.size() != b.size()) return false;
  if (a.size() < kWord) return load_few(a.data(), a.size()) == load_few(b.data(), b.size());
  for (std::size_t at = 0; at + kWord < a.size(); at += kWord)
    if (load<std::uint64_t>(a.data() + at) != load<std::uint64_t>(b.data() + at)) return false;
  const std::size_t last = a.size() - kWord;
  return load<std::uint64_t>(a.data() + last) == load<std::uint64_t>(b.data() + last);
}

}  // namespace

bool stands_for_itself(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' '; });
}

NameTable::NameTable(std::vector<std::string> names)
    : names_(std::move(names)), slots_(std::bit_ceil(names_.size() * 2 + 1), kNone) {
  for (std::uint32_t i = 0; i < names_.size(); ++i) {
    std::size_t slot = hash_of(names_[i]) & (slots_.size() - 1);
    while (slots_[slot] != kNone && names_[slots_[slot]] != names_[i]) slot = (slot + 1) & (slots_.size() - 1);
    if (slots_[slot] == kNone) slots_[slot] = i;
  }
}

std::uint32_t NameTable::find(std::string_view name) const {
  if (slots_.empty()) return kNone;
  std::size_t slot = hash_of(name) & (slots_.size() - 1);
  while (slots_[slot] != kNone && !same(names_[slots_[slot]], name)) slot = (slot + 1) & (slots_.size() - 1);
  return slots_[slot];
}

KeySet::KeySet(std::vector<std::string> names)
    : table_(std::move(names)), keys_(table_.size() + 1) {
  for (std::size_t i = 0; i < table_.size(); ++i) {
    const std::string spelling = '"' + table_.names()[i] + "\":";
    Key& key = keys_[i];
    key.size = static_cast<std::uint32_t>(spelling.size());
    if (spelling.size() > kSpelling || !stands_for_itself(table_.names()[i])) continue;
    std::memcpy(key.spelling, spelling.data(), spelling.size());
    key.mask = ~std::uint32_t{0} >> (kSpelling - spelling.size());
  }
  place_written();
  begin();
}

/// Looks for a multiplier that keeps the keys apart, in tables of four to sixteen times their number.
void KeySet::place_written() {
  constexpr int kTries = 64;
  constexpr std::uint64_t kFirst = 0x9e3779b97f4a7c15U, kStep = 0xd1342543de82ef94U;   // steps are even: every multiplier is odd
  for (std::size_t slots = std::bit_ceil(table_.size() * 4 + 1); slots <= std::bit_ceil(table_.size() * 16 + 1); slots *= 2) {
    multiplier_ = kFirst;
    for (int i = 0; i < kTries; ++i, multiplier_ += kStep)
      if (place_written(slots)) return;
  }
}

/// False when two keys met; they are found all the same.
bool KeySet::place_written(std::size_t slots) {
  written_.assign(slots, kNone);
  last_slot_ = slots - 1;
  bool apart = true;
  for (std::size_t i = 0; i < table_.size(); ++i) {
    if (keys_[i].mask == 0) continue;
    std::size_t slot = hash_of_written(keys_[i].spelling + 1, table_.names()[i].size()) & last_slot_;
    for (; written_[slot] != kNone; slot = (slot + 1) & last_slot_) apart = false;
    written_[slot] = static_cast<std::uint32_t>(i);
  }
  return apart;
}

}  // namespace quy::facts
