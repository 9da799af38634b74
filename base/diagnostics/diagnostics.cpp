#include "base/diagnostics/diagnostics.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <tuple>

namespace quy {
namespace {

struct Row {
  std::string_view code;
  std::string_view name;
  Severity severity;
  std::string_view vi;
  std::string_view en;
  std::string_view help_vi;
  std::string_view help_en;
};

constexpr Row kRows[] = {
#define QUY_DIAGNOSTIC(code, name, severity, vi, en, help_vi, help_en) \
  {#code, #name, Severity::severity, vi, en, help_vi, help_en},
#include "base/diagnostics/diagnostics.def"
#undef QUY_DIAGNOSTIC
};

const Row& row(Diag id) {
  assert(id < Diag::count_);
  return kRows[static_cast<std::size_t>(id)];
}

/// Fills in the arguments. A template that asks for more than there are is a mistake of ours; it is shown bare rather than lost.
std::string fill(std::string_view pattern, const Message& message, Language language) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const Argument& argument : message.arguments) store.push_back(std::cref(argument.text.in(language)));
  try {
    return fmt::vformat(fmt::string_view(pattern.data(), pattern.size()), store);
  } catch (const fmt::format_error&) {
    assert(false && "a message has fewer arguments than its text names");
    return std::string(pattern);
  }
}

auto order_key(const Diagnostic& diagnostic) {
  return std::tuple(diagnostic.span.file, diagnostic.span.begin, code(diagnostic.message.id), diagnostic.span.end);
}

bool same_arguments(const Message& a, const Message& b) {
  return std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(), b.arguments.end(),
                    [](const Argument& x, const Argument& y) { return x.text == y.text; });
}

bool repeats(const Diagnostic& a, const Diagnostic& b) {
  return a.message.id == b.message.id && a.span == b.span && a.severity == b.severity &&
         same_arguments(a.message, b.message);
}

bool within(Span inner, Span outer) {
  if (!outer.valid()) return true;
  return inner.file == outer.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

}  // namespace

Diagnostic& Diagnostic::label(Span where, Bilingual label_text) {
  labels.push_back({where, std::move(label_text)});
  return *this;
}

Diagnostic& Diagnostic::suggest(std::optional<std::string> word) {
  message.suggestion = std::move(word);
  return *this;
}

Diagnostic& Diagnostic::mend(Span where, std::string replacement) {
  fix = Fix{where, std::move(replacement)};
  return *this;
}

std::string_view code(Diag id) { return row(id).code; }
std::string_view name(Diag id) { return row(id).name; }
Severity default_severity(Diag id) { return row(id).severity; }

std::string text(const Message& message, Language language) {
  const Row& found = row(message.id);
  return fill(language == Language::vi ? found.vi : found.en, message, language);
}

std::string help(const Message& message, Language language) {
  if (message.suggestion) {
    return fmt::format(fmt::runtime(language == Language::vi ? "có phải ý bạn là `{}`?" : "did you mean `{}`?"),
                       *message.suggestion);
  }
  const Row& found = row(message.id);
  return fill(language == Language::vi ? found.help_vi : found.help_en, message, language);
}

std::string help(const Diagnostic& diagnostic, Language language) {
  return diagnostic.severity == Severity::note ? std::string() : help(diagnostic.message, language);
}

Diagnostic& DiagnosticSink::report(Span span, Diag id, std::initializer_list<Argument> arguments) {
  return report(span, Message{id, arguments, std::nullopt});
}

Diagnostic& DiagnosticSink::report(Span span, Message message) {
  Diagnostic& added = diagnostics_.emplace_back();
  added.severity = default_severity(message.id);
  added.message = std::move(message);
  added.span = span;
  if (added.severity == Severity::error) ++errors_;
  return added;
}

void DiagnosticSink::sort() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return order_key(a) < order_key(b); });
  // Repeats share place and code, but others of that place and code may stand between them.
  std::vector<Diagnostic> kept;
  for (Diagnostic& diagnostic : diagnostics_) {
    bool repeated = false;
    for (auto before = kept.rbegin(); before != kept.rend() && order_key(*before) == order_key(diagnostic); ++before) {
      repeated = repeated || repeats(*before, diagnostic);
    }
    if (!repeated) kept.push_back(std::move(diagnostic));
  }
  diagnostics_ = std::move(kept);
  errors_ = static_cast<std::size_t>(std::count_if(diagnostics_.begin(), diagnostics_.end(),
                                                   [](const Diagnostic& d) { return d.severity == Severity::error; }));
}

bool DiagnosticSink::acknowledge(std::string_view diagnostic_code, Span scope, const Label& by) {
  bool found = false;
  for (Diagnostic& diagnostic : diagnostics_) {
    if (code(diagnostic.message.id) != diagnostic_code || !within(diagnostic.span, scope)) continue;
    found = true;
    // A framework's acceptance meets the message again in each pack that refines it.
    if (diagnostic.severity == Severity::note) continue;
    if (diagnostic.severity == Severity::error) --errors_;
    diagnostic.severity = Severity::note;
    diagnostic.labels.push_back(by);
  }
  return found;
}

}  // namespace quy
