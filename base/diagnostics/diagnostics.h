#pragma once
// Messages: declared once in diagnostics.def, raised with typed arguments, written as text, JSON or (later) editor output.
//
// A Message is an id with its arguments; a Diagnostic is a Message with places in source. Records that are rejected while they are
// read carry a Message too, so that every text a user sees has a stable id and both languages.

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/language.h"
#include "base/source.h"

namespace quy {

enum class Severity : std::uint8_t { error, warning, note };

/// One per row of diagnostics.def, named after its second column.
enum class Diag : std::uint16_t {
#define QUY_DIAGNOSTIC(code, name, severity, vi, en, help_vi, help_en) name,
#include "base/diagnostics/diagnostics.def"
#undef QUY_DIAGNOSTIC
  count_
};

/// An integer that is a number, not a character or a truth value.
template <typename T>
concept IntegerArgument = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

/// An argument of a message: user text (the same in both languages), a number, or a term that exists in both.
struct Argument {
  Bilingual text;
  Argument(std::string user_text) : text{user_text, user_text} {}
  Argument(std::string_view user_text) : Argument(std::string(user_text)) {}
  Argument(const char* user_text) : Argument(std::string(user_text)) {}
  template <IntegerArgument Number>
  Argument(Number number) : Argument(std::to_string(number)) {}
  Argument(Bilingual term) : text(std::move(term)) {}
};

struct Message {
  Diag id = Diag::count_;
  std::vector<Argument> arguments;
  /// "did you mean": offered by the help line when present.
  std::optional<std::string> suggestion;
};

/// A second place with a remark, such as "first declared here".
struct Label {
  Span span;
  Bilingual text;
};

/// A replacement that would mend the source without changing anything else.
struct Fix {
  Span span;
  std::string replacement;
};

struct Diagnostic {
  Message message;
  Severity severity = Severity::error;
  Span span;
  std::vector<Label> labels;
  std::optional<Fix> fix;

  Diagnostic& label(Span where, Bilingual text);
  Diagnostic& suggest(std::optional<std::string> word);
  Diagnostic& mend(Span where, std::string replacement);
};

std::string_view code(Diag id);  ///< "Q0123"
std::string_view name(Diag id);  ///< the name in diagnostics.def
Severity default_severity(Diag id);
/// The statement with its arguments filled in; no code, no place, no final full stop.
std::string text(const Message& message, Language language);
/// The help line ("did you mean" when the message has a suggestion), or an empty string.
std::string help(const Message& message, Language language);
/// The same for a diagnostic: one that was accepted needs no advice.
std::string help(const Diagnostic& diagnostic, Language language);

/// Collects what one compilation has to say. Owned by the driver; stages only report.
class DiagnosticSink {
 public:
  /// The result may be amended until the next report: `sink.report(…).label(…).suggest(…)`.
  Diagnostic& report(Span span, Diag id, std::initializer_list<Argument> arguments = {});
  Diagnostic& report(Span span, Message message);
  bool has_errors() const { return errors_ != 0; }
  std::size_t error_count() const { return errors_; }
  const std::vector<Diagnostic>& all() const { return diagnostics_; }
  /// Stable order by file, place, code; exact repeats dropped. Called by the driver before writing.
  void sort();
  /// Turns every reported diagnostic with this code inside `scope` (an invalid one is everywhere) into an acknowledged note
  /// ("chấp nhận Q0123 vì …"), labelled with the place that accepts it. Returns whether one was found.
  bool acknowledge(std::string_view diagnostic_code, Span scope, const Label& by);

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
};

/// `file:line:col: error[Q0123]: …`, the source line, an underline, labels, a help line. Colour only when asked.
void write_text(std::ostream& out, const SourceMap& sources, const std::vector<Diagnostic>& diagnostics,
                Language language, bool colour);
/// One JSON array of {"id","severity","file","line","column","end_line","end_column","message","help","labels","fix"}.
void write_json(std::ostream& out, const SourceMap& sources, const std::vector<Diagnostic>& diagnostics,
                Language language);

}  // namespace quy
