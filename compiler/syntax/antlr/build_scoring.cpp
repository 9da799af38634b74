#include "compiler/syntax/antlr/builder.h"

namespace quy::syntax {

Scoring Builder::scoring(P::ScoringContext* context) {
  if (context->metWhen() != nullptr) return met_when(context->metWhen());
  if (context->scoreTable() != nullptr) return score_table(context->scoreTable());
  if (context->levelChoice() != nullptr) return level_choice(context->levelChoice());
  if (context->judged() != nullptr) return judged(context->judged());
  if (context->perUnit() != nullptr) return per_unit(context->perUnit());
  if (context->proportional() != nullptr) {
    return Proportional{span(context), formula(context->proportional()->formula())};
  }
  return ScoreFormula{span(context), formula(context->scoreFormula()->formula())};
}

MetWhen Builder::met_when(P::MetWhenContext* context) {
  MetWhen met;
  met.span = span(context);
  met.condition = expression(context->expression());
  met.exceptions = exceptions(context->exceptionClause());
  met.citations = citations(context->citations());
  return met;
}

ScoreTable Builder::score_table(P::ScoreTableContext* context) {
  ScoreTable table;
  table.span = span(context);
  table.value = formula(context->formula());
  for (P::ScoreRowContext* row : context->scoreRow()) table.rows.push_back(score_row(row));
  if (context->rounding() != nullptr) table.rounding = rounding(context->rounding());
  return table;
}

ScoreRow Builder::score_row(P::ScoreRowContext* context) {
  ScoreRow row;
  row.span = span(context);
  if (context->FROM() != nullptr) {
    row.guard = ScoreRow::Guard::from;
    row.floor = signed_number(context->signedNumber());
  } else if (context->WHEN() != nullptr) {
    row.guard = ScoreRow::Guard::when;
    row.condition = expression(context->expression());
  }
  row.value.number = signed_number(context->scoreValue()->signedNumber());
  row.loses = lose_all(context->LOSES_ALL_OF(), context->name());
  return row;
}

LevelChoice Builder::level_choice(P::LevelChoiceContext* context) {
  LevelChoice choice;
  choice.span = span(context);
  choice.label = optional_label(context->label());
  for (P::LevelRowContext* each : context->levelRow()) {
    LevelRow& row = choice.rows.emplace_back();
    row.span = span(each);
    row.name = name(each->levelName);
    row.label = optional_label(each->label());
    row.value.number = signed_number(each->scoreValue()->signedNumber());
    row.loses = lose_all(each->LOSES_ALL_OF(), each->lost);
  }
  return choice;
}

std::optional<LoseAll> Builder::lose_all(antlr4::tree::TerminalNode* keyword, P::NameContext* target) {
  if (keyword == nullptr) return std::nullopt;
  LoseAll lose{{}, span(keyword)};
  if (target != nullptr) {
    lose.target = name(target);
    lose.span = cover(lose.span, lose.target.span);
  }
  return lose;
}

Judged Builder::judged(P::JudgedContext* context) {
  Judged judged;
  judged.span = span(context);
  if (context->stepSize != nullptr) judged.step = number_text(context->stepSize);
  if (context->presumed != nullptr) judged.presumed = number_text(context->presumed);
  judged.presumed_citations = citations(context->citations());
  return judged;
}

PerUnit Builder::per_unit(P::PerUnitContext* context) {
  PerUnit per_unit;
  per_unit.span = span(context);
  per_unit.deducts = context->DEDUCT() != nullptr;
  per_unit.points = number_text(context->number(0));
  per_unit.times = unary(context->unary());
  if (context->MAXIMUM() != nullptr) per_unit.cap = number_text(context->number(1));
  return per_unit;
}

}  // namespace quy::syntax
