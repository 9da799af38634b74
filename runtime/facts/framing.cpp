#include "runtime/facts/framing.h"

#include <algorithm>

#include "base/limits.h"

namespace quy::facts {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// Lines are handed on in pieces of about this size: small enough for the cache, large enough for simdjson.
constexpr std::size_t kPieceBytes = std::size_t{1} << 18;
/// Brackets of an element that are told apart; deeper ones, which only a record to be refused has, are counted.
constexpr std::size_t kBracketsKept = 4096;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class LineFraming : public Framing {
 public:
  explicit LineFraming(std::uint64_t line) : line_(line) {}

  std::size_t take(std::string_view bytes, bool last, RecordSink& sink) override {
    std::size_t done = skipping_ ? skip_line(bytes) : 0;
    while (!skipping_ && done < bytes.size()) {
      const std::string_view rest = bytes.substr(done);
      const std::size_t size = piece(rest, last);
      if (size == 0) {
        if (rest.size() <= limits::record_bytes) break;
        sink.too_long(line_);
        skipping_ = true;
        return bytes.size();
      }
      line_ += sink.lines(rest.substr(0, size), line_);
      done += size;
    }
    return done;
  }

 private:
  /// Bytes of the whole lines to hand on next; 0 when the line that begins here does not end yet.
  static std::size_t piece(std::string_view rest, bool last) {
    if (rest.size() <= kPieceBytes && last) return rest.size();
    const std::size_t within = rest.rfind('\n', std::min(rest.size(), kPieceBytes) - 1);
    if (within != std::string_view::npos) return within + 1;
    const std::size_t after = rest.size() > kPieceBytes ? rest.find('\n', kPieceBytes) : std::string_view::npos;
    if (after != std::string_view::npos) return after + 1;
    return last ? rest.size() : 0;
  }

  /// The rest of a line that is too long.
  std::size_t skip_line(std::string_view bytes) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) return bytes.size();
    skipping_ = false;
    ++line_;
    return end + 1;
  }

  std::uint64_t line_;
  bool skipping_ = false;
};

/// Cuts at the commas and the bracket that stand outside every element. Whether an element is JSON is not looked at here, but a broken one
/// must not take its neighbours along: a string ends with its line, and a closing bracket closes what was left open inside it.
class ArrayFraming : public Framing {
 public:
  explicit ArrayFraming(std::uint64_t line) : line_(line), element_line_(line) {}

  std::size_t take(std::string_view bytes, bool last, RecordSink& sink) override {
    while (scanned_ < bytes.size()) {
      if (closed_) return after_end(bytes);
      step(bytes, sink);
    }
    if (last && !closed_) {
      if (begun_) end_element(bytes, scanned_, sink);
      return bytes.size();
    }
    return let_go(bytes, sink);
  }

  std::optional<Message> problem() const override {
    if (!closed_) return Message{Diag::array_not_closed, {}, {}};
    if (line_after_ != 0) return Message{Diag::text_after_array, {line_after_}, {}};
    return std::nullopt;
  }

 private:
  void step(std::string_view bytes, RecordSink& sink) {
    const char c = bytes[scanned_];
    if (c == '\n') {
      ++line_;
      in_string_ = escaped_ = false;
    } else if (in_string_) {
      in_string_ = escaped_ || c != '"';
      escaped_ = !escaped_ && c == '\\';
    } else if (ends_element(c)) {
      return finish_element(bytes, c, sink);
    } else if (!is_space(c)) {
      begin_element();
      follow(c);
    }
    ++scanned_;
  }

  bool ends_element(char c) const { return open_.empty() && deeper_ == 0 && (c == ',' || c == ']'); }

  void begin_element() {
    if (begun_) return;
    begun_ = true;
    begin_ = scanned_;
    element_line_ = line_;
  }

  void follow(char c) {
    if (c == '"') in_string_ = true;
    if (c == '{' || c == '[') open(c);
    if (c == '}' || c == ']') close(c == '}' ? '{' : '[');
  }

  void open(char bracket) {
    if (open_.size() < kBracketsKept) {
      open_ += bracket;
    } else {
      ++deeper_;
    }
  }

  void close(char bracket) {
    if (deeper_ > 0) {
      --deeper_;
    } else if (const std::size_t opened = open_.rfind(bracket); opened != std::string::npos) {
      open_.resize(opened);
    }
  }

  void finish_element(std::string_view bytes, char c, RecordSink& sink) {
    closed_ = c == ']';
    // `[]` has none; after a comma one is due.
    if (begun_ || !closed_ || comma_before_) end_element(bytes, scanned_, sink);
    comma_before_ = true;
    ++scanned_;
  }

  void end_element(std::string_view bytes, std::size_t end, RecordSink& sink) {
    if (too_long_ || (begun_ && end - begin_ > limits::record_bytes)) {
      sink.too_long(element_line_);
    } else {
      std::string_view text = begun_ ? bytes.substr(begin_, end - begin_) : std::string_view();
      while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
      sink.element(text, begun_ ? element_line_ : line_);
    }
    begun_ = too_long_ = false;
  }

  /// What is before the element that is still open need not be seen again; of one above the limit, nothing.
  std::size_t let_go(std::string_view bytes, RecordSink&) {
    if (begun_ && bytes.size() - begin_ > limits::record_bytes) too_long_ = true;
    const std::size_t done = begun_ && !too_long_ ? begin_ : bytes.size();
    scanned_ = bytes.size() - done;
    begin_ = 0;
    return done;
  }

  std::size_t after_end(std::string_view bytes) {
    for (const char c : bytes.substr(scanned_)) {
      if (!is_space(c) && line_after_ == 0) line_after_ = line_;
      if (c == '\n') ++line_;
    }
    scanned_ = 0;
    return bytes.size();
  }

  std::uint64_t line_, element_line_, line_after_ = 0;
  std::size_t scanned_ = 0;  ///< of the bytes last seen
  std::size_t begin_ = 0;    ///< of the element, among them
  bool begun_ = false, in_string_ = false, escaped_ = false, comma_before_ = false, closed_ = false, too_long_ = false;
  std::string open_;  ///< brackets inside the element
  std::uint64_t deeper_ = 0;
};

class SniffingFraming : public Framing {
 public:
  std::size_t take(std::string_view bytes, bool last, RecordSink& sink) override {
    if (chosen_) return chosen_->take(bytes, last, sink);
    std::size_t done = 0;
    if (at_start_) {
      if (bytes.size() < kByteOrderMark.size() && !last) return 0;
      at_start_ = false;
      if (bytes.starts_with(kByteOrderMark)) done = kByteOrderMark.size();
    }
    while (done < bytes.size() && is_space(bytes[done])) line_ += bytes[done++] == '\n' ? 1 : 0;
    if (done == bytes.size()) return done;
    if (bytes[done] == '[') {
      chosen_ = std::make_unique<ArrayFraming>(line_);
      ++done;
    } else {
      chosen_ = std::make_unique<LineFraming>(line_);
    }
    return done + chosen_->take(bytes.substr(done), last, sink);
  }

  std::optional<Message> problem() const override { return chosen_ ? chosen_->problem() : std::nullopt; }

 private:
  std::unique_ptr<Framing> chosen_;
  std::uint64_t line_ = 1;
  bool at_start_ = true;
};

}  // namespace

std::unique_ptr<Framing> make_framing() { return std::make_unique<SniffingFraming>(); }

std::unique_ptr<Framing> make_line_framing(std::uint64_t line) { return std::make_unique<LineFraming>(line); }

}  // namespace quy::facts
