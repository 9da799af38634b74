// Diagnostics for people: place, statement, the source line with an underline, second places, a help line.

#include <algorithm>
#include <ostream>

#include "base/diagnostics/diagnostics.h"
#include "base/diagnostics/severity.h"
#include "base/text.h"

namespace quy {
namespace {

constexpr std::size_t kWidestLine = 160;    // columns of source shown at most
constexpr std::size_t kColumnsBefore = 60;  // columns kept before the place when a line is cut
constexpr std::string_view kCut = "…";

/// A stretch of one source line that fits on a screen: byte ranges into that line.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The first offset at or after `from` where the text since `from` takes more than `columns`, or the end of the line.
std::size_t advance_columns(std::string_view line, std::size_t from, std::size_t columns) {
  std::size_t width = 0;
  while (from < line.size()) {
    const std::size_t after = next_grapheme(line, from);
    width += display_width(line.substr(from, after - from));
    if (width > columns) break;
    from = after;
  }
  return from;
}

/// The part of a line to show around the place that begins at `place`; all of it unless it is very long.
Window window_of(std::string_view line, std::size_t place) {
  Window window{0, line.size()};
  if (line.size() <= kWidestLine || display_width(line) <= kWidestLine) return window;
  const std::size_t columns_to_place = display_width(line.substr(0, place));
  if (columns_to_place > kColumnsBefore) window.begin = advance_columns(line, 0, columns_to_place - kColumnsBefore);
  window.end = advance_columns(line, window.begin, kWidestLine);
  return window;
}

class TextWriter {
 public:
  TextWriter(std::ostream& out, const SourceMap& sources, Language language, bool colour)
      : out_(out), sources_(sources), language_(language), colour_(colour) {}

  void write(const Diagnostic& diagnostic) {
    head(diagnostic);
    if (diagnostic.span.valid()) snippet(diagnostic.span, '^', severity_colour(diagnostic.severity));
    for (const Label& label : diagnostic.labels) second_place(label);
    const std::string advice = help(diagnostic, language_);
    if (!advice.empty())
      out_ << "  = " << (language_ == Language::vi ? "gợi ý: " : "help: ") << printable(advice) << '\n';
  }

 private:
  static std::string_view severity_colour(Severity severity) {
    switch (severity) {
      case Severity::error: return "\033[1;31m";
      case Severity::warning: return "\033[1;33m";
      case Severity::note: return "\033[1;36m";
    }
    return "";
  }

  std::string painted(std::string_view colour, std::string_view content) const {
    if (!colour_) return std::string(content);
    return std::string(colour).append(content).append("\033[0m");
  }

  std::string place(Span span) const {
    const LineColumn at = sources_.line_column(span.file, span.begin);
    return printable(sources_.name(span.file)) + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) + ": ";
  }

  void head(const Diagnostic& diagnostic) {
    if (diagnostic.span.valid()) out_ << place(diagnostic.span);
    const std::string kind =
        std::string(severity_word(diagnostic.severity)) + '[' + std::string(code(diagnostic.message.id)) + ']';
    out_ << painted(severity_colour(diagnostic.severity), kind) << ": "
         << painted("\033[1m", printable(text(diagnostic.message, language_))) << '\n';
  }

  void second_place(const Label& label) {
    if (!label.span.valid()) {
      out_ << "  - " << printable(label.text.in(language_)) << '\n';
      return;
    }
    out_ << "  - " << place(label.span) << printable(label.text.in(language_)) << '\n';
    snippet(label.span, '-', "\033[1;34m");
  }

  /// The line where the span begins, and below it the underline; a span of several lines is underlined to the end of its first.
  void snippet(Span span, char underline, std::string_view colour) {
    const std::string_view line = sources_.line_text(span.file, span.begin);
    const std::uint32_t line_begin = sources_.line_begin(span.file, span.begin);
    const std::size_t begin = std::min<std::size_t>(span.begin - line_begin, line.size());
    const std::size_t end = std::clamp<std::size_t>(span.end - line_begin, begin, line.size());
    const Window window = window_of(line, begin);
    const std::size_t shown_end = std::min(end, window.end);

    const std::string number = std::to_string(sources_.line_column(span.file, span.begin).line);
    const std::string_view cut_before = window.begin > 0 ? kCut : "";
    const std::string_view cut_after = window.end < line.size() ? kCut : "";
    const std::string before = printable(line.substr(window.begin, begin - window.begin));
    const std::string marked = printable(line.substr(begin, shown_end - begin));
    out_ << "  " << number << " | " << cut_before << before << marked
         << printable(line.substr(shown_end, window.end - shown_end)) << cut_after << '\n';
    out_ << "  " << std::string(number.size(), ' ') << " | "
         << std::string(display_width(cut_before) + display_width(before), ' ')
         << painted(colour, std::string(std::max<std::size_t>(display_width(marked), 1), underline)) << '\n';
  }

  std::ostream& out_;
  const SourceMap& sources_;
  Language language_;
  bool colour_;
};

}  // namespace

void write_text(std::ostream& out, const SourceMap& sources, const std::vector<Diagnostic>& diagnostics,
                Language language, bool colour) {
  TextWriter writer(out, sources, language, colour);
  for (const Diagnostic& diagnostic : diagnostics) writer.write(diagnostic);
}

}  // namespace quy
