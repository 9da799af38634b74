#pragma once
// The shortest way through a record: one that is written as the last one of its subject was, byte for byte but for its values.
//
// A program that writes records writes them all alike. What stands between the values of one (brackets, keys, the period, the subject) is
// compared in the next as it is, so nothing has to be looked up, and no grammar checked: it was, in the record that the pattern is of. The
// first byte that differs leaves the record to the careful walk (record_reader.h), which begins again.

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "runtime/facts/quick_members.h"

namespace quy::facts {

/// A value of a record that was read the short way: of a field, or one of the texts of its head.
struct PatternValue {
  enum class Text : std::uint8_t { none, id, unit, cohort };
  Text text = Text::none;
  const QuickField* field = nullptr;
  const char *begin = nullptr, *end = nullptr;   ///< of a text without its quotes
};

class RecordPattern {
 public:
  /// Whether the next ordinary record is worth remembering: patterns that are never followed are made more and more seldom.
  bool is_due() {
    if (pause_ == 0) return true;
    --pause_;
    return false;
  }
  /// The bytes from `begin` to `end` of a record that has been accepted, and its values among them, in their order.
  void learn(const char* begin, const char* end, const std::vector<PatternValue>& values);

  bool is_written_as(const RecordPattern& other) const;

  /// Where the pattern ends that begins at `at`; nullptr when the record is written otherwise, and then some values may have been given to
  /// store(field, scaled) and text(which, content) already. Up to 64 bytes after `end` are looked at.
  template <class Store, class Text>
  const char* follow(const char* at, const char* end, Store&& store, Text&& text) {
    for (const Step& step : steps_) {
      if (!is_at(step.before, at, end)) return nullptr;
      at += step.before.size;
      if (step.text != PatternValue::Text::none) {
        const char* const close = end_of_plain(at, end);
        text(step.text, std::string_view(at, static_cast<std::size_t>(close - at)));
        at = close;
        continue;
      }
      std::int64_t scaled = 0;
      at = parse_quick(step.field, at, scaled);
      if (at == nullptr) return nullptr;
      store(step.field, scaled);
    }
    if (!is_at(tail_, at, end)) return nullptr;
    pause_ = unused_ = 0;
    return at + tail_.size;
  }

 private:
  static constexpr std::uint32_t kRun = 16;
  /// Bytes that stay the same: all of them in `bytes_`, the first also here, where most of them end.
  struct Literal {
    char first[kRun] = {};
    std::uint32_t mask = 0;     ///< one bit a byte of the last run of sixteen that is part of it
    std::uint32_t size = 0, begin = 0;
    std::uint32_t wholes = 0;   ///< runs before the last one
    bool operator==(const Literal&) const = default;
  };
  struct Step {
    Literal before;
    PatternValue::Text text;
    QuickField field;
  };

  Literal keep(const char* begin, const char* end);
  bool is_at(const Literal& literal, const char* at, const char* end) const {
    if (static_cast<std::size_t>(end - at) < literal.size) return false;
#ifdef __SSE2__
    if (literal.wholes == 0) return (equal_bytes(at, literal.first) & literal.mask) == literal.mask;
    const char* expected = bytes_.data() + literal.begin;
    for (std::uint32_t left = literal.wholes; left != 0; --left, at += kRun, expected += kRun)
      if (equal_bytes(at, expected) != 0xffff) return false;
    return (equal_bytes(at, expected) & literal.mask) == literal.mask;
#else
    return std::memcmp(at, bytes_.data() + literal.begin, literal.size) == 0;
#endif
  }

  std::vector<Step> steps_;
  Literal tail_;
  std::vector<char> bytes_;   ///< with room behind, to be compared 16 at a time
  std::uint32_t pause_ = 0, unused_ = 0;
};

}  // namespace quy::facts
