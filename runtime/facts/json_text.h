#pragma once
// JSON out, in the order written: numbers as the decimal text they are given in, so none passes through binary floating point.

#include <string>
#include <string_view>
#include <vector>

namespace quy::facts {

/// Appends `text` in quotes, escaped; `text` is UTF-8.
void append_json(std::string& out, std::string_view text);

class JsonText {
 public:
  JsonText& open(char bracket = '{') {
    separate();
    text_ += bracket;
    closers_ += bracket == '{' ? '}' : ']';
    first_ = true;
    return *this;
  }
  JsonText& close() {
    text_ += closers_.back();
    closers_.pop_back();
    first_ = false;
    return *this;
  }
  JsonText& key(std::string_view name) {
    string(name);
    text_ += ':';
    first_ = true;
    return *this;
  }
  JsonText& string(std::string_view value);
  /// A number, `true`, `false` or `null`.
  JsonText& bare(std::string_view value) {
    separate();
    text_ += value;
    return *this;
  }
  JsonText& strings(const std::vector<std::string>& values) {
    open('[');
    for (const std::string& value : values) string(value);
    return close();
  }
  JsonText& member(std::string_view name, std::string_view value) { return key(name).string(value); }
  JsonText& bare_member(std::string_view name, std::string_view value) { return key(name).bare(value); }

  std::string take() { return std::move(text_); }

 private:
  void separate() {
    if (!first_) text_ += ',';
    first_ = false;
  }

  std::string text_, closers_;
  bool first_ = true;
};

}  // namespace quy::facts
