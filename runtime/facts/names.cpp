#include "runtime/facts/names.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace quy::facts {
namespace {

std::uint64_t load(const char* from, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, size);
  return word;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
  return hash ^ (hash >> 29);
}

std::uint64_t hash_of(std::string_view name) {
  std::uint64_t hash = name.size();
  while (name.size() >= sizeof hash) {
    hash = mix(hash, load(name.data(), sizeof hash));
    name.remove_prefix(sizeof hash);
  }
  return mix(hash, load(name.data(), name.size()));
}

/// Written in JSON without escapes.
bool stands_for_itself(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' '; });
}

}  // namespace

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
  while (slots_[slot] != kNone && names_[slots_[slot]] != name) slot = (slot + 1) & (slots_.size() - 1);
  return slots_[slot];
}

KeySet::KeySet(std::vector<std::string> names)
    : table_(std::move(names)),
      successor_(table_.size() + 1, kNone),
      seen_in_(table_.size(), 0),
      last_(static_cast<std::uint32_t>(table_.size())) {
  std::vector<std::size_t> begins;
  for (const std::string& name : table_.names()) {
    begins.push_back(spelt_.size());
    if (!stands_for_itself(name)) continue;
    for (const std::string_view part : {std::string_view("\""), std::string_view(name), std::string_view("\":")})
      spelt_.insert(spelt_.end(), part.begin(), part.end());
  }
  begins.push_back(spelt_.size());
  spelt_.resize(spelt_.size() + kWord);
  for (std::size_t i = 0; i + 1 < begins.size(); ++i) spellings_.emplace_back(spelt_.data() + begins[i], begins[i + 1] - begins[i]);
}

}  // namespace quy::facts
