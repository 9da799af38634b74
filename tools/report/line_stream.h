#pragma once
// A stream whose lines go to a function.

#include <functional>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace quy::tools {

class LineStream : public std::ostream {
 public:
  /// Called with each line, without its line break.
  using Take = std::function<void(std::string_view)>;
  explicit LineStream(Take take) : std::ostream(&buffer_), buffer_(std::move(take)) {}

 private:
  class Buffer : public std::streambuf {
   public:
    explicit Buffer(Take take) : take_(std::move(take)) {}

   protected:
    int_type overflow(int_type character) override {
      const char one = traits_type::to_char_type(character);
      xsputn(&one, 1);
      return character;
    }
    std::streamsize xsputn(const char* bytes, std::streamsize count) override {
      std::string_view rest(bytes, static_cast<std::size_t>(count));
      for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        line_ += rest.substr(0, end);
        take_(line_);
        line_.clear();
        rest.remove_prefix(end + 1);
      }
      line_ += rest;
      return count;
    }

   private:
    Take take_;
    std::string line_;
  };

  Buffer buffer_;
};

}  // namespace quy::tools
