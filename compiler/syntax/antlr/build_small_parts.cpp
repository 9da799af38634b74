#include <algorithm>

#include "base/text.h"
#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {
namespace {

/// `số ngày` is one soft keyword in English, `days`, and two words in Vietnamese.
bool is_phrase(std::string_view name) {
  return name.find_first_of(" \t\r\n") != std::string_view::npos || name.find("\u00A0") != std::string_view::npos;
}

}  // namespace

Span Builder::span(antlr4::ParserRuleContext* context) const {
  const antlr4::Token* first = context->getStart();
  const antlr4::Token* last = context->getStop();
  const auto begin = static_cast<std::uint32_t>(first->getStartIndex());
  // A rule that matched nothing stops before it starts.
  const bool empty = last == nullptr || last->getTokenIndex() < first->getTokenIndex();
  return {source_.file, begin, empty ? begin : static_cast<std::uint32_t>(last->getStopIndex())};
}

Span Builder::span(antlr4::tree::TerminalNode* node) const { return source_.span(token(node)); }

const Token& Builder::token(antlr4::tree::TerminalNode* node) const { return tokens_[node->getSymbol()->getTokenIndex()]; }

std::string_view Builder::text(antlr4::tree::TerminalNode* node) const { return source_.text_of(token(node)); }

Name Builder::name(P::NameContext* context) { return name_at(span(context)); }

Name Builder::name(P::ScaleNameContext* context) { return name_at(span(context)); }

Name Builder::name_at(Span where) {
  std::string_view written = source_.text.substr(where.begin, where.end - where.begin);
  if (written.front() == '`') written = written.substr(1, written.size() - 2);
  if (is_phrase(written)) report(where, Diag::phrase_is_no_name, {written});
  return {std::string(written), where};
}

std::optional<Name> Builder::optional_name(P::NameContext* context) {
  return context == nullptr ? std::nullopt : std::optional(name(context));
}

Name Builder::path(P::PathContext* context) {
  Name whole{{}, span(context)};
  for (P::NameContext* part : context->name()) {
    if (!whole.text.empty()) whole.text += '.';
    whole.text += name(part).text;
  }
  return whole;
}

std::vector<Name> Builder::names(P::NamesContext* context) {
  std::vector<Name> list;
  if (context == nullptr) return list;
  for (P::NameContext* each : context->name()) list.push_back(name(each));
  return list;
}

/// The text between the quotes. In straight quotes `\"` and `\\` stand for `"` and `\`; curly quotes need no escapes and have none.
std::string Builder::string(antlr4::tree::TerminalNode* node) {
  const std::string_view written = text(node);
  constexpr std::size_t kCurlyBytes = 3;
  if (written.front() != '"') return std::string(written.substr(kCurlyBytes, written.size() - 2 * kCurlyBytes));
  std::string value;
  for (std::size_t i = 1; i + 1 < written.size(); ++i) {
    if (written[i] == '\\') {
      ++i;
      if (written[i] != '"' && written[i] != '\\') {
        const std::uint32_t at = token(node).begin + static_cast<std::uint32_t>(i) - 1;
        report({source_.file, at, at + 1}, Diag::unknown_escape).mend({source_.file, at, at + 1}, "\\\\");
      }
    }
    value += written[i];
  }
  return value;
}

LabelText Builder::string_label(antlr4::tree::TerminalNode* node) { return {string(node), span(node), false}; }

bool Builder::may_stand_for_label(std::string_view name) const {
  return parameters_ != nullptr && std::any_of(parameters_->begin(), parameters_->end(), [&](const Parameter& each) {
    return each.kind == ParameterKind::label && fold_id(each.name.text) == fold_id(name);
  });
}

LabelText Builder::label(P::LabelContext* context) {
  if (context->STRING() != nullptr) return string_label(context->STRING());
  Name parameter = name(context->name());
  if (!may_stand_for_label(parameter.text) && !is_phrase(parameter.text)) report(span(context), Diag::label_needs_quotes, {parameter.text});
  return {parameter.text, span(context), true};
}

std::optional<LabelText> Builder::optional_label(P::LabelContext* context) {
  return context == nullptr ? std::nullopt : std::optional(label(context));
}

Citation Builder::citation(antlr4::tree::TerminalNode* node) const { return {std::string(text(node)), span(node), false}; }

Citation Builder::citation(P::CitationContext* context) {
  if (context->CITATION() != nullptr) return citation(context->CITATION());
  Name parameter = name(context->name());
  if (parameters_ == nullptr && !is_phrase(parameter.text)) report(span(context), Diag::clause_needs_capital, {parameter.text});
  return {parameter.text, span(context), true};
}

Citations Builder::citations(P::CitationsContext* context) {
  Citations list;
  if (context == nullptr) return list;
  for (P::CitationContext* each : context->citation()) list.push_back(citation(each));
  return list;
}

Citations Builder::citations(const std::vector<antlr4::tree::TerminalNode*>& nodes) const {
  Citations list;
  for (antlr4::tree::TerminalNode* node : nodes) list.push_back(citation(node));
  return list;
}

Per Builder::calendar_span(P::CalendarSpanContext* context) const {
  if (context->YEAR() != nullptr) return Per::year;
  if (context->QUARTER() != nullptr) return Per::quarter;
  return context->MONTH() != nullptr ? Per::month : Per::term;
}

Proof Builder::proof(P::ProofContext* context) const {
  if (context == nullptr) return Proof::none;
  if (context->NEEDS_REASON() != nullptr) return Proof::reason;
  return context->NEEDS_DOCUMENT() != nullptr ? Proof::document : Proof::reason_and_document;
}

LabelledName Builder::labelled_name(P::NameContext* name_context, P::LabelContext* label_context) {
  return {name(name_context), optional_label(label_context)};
}

}  // namespace quy::syntax
