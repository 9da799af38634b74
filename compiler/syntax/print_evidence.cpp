#include "compiler/syntax/print_text.h"

namespace quy::syntax {
namespace {

std::string_view word_of(FieldType type) {
  switch (type) {
    case FieldType::boolean: return "boolean";
    case FieldType::count: return "count";
    case FieldType::number: return "number";
    case FieldType::percentage: return "percentage";
    case FieldType::points: return "points";
    case FieldType::money: return "money";
    case FieldType::days: return "days";
    case FieldType::date: return "date";
    case FieldType::text: return "text";
    case FieldType::code_of: return "code-of";
    case FieldType::criterion_code: return "criterion-code";
    case FieldType::results: return "results";
    case FieldType::list: return "list";
    case FieldType::record: return "record";
    case FieldType::scale: return "scale";
  }
  return "?";
}

std::string_view word_of(OwnResults own) {
  constexpr std::string_view words[] = {"", "previous-period", "month", "quarter", "half-year", "year"};
  return words[static_cast<std::size_t>(own)];
}

void number(TreeText& out, std::string_view key, const std::optional<Rational>& value) {
  if (value) out.entry(key, value->exact_text());
}

void members(TreeText& out, const EvidenceBlock& block) {
  for (const Field& field : block.fields) print(out, field);
  for (const Requirement& requirement : block.requirements) {
    const Scope scope(out, "require");
    out.expr(requirement.condition);
    out.label(requirement.label);
  }
  for (const EvidenceBlock::ForKinds& inner : block.for_kinds) {
    const Scope scope(out, "with");
    out.names("kinds", inner.kinds);
    members(out, inner.block);
  }
}

}  // namespace

void print(TreeText& out, const Field& field) {
  const Scope scope(out, "field");
  for (const Name& each : field.names) out.name(each);
  out.flag("private", field.is_private);
  out.label(field.label);
  out.word(word_of(field.type));
  out.name(field.type_name);
  out.entry("own", word_of(field.own));
  if (!field.unit.empty()) {
    out.word("unit");
    out.quoted(field.unit);
  }
  if (field.digits) out.entry("digits", std::to_string(*field.digits));
  number(out, "from", field.from);
  number(out, "to", field.to);
  out.name("at-most", field.at_most_field);
  number(out, "at-most", field.at_most);
  out.flag("adds-up", field.over == Field::Over::adds_up);
  out.flag("last-value", field.over == Field::Over::last_value);
  out.entry("within", word_of(field.adds_up_within));
  if (!field.source.empty()) {
    out.word("source");
    out.quoted(field.source);
  }
  out.name("previously", field.previously);
  if (field.block) members(out, *field.block);
}

void print(TreeText& out, const EvidenceBlock& block, std::string_view head) {
  const Scope scope(out, head);
  members(out, block);
}

}  // namespace quy::syntax
