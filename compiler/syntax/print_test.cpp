#include "compiler/syntax/print_text.h"

namespace quy::syntax {
namespace {

void print(TreeText& out, const GivenValue& value) {
  switch (value.kind) {
    case GivenValue::Kind::not_applicable:
      out.word("not-applicable");
      if (!value.text.empty()) out.quoted(value.text);
      break;
    case GivenValue::Kind::did_not_arise: out.word("did-not-arise"); break;
    case GivenValue::Kind::not_yet_due: out.day("due", value.day); break;
    case GivenValue::Kind::not_there_yet: out.word("not-there-yet"); break;
    case GivenValue::Kind::rows:
      out.word("rows");
      for (const GivenRow& row : value.rows) {
        const Scope scope(out, "row");
        for (const auto& [name, cell] : row) {
          out.name(name);
          print(out, cell);
        }
      }
      break;
    case GivenValue::Kind::truth: out.word(value.truth ? "true" : "false"); break;
    case GivenValue::Kind::date: out.day("date", value.day); break;
    case GivenValue::Kind::string: out.quoted(value.text); break;
    case GivenValue::Kind::name: out.word(value.text); break;
    case GivenValue::Kind::number: out.number(value.number); break;
  }
}

void print(TreeText& out, const GivenFact& fact) {
  constexpr std::string_view kHeads[] = {"given", "given-total", "given-points", "given-maximum", "closed", "decision", "exception"};
  const Scope scope(out, kHeads[static_cast<std::size_t>(fact.kind)]);
  out.name(fact.name);
  out.entry("stage", fact.stage.text);
  out.entry("clause", fact.clause.text);
  if (!fact.text.empty()) out.quoted(fact.text);
  if (fact.kind == GivenFact::Kind::closed) out.day("date", fact.day);
  const bool has_value = fact.kind != GivenFact::Kind::closed && fact.kind != GivenFact::Kind::decision && fact.kind != GivenFact::Kind::exception;
  if (has_value) print(out, fact.value);
}

void print(TreeText& out, const Expectation& expected) {
  constexpr std::string_view kKinds[] = {"rating", "total", "points", "left-out", "undecided", "authority", "gap", "not-rated", "missing"};
  const Scope scope(out, "expect");
  out.word(kKinds[static_cast<std::size_t>(expected.kind)]);
  out.name(expected.name);
  if (expected.kind == Expectation::Kind::total || expected.kind == Expectation::Kind::points) {
    out.number(expected.from);
    out.number(expected.to);
  }
  out.flag("possible", expected.lists_possible);
  for (const Name& each : expected.names) out.name(each);
  out.citations(expected.because, "because");
}

}  // namespace

void print(TreeText& out, const Test& test) {
  const Scope scope(out, "test");
  out.quoted(test.title);
  out.entry("for", test.subject.text);
  out.entry("period", test.period);
  out.entry("unit", test.unit);
  out.word(test.rest == Test::Rest::not_there_yet ? "rest-not-there-yet" : "rest-not-applicable");
  for (const Choice& choice : test.choices) print(out, choice);
  for (const GivenFact& fact : test.facts) print(out, fact);
  for (const Expectation& expected : test.expectations) print(out, expected);
}

}  // namespace quy::syntax
