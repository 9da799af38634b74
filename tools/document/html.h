#pragma once
// Writes HTML that is well-formed XML as well: elements close themselves, every text is escaped.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace quy::tools {

class Html {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// Closes what `open` began.
  class Element {
   public:
    Element(Html& html, std::string_view tag) : html_(html), tag_(tag) {}
    ~Element() { html_.close(tag_); }
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;

   private:
    Html& html_;
    std::string tag_;
  };

  [[nodiscard]] Element open(std::string_view tag, Attributes attributes = {});
  /// An element that holds text alone.
  void leaf(std::string_view tag, std::string_view text, Attributes attributes = {});
  /// An element that holds nothing.
  void empty(std::string_view tag, Attributes attributes = {});
  void text(std::string_view text);
  /// Text of this program that is written as it is.
  void raw(std::string_view text) { out_ += text; }
  std::string take() { return std::move(out_); }

 private:
  void begin(std::string_view tag, Attributes attributes);
  void close(std::string_view tag);

  std::string out_;
};

}  // namespace quy::tools
