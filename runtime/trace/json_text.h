#pragma once
// A small JSON writer onto a string that its owner keeps from record to record: results are written by the million.

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

#include "runtime/facts/json_text.h"

namespace quy::trace {

using facts::append_json;

/// Members of an object or array with their commas. Nothing is nested by it: a member's value may itself be written with another one.
class JsonScope {
 public:
  JsonScope(std::string& out, char open, char close) : out_(out), close_(close) { out_ += open; }
  JsonScope(const JsonScope&) = delete;
  JsonScope& operator=(const JsonScope&) = delete;
  ~JsonScope() { out_ += close_; }

  /// Begins the next element.
  std::string& next() {
    if (!first_) out_ += ',';
    first_ = false;
    return out_;
  }
  /// Begins the next member of an object; the name is one of ours and needs no escapes.
  std::string& key(std::string_view name) {
    next() += '"';
    out_ += name;
    out_ += "\":";
    return out_;
  }
  /// The same, in one piece, for a name that is known when this is compiled.
  template <std::size_t kSize>
  std::string& key(const char (&name)[kSize]) {
    char text[kSize + 3] = {',', '"'};   // kSize counts the 0 at the end of the name
    std::memcpy(text + 2, name, kSize - 1);
    text[kSize + 1] = '"';
    text[kSize + 2] = ':';
    out_.append(text + (first_ ? 1 : 0), text + sizeof text);
    first_ = false;
    return out_;
  }
  /// The same for a name that a pack brings.
  std::string& foreign_key(std::string_view name) {
    append_json(next(), name);
    out_ += ':';
    return out_;
  }
  void member(std::string_view name, std::string_view text) { append_json(key(name), text); }
  template <std::size_t kSize>
  void member(const char (&name)[kSize], std::string_view text) {
    append_json(key(name), text);
  }
  void flag(std::string_view name, bool value) { key(name) += value ? "true" : "false"; }

 private:
  std::string& out_;
  char close_;
  bool first_ = true;
};

struct JsonObject : JsonScope {
  explicit JsonObject(std::string& out) : JsonScope(out, '{', '}') {}
};
struct JsonArray : JsonScope {
  explicit JsonArray(std::string& out) : JsonScope(out, '[', ']') {}
};

/// A whole array of strings.
template <typename Range>
void append_json_array(std::string& out, const Range& texts) {
  JsonArray array(out);
  for (const auto& text : texts) append_json(array.next(), text);
}

}  // namespace quy::trace
