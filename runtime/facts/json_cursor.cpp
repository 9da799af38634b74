#include "runtime/facts/json_cursor.h"

#include <algorithm>
#include <array>

#include "runtime/facts/decimal.h"

namespace quy::facts {
namespace {

const Bilingual kNotAValue{"cần một giá trị", "a value is expected"};
const Bilingual kBadEscape{"ký hiệu thoát sai trong chuỗi", "a wrong escape in a string"};

/// Bytes that end a scalar.
constexpr auto kEndsScalar = [] {
  std::array<bool, 256> ends{};
  for (const char c : std::string_view(",:[]{}\" \n\r\t")) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();

/// From `at`, where a string's plain bytes end, to its quote or what must not be in it.
const char* past_escapes(const char* at, const char* end) {
  while (at < end && *at == '\\') at = end_of_plain(std::min(at + 2, end), end);
  return at;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Four hexadecimal digits at `at`; negative when they are not there.
int code_unit(std::string_view text, std::size_t at) {
  if (text.size() < at + 4) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

bool is_high_surrogate(int unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low_surrogate(int unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

void append_utf8(std::string& out, int point) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((point >> shift) & 0x3f)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | (point >> 6));
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | (point >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0 | (point >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

/// What a one-letter escape stands for; 0 for letters that are none.
char simple_escape(char letter) {
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  const std::size_t found = letters.find(letter);
  return found == std::string_view::npos ? '\0' : meanings[found];
}

/// Resolves the `\u…` at `at`, a pair of them for a surrogate pair; returns the bytes it took, 0 when it is wrong.
std::size_t unicode_escape(std::string_view raw, std::size_t at, std::string& into) {
  const int first = code_unit(raw, at + 2);
  if (first < 0 || is_low_surrogate(first)) return 0;
  if (!is_high_surrogate(first)) {
    append_utf8(into, first);
    return 6;
  }
  if (raw.substr(at + 6, 2) != "\\u") return 0;
  const int second = code_unit(raw, at + 8);
  if (!is_low_surrogate(second)) return 0;
  append_utf8(into, 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
  return 12;
}

}  // namespace

void Cursor::start(const RecordText& record) {
  begin_ = record.begin;
  end_ = record.end;
  depth_ = 0;
  go_to(begin_);
  if (!unescaped_.empty()) unescaped_.clear();
}

bool Cursor::malformed_at(const char* place, const Bilingual& what) {
  return fail({Diag::record_malformed, {what, static_cast<std::uint64_t>(place - begin_ + 1)}, {}});
}

bool Cursor::deeper() {
  if (depth_ >= limits::nesting_depth) return fail({Diag::record_too_deep, {limits::nesting_depth}, {}});
  ++depth_;
  return true;
}

std::string_view Cursor::scalar() {
  const char *begin = at_, *end = begin;
  while (end < end_ && !kEndsScalar[static_cast<unsigned char>(*end)]) ++end;
  go_to(end);
  return {begin, static_cast<std::size_t>(end - begin)};
}

/// A string whose first bytes, up to `at`, are plain.
bool Cursor::string_with_care(const char* at, std::string_view& content) {
  const char* const begin = at_ + 1;
  at = past_escapes(at, end_);
  if (at < end_ && *at != '"') return malformed_at(at, {"có ký tự điều khiển trong chuỗi", "a control character in a string"});
  if (at >= end_) return malformed({"có chuỗi không đóng ngoặc kép", "a string is not closed"});
  std::string& resolved = unescaped_.emplace_back();
  if (!unescape({begin, static_cast<std::size_t>(at - begin)}, resolved)) return malformed(kBadEscape);
  content = resolved;
  go_to(at + 1);
  return true;
}

bool Cursor::unescape(std::string_view raw, std::string& into) {
  into.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t next = raw.find('\\', at);
    into.append(raw.substr(at, next - at));
    if (next == std::string_view::npos) return true;
    const char letter = next + 1 < raw.size() ? raw[next + 1] : '\0';
    std::size_t taken = 2;
    if (letter == 'u') {
      taken = unicode_escape(raw, next, into);
      if (taken == 0) return false;
    } else {
      const char meaning = simple_escape(letter);
      if (meaning == '\0') return false;
      into += meaning;
    }
    at = next + taken;
  }
  return true;
}

bool Cursor::literal(std::string_view word) {
  const char* const begin = at_;
  return scalar() == word || malformed_at(begin, kNotAValue);
}

bool Cursor::skip_number() {
  const char* const begin = at_;
  return is_json_number(scalar()) || malformed_at(begin, {"số viết sai", "a malformed number"});
}

bool Cursor::pass_over() {
  if (here() != '{' && here() != '[') return skip_value();
  std::size_t open = 0;
  const char* at = at_;
  do {
    at = next_bracket_or_quote(at, end_);
    if (at >= end_) return malformed({"cần dấu đóng", "a closing bracket is expected"});
    if (*at == '"') {
      at = past_escapes(end_of_plain(at + 1, end_), end_);
      if (at >= end_ || *at != '"') return malformed({"có chuỗi không đóng ngoặc kép", "a string is not closed"});
    } else {
      *at == '{' || *at == '[' ? ++open : --open;
    }
    ++at;
  } while (open > 0);
  go_to(at);
  return true;
}

bool Cursor::skip_value() {
  std::string_view ignored;
  switch (here()) {
    case '{': return object([this](std::string_view) { return skip_value(); });
    case '[': return array([this] { return skip_value(); });
    case '"': return string(ignored);
    case 't': return literal("true");
    case 'f': return literal("false");
    case 'n': return literal("null");
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': return skip_number();
    default: return malformed(kNotAValue);
  }
}

}  // namespace quy::facts
