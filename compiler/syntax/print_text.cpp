#include "compiler/syntax/print_text.h"

#include "compiler/syntax/print.h"

namespace quy::syntax {

void TreeText::open(std::string_view head) {
  if (!text_.empty()) text_ += '\n';
  text_.append(2 * depth_, ' ').append("(").append(head);
  ++depth_;
}

void TreeText::word(std::string_view word) { text_.append(" ").append(word); }

void TreeText::quoted(std::string_view text) {
  text_ += " \"";
  for (const char c : text) {
    if (c == '"' || c == '\\') text_ += '\\';
    text_ += c;
  }
  text_ += '"';
}

void TreeText::entry(std::string_view key, std::string_view text) {
  if (text.empty()) return;
  word(key);
  word(text);
}

void TreeText::name(const Name& name) {
  if (!name.empty()) word(name.text);
}

void TreeText::name(std::string_view key, const std::optional<Name>& name) {
  if (name) entry(key, name->text);
}

void TreeText::names(std::string_view key, const std::vector<Name>& names) {
  if (names.empty()) return;
  word(key);
  for (const Name& each : names) word(each.text);
}

void TreeText::label(const std::optional<LabelText>& label) {
  if (!label) return;
  if (label->is_parameter) {
    entry("label", label->text);
  } else {
    quoted(label->text);
  }
}

void TreeText::citations(const Citations& citations, std::string_view key) {
  if (citations.empty()) return;
  word(key);
  for (const Citation& each : citations) word(each.is_parameter ? "$" + each.text : each.text);
}

void TreeText::number(const NumberText& number) {
  word(number.parameter.empty() ? number.value.exact_text() + (number.percent ? "[%]" : "") : "$" + number.parameter);
}

void TreeText::number(std::string_view key, const std::optional<NumberText>& value) {
  if (!value) return;
  word(key);
  number(*value);
}

void TreeText::day(std::string_view key, DayNumber day) { entry(key, iso_date(day)); }

void TreeText::expr(const ExprPtr& expr) {
  if (expr) word(print(*expr));
}

void TreeText::expr(std::string_view key, const ExprPtr& value) {
  if (!value) return;
  word(key);
  expr(value);
}

std::string_view word_of(Per per) {
  switch (per) {
    case Per::none: return "";
    case Per::year: return "year";
    case Per::quarter: return "quarter";
    case Per::month: return "month";
    case Per::week: return "week";
    case Per::term: return "term";
  }
  return "";
}

std::string_view word_of(Proof proof) {
  switch (proof) {
    case Proof::none: return "";
    case Proof::reason: return "reason";
    case Proof::document: return "document";
    case Proof::reason_and_document: return "reason-and-document";
  }
  return "";
}

std::string_view word_of(Applicability applicability) {
  switch (applicability) {
    case Applicability::unstated: return "";
    case Applicability::if_any: return "if-any";
    case Applicability::must_exist: return "must-exist";
  }
  return "";
}

std::string_view word_of(GapPolicy policy) {
  switch (policy) {
    case GapPolicy::no_level: return "no-level";
    case GapPolicy::next_lower: return "next-lower";
    case GapPolicy::down_to_the_end: return "down-to-the-end";
  }
  return "";
}

}  // namespace quy::syntax
