#pragma once
// A strict walk over the bytes of one record. Every byte is accounted for: what the walk accepts is JSON by RFC 8259, given that the bytes
// are UTF-8 (the reader has seen to that, many records at a time).
//
// Each step returns false once the record is refused; fault() then says why.

#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "runtime/facts/byte_scan.h"
#include "runtime/facts/fault.h"
#include "runtime/facts/names.h"

namespace quy::facts {

/// One record. Whatever lies in the kPadding bytes after its end may be read, and is not looked at.
struct RecordText {
  const char* begin = nullptr;
  const char* end = nullptr;
};
inline constexpr std::size_t kPadding = 64;

class Cursor {
 public:
  void start(const RecordText& record);

  /// The byte here, which is never white space; 0 at the record's end.
  char here() const { return at_ < end_ ? *at_ : '\0'; }
  bool at_end() const { return at_ >= end_; }
  /// Whether a string that was read is part of the record, and not a copy with its escapes resolved.
  bool holds(std::string_view string) const { return begin_ < string.data() && string.data() < end_; }

  struct Mark {
    const char* at;
    std::size_t depth;
  };
  Mark mark() const { return {at_, depth_}; }
  void return_to(Mark mark) {
    at_ = mark.at;
    depth_ = mark.depth;
  }

  /// The string that begins here with its quote, its escapes resolved; valid until the next start().
  bool string(std::string_view& content) {
    const char* const begin = at_ + 1;
    const char* const close = end_of_plain(begin, end_);
    if (close >= end_ || *close != '"') return string_with_care(close, content);
    content = {begin, static_cast<std::size_t>(close - begin)};
    go_to(close + 1);
    return true;
  }
  /// The bytes here up to the next bracket, quote, comma, colon or white space, and on to what follows.
  std::string_view scalar();
  /// `true`, `false` or `null`, as the letter here promises.
  bool literal(std::string_view word);
  /// Any value, checked completely and left.
  bool skip_value();

  /// The same, checked only as far as to see where the value ends, because it will be read later.
  bool pass_over();

  /// Walks an object whose keys are known: on_member(key, name) reads the value and returns whether to go on; the key is kNone, and then has its
  /// name, when it is none of them, or has been there before. Before each member, quick(at, end) may read some itself; it returns
  /// where the last of them ends, or `at`.
  template <class OnMember, class Quick>
  bool object(KeySet& keys, OnMember&& on_member, Quick&& quick) {
    keys.begin();
    return members([&] {
      const char* const read = quick(at_, end_);
      if (read != at_) return go_to(read), true;
      const char* value = at_;
      const std::uint32_t key = keys.written_at(at_, end_, value);
      if (key == kNone) return named_member([&](std::string_view name) { return on_member(keys.take(name), name); });
      go_to(value);
      return on_member(keys.follow(key), std::string_view(keys.names()[key]));
    });
  }
  template <class OnMember>
  bool object(KeySet& keys, OnMember&& on_member) {
    return object(keys, on_member, [](const char* at, const char*) { return at; });
  }
  /// Walks any object: on_member(name) reads the value and returns whether to go on.
  template <class OnMember>
  bool object(OnMember&& on_member) {
    return members([&] { return named_member(on_member); });
  }
  /// Walks an array: on_element() reads one value.
  template <class OnElement>
  bool array(OnElement&& on_element);

  bool fail(Message reason) {
    fault_ = {std::move(reason), {}};
    return false;
  }
  /// Not JSON, at the byte here.
  bool malformed(const Bilingual& what) { return malformed_at(at_, what); }
  Fault& fault() { return fault_; }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
  /// To `at`, and past white space that begins there.
  void go_to(const char* at) {
    while (at < end_ && is_space(*at)) ++at;
    at_ = at;
  }
  bool string_with_care(const char* at, std::string_view& content);
  bool malformed_at(const char* place, const Bilingual& what);
  bool deeper();
  bool unescape(std::string_view raw, std::string& into);
  bool skip_number();

  template <class OnMember>
  bool members(OnMember&& on_member);
  template <class OnName>
  bool named_member(OnName&& on_name);

  const char *begin_ = nullptr, *at_ = nullptr, *end_ = nullptr;
  std::size_t depth_ = 0;
  std::deque<std::string> unescaped_;
  Fault fault_;
};

template <class OnName>
bool Cursor::named_member(OnName&& on_name) {
  std::string_view name;
  if (here() != '"') return malformed({"cần một khoá trong ngoặc kép", "a key in quotes is expected"});
  if (!string(name)) return false;
  if (here() != ':') return malformed({"cần dấu hai chấm sau khoá", "a colon is expected after the key"});
  go_to(at_ + 1);
  return on_name(name);
}

template <class OnMember>
bool Cursor::members(OnMember&& on_member) {
  if (!deeper()) return false;
  go_to(at_ + 1);
  if (here() != '}') {
    while (true) {
      if (!on_member()) return false;
      const char after = here();
      if (after == '}') break;
      if (after != ',') return malformed({"cần dấu phẩy hoặc }", "a comma or } is expected"});
      go_to(at_ + 1);
    }
  }
  go_to(at_ + 1);
  --depth_;
  return true;
}

template <class OnElement>
bool Cursor::array(OnElement&& on_element) {
  if (!deeper()) return false;
  go_to(at_ + 1);
  if (here() != ']') {
    while (true) {
      if (!on_element()) return false;
      const char after = here();
      if (after == ']') break;
      if (after != ',') return malformed({"cần dấu phẩy hoặc ]", "a comma or ] is expected"});
      go_to(at_ + 1);
    }
  }
  go_to(at_ + 1);
  --depth_;
  return true;
}

}  // namespace quy::facts
