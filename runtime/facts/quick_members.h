#pragma once
// The short way through an object: members that come in the order of the last record, with plain numbers and Booleans in their usual spelling.
//
// The place in the text stays in a register and every branch goes the same way as in the record before, which is what makes this several times
// as fast as the walk of json_cursor.h. Whatever is out of the ordinary is left to that walk, from the beginning of its member on.

#include <cstdint>
#include <cstring>
#include <vector>

#include "runtime/facts/decimal.h"
#include "runtime/facts/names.h"

namespace quy::facts {

/// By 32-bit division where it will do: it takes a third of the time.
inline bool is_multiple(std::int64_t value, std::int64_t step) {
  if (value >= 0 && (value | step) <= UINT32_MAX) return static_cast<std::uint32_t>(value) % static_cast<std::uint32_t>(step) == 0;
  return value % step == 0;
}

/// What a key's value may be; for keys that are read the long way only, `form` is none.
struct QuickField {
  enum class Form : std::uint8_t { none, number, truth };
  Form form = Form::none;
  int digits = 0;
  std::uint32_t index = kNone;   ///< of Subject::fields
  std::int64_t low = 0, high = 0;
  std::int64_t step = 0;         ///< 0: none

  bool allows(std::int64_t scaled) const { return low <= scaled && scaled <= high && (step == 0 || is_multiple(scaled, step)); }
};

/// Where the Boolean at `text` ends; nullptr when there is none.
inline const char* parse_truth(const char* text, std::int64_t& scaled) {
  if (std::memcmp(text, "true", 4) == 0) return scaled = 1, text + 4;
  if (std::memcmp(text, "false", 5) == 0) return scaled = 0, text + 5;
  return nullptr;
}

/// From the key at `at` on, as many members as are ordinary and have a comma after them; returns where the next key begins. Up to 64 bytes after
/// `end` are looked at. store(key, field, scaled) takes each value.
template <class Store>
const char* quick_members(KeySet& keys, const std::vector<QuickField>& fields, const char* at, const char* end, Store&& store) {
  const auto past_space = [](const char* text) { return *text == ' ' ? text + 1 : text; };
  while (true) {
    const std::uint32_t key = keys.guess(at, end);
    if (key == kNone) return at;
    const QuickField& field = fields[key];
    const char* const value = past_space(at + keys.spelling(key).size());
    std::int64_t scaled = 0;
    if (field.form == QuickField::Form::none) return at;
    const char* const after =
        field.form == QuickField::Form::number ? parse_usual(value, field.digits, scaled) : parse_truth(value, scaled);
    if (after == nullptr || after >= end || *after != ',' || !field.allows(scaled) || keys.take(key) == kNone) return at;
    store(key, field, scaled);
    at = past_space(after + 1);
  }
}

}  // namespace quy::facts
