#include "compiler/syntax/antlr/builder.h"
#include "compiler/syntax/numbers.h"

namespace quy::syntax {

Rational Builder::number(antlr4::tree::TerminalNode* node) {
  const NumberReading reading = read_number(text(node), source_.language);
  const Span where = span(node);
  switch (reading.problem) {
    case NumberProblem::none: break;
    case NumberProblem::wrong_mark: {
      const Diag id = source_.language == Language::vi ? Diag::number_mark_vietnamese : Diag::number_mark_english;
      Diagnostic& diagnostic = report(where, id, {text(node)});
      if (!reading.fix.empty()) diagnostic.mend(where, reading.fix);
      break;
    }
    case NumberProblem::many_marks:
      report(where, Diag::numbers_need_semicolons, {text(node), reading.fix}).mend(where, reading.fix);
      break;
    case NumberProblem::too_long: report(where, Diag::number_too_long); break;
  }
  return reading.value;
}

std::optional<int> Builder::small_integer(antlr4::tree::TerminalNode* node) {
  const Rational value = number(node);
  const std::optional<std::int64_t> integer = value.to_int64();
  constexpr int kLargest = 1000;
  if (integer && *integer <= kLargest) return static_cast<int>(*integer);
  report(span(node), Diag::small_integer_expected, {text(node), kLargest});
  return std::nullopt;
}

NumberText Builder::number_text(P::NumberContext* context) {
  NumberText result;
  result.span = span(context);
  if (context->NUMBER() != nullptr) {
    result.value = number(context->NUMBER());
  } else {
    result.parameter = name(context->name()).text;
  }
  return result;
}

NumberText Builder::signed_number(P::SignedNumberContext* context) {
  NumberText result;
  result.span = span(context);
  result.percent = context->PERCENT() != nullptr;
  result.value = result.percent ? percent(context->NUMBER()) : number(context->NUMBER());
  if (context->MINUS() != nullptr) result.value = -result.value;
  return result;
}

Rational Builder::percent(antlr4::tree::TerminalNode* node) { return number(node) / Rational(100); }

DayNumber Builder::date(antlr4::tree::TerminalNode* node) {
  const std::optional<DayNumber> day = parse_vietnamese_date(text(node));
  if (!day) report(span(node), Diag::no_such_date, {text(node)});
  return day.value_or(0);
}

/// Three numbers, in either language: `1.0.0`.
std::string Builder::version(antlr4::tree::TerminalNode* node) {
  const std::string_view written = text(node);
  std::size_t dots = 0;
  bool plain = true;
  for (const char c : written) {
    dots += c == '.' ? 1 : 0;
    plain = plain && c != ',';
  }
  if (!plain || dots != 2) report(span(node), Diag::bad_version, {written});
  return std::string(written);
}

}  // namespace quy::syntax
