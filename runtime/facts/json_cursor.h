#pragma once
// A strict walk over the tokens of one record. Every byte of the record is accounted for: what the walk accepts is JSON by RFC 8259.
//
// Each step returns false once the record is refused; fault() then says why.

#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "runtime/facts/fault.h"

namespace quy::facts {

/// One record inside a text whose tokens are known.
struct RecordText {
  const char* text = nullptr;  ///< offsets count from here
  std::uint32_t begin = 0, end = 0;
  const std::uint32_t* tokens = nullptr;  ///< the first one at or after `begin`
  bool backslashes = false;               ///< the text has some
};

class Cursor {
 public:
  void start(const RecordText& record);

  /// First byte of the token here; 0 at the record's end.
  char here() const { return *at_ < end_ ? text_[*at_] : '\0'; }
  bool at_end() const { return *at_ >= end_; }

  struct Mark {
    const std::uint32_t* at;
    std::size_t depth;
  };
  Mark mark() const { return {at_, depth_}; }
  void return_to(Mark mark) {
    at_ = mark.at;
    depth_ = mark.depth;
  }

  /// The token here as a string, its escapes resolved; valid until the next start().
  bool string(std::string_view& content) {
    // Quotes pair up, so what lies between this token and the next is the string, its closing quote and white space.
    const std::string_view token = scalar();
    if (backslashes_ || token.size() < 2 || token.back() != '"') return string_with_care(token, content);
    content = token.substr(1, token.size() - 2);
    return true;
  }
  /// The bytes of the token here, which is neither a string nor a bracket, and on to the next.
  std::string_view scalar() {
    const std::string_view token = peek_scalar();
    ++at_;
    return token;
  }
  /// The bytes of the token here, as scalar() gives them, without going on.
  std::string_view peek_scalar() const {
    const std::uint32_t begin = *at_;
    std::uint32_t end = at_[1] < end_ ? at_[1] : end_;
    while (end > begin && is_space(text_[end - 1])) --end;
    return {text_ + begin, end - begin};
  }
  /// Eight bytes from the token here on, when the record has that many.
  bool peek_bytes(std::uint64_t& bytes) const {
    if (end_ < sizeof bytes || *at_ > end_ - sizeof bytes) return false;
    std::memcpy(&bytes, text_ + *at_, sizeof bytes);
    return true;
  }
  void skip_token() { ++at_; }
  /// `true`, `false` or `null`, as the letter here promises.
  bool literal(std::string_view word);
  /// Any value, checked completely and left.
  bool skip_value();

  /// Walks an object: on_member(key) reads the value and returns whether to go on.
  template <class OnMember>
  bool object(OnMember&& on_member);
  /// Walks an array: on_element() reads one value.
  template <class OnElement>
  bool array(OnElement&& on_element);

  bool fail(Message reason) {
    fault_ = {std::move(reason), {}};
    return false;
  }
  /// Not JSON, at the token here.
  bool malformed(const Bilingual& what);
  Fault& fault() { return fault_; }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
  bool string_with_care(std::string_view token, std::string_view& content);
  bool deeper();
  bool unescape(std::string_view raw, std::string& into);
  bool skip_number();

  const char* text_ = nullptr;
  const std::uint32_t* at_ = nullptr;
  std::uint32_t begin_ = 0, end_ = 0;
  std::size_t depth_ = 0;
  bool backslashes_ = false;
  std::deque<std::string> unescaped_;
  Fault fault_;
};

template <class OnMember>
bool Cursor::object(OnMember&& on_member) {
  if (!deeper()) return false;
  ++at_;
  if (here() == '}') {
    ++at_;
    --depth_;
    return true;
  }
  while (true) {
    std::string_view key;
    if (here() != '"') return malformed({"cần một khoá trong ngoặc kép", "a key in quotes is expected"});
    if (!string(key)) return false;
    if (here() != ':') return malformed({"cần dấu hai chấm sau khoá", "a colon is expected after the key"});
    ++at_;
    if (!on_member(key)) return false;
    const char after = here();
    if (after == '}') break;
    if (after != ',') return malformed({"cần dấu phẩy hoặc }", "a comma or } is expected"});
    ++at_;
  }
  ++at_;
  --depth_;
  return true;
}

template <class OnElement>
bool Cursor::array(OnElement&& on_element) {
  if (!deeper()) return false;
  ++at_;
  if (here() == ']') {
    ++at_;
    --depth_;
    return true;
  }
  while (true) {
    if (!on_element()) return false;
    const char after = here();
    if (after == ']') break;
    if (after != ',') return malformed({"cần dấu phẩy hoặc ]", "a comma or ] is expected"});
    ++at_;
  }
  ++at_;
  --depth_;
  return true;
}

}  // namespace quy::facts
