#include "compiler/syntax/print_text.h"

namespace quy::syntax {
namespace {

void loses(TreeText& out, const std::optional<LoseAll>& lose) {
  if (!lose) return;
  out.word("loses-all");
  out.name(lose->target);
}

void print(TreeText& out, const MetWhen& met) {
  const Scope scope(out, "met-when");
  out.expr(met.condition);
  out.citations(met.citations);
  print(out, met.exceptions);
}

void print(TreeText& out, const ScoreTable& table) {
  const Scope scope(out, "table");
  out.expr(table.value.value);
  out.expr("rounding", table.rounding);
  for (const ScoreRow& row : table.rows) {
    const Scope inner(out, "row");
    if (row.guard == ScoreRow::Guard::from) {
      out.word("from");
      out.number(row.floor);
    }
    out.expr("when", row.condition);
    out.flag("otherwise", row.guard == ScoreRow::Guard::otherwise);
    out.word("points");
    out.number(row.value.number);
    loses(out, row.loses);
  }
}

void print(TreeText& out, const LevelChoice& choice) {
  const Scope scope(out, "choice");
  out.label(choice.label);
  for (const LevelRow& row : choice.rows) {
    const Scope inner(out, "row");
    out.name(row.name);
    out.label(row.label);
    out.number(row.value.number);
    loses(out, row.loses);
  }
}

void print(TreeText& out, const Judged& judged) {
  const Scope scope(out, "judged");
  out.number("step", judged.step);
  out.number("presumed", judged.presumed);
  out.citations(judged.presumed_citations);
}

void print(TreeText& out, const PerUnit& per_unit) {
  const Scope scope(out, per_unit.deducts ? "deduct" : "add");
  out.number(per_unit.points);
  out.expr("each", per_unit.times);
  out.number("cap", per_unit.cap);
}

void print(TreeText& out, const Proportional& proportional) {
  const Scope scope(out, "proportional");
  out.expr(proportional.share.value);
}

void print(TreeText& out, const ScoreFormula& formula) {
  const Scope scope(out, "formula");
  out.expr(formula.value.value);
}

}  // namespace

void print(TreeText& out, const Scoring& scoring) {
  std::visit([&](const auto& form) { print(out, form); }, scoring);
}

void print(TreeText& out, const std::vector<Exception>& exceptions) {
  for (const Exception& exception : exceptions) {
    const Scope scope(out, "unless");
    out.name(exception.name);
    out.label(exception.label);
    out.flag("counts-as-met", exception.counts_as_met);
    out.entry("needs", word_of(exception.proof));
    out.citations(exception.citations);
  }
}

}  // namespace quy::syntax
