#include "compiler/sema/citations.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace quy::sema {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// `D11`, `PL2`, `II`, `B`: capitals, then a number, then at most one small letter (D11a).
bool is_first_part(const std::string& part) {
  std::size_t at = 0;
  while (at < part.size() && std::isupper(static_cast<unsigned char>(part[at]))) ++at;
  if (at == 0 || at > 4) return false;
  while (at < part.size() && is_digit(part[at])) ++at;
  return part.size() - at <= 1;
}

/// `2`, `-1`, `c`, `dd`, `p1`, `III`.
bool is_further_part(const std::string& part) {
  std::string rest = part.starts_with('-') ? part.substr(1) : part;
  if (rest.empty()) return false;
  std::size_t letters = 0;
  while (letters < rest.size() && !is_digit(rest[letters])) ++letters;
  if (!std::all_of(rest.begin() + static_cast<std::ptrdiff_t>(letters), rest.end(), is_digit)) return false;
  bool capitals = std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(letters),
                              [](char c) { return std::isupper(static_cast<unsigned char>(c)); });
  return letters <= (capitals ? 6U : 2U) && rest.find('_') == std::string::npos;
}

bool has_shape(const std::string& clause) {
  // đ and Đ count as one letter each, so the check works on their stand-ins.
  std::string text;
  for (std::size_t i = 0; i < clause.size(); ++i) {
    if (clause.compare(i, 2, "đ") == 0 || clause.compare(i, 2, "Đ") == 0) {
      text += clause.compare(i, 2, "đ") == 0 ? 'd' : 'D';
      ++i;
    } else {
      text += clause[i];
    }
  }
  std::size_t begin = 0;
  for (bool first = true; begin <= text.size(); first = false) {
    std::size_t end = std::min(text.find('.', begin), text.size());
    std::string part = text.substr(begin, end - begin);
    if (!(first ? is_first_part(part) : is_further_part(part))) return false;
    begin = end + 1;
  }
  return true;
}

/// An indicator without a citation parameter stands for one place of the text and may name its clauses; one with such a parameter is used
/// under different clauses, so a clause written inside it would be wrong for all uses but one.
bool takes_clauses(const syntax::Indicator& indicator) {
  return std::any_of(indicator.parameters.begin(), indicator.parameters.end(),
                     [](const syntax::Parameter& parameter) { return parameter.kind == syntax::ParameterKind::citation; });
}

}  // namespace

std::optional<std::string> read_clause(const Context& context, const syntax::Citation& citation, Reporter& report) {
  Context place = context;
  if (citation.is_parameter) {
    if (const Bound* bound = bound_parameter(context, citation.text)) place = bound->context;
  } else if (context.environment && takes_clauses(*context.environment->indicator)) {
    report.at(context, citation.span, Diag::clause_in_indicator, {citation.text});
  }
  auto given = citation_in(context, citation);
  if (!given) {
    report.at(context, citation.span, Diag::citation_parameter_unknown, {citation.text});
    return std::nullopt;
  }
  std::size_t colon = given->text.find(':');
  std::string document = colon == std::string::npos ? "" : given->text.substr(0, colon);
  std::string clause = colon == std::string::npos ? given->text : given->text.substr(colon + 1);
  if (!has_shape(clause)) report.at(place, given->span, Diag::citation_shape, {clause});
  const auto& documents = place.pack->documents;
  if (document.empty()) {
    if (documents.empty()) report.at(place, given->span, Diag::no_legal_basis, {clause});
    return clause;
  }
  std::size_t index = documents.index(fold_id(document));
  if (index == documents.npos) {
    report.at(place, given->span, Diag::unknown_document, {document}).suggest(nearest(document, documents.names()));
    return std::nullopt;
  }
  return index == 0 ? clause : documents.rows()[index].id + ":" + clause;
}

Clauses read_clauses(const Context& context, const syntax::Citations& citations, Reporter& report) {
  Clauses clauses;
  for (const syntax::Citation& citation : citations) {
    auto clause = read_clause(context, citation, report);
    if (!clause) continue;
    if (std::find(clauses.ids.begin(), clauses.ids.end(), *clause) == clauses.ids.end()) clauses.ids.push_back(*clause);
    if (!clauses.span.valid() || clauses.span.file == citation.span.file) clauses.span = cover(clauses.span, citation.span);
  }
  return clauses;
}

bool covers(const std::string& wider, const std::string& clause) {
  return clause == wider || (clause.size() > wider.size() && clause.starts_with(wider) && clause[wider.size()] == '.');
}

}  // namespace quy::sema
