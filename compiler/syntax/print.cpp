#include "compiler/syntax/print.h"

#include "compiler/syntax/print_text.h"

namespace quy::syntax {
namespace {

void labelled(TreeText& out, const std::vector<LabelledName>& names) {
  for (const LabelledName& each : names) {
    out.name(each.name);
    out.label(each.label);
  }
}

void print(TreeText& out, const PackHeader& header) {
  const Scope scope(out, header.framework ? "framework" : "criteria-set");
  out.name(header.path);
  out.label(header.label);
  out.entry("version", header.version);
  out.name("refines", header.refines);
  if (header.in_force_from) out.day("from", *header.in_force_from);
  if (header.in_force_to) out.day("to", *header.in_force_to);
}

void print(TreeText& out, const LegalBasis& basis) {
  const Scope scope(out, "legal-basis");
  out.name(basis.name);
  out.quoted(basis.document);
  out.day("date", basis.date);
  if (!basis.replaces.empty()) {
    out.word("replaces");
    out.quoted(basis.replaces);
  }
}

void print(TreeText& out, const SubjectKinds& kinds) {
  const Scope scope(out, "kinds");
  labelled(out, kinds.kinds);
}

void print(TreeText& out, const OrderedScale& scale) {
  const Scope scope(out, "scale");
  out.name(scale.name);
  out.label(scale.label);
  out.word("steps");
  labelled(out, scale.steps);
}

void print(TreeText& out, const EvidenceBlock& block) { print(out, block, "shared-evidence"); }

void print(TreeText& out, const Table& table) {
  const Scope scope(out, "data-table");
  out.name(table.name);
  out.label(table.label);
  out.quoted(table.file);
  out.entry("key", table.key.text);
  for (const Field& column : table.columns) print(out, column);
}

void print(TreeText& out, const WorkCalendarDates& dates) {
  const Scope scope(out, "calendar");
  for (const DayNumber day : dates.holidays) out.day("holiday", day);
  for (const DayNumber day : dates.extra_workdays) out.day("workday", day);
}

void print(TreeText& out, const Indicator& indicator) {
  constexpr std::string_view kKinds[] = {"citation", "label", "name", "value"};
  const Scope scope(out, "indicator");
  out.name(indicator.name);
  for (const Parameter& parameter : indicator.parameters) out.entry(kKinds[static_cast<std::size_t>(parameter.kind)], parameter.name.text);
  print(out, indicator.body);
}

void print(TreeText& out, const Subject& subject) {
  const Scope scope(out, "subject");
  out.name(subject.path);
  out.label(subject.label);
  out.name("kind", subject.kind);
  out.name("modelled-on", subject.modelled_on);
  out.name("rating", subject.rating);
  out.citations(subject.citations);
  print(out, subject.body);
}

void print(TreeText& out, const Profile& profile) {
  const Scope scope(out, "profile");
  out.name(profile.name);
  out.label(profile.label);
  for (const Profile::Row& row : profile.rows) out.entry(row.choice.text, row.option.text);
}

void print(TreeText& out, const DefaultApplicability& rule) {
  const Scope scope(out, "default");
  out.word(word_of(rule.applicability));
}

void print(TreeText& out, const Stages& stages) {
  const Scope scope(out, "stages");
  labelled(out, stages.stages);
}

void print(TreeText& out, const NotRules& list) {
  const Scope scope(out, "not-rules");
  for (const NotRules::Row& row : list.rows) {
    const Scope inner(out, "row");
    out.citations(row.clauses, "clauses");
    out.quoted(row.reason);
  }
}

void print(TreeText& out, const Acceptance& acceptance) {
  const Scope scope(out, "accept");
  out.word(acceptance.code);
  out.quoted(acceptance.reason);
  out.citations(acceptance.citations);
}

void print(TreeText& out, const Item& item) {
  std::visit([&](const auto& node) { print(out, node); }, item);
}

}  // namespace

std::string print(const Item& item) {
  TreeText out;
  print(out, item);
  return out.take() + "\n";
}

std::string print(const File& file) {
  std::string text;
  for (const Item& item : file.items) text += print(item);
  return text;
}

}  // namespace quy::syntax
